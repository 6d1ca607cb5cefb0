from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from slz_lib.documents.model import Block, Content, Heading, Paragraph, Run, TitleBlock
from slz_lib.errors import DocumentError, ParameterError
from slz_lib.production.publishing import publish

TITLE = TitleBlock(
    title="Zkouška",
    subtitle="Okruh I",
    subject="Zkouška.",
    author="Liberecký kraj",
    as_of=date(2023, 12, 31),
    draft=True,
)
BLOCKS: tuple[Block, ...] = (
    Heading(level=1, text=(Run(text="Shrnutí"),), anchor="shrnuti"),
    Paragraph(text=(Run(text="Zkušební věta."),)),
)
CONTENT = Content.of(TITLE, *BLOCKS)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("z.html", b"<!"),
        ("z.HTML", b"<!"),
        ("z.pdf", b"%PDF"),
        ("z.docx", b"PK"),
        ("z.Xlsx", b"PK"),
    ],
)
def test_the_suffix_in_whatever_letters_says_the_format(
    name: str, start: bytes, tmp_path: Path
) -> None:
    written = publish(CONTENT, tmp_path / name)
    assert written == tmp_path / name
    assert written.read_bytes().startswith(start)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "zprava",
            "Soubor „zprava“ nemá příponu; doplňte .html, .docx, .pdf nebo\u00a0.xlsx.",
        ),
        (
            "zprava.htm",
            "Formát „htm“ neznám; nejbližší je „html“. Známé formáty: html, docx, pdf a\u00a0xlsx.",
        ),
    ],
)
def test_a_file_of_no_known_format_is_refused(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ParameterError) as caught:
        publish(CONTENT, name)
    assert str(caught.value) == message
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (Content(blocks=()), "Obsah je prázdný"),
        (Content(blocks=BLOCKS), "Obsah nezačíná titulním blokem"),
    ],
)
def test_a_content_without_title_block_first_is_refused(
    content: Content, found: str, tmp_path: Path
) -> None:
    with pytest.raises(DocumentError) as caught:
        publish(content, tmp_path / "z.html")
    assert str(caught.value) == f"{found}; vložte na začátek title_block(...)."
    assert list(tmp_path.iterdir()) == []


def test_a_content_that_the_gate_refuses_leaves_an_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "z.html"
    target.write_bytes(b"old")
    deep = Heading(level=3, text=(Run(text="Hluboko"),), anchor="hluboko")
    with pytest.raises(DocumentError, match=r"2\. část obsahu"):
        publish(Content.of(TITLE, deep), target)
    assert target.read_bytes() == b"old"
