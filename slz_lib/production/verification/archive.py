"""Office files as untrusted zip archives: their parts, and how the archives themselves differ."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from slz_lib.language import format_number
from slz_lib.production.verification.difference import Finding, UnreadableError
from slz_lib.production.verification.markup import Element, tree_changes, xml
from slz_lib.production.verification.places import at, joined, path
from slz_lib.production.verification.raw import byte_finding

#: The largest issued archive has some hundred parts and unpacks to 6 MB.
MAX_PARTS = 2_000
MAX_UNPACKED = 256 * 1024 * 1024
_CHUNK = 1024 * 1024

_METHODS = {zipfile.ZIP_STORED: "žádná", zipfile.ZIP_DEFLATED: "deflate"}
_XML = (".xml", ".rels")
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,  # an encryption that zipfile does not know
    RuntimeError,  # a part with a password
    ValueError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip archive that has been read whole.

    Attributes:
        comment: the archive's own comment.
        members: the entries in their order.
        parts: content by name.
        trees: root elements of the parts that are XML, by name.
    """

    comment: bytes
    members: tuple[zipfile.ZipInfo, ...]
    parts: Mapping[str, bytes]
    trees: Mapping[str, Element]

    def tree(self, name: str) -> Element:
        """The root of the part ``name``.

        Raises:
            UnreadableError: there is no such part.
        """
        try:
            return self.trees[name]
        except KeyError:
            raise UnreadableError(f"chybí část {name}") from None


def read(data: bytes, *needed: str) -> Archive:
    """The archive in ``data``, which has to have the ``needed`` parts.

    Raises:
        UnreadableError: it is no whole zip archive, it is past a limit, a part is repeated or
            missing, or is XML that cannot be read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = tuple(archive.infolist())
            _check(members)
            parts = dict(_unpacked(archive, members))
            comment = archive.comment
    except _BROKEN as error:
        raise UnreadableError("není to celý archiv ZIP") from error
    for name in needed:
        if name not in parts:
            raise UnreadableError(f"chybí část {name}")
    return Archive(comment, members, parts, dict(_trees(parts)))


def _check(members: Collection[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_PARTS:
        raise UnreadableError(f"archiv má více než {format_number(MAX_PARTS)} částí")
    names: set[str] = set()
    for member in members:
        if member.filename in names:
            raise UnreadableError(f"část {member.filename} je v\u00a0archivu dvakrát")
        names.add(member.filename)
        if member.compress_type not in _METHODS:
            raise UnreadableError(f"část {member.filename} je komprimována neznámým způsobem")


def _unpacked(
    archive: zipfile.ZipFile, members: Collection[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    """Names and contents; sizes are counted while reading, as headers may lie."""
    left = MAX_UNPACKED
    for member in members:
        chunks = []
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    limit = f"{format_number(MAX_UNPACKED // 1024**2)}\u00a0MB"
                    raise UnreadableError(f"archiv má po rozbalení více než {limit}")
                chunks.append(chunk)
        yield member.filename, b"".join(chunks)


def _trees(parts: Mapping[str, bytes]) -> Iterator[tuple[str, Element]]:
    for name, content in parts.items():
        if name.endswith(_XML):
            try:
                yield name, xml(content)
            except UnreadableError as cause:
                raise UnreadableError(f"část {name}: {cause}") from cause


def part_findings(old: Archive, new: Archive, told: Collection[str] = ()) -> Iterator[Finding]:
    """Differences of all parts but those ``told`` elsewhere, which are not looked into."""
    for name in [*old.parts, *(name for name in new.parts if name not in old.parts)]:
        if name in told:
            continue
        if name not in new.parts:
            yield Finding(f"část {name}", _size(old.parts[name]), None)
        elif name not in old.parts:
            yield Finding(f"část {name}", None, _size(new.parts[name]))
        elif old.parts[name] != new.parts[name]:
            yield from changed_part(old, new, name, xml_findings)


Compare = Callable[[Element, Element], Iterator[Finding]]


def changed_part(old: Archive, new: Archive, name: str, compare: Compare) -> Iterator[Finding]:
    """Differences of the part ``name``: by ``compare`` in XML, else the first byte."""
    found = False
    if name in old.trees:
        for finding in compare(old.trees[name], new.trees[name]):
            found = True
            yield finding._replace(element=f"{name}, {finding.element}")
    if not found and old.parts[name] != new.parts[name]:
        yield byte_finding(old.parts[name], new.parts[name], f"{name}, ")


def xml_findings(old: Element, new: Element) -> Iterator[Finding]:
    """Differences of XML of any kind."""
    for change in tree_changes(old, new, lambda _: False):
        yield Finding(joined(path(at(change)), change.what), change.old, change.new)


def container_findings(old: Archive, new: Archive) -> Iterator[Finding]:
    """How the archives differ apart from the content of their parts."""
    common = [member.filename for member in old.members if member.filename in new.parts]
    now_common = [member.filename for member in new.members if member.filename in old.parts]
    if common != now_common:
        place = next(
            at for at, names in enumerate(zip(common, now_common, strict=True)) if len({*names}) > 1
        )
        yield Finding("pořadí částí archivu", common[place], now_common[place])
    now_members = {member.filename: member for member in new.members}
    for member in old.members:
        if member.filename in now_members:
            was, now = _facts(member), _facts(now_members[member.filename])
            for fact in was:
                if was[fact] != now[fact]:
                    yield Finding(f"archiv, {member.filename}, {fact}", was[fact], now[fact])
    if old.comment != new.comment:
        yield Finding("archiv, poznámka", _bytes(old.comment), _bytes(new.comment))


def _facts(member: zipfile.ZipInfo) -> dict[str, str]:
    """What an entry says of a part, by its Czech name."""
    year, month, day, hour, minute, second = member.date_time
    return {
        "datum": f"{day}. {month}. {year} {hour}:{minute:02}:{second:02}",
        "způsob komprese": _METHODS[member.compress_type],
        "systém": str(member.create_system),
        "verze": f"{member.create_version}/{member.extract_version}",
        "příznaky": str(member.flag_bits),
        "práva": f"{member.external_attr:#x}/{member.internal_attr:#x}",
        "poznámka": _bytes(member.comment),
        "doplňující údaje": _bytes(member.extra),
    }


def _bytes(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace")


def _size(data: bytes) -> str:
    return f"{format_number(len(data))}\u00a0B"
