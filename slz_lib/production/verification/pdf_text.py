"""What a page of a PDF says and draws, read from the operators of its content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from slz_lib.production.verification.pdf_reading import Pdf, PdfObject, unpacked

#: A string may hold brackets in pairs; three levels are more than text has. One that does not end
#: is taken to where it breaks off, so that hostile content is read in one go.
_PLAIN = rb"[^()\\]|\\."
_ONE = rb"(?:" + _PLAIN + rb"|\((?:" + _PLAIN + rb")*\))"
_TWO = rb"(?:" + _PLAIN + rb"|\(" + _ONE + rb"*\))"
_TOKEN = re.compile(
    rb"(?P<string>\(" + _TWO + rb"*+\)?)"
    rb"|(?P<hex><[0-9A-Fa-f\s]+>)"
    rb"|(?P<operator>[A-Za-z'\"][A-Za-z0-9*]*)"
    rb"|[^\s()<>\[\]/]+|/[^\s()<>\[\]/]*|<<|>>|[\[\]]",
    re.DOTALL,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_CODE, _LETTERS = rb"<([0-9A-Fa-f]{4})>\s*", rb"<((?:[0-9A-Fa-f]{4}){1,16})>"
_ONE_BY_ONE, _RANGE = re.compile(_CODE + _LETTERS), re.compile(_CODE * 2 + _LETTERS)
#: The longest issued table of letters has some 3 kB.
_MAX_TABLE = 1024 * 1024
_UNKNOWN = "\ufffd"
#: Runs whose heights differ by less, in points, stand on one line.
_SAME_LINE = 2.0

Font = Mapping[int, str]
Matrix = tuple[float, float, float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Operation(NamedTuple):
    """One operator of a page's content and what stands before it."""

    operator: bytes
    operands: tuple[bytes, ...]


def fonts(pdf: Pdf, page: int) -> dict[bytes, Font]:
    """For each font of the page its letters by the code of a glyph."""
    item = pdf.objects[page]
    resources = pdf.objects.get(item.reference(b"Resources") or -1, item)
    named = re.findall(rb"/(\S+) (\d{1,9}) \d+ R", font_list(resources))
    return {name: _letters(pdf, int(number)) for name, number in named}


def font_list(resources: PdfObject) -> bytes:
    """Names and numbers of the fonts in a dictionary of resources, as written."""
    start = re.search(rb"/Font\s*<<", resources.body)
    if start is None:
        return b""
    end = resources.body.find(b">>", start.end())
    return resources.body[start.end() : max(end, start.end())]


def _letters(pdf: Pdf, number: int) -> Font:
    font = pdf.objects.get(number)
    table = None if font is None else pdf.objects.get(font.reference(b"ToUnicode") or -1)
    return {} if table is None else _table(table)


def _table(table: PdfObject) -> Font:
    letters: dict[int, str] = {}
    for section in unpacked(table, _MAX_TABLE).split(b"beginbf")[1:]:
        if section.startswith(b"char"):
            letters |= {int(code, 16): _utf16(text) for code, text in _ONE_BY_ONE.findall(section)}
        else:
            for first, last, text in _RANGE.findall(section):
                # Only the last byte of a code may grow in a range.
                codes = range(int(first, 16), min(int(last, 16), int(first, 16) | 0xFF) + 1)
                start = int(text[-4:], 16)
                head = _utf16(text[:-4])
                letters |= {
                    code: head + _utf16(b"%04X" % ((start + at) & 0xFFFF))
                    for at, code in enumerate(codes)
                }
    return letters


def _utf16(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")


def lines(content: bytes, known: Mapping[bytes, Font]) -> list[str]:
    """The lines of text on a page, from the top; what stands side by side is one line."""
    runs = sorted(_runs(content, known), key=lambda run: -run[0])
    found: list[list[tuple[float, str]]] = []
    height = 0.0
    for y, x, text in runs:
        if not found or height - y > _SAME_LINE:
            found.append([])
            height = y
        found[-1].append((x, text))
    joined = (" ".join(text for _, text in sorted(line, key=lambda run: run[0])) for line in found)
    return [text for line in joined if (text := " ".join(re.split(r"[ \n\t]+", line)).strip())]


def _runs(content: bytes, known: Mapping[bytes, Font]) -> Iterator[tuple[float, float, str]]:
    """Height, distance from the left edge and text of everything that is written."""
    matrix, stack = _IDENTITY, list[Matrix]()
    text_matrix: Matrix = _IDENTITY
    font: Font = {}
    for operator, operands in operations(content):
        match operator:
            case b"q":
                stack.append(matrix)
            case b"Q":
                matrix = stack.pop() if stack else _IDENTITY
            case b"cm":
                matrix = _product(_matrix(operands), matrix)
            case b"BT":
                text_matrix = _IDENTITY
            case b"Tm":
                text_matrix = _matrix(operands)
            case b"Td" | b"TD":
                text_matrix = _product(_matrix((b"1", b"0", b"0", b"1", *operands)), text_matrix)
            case b"Tf" if operands:
                font = known.get(operands[0].removeprefix(b"/"), {})
            case b"Tj" | b"TJ" | b"'":
                place = _product(text_matrix, matrix)
                yield place[5], place[4], "".join(_text(part, font) for part in operands)
            case _:
                pass


def drawing(content: bytes, known: Mapping[bytes, Font]) -> list[str]:
    """The operators of a page with letters in place of codes, which depend on other pages."""
    commands = []
    font: Font = {}
    for operator, operands in operations(content):
        if operator == b"Tf" and operands:
            font = known.get(operands[0].removeprefix(b"/"), {})
        words = [
            f"({_text(part, font)})" if _is_string(part) else part.decode("latin-1")
            for part in operands
        ]
        commands.append(" ".join([*words, operator.decode("latin-1")]))
    return commands


def operations(content: bytes) -> Iterator[Operation]:
    """The operators of a page's content in order."""
    operands: list[bytes] = []
    for token in _TOKEN.finditer(content):
        if token.lastgroup == "operator":
            yield Operation(token[0], tuple(operands))
            operands = []
        else:
            operands.append(token[0])


def _is_string(part: bytes) -> bool:
    return part.startswith(b"(") or (part.startswith(b"<") and part != b"<<")


def _text(part: bytes, font: Font) -> str:
    """The letters of one string operand; nothing for a number or a bracket."""
    if not _is_string(part):
        return ""
    if part.startswith(b"<"):
        digits = b"".join(part[1:-1].split())
        codes = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    else:
        codes = _ESCAPE.sub(_unescaped, part[1:-1])
    return "".join(
        font.get(int.from_bytes(codes[at : at + 2]), _UNKNOWN) for at in range(0, len(codes), 2)
    )


def _unescaped(escape: re.Match[bytes]) -> bytes:
    what = escape[1]
    if what.isdigit():
        return bytes([int(what, 8) % 256])
    return _ESCAPED.get(what, what)


def _matrix(operands: tuple[bytes, ...]) -> Matrix:
    try:
        a, b, c, d, e, f = (float(number) for number in operands)
    except ValueError:
        return _IDENTITY
    return a, b, c, d, e, f


def _product(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
