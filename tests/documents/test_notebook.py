"""What of a notebook gets into the document, and what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest

from slz_lib.documents import model as m
from slz_lib.documents.exporters import SlzHtmlExporter
from slz_lib.documents.notebook import read
from slz_lib.errors import DocumentError
from slz_lib.production.execution import run
from tests.conftest import ROOT
from tests.documents.sample import sample

v4: Any = nbformat.v4  # it has no types
exporter: Any = SlzHtmlExporter  # nor has its base


def code(*outputs: Any, source: str = "zobraz()") -> Any:
    return v4.new_code_cell(source, outputs=list(outputs))


def shown(*blocks: m.Block) -> Any:
    return output({m.MIME: m.Content.of(*blocks).model_dump(mode="json"), "text/html": "<p>x"})


def output(data: dict[str, Any]) -> Any:
    return v4.new_output("display_data", data=data)


def notebook(*cells: Any, title: bool = True) -> Any:
    first = [code(shown(sample().title), source="titul()")] if title else []
    return v4.new_notebook(cells=[*first, *cells])


def refusal(*cells: Any, title: bool = True) -> str:
    with pytest.raises(DocumentError) as refused:
        read(notebook(*cells, title=title), "zkouška")
    return str(refused.value)


def test_blocks_survive_the_way_through_a_notebook() -> None:
    document = sample()
    read_back = read(notebook(*(code(shown(block)) for block in document.blocks)), "zkouška")
    assert (read_back.title, read_back.blocks) == (document.title, document.blocks)


def test_a_table_explains_what_the_document_says_a_few_words_in_a_line() -> None:
    cells = [tuple(m.Cell(text=t) for t in row) for row in (("KÚ\u00a0LK", "úřad"), ("OPZ", "a"))]
    columns = (m.Column(title="Zkratka"), m.Column(title="Význam"))
    table = m.Table(
        anchor="z",
        caption="Zkratky",
        columns=columns,
        rows=tuple(m.Row(cells=row) for row in cells),
        explains=True,
    )
    said = v4.new_markdown_cell("Řekl KÚ LK, nikoli OPZ+.")
    *_, told, kept = read(notebook(said, code(shown(table))), "x").blocks
    assert m.plain_text((told,)) == "Zkratky: KÚ\u00a0LK\u00a0– úřad."
    assert isinstance(kept, m.Table)
    assert (kept.rows, kept.workbook_only) == (table.rows[:1], True)
    assert len(read(notebook(code(shown(table))), "x").blocks) == 0


def test_markdown_cells_and_outputs_keep_their_order_and_their_origin() -> None:
    document = read(
        notebook(
            v4.new_markdown_cell("# Shrnutí\n\nPrvní."),
            code(output({"text/markdown": "Druhý."}), source="\n%%prose\nDruhý."),
        ),
        "zkouška",
    )
    assert m.plain_text(document.blocks) == "Shrnutí\nPrvní.\nDruhý."
    assert document.origins == (
        "buňka 2 „# Shrnutí“",
        "buňka 2 „# Shrnutí“",
        "buňka 3 „Druhý.“",
    )


def test_hints_sources_raw_cells_and_the_error_stream_do_not_show() -> None:
    document = read(
        notebook(
            v4.new_markdown_cell("Návod.", metadata={"tags": ["navod"]}),
            v4.new_raw_cell("Surový text."),
            v4.new_code_cell('obdobi = "2022-2023"', metadata={"tags": ["parameters"]}),
            code(v4.new_output("stream", name="stderr", text="varování")),
            code(v4.new_output("stream", name="stdout", text="\n")),
        ),
        "zkouška",
    )
    assert document.blocks == ()


UNKNOWN_LEVEL = {"type": "heading", "level": 9}
REFUSED: dict[str, tuple[Any, str]] = {
    "HTML": (
        code(output({"text/html": "<table>", "text/plain": "x"})),
        "ukazuje tabulku nebo HTML",
    ),
    "a picture": (code(output({"image/png": "eA==", "text/plain": "x"})), "ukazuje obrázek"),
    "a picture beside that of a document": (
        code(output({"image/png": "eA=="}), source='plt.show()\nfigure(g, caption="x", alt="y")'),
        "mimo volání figure(...); vypusťte plt.show()",
    ),
    "a table before one of a document": (
        code(output({"text/html": '<table class="dataframe">'}), source="display(df)\ntable(df)"),
        'napište table(df, caption="...")',
    ),
    "an error of ours": (
        code(v4.new_output("error", ename="DocumentError", evalue="Neshoda.", traceback=[])),
        "buňka 2 „zobraz()“: Neshoda.",
    ),
    "a bare value": (code(output({"text/plain": "42"})), "ukazuje holou hodnotu"),
    "a script": (code(output({"application/javascript": "x"})), "který dokument nezná"),
    "a failed cell": (
        code(v4.new_output("error", ename="KeyError", evalue="'X'", traceback=[])),
        "buňka 2 „zobraz()“: výpočet skončil chybou KeyError: 'X'",
    ),
    "a name that is not there": (
        code(
            v4.new_output(
                "error", ename="NameError", evalue="name 'x' is not defined", traceback=[]
            )
        ),
        "buňka 2 „zobraz()“: jméno „x“ tu není; spusťte buňku, která je zavádí,",
    ),
    "what Python cannot read": (
        code(v4.new_output("error", ename="SyntaxError", evalue="invalid syntax", traceback=[])),
        "buňka 2 „zobraz()“: zápisu nelze rozumět; spusťte ji v\u00a0JupyterLabu",
    ),
    "printed text": (code(v4.new_output("stream", name="stdout", text="a\n")), "vypisuje text"),
    "no blocks": (code(output({m.MIME: {"blocks": [UNKNOWN_LEVEL]}})), "neodpovídají modelu"),
    "a picture in Markdown": (
        v4.new_markdown_cell("![a](https://example.cz/a.png)"),
        "buňka 2 „![a](https://example.cz/a.png)“, řádek 1: obrázek „a“",
    ),
    "a long first line": (code(output({"text/plain": "42"}), source="x" * 200), f"„{'x' * 59}…“"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_block_is_refused_with_its_cell_and_advice(name: str) -> None:
    cell, said = REFUSED[name]
    assert said in refusal(cell)


FIGURE = 'figure(plt.gcf(), caption="...", alt="co je v\u00a0obrázku vidět")'
#: A notebook of the trade, and how its cells are changed by what is told of them.
OF_THE_TRADE = {
    "import pandas as pd\nimport matplotlib.pyplot as plt": "",
    'df = pd.DataFrame({"okruh": ["I", "II"], "plněno": [3, 4]})\ndf': (
        "df = pd.DataFrame({'okruh': ['I', 'II'], 'plněno': [3, 4]})\ntable(df, caption=\"...\")"
    ),
    "print(len(df), 'okruhy')": "%%prose\nOkruhů je {{ df | length }}.",
    "df.set_index('okruh')['plněno']": "table(df.set_index('okruh')['plněno'], caption=\"...\")",
    "display(df.style.format(precision=1))": 'table(df, caption="...")',
    "df.plot.bar(x='okruh')\nplt.show()": f"df.plot.bar(x='okruh')\n{FIGURE}",
}


def test_what_is_told_of_a_notebook_of_the_trade_says_how_to_change_it(tmp_path: Path) -> None:
    def made(first: str, *sources: str) -> Any:
        cells = [v4.new_code_cell(first), v4.new_markdown_cell("# Okruhy")]
        cells += map(v4.new_code_cell, sources)
        return run(v4.new_notebook(cells=cells), {}, name="z", folder=tmp_path)

    (tmp_path / "data").symlink_to(ROOT / "data")
    with pytest.raises(DocumentError) as refused:
        read(made(*OF_THE_TRADE), "z")
    told = str(refused.value)
    assert "má 6\u00a0vad" in told
    mended = list(OF_THE_TRADE.values())
    for source in (mended[1], *mended[3:]):
        assert source.splitlines()[-1] in told
    title = 'title_block(slz_lib.evaluate(slz_lib.load()), title="...")'
    lines = (
        "%load_ext slz_lib.presentation",
        "import slz_lib",
        "from slz_lib.presentation import *",
    )
    assert all(line in told for line in (*lines, title))
    said = ["\n".join([*lines, title]), next(iter(OF_THE_TRADE)), *mended[1:]]
    named = [source.replace('"..."', f'"Výstup {place}"') for place, source in enumerate(said)]
    kinds = [block.type for block in read(made(*named), "z").blocks]
    assert kinds == ["heading", "table", "paragraph", "table", "table", "figure"]


def test_a_title_block_that_is_late_or_missing_is_refused() -> None:
    text, late = v4.new_markdown_cell("# Shrnutí"), code(shown(sample().title), source="titul()")
    assert "chybí titulní blok" in refusal(text, title=False)
    assert "buňka 2 „titul()“: titulní blok není první" in refusal(text, late, title=False)


def test_faults_of_reading_and_of_the_gate_come_in_one_error() -> None:
    message = refusal(
        v4.new_markdown_cell("## Přeskočeno"),
        code(output({"text/plain": "42"})),
        v4.new_markdown_cell("viz [](#nikde)"),
    )
    assert "má 3\u00a0vady" in message
    assert "buňka 2 „## Přeskočeno“: první nadpis" in message
    assert "ukazuje holou hodnotu" in message
    assert "kotvu „nikde“" in message


def test_the_exporter_writes_the_page_of_the_notebook() -> None:
    page, resources = exporter().from_notebook_node(notebook(v4.new_markdown_cell("# Shrnutí")))
    assert '<h2 id="shrnuti">Shrnutí</h2>' in page
    assert resources["output_extension"] == ".html"
