"""Everything that decides what an edition looks like, as digests: code, lock, notebooks, data.

Only what loads at once is used here, so that a batch in which nothing has changed says so at once.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import slz_lib
from slz_lib.errors import DataError, ExecutionError
from slz_lib.production.workplace import Workplace
from slz_lib.refusals import cause

#: Libraries that decide about bytes of an output; their versions are named in manifests.
LIBRARIES = (
    "babel",
    "jinja2",
    "matplotlib",
    "nbconvert",
    "numpy",
    "pandas",
    "papermill",
    "python-docx",
    "typst",
    "XlsxWriter",
)
#: The lock file beside ``notebooks/``.
LOCK = "requirements.lock"
#: What Python leaves in a package's folder; what other tools leave has a hidden name.
_LEFT = "__pycache__"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What outputs follow from, besides parameters; digests are SHA-256 in hexadecimal digits.

    Attributes:
        code: of the package, templates and styles along.
        lock: of the lock file; empty where the project has none.
        notebooks: of every notebook, by its name without suffix.
        data: of every table, by its path in the folder of the data.
        seen: of what an edition's period sees of each table that it knows, by the same path;
            ``None`` where that is every table as it is.
    """

    code: str
    lock: str
    notebooks: Mapping[str, str]
    data: Mapping[str, str]
    seen: Mapping[str, str] | None = None

    @property
    def digest(self) -> str:
        """One digest of all of it."""
        named = (
            *(f"notebook {name} {found}" for name, found in self.notebooks.items()),
            *(f"data {name} {found}" for name, found in self.data.items()),
        )
        return sha256("\n".join((self.code, self.lock, *versions().values(), *named)).encode())

    @property
    def tables(self) -> Mapping[str, str]:
        """The digest of every table as the edition sees it, by path; a run loads all of them."""
        return self.data if self.seen is None else self.seen


def opened(
    paths: Sequence[str], programs: Sequence[str], workplace: Workplace
) -> dict[str, str | None]:
    """Digests of what a run has opened besides the tables, by path in the project.

    A file outside the project and a program that was started have ``None``: what they say is not
    known.

    Args:
        paths: files that were opened.
        programs: names of the programs that were started.
        workplace: where the run was.
    """
    data, project = workplace.data.resolve(), workplace.notebooks.parent.resolve()
    files: dict[str, str | None] = {Path(name).name: None for name in programs}
    for path in sorted({Path(path).resolve() for path in paths}):
        is_table = path.is_relative_to(data) and path.suffix == ".csv"
        if path.is_file() and not is_table:
            if path.is_relative_to(project):
                files[path.relative_to(project).as_posix()] = _digest(path)
            else:
                files[path.name] = None
    return files


def require_unchanged(workplace: Workplace, given: Inputs) -> None:
    """Stop where tables have changed since ``given``: nobody knows which ones a run has read.

    Raises:
        ExecutionError: one has.
    """
    changed = given.data.items() ^ _tables(workplace).items()
    if changed:
        raise ExecutionError(
            f"Tabulka „{min(changed)[0]}“ se během výpočtu změnila; spusťte příkaz znovu."
        )


def sha256(content: bytes) -> str:
    """The digest of ``content`` in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def inputs(workplace: Workplace) -> Inputs:
    """The digests as the files are now.

    Raises:
        DataError: a file cannot be read.
    """
    lock = workplace.notebooks.parent / LOCK
    notebooks = filter(Path.is_file, sorted(workplace.notebooks.glob("*.ipynb")))
    return Inputs(
        code=code_digest(),
        lock=_digest(lock) if lock.is_file() else "",
        notebooks={path.stem: _digest(path) for path in notebooks},
        data=_tables(workplace),
    )


def _tables(workplace: Workplace) -> dict[str, str]:
    return digests(workplace.data, filter(Path.is_file, workplace.data.rglob("*.csv")))


def digests(root: Path, files: Iterable[Path]) -> dict[str, str]:
    """Digests of ``files`` by their paths below ``root``.

    Raises:
        DataError: one of them cannot be read.
    """
    # In an order of our own: systems sort paths differently.
    named = sorted((path.relative_to(root).as_posix(), path) for path in files)
    return {name: _digest(path) for name, path in named}


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes())
    except OSError as error:
        raise DataError(f"Soubor „{path.name}“ nelze číst: {cause(error)}.") from error


def code_digest() -> str:
    """The digest of the package as it lies on the disk, with its templates and styles."""
    package = Path(slz_lib.__file__).parent
    files = (path for path in sorted(package.rglob("*")) if _is_code(path, package))
    return sha256("\n".join(" ".join(item) for item in digests(package, files).items()).encode())


def _is_code(path: Path, package: Path) -> bool:
    names = path.relative_to(package).parts
    return path.is_file() and not any(name == _LEFT or name.startswith(".") for name in names)


@cache
def versions() -> dict[str, str]:
    """Versions of Python, of the package and of the libraries that decide about outputs."""
    found = {"python": platform.python_version(), "slz": slz_lib.__version__}
    return found | {name: metadata.version(name) for name in LIBRARIES}
