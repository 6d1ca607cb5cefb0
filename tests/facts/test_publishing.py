from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from slz_lib.documents.model import Content, Heading, Run, TitleBlock
from slz_lib.errors import DocumentError
from slz_lib.production.comparing.settling import write_content

TITLE = TitleBlock(
    title="Zkouška",
    subtitle="Okruh I",
    subject="Zkouška.",
    author="Liberecký kraj",
    as_of=date(2023, 12, 31),
    draft=True,
)


def test_a_content_that_the_gate_refuses_leaves_an_earlier_file(tmp_path: Path) -> None:
    target = tmp_path / "z.html"
    target.write_bytes(b"old")
    deep = Heading(level=3, text=(Run(text="Hluboko"),), anchor="hluboko")
    with pytest.raises(DocumentError, match=r"2\. část obsahu"):
        write_content(Content.of(TITLE, deep), target)
    assert target.read_bytes() == b"old"
