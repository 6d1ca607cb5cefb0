"""What kind a returned file is, by its bytes rather than its name, and what reads it."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import Any

from slz_lib.archives import require_plain_archive
from slz_lib.collection.typed import Typed
from slz_lib.errors import DataError, SlzError
from slz_lib.untrusted import shown

#: Larger files are not read; a form of ours has some tens of kilobytes, a mail with it the same.
MOST_BYTES = 32 * 1024 * 1024
_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What other kinds of files are, and where there is more to say than usual, what to do.
_ARCHIVE = "archiv", "Rozbalte jej a\u00a0vložte sem soubory z\u00a0něj"
_SHORTCUT = "jen zástupce", "Vložte sem soubor, na který ukazuje"
_SEALED = "podepsaná nebo šifrovaná zpráva", "Otevřete ji tam, kam přišla, a\u00a0uložte přílohy"
_PAGE = "stránka nebo XML", "Otevřete jej jako sešit a\u00a0uložte jako .xlsx"
_BINARY = "binární sešit", "Otevřete jej a\u00a0uložte jako .xlsx"
_OF_OUTLOOK = "obálka, kterou otevře jen Outlook", "Vyžádejte si přílohu bez ní"
#: How they begin; zfo and p7m as values of ASN.1 do.
_OTHERS = {
    (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"): _ARCHIVE,
    (b"[InternetShortcut]", b"L\0\0\0"): _SHORTCUT,
    (b"0\x80", b"0\x81", b"0\x82", b"0\x83"): _SEALED,
    (b"<",): _PAGE,
    (b"\x78\x9f\x3e\x22",): _OF_OUTLOOK,
    (b"BEGIN:V",): ("pozvánka nebo vizitka",),
    (b"%PDF", b"{\\rtf"): ("jiný dokument",),
}
_FROM, _BLANK = b"From ", b"\xef\xbb\xbf\r\n\t "
_TEXTS = frozenset({".csv", ".tsv", ".tab", ".txt", ""})
#: The first line of a mail, and one that its head has somewhere.
_HEADED = re.compile(rb"(?:From [^\n]*\n)?[!-9;-~]+:[ \t]")
_OF_MAIL = re.compile(
    rb"^(?:From|Subject|MIME-Version|Received):[ \t]", re.IGNORECASE | re.MULTILINE
)
_LOCKED_BIT = 1
_LISTED = "META-INF/manifest.xml"


def gathered(content: bytes, name: str) -> dict[str, Any]:
    """What a returned file holds, as JSON holds it: cells, and of a mail its attachments.

    Raises:
        DataError: it is of no kind that is read, or is spoiled, locked or too large.
    """
    from slz_lib.collection.mails import read_mail
    from slz_lib.collection.texts import decoded, read_text

    typed = Typed(name)
    bare = content.lstrip(_BLANK)
    head = re.split(rb"\r?\n\r?\n", bare[:65_536], maxsplit=1)[0]
    ending = PurePath(name).suffix.lower()
    # Many programs call a table of text with tabs a workbook.
    of_text = ending in _TEXTS or (ending == ".xls" and b"\t" in content)
    other = next((told for begins, told in _OTHERS.items() if bare.startswith(begins)), None)
    if content.startswith(_COMPOUND):
        _compound(content, typed)
    elif content.startswith(_ZIP):
        _packed(content, typed)
    elif bare.startswith(_FROM) and bare.count(b"\n" + _FROM):
        raise _unknown(name, "schránka s\u00a0více zprávami", "Uložte každou zprávu zvlášť")
    elif _HEADED.match(head) and _OF_MAIL.search(head):
        read_mail(bare, typed)
    elif of_text and other is None and (text := decoded(content)) is not None:
        read_text(text, typed)
    else:
        raise _unknown(name, *other or ("jiného druhu",))
    return typed.answer


def _unknown(
    name: str, what: str, advice: str = "Je-li v\u00a0něm odpověď, přeneste ji do formuláře"
) -> DataError:
    return DataError(
        f"Soubor „{shown(name)}“ je {what}; čtou se xlsx, xlsm, ods, xls, csv, eml a\u00a0msg. "
        f"{advice}."
    )


def _locked(name: str) -> DataError:
    return DataError(
        f"Soubor „{shown(name)}“ je zamčený heslem; vyžádejte si jej bez hesla, nebo jej "
        "odemkněte a\u00a0uložte."
    )


def _spoiled(name: str) -> DataError:
    return DataError(f"Soubor „{shown(name)}“ je poškozený nebo neúplný; vyžádejte si jej znovu.")


def _packed(content: bytes, typed: Typed) -> None:
    """An archive: a workbook of Excel or LibreOffice.

    Raises:
        DataError: it is another one, locked or spoiled.
    """
    from slz_lib.collection.opendocument import read_opendocument
    from slz_lib.collection.workbooks import read_workbook

    name = typed.name
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            if any(part.flag_bits & _LOCKED_BIT for part in parts.values()):
                raise _locked(name)
            require_plain_archive(content, name, MOST_BYTES, "a\u00a0nepoškozený sešit")
            said = archive.read("mimetype") if "mimetype" in parts else b""
            listed = archive.read(_LISTED) if _LISTED in parts else b""
            if b"encryption-data" in listed:
                raise _locked(name)
    except zipfile.BadZipFile as error:
        raise _spoiled(name) from error
    try:
        if b"opendocument.spreadsheet" in said and "content.xml" in parts:
            read_opendocument(content, typed)
        elif "xl/workbook.bin" in parts:
            raise _unknown(name, *_BINARY)
        elif not any(part.startswith("xl/") for part in parts):
            document = {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml"} & parts.keys()
            raise _unknown(name, *("jiný dokument",) if document else _ARCHIVE)
        else:
            read_workbook(content, typed)
    except SyntaxError as error:  # of its XML
        raise _spoiled(name) from error


def _compound(content: bytes, typed: Typed) -> None:
    """A file of files: an old workbook, a mail of Outlook, or a workbook behind a password.

    Raises:
        DataError: it is another one, locked or spoiled.
    """
    from msoffcrypto import OfficeFile
    from olefile import OleFileIO

    from slz_lib.collection.mails import read_outlook
    from slz_lib.collection.old_workbooks import read_old_workbook

    name = typed.name
    try:
        with OleFileIO(content) as compound:
            mail = compound.exists("__properties_version1.0")
            book = compound.exists("Workbook") or compound.exists("Book")
            locked = compound.exists("EncryptedPackage")
        locked = locked or (book and OfficeFile(io.BytesIO(content)).is_encrypted())
        if mail:
            read_outlook(content, typed)
            return
    except SlzError:
        raise
    except Exception as error:
        raise _spoiled(name) from error
    if locked:
        raise _locked(name)
    if not book:
        raise _unknown(name, "jiný dokument")
    read_old_workbook(content, typed)
