"""LibreOffice opens both Office files and prints every heading, caption and measure.

A machine without LibreOffice fails here: a file that no program has opened must not count as
checked.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from slz_lib.documents import docx, model as m, xlsx
from tests.documents.sample import sample

INSTALL = (
    "{tool} tu není (is missing), soubory Office nelze ověřit. Nainstalujte jej příkazem "
    "`sudo apt-get install libreoffice-writer libreoffice-calc poppler-utils`."
)


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.fail(INSTALL.format(tool=name))
    return found


def squeezed(text: str) -> str:
    """Text without any space: pages break lines where they like."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Text of the PDF that LibreOffice makes of the sample's DOCX and XLSX."""
    office, reader = tool("soffice"), tool("pdftotext")
    folder = tmp_path_factory.mktemp("office")
    (folder / "slovo.docx").write_bytes(docx.render(sample()))
    (folder / "sesit.xlsx").write_bytes(xlsx.render(sample()))
    profile = (folder / "profile").as_uri()
    # A profile of its own: a running LibreOffice of the user would take the call over.
    subprocess.run(
        [
            office,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            str(folder / "slovo.docx"),
            str(folder / "sesit.xlsx"),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return {name: text(reader, folder / f"{name}.pdf") for name in ("slovo", "sesit")}


def text(reader: str, file: Path) -> str:
    command = [reader, "-raw", str(file), "-"]
    return squeezed(subprocess.run(command, check=True, capture_output=True).stdout.decode())


def shown(document: m.Document) -> list[str]:
    """Every heading, caption and measure of ``document``."""
    found = []
    for block in document.blocks:
        match block:
            case m.Heading():
                found.append(m.text_of(block.text))
            case m.Table() | m.Figure():
                found.append(block.caption)
            case m.MeasureCard():
                found += [f"{block.number} {block.title}", block.designation, block.status_label]
    return found


def test_word_file_prints_every_heading_caption_and_measure(printed: dict[str, str]) -> None:
    missing = [words for words in shown(sample()) if squeezed(words) not in printed["slovo"]]
    assert missing == []


def test_word_file_prints_its_fields_with_their_results(printed: dict[str, str]) -> None:
    for words in (
        "viz tabulka 1.",
        "Tabulka 2: Všechna opatření",
        "Strana 2 z",
        "Data: tabulka 1.",
    ):
        assert squeezed(words) in printed["slovo"]
    assert "Error:" not in printed["slovo"]
    assert "Chyba:" not in printed["slovo"]


def test_workbook_prints_every_table_caption_and_measure(printed: dict[str, str]) -> None:
    cards = [block for block in sample().blocks if isinstance(block, m.MeasureCard)]
    tables = [block for block in sample().blocks if isinstance(block, m.Table)]
    wanted = [f"Tabulka {n}: {table.caption}" for n, table in enumerate(tables, 1)]
    wanted += [words for card in cards for words in (card.number, card.title, card.status_label)]
    missing = [words for words in wanted if squeezed(words) not in printed["sesit"]]
    assert missing == []


def test_workbook_prints_text_that_looks_like_a_formula_as_text(printed: dict[str, str]) -> None:
    assert '=HYPERLINK("x")' in printed["sesit"]


def test_a_missing_program_fails_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(pytest.fail.Exception, match="sudo apt-get install libreoffice-writer"):
        tool("soffice")
