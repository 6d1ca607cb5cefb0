"""A mail as what it says and what is attached; nothing of it is followed, shown or run."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from typing import Any

from slz_lib.collection.texts import decoded
from slz_lib.collection.typed import Typed

#: Attachments of a mail, and mails within one another.
MOST_ATTACHMENTS, MOST_WITHIN = 50, 3
#: What the standard reader calls a mail whose end did not arrive.
_CUT_OFF = {"CloseBoundaryNotFoundDefect", "StartBoundaryNotFoundDefect"}
#: How Outlook calls the text that only it can read.
_RICH_TEXT = 0x1009
#: Elements that begin a line, and those whose text nobody sees.
_LINES = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table", "blockquote"})
_UNSEEN = frozenset({"script", "style", "head", "title"})


def read_mail(content: bytes, typed: Typed) -> None:
    """Gather what a mail (.eml) says, by whom and when, with its attachments.

    Raises:
        DataError: it has too many.
    """
    mail = message_from_bytes(content, policy=policy.default)
    attached: list[tuple[str, bytes]] = []
    said: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in _leaves(mail):
        kind, name = part.get_content_type(), _header(part.get_filename)
        if kind in said and not name and part.get_content_disposition() != "attachment":
            said[kind].append(_text(part))
        elif kind == "message/rfc822":
            within = part.get_payload()
            first = within[0] if isinstance(within, list) and within else part
            attached.append((name or "zpráva.eml", first.as_bytes()))
        else:
            attached.append((name or "příloha", _bytes(part)))
    defects = {type(defect).__name__ for part in mail.walk() for defect in part.defects}
    if defects & _CUT_OFF:
        typed.beside("konec zprávy", "(Zpráva je neúplná; vyžádejte si ji znovu.)")
    body, page = "\n".join(said["text/plain"]), _shown_by("\n".join(said["text/html"]))
    # Most mails say all of it twice; what one of both says alone is told too.
    alone = {*re.findall(r"\w+", page)} - {*re.findall(r"\w+", body)}
    after = mail.epilogue or "" if mail.is_multipart() else ""
    _say(typed, _header(lambda: mail["subject"]), body, page if alone else "", after)
    try:
        arrived = parsedate_to_datetime(_header(lambda: mail["date"])).isoformat()
    except (ValueError, TypeError, IndexError):
        arrived = ""
    _tell(typed, _header(lambda: mail["from"]), arrived, attached)


def read_outlook(content: bytes, typed: Typed) -> None:
    """The same of a mail that Outlook has saved (.msg); a mail attached to it has no bytes.

    Raises:
        DataError: it has too many attachments.
    """
    from oxmsg import Message as Outlook

    mail = Outlook.load(content)
    body = mail.body or _shown_by(mail.html_body or "")
    if not body.strip() and mail.properties.binary_prop_value(_RICH_TEXT):
        body = "(Text zprávy umí číst jen Outlook; otevřete ji v\u00a0něm.)"
    _say(typed, mail.subject, body)
    attached = [(each.file_name or "příloha", each.file_bytes or b"") for each in mail.attachments]
    sent = mail.sent_date
    _tell(typed, mail.sender or "", sent.isoformat() if sent else "", attached)


def _shown_by(page: str) -> str:
    """The text that a page shows."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.pieces).split("\n"))
    return "\n".join(filter(None, lines))


class _Page(HTMLParser):
    """Gathers the text of a page, a block a line."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Begin a line, or what nobody sees."""
        self.unseen += tag in _UNSEEN
        self.pieces.append("\n" if tag in _LINES else "\t" if tag in {"td", "th"} else "")

    def handle_endtag(self, tag: str) -> None:
        """End what nobody sees."""
        self.unseen = max(0, self.unseen - (tag in _UNSEEN))

    def handle_data(self, data: str) -> None:
        """Take the text; ends of lines in the source are spaces."""
        if not self.unseen:
            self.pieces.append(data.replace("\n", " "))


def _say(typed: Typed, *pieces: str) -> None:
    """All that a mail says: its subject, and what follows."""
    text = "\n\n".join(piece.strip() for piece in pieces if piece.strip())
    typed.beside("zpráva", re.sub("\r\n?", "\n", _whole(text)))


def _tell(typed: Typed, sender: str, arrived: str, attached: Sequence[tuple[str, bytes]]) -> None:
    typed.require(len(attached), MOST_ATTACHMENTS, "příloh")
    typed.mail = {
        "sender": _whole(sender),
        "arrived": arrived,
        "attached": [(_whole(name), base64.b64encode(of).decode()) for name, of in attached],
    }


def _whole(text: str) -> str:
    """The text with a sign in place of bytes that are none."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _leaves(part: Any) -> Iterator[Any]:
    """Parts of a mail that are no mere wrapping."""
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        for each in part.get_payload():
            yield from _leaves(each)
    else:
        yield part


def _header(read: Any) -> str:
    """A header; of a spoiled one nothing, for the mail is more than it."""
    try:
        return str(read() or "")
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: EmailMessage) -> str:
    content = _bytes(part)
    try:
        return content.decode(part.get_content_charset("utf-8"))
    except (ValueError, LookupError):
        return decoded(content) or content.decode("latin-1")
