"""What changed between real runs: the committed report and briefs issued from changed data."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest

import slz_lib
from slz_lib.cli import main
from slz_lib.errors import DocumentError, ParameterError
from slz_lib.production.catalogue import AREA_BRIEF, REPORT, edition
from slz_lib.production.edition import produce
from slz_lib.production.review.command import reviewed
from slz_lib.production.review.editions import comparison
from slz_lib.production.review.values import Change, Kind, Review
from slz_lib.production.workplace import Workplace
from tests.conftest import ROOT
from tests.production.sample import code, notebook
from tests.production.test_review import told

COMMITTED = ROOT / "reports" / "2022-2023" / "zprava-o-naplnovani.ipynb"
AREA = Path("2022-2023/okruhy/okruh-I.ipynb")
#: What is changed in the copy of the data: a status, a word of a commentary, a figure.
EDITS = {
    "decisions.csv": (
        ("\nI.5,2021,NEPLNENO,NEPLNĚNO,", "\nI.5,2021,CASTECNE,ČÁSTEČNĚ,"),
        (', který se teprve připravuje.",true', ', který se teprve projednává.",true'),
    ),
    "observations.csv": (("základní síti,0.5,exact", "základní síti,0.75,exact"),),
}
MOVE = ("I.5", "Zveřejněný stav", "○\u00a0NEPLNĚNO", "◐\u00a0ČÁSTEČNĚ")


def place(data: Path, reports: Path) -> Workplace:
    return Workplace(notebooks=ROOT / "notebooks", data=data, reports=reports)


@pytest.fixture(scope="module")
def changed_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the data with the three edits."""
    data = tmp_path_factory.mktemp("zmena") / "data"
    shutil.copytree(ROOT / "data", data)
    for name, edits in EDITS.items():
        file = data / "periods" / "2022-2023" / name
        content = file.read_text(encoding="utf-8")
        for old, new in edits:
            assert content.count(old) == 1
            content = content.replace(old, new)
        file.write_text(content, encoding="utf-8", newline="\n")
    return data


