"""What Word would leave of tracked changes, accepted or rejected, as the texts of paragraphs."""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

from tests.samples.reviewed import q


def texts(document: bytes, *, accepted: bool) -> list[str]:
    """Texts of paragraphs that have some, without pages of the contents."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    gone = q("del" if accepted else "ins")
    for table in root.iter(q("tbl")):
        for row in table.findall(q("tr")):
            if row.find(f"{q('trPr')}/{gone}") is not None:
                table.remove(row)
    found, open_ = [], ""
    for paragraph in root.iter(q("p")):
        for node in paragraph.iter(q("t"), q("delText"), q("tab"), q("br")):
            if (
                gone not in {above.tag for above in node.iterancestors()}
                and not any(above.tag == q("tabs") for above in node.iterancestors())
                and node.get(q("type")) is None
            ):  # the break of a page
                open_ += node.text or {q("tab"): "\t", q("br"): "\n"}.get(node.tag, "")
        # A paragraph whose own mark is gone runs into the next one.
        if paragraph.find(f"{q('pPr')}/{q('rPr')}/{gone}") is None:
            found.append(re.sub(r"\t\d+$", "", open_))
            open_ = ""
    return [text for text in found if text]
