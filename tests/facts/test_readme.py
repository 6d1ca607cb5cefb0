"""What README says can be done as it says."""

from __future__ import annotations

import re
import runpy
import shlex
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer

from slz_lib.cli.program import app
from slz_lib.dataset import Dataset
from slz_lib.evaluation import Evaluation
from slz_lib.planning import ActionPlan
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS: list[tuple[str, str]] = FENCED.findall(README)
#: Code within sentences and the commands of console blocks, without their comments.
CODE = [
    *re.findall(r"`([^`\n]+)`", FENCED.sub("", README)),
    *(
        line.partition("#")[0].strip()
        for kind, text in BLOCKS
        if kind == "console"
        for line in text.splitlines()
    ),
]

LINKS = sorted(set(re.findall(r"\]\(([^)#:]+)\)", FENCED.sub("", README))))
PATHS = sorted(
    {code for code in CODE if re.match(r"(data|notebooks|reports|slz_lib|tests)/", code)}
)
COMMANDS = sorted({code for code in CODE if code.startswith("slz ")})
TARGETS = sorted({name for code in CODE for name in re.findall(r"^make ([a-z]+)", code)})


def test_the_python_block_runs_from_the_project(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (source,) = [text for kind, text in BLOCKS if kind == "python"]
    script = tmp_path / "readme.py"
    script.write_text(source, encoding="utf-8")
    monkeypatch.chdir(ROOT)
    names = runpy.run_path(str(script))
    assert isinstance(names["dataset"], Dataset)
    assert isinstance(names["evaluation"], Evaluation)
    assert isinstance(names["plan"], ActionPlan)


@pytest.mark.parametrize("link", LINKS)
def test_a_link_or_picture_is_there(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_is_named_is_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_places_that_the_map_of_the_house_names_are_there() -> None:
    """Folders and files, from the project's folder or the package's; modules by their names."""
    text = (ROOT / ".github" / "CONTRIBUTING.md").read_text(encoding="utf-8")
    paths = re.findall(r"`([a-z_]+/[\w./-]*)`", text)
    modules = [name for name in re.findall(r"`([a-z_]+(?:\.[a-z_]+)+)`", text) if "." in name]
    packages = {path.name for path in (ROOT / "slz_lib").iterdir() if path.is_dir()} | {"batch"}
    of_package = [name for name in modules if name.split(".")[0] in packages]
    assert len(paths) > 20
    assert len(of_package) > 10
    places = [*paths, *(f"{name.replace('.', '/')}.py" for name in of_package)]
    roots = (ROOT, ROOT / "slz_lib", ROOT / "slz_lib" / "production")
    assert [place for place in places if not any((root / place).exists() for root in roots)] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_understood(command: str) -> None:
    program = typer.main.get_command(app)
    _, *words = shlex.split(command)
    context = program.make_context("slz", words)
    assert isinstance(program, typer.core.TyperGroup)
    name, found, rest = program.resolve_command(context, [*context._protected_args, *context.args])
    assert found is not None
    if rest == ["--help"]:
        with pytest.raises(typer.Exit) as ended:
            found.make_context(name, rest, parent=context)
        assert ended.value.exit_code == 0
    else:
        found.make_context(name, rest, parent=context)


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_the_target(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_formats_of_nbconvert_are_those_of_the_package() -> None:
    known = {entry.name for entry in entry_points(group="nbconvert.exporters")}
    assert set(re.findall(r"\bslz_(?!lib\b)\w+", README)) == {
        name for name in known if name.startswith("slz_")
    }


def test_readme_names_commands_targets_links_and_paths() -> None:
    # Else a changed notation would leave the tests above with nothing to look at.
    assert {"slz check", "slz report --help"} <= set(COMMANDS)
    assert {"report", "test", "lab"} <= set(TARGETS)
    assert {"reports/nahled.png"} <= set(LINKS)
    assert {"data/rules", "notebooks/tour.ipynb"} <= set(PATHS)