@pytest.fixture(scope="module")
def briefs(
    dataset: slz_lib.Dataset, changed_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The brief of area I issued from the real data and from the changed ones."""
    folders = []
    for data, known in ((ROOT / "data", dataset), (changed_data, slz_lib.load(changed_data))):
        reports = tmp_path_factory.mktemp("okruh")
        made = edition(AREA_BRIEF, "2022-2023", known, {"area": "I"}, formats=("html",))
        produce(made, place(data, reports))
        folders.append(reports)
    return folders[0], folders[1]


@pytest.fixture(scope="module")
def of_brief(briefs: tuple[Path, Path]) -> Review:
    (review,) = comparison(*briefs).reviews
    return review


@pytest.fixture(scope="module")
def of_report(changed_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Review:
    """The committed report against the one that the changed data give."""
    reports = tmp_path_factory.mktemp("zprava")
    made = edition(REPORT, "2022-2023", slz_lib.load(changed_data), formats=("html",))
    produce(made, place(changed_data, reports))
    (review,) = comparison(COMMITTED, reports / "2022-2023").reviews
    return review


def moves(review: Review) -> list[tuple[str, str, str, str]]:
    return [(s.number, s.which, s.old_label, s.new_label) for s in review.statuses]


def of_card(changes: tuple[Change, ...], number: str) -> list[tuple[str, str, Kind, str, str]]:
    return [line for line in told(changes) if line[0].startswith(f"Opatření {number}\u2002")]


def test_the_committed_report_is_not_changed_against_itself() -> None:
    (review,) = comparison(COMMITTED, COMMITTED.with_suffix("")).reviews
    assert review.changes == 0


def test_the_brief_lists_the_moved_status_and_nothing_else_as_one(of_brief: Review) -> None:
    assert moves(of_brief) == [MOVE]
    assert of_brief.numbers == ()


def test_the_brief_lists_its_chart_with_the_words_that_changed(of_brief: Review) -> None:
    assert told(of_brief.charts) == [
        (
            "Graf „Částečně je plněno 5\u00a0z\u00a09\u00a0opatření (55,6\u00a0%)“",
            *line,
        )
        for line in (
            (
                "titulek",
                Kind.CHANGED,
                (
                    "Částečně [-jsou plněna 4-]{+je plněno 5+}\u00a0z\u00a09\u00a0opatření "
                    "([-44,4-]{+55,6+}\u00a0%)"
                ),
                "",
            ),
            (
                "textová náhrada",
                Kind.CHANGED,
                (
                    "Nejčastější je stav částečně plněno: [-4-]{+5+}\u00a0z\u00a09\u00a0opatření "
                    "([-44,4-]{+55,6+}\u00a0%). Opatření podle stavu: splněno 0\u00a0opatření "
                    "(0,0\u00a0%), plněno 2\u00a0opatření (22,2\u00a0%), částečně plněno "
                    "[-4-]{+5+}\u00a0opatření ([-44,4-]{+55,6+}\u00a0%), neplněno "
                    "[-3-]{+2+}\u00a0opatření ([-33,3-]{+22,2+}\u00a0%)."
                ),
                "",
            ),
            ("obrázek", Kind.CHANGED, "", "je nakreslen jinak"),
        )
    ]


def test_the_brief_lists_its_sentences_word_by_word_with_their_chapters(of_brief: Review) -> None:
    said = [
        (change.chapter, line[3].replace("\u00a0", " "))
        for change, line in zip(of_brief.prose, told(of_brief.prose), strict=True)
    ]
    assert said == [
        (
            "Shrnutí",
            (
                "Okruh má 9 opatření. K 31. 12. 2023 z nich bylo plněno 2 (22,2 %), částečně "
                "plněno [-4 (44,4-]{+5 (55,6+} %) a neplněno [-3 (33,3-]{+2 (22,2+} %)."
            ),
        ),
        (
            "Shrnutí › Co potřebuje rozhodnutí",
            (
                "Posoudit, proč podklady vedou k jinému stavu, než jaký byl zveřejněn: "
                "[-2-]{+3+} opatření."
            ),
        ),
        (
            "Jak spolehlivé jsou závěry",
            (
                "Audit má k opatřením okruhu [-4-]{+5+} zjištění. U 2 z 9 opatření (22,2 %) jde o "
                "indikátor, jímž nelze změřit pokrok. U [-2-]{+3+} z 9 opatření "
                "([-22,2-]{+33,3+} %) se stav rozchází s komentářem; co z podkladů vychází, uvádí "
                "každé opatření níže."
            ),
        ),
        (
            "Opatření",
            (
                "Systémovou podporu při získání a udržení bydlení má osobám v bytové nouzi nebo jí "
                "ohroženým přinést zákon o podpoře v bydlení, který se teprve "
                "[-připravuje-]{+projednává+}."
            ),
        ),
    ]


def test_the_brief_lists_what_is_newly_asked_and_the_card_that_came(of_brief: Review) -> None:
    (asked,) = [change for change in of_brief.rest if change.kind is Kind.CHANGED]
    assert told((asked,)) == [
        (
            "Tabulka „Opatření okruhu I“",
            "řádek „I.5“, sloupec „Co je třeba udělat“",
            Kind.CHANGED,
            "[-—-]{+posoudit stav+}",
            "",
        )
    ]
    added = [line for line in told(of_brief.rest) if line[2] is Kind.ADDED]
    assert [(subject[:14], note) for subject, *_, note in added] == [
        ("Opatření I.5\u2002C", "◐\u00a0ČÁSTEČNĚ")
    ]
    others = {change.note for change in of_brief.rest if change.kind is Kind.FORM}
    assert others == {"nově s\u00a0odkazem"}
    assert {change.kind for change in of_brief.rest} == {Kind.CHANGED, Kind.ADDED, Kind.FORM}


def test_the_report_lists_the_moved_status_once(of_report: Review) -> None:
    assert moves(of_report) == [MOVE]
    assert of_report.statuses[0].chapter.startswith("Opatření › Okruh I:")


def test_the_report_lists_the_changed_word_of_the_commentary(of_report: Review) -> None:
    ((_, where, kind, said, _),) = of_card(of_report.prose, "I.4")
    assert (where, kind) == ("komentář", Kind.CHANGED)
    assert said.endswith("který se teprve [-připravuje-]{+projednává+}.")


def test_the_report_lists_the_changed_figure_on_its_card_and_in_the_annex(
    of_report: Review,
) -> None:
    figure = ("[-0,5\u00a0úvazku-]{+0,75\u00a0úvazku+}", "+0,25")
    found = [line for line in told(of_report.numbers) if "úvazku" in line[3]]
    assert [line[3:] for line in found] == [figure, figure]
    assert [line[0].partition("\u2002")[0] for line in found] == [
        "Opatření III.8",
        "Tabulka „Číselné údaje z\u00a0komentářů a\u00a0z\u00a0brožury“",
    ]


def test_the_report_lists_every_count_that_follows_from_the_status(of_report: Review) -> None:
    table = "Tabulka „Okruhy podle zveřejněného stavu opatření“"
    of_areas = [line for line in told(of_report.numbers) if line[0] == table]
    said = [(where.partition("\u2002")[0], words, note) for _, where, _, words, note in of_areas]
    assert said == [
        ("řádek „I", "[-4-]{+5+}", "+1"),
        ("řádek „I", "[-3-]{+2+}", "\u22121"),
        ("řádek „Celkem“, sloupec „◐\u00a0ČÁSTEČNĚ“", "[-68-]{+69+}", "+1"),
        ("řádek „Celkem“, sloupec „○\u00a0NEPLNĚNO“", "[-18-]{+17+}", "\u22121"),
    ]


def test_the_value_of_another_parameter_is_told(
    briefs: tuple[Path, Path], dataset: slz_lib.Dataset, tmp_path: Path
) -> None:
    given = {"area": "I", "draft": True}
    made = edition(AREA_BRIEF, "2022-2023", dataset, given, formats=("html",))
    produce(made, place(ROOT / "data", tmp_path))
    (review,) = comparison(briefs[0] / AREA, tmp_path).reviews
    assert told(review.rest) == [
        ("Parametry běhu", "„draft“", Kind.CHANGED, "[-False-]{+True+}", ""),
        ("Titulní blok", "návrh", Kind.CHANGED, "[-ne-]{+ano+}", ""),
    ]
    assert review.changes == 2


def test_a_folder_is_compared_edition_by_edition(briefs: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = tmp_path / "a", tmp_path / "b"
    for folder, brief, lone in ((old, briefs[0], "stara"), (new, briefs[1], "nova")):
        shutil.copytree(brief / "2022-2023", folder)
        shutil.copy(COMMITTED, folder)
        shutil.copy(COMMITTED, folder / f"{lone}.ipynb")
        hidden = folder / ".ipynb_checkpoints"
        hidden.mkdir()
        shutil.copy(COMMITTED, hidden / "okruh-I-checkpoint.ipynb")
    found = comparison(old, new)
    changed = {review.name: bool(review.changes) for review in found.reviews}
    assert changed == {"okruhy/okruh-I": True, "zprava-o-naplnovani": False}
    assert (found.only_old, found.only_new) == (("stara",), ("nova",))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_same_runs_give_the_same_review_wherever_they_lie(
    form: str, briefs: tuple[Path, Path], tmp_path: Path
) -> None:
    first = reviewed(briefs[0] / AREA, briefs[1] / AREA, form)
    moved = [tmp_path / "jinde" / name for name in ("a", "b")]
    for source, target in zip(briefs, moved, strict=True):
        target.mkdir(parents=True)
        shutil.copy(source / AREA, target)
    again = reviewed(moved[0] / AREA.name, moved[1] / AREA.name, form)
    assert again == first
    assert str(tmp_path.parent) not in first


def test_the_command_prints_the_review_or_writes_it_and_ends_with_0(
    briefs: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old, new = (str(folder / AREA) for folder in briefs)
    assert main(["diff", old, old]) == 0
    assert capsys.readouterr().out.endswith("Beze změny.\n")
    assert main(["diff", old, new]) == 0
    assert "I.5\u2002Celokrajský přehled" in capsys.readouterr().out
    target = tmp_path / "zmena.html"
    assert main(["diff", old, new, "--format", "html", "--out", str(target)]) == 0
    assert capsys.readouterr() == ("", f"Porovnání je uloženo: {target}\n")
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def refused(old: Path, new: Path) -> str:
    with pytest.raises(ParameterError) as caught:
        comparison(old, new)
    return str(caught.value).replace("\u00a0", " ")


def test_runs_of_different_editions_are_refused(briefs: tuple[Path, Path]) -> None:
    message = refused(COMMITTED, briefs[0] / AREA)
    assert message.startswith("Nejsou to dva běhy téže edice: „Zpráva o naplňování")
    assert "(period = '2022-2023') a „Okruh I:" in message
    assert "(area = 'I', period = '2022-2023')" in message


def test_another_notebook_of_the_same_period_is_refused(tmp_path: Path) -> None:
    other = notebook(code("1"))
    other.cells[1].outputs = [
        nbformat.v4.new_output("display_data", data=_title_bundle()),
    ]
    file = tmp_path / "jiny.ipynb"
    nbformat.write(other, file)
    assert refused(COMMITTED, file).startswith("Nejsou to dva běhy téže edice")


def _title_bundle() -> dict[str, object]:
    from tests.production.review_sample import document

    return document().title._repr_mimebundle_()


def test_what_is_no_notebook_is_refused_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "zprava.ipynb"
    notebook = '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [%s]}'
    cell = '{"id": "a", "cell_type": "code", "execution_count": null, "outputs": [], %s}'
    for content in (
        "není to JSON",
        "[]",
        "{}",
        '{"nbformat": 4, "cells": 1}',
        notebook % (cell % '"metadata": {}, "source": 5'),
        notebook % (cell % '"metadata": {"tags": 5}, "source": ""'),
    ):
        file.write_text(content, encoding="utf-8")
        assert refused(file, COMMITTED) == "Soubor „zprava.ipynb“ není notebook Jupyter."
    file.write_bytes(b"\xff\xfe\x00")
    assert refused(file, COMMITTED) == "Soubor „zprava.ipynb“ není notebook Jupyter."
    page = COMMITTED.with_suffix(".html")
    assert refused(page, COMMITTED) == f"Soubor „{page.name}“ není notebook Jupyter."


def test_a_notebook_without_outputs_is_refused() -> None:
    message = refused(ROOT / "notebooks" / "annual_report.ipynb", COMMITTED)
    assert message.startswith("Notebook „annual_report.ipynb“ nemá výstupy; porovnávají se vydané")


def test_a_place_without_a_notebook_is_refused(tmp_path: Path) -> None:
    assert "není žádný notebook (.ipynb)" in refused(tmp_path, COMMITTED)
    assert "není soubor ani složka" in refused(tmp_path / "neni", COMMITTED)
    assert refused(tmp_path / ("n" * 300), COMMITTED).endswith(
        "nelze otevřít: jméno je příliš dlouhé."
    )
    shutil.copy(COMMITTED, tmp_path / "jina.ipynb")
    assert refused(COMMITTED, tmp_path).startswith("Ve složce není notebook „zprava-o-naplnovani")
    assert refused(ROOT / "reports", tmp_path).endswith("nemají společnou žádnou edici.")


def test_editions_of_a_folder_come_as_the_strategy_counts_them(tmp_path: Path) -> None:
    names = ["zprava-o-naplnovani", "okruhy/okruh-II", "okruhy/okruh-V", "okruhy/okruh-IX"]
    for name in reversed(names):
        file = tmp_path / f"{name}.ipynb"
        file.parent.mkdir(exist_ok=True)
        shutil.copy(COMMITTED, file)
    found = comparison(tmp_path, tmp_path)
    assert [review.name for review in found.reviews] == names


def test_a_name_that_a_folder_has_twice_is_refused(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        shutil.copy(COMMITTED, tmp_path / name)
    assert refused(tmp_path, COMMITTED).startswith("Ve složce se „zprava-o-naplnovani.ipynb“")


def test_all_faulty_editions_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    for name in ("jedna", "dve"):
        (tmp_path / f"{name}.ipynb").write_text("[]", encoding="utf-8")
    assert refused(tmp_path, tmp_path) == (
        "Porovnat nelze 2 edice:\n  • Soubor „dve.ipynb“ není notebook Jupyter.\n"
        "  • Soubor „jedna.ipynb“ není notebook Jupyter."
    )


def test_a_failed_run_is_refused_with_its_cell(tmp_path: Path) -> None:
    failed = notebook(code("1 / 0"))
    failed.cells[-1].outputs = [
        nbformat.v4.new_output("error", ename="ZeroDivisionError", evalue="division by zero")
    ]
    file = tmp_path / "zprava.ipynb"
    nbformat.write(failed, file)
    with pytest.raises(DocumentError, match="ZeroDivisionError"):
        comparison(file, file)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["diff", "x"], "Chybí argument PO."),
        (["diff", "x", "y", "--format", "htm"], "Formát „htm“ neznám; nejbližší je „html“."),
        (["diff", "x", "y"], "„x“ není soubor ani složka."),
    ],
)
def test_what_cannot_be_compared_ends_with_one_czech_message_and_code_2(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"Chyba: {message}")
