"""Untrusted XML and HTML: read without declarations of its own, compared element by element."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import NamedTuple

from lxml import etree, html

from slz_lib.production.verification.aligning import paired
from slz_lib.production.verification.difference import UnreadableError

#: Attributes by which an element is known among its like.
_IDENTITIES = (
    "styleId",
    "name",
    "id",
    "Id",
    "r",
    "property",
    "PartName",
    "Extension",
    "abstractNumId",
    "numId",
    "pid",
)

Element = etree._Element  # noqa: SLF001 (lxml has no public name for its elements)
_TEXT = etree.XPath("string()")
Text = Callable[[Element], str]
Predicate = Callable[[Element], bool]


class Change(NamedTuple):
    """What differs in one element.

    Attributes:
        old_at: the element in the issued tree; ``None`` if it has none.
        new_at: the element in the new tree; ``None`` if it has none.
        what: ``""`` for text or the whole element, else a Czech name of the attribute.
        old: the value before, if there was any.
        new: the value now, if there is any.
    """

    old_at: Element | None
    new_at: Element | None
    what: str
    old: str | None
    new: str | None


def xml(data: bytes) -> Element:
    """The root of an XML file.

    Raises:
        UnreadableError: it is no XML, or it declares a type or entities (``DOCTYPE``).
    """
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableError("XML obsahuje deklaraci DOCTYPE, která sem nepatří")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("není to platné XML") from error
    # Said in another encoding, it gets past the search for its letters.
    if doctype(root):
        raise UnreadableError("XML obsahuje deklaraci DOCTYPE, která sem nepatří")
    return root


def page(data: bytes) -> Element:
    """The root of an HTML file in UTF-8.

    Raises:
        UnreadableError: it is empty or not UTF-8.
    """
    try:
        data.decode()
        parser = html.HTMLParser(no_network=True, huge_tree=False, encoding="utf-8")
        return html.document_fromstring(data, parser=parser)
    except UnicodeDecodeError as error:
        raise UnreadableError("text není v\u00a0kódování UTF-8") from error
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError("není to stránka HTML") from error


def doctype(root: Element) -> str:
    """The declaration of a document's type, if there is one."""
    return str(getattr(root.getroottree().docinfo, "doctype", "") or "")


def tag(element: Element) -> str:
    """The element's name as its file writes it: ``w:p``."""
    name = "komentář nebo instrukce" if is_unread(element) else local(str(element.tag))
    return f"{element.prefix}:{name}" if element.prefix else name


def local(name: str) -> str:
    """``name`` of an element or attribute without its namespace."""
    return name.rpartition("}")[2]


def identity(element: Element) -> str | None:
    """The value by which ``element`` is known among its like, if there is one."""
    by_local = {local(str(name)): value for name, value in element.attrib.items()}
    return next((str(by_local[name]) for name in _IDENTITIES if name in by_local), None)


def is_unread(element: Element) -> bool:
    """Whether ``element`` is a comment or an instruction, which no reader sees."""
    # Those have a function for a tag, which the stubs do not know.
    return callable(element.tag)


def whole_text(element: Element) -> str:
    """All text in ``element``, comments and instructions left out."""
    return "" if is_unread(element) else str(_TEXT(element))


def tree_changes(
    old: Element, new: Element, is_block: Predicate, text: Text = whole_text
) -> Iterator[Change]:
    """Changes from ``old`` to ``new`` in the order of the issued tree.

    A block is told by its text; only where that is the same, the elements in it are looked at.

    Args:
        old: root of the issued tree.
        new: root of the new one.
        is_block: whether an element's text is to be told as a whole.
        text: the text of an element.
    """
    numbers = _numbered(old, new)
    work: list[tuple[Element | None, Element | None]] = [(old, new)]
    while work:
        before, after = work.pop()
        if before is None or after is None:
            yield _lone(before, after, text)
            continue
        if numbers[before] == numbers[after]:
            continue
        if tag(before) != tag(after):
            yield _lone(before, None, text)
            yield _lone(None, after, text)
            continue
        if is_block(before):
            texts = text(before), text(after)
            if texts[0] != texts[1]:
                yield Change(before, after, "", *texts)
                continue
        yield from _own_changes(before, after)
        pairs = paired(
            list(before),
            list(after),
            numbers.__getitem__,
            lambda element: (element.tag, text(element)),
            lambda element: (element.tag, identity(element)),
            lambda element: element.tag,
        )
        work.extend(reversed(list(pairs)))


def _numbered(*roots: Element) -> dict[Element, int]:
    """Elements of all ``roots``; those with the same content have the same number.

    The table also keeps the elements: lxml would make new ones for the same places otherwise.
    """
    numbers: dict[Element, int] = {}
    contents: dict[Hashable, int] = {}
    for root in roots:
        for element in reversed(list(root.iter())):
            content = (
                str(element.tag),
                element.text or "",
                tuple(sorted((str(name), str(value)) for name, value in element.attrib.items())),
                tuple((numbers[child], child.tail or "") for child in element),
            )
            numbers[element] = contents.setdefault(content, len(contents))
    return numbers


def _lone(old: Element | None, new: Element | None, text: Text) -> Change:
    """An element in one tree only, told by its text (a comment by its own) or by its name."""
    return Change(old, new, "", _told(old, text), _told(new, text))


def _told(element: Element | None, text: Text) -> str | None:
    if element is None:
        return None
    if is_unread(element):
        return str(element.text or "").strip()
    return text(element).strip() or f"<{tag(element)}>"


def _own_changes(old: Element, new: Element) -> Iterator[Change]:
    """Changes of the attributes and of the text that stands in the element itself."""
    # Of a page, names are what its author wrote; asked for one by one, lxml refuses wild ones.
    before, after = dict(old.attrib.items()), dict(new.attrib.items())
    for name in [*before, *(name for name in after if name not in before)]:
        if before.get(name) != after.get(name):
            what = f"atribut {_written(old, str(name))}"
            yield Change(old, new, what, _str(before.get(name)), _str(after.get(name)))
    was, now = _own_text(old), _own_text(new)
    # Spaces between elements come and go with the elements.
    if was != now and (was.strip() or now.strip() or len(old) == len(new)):
        yield Change(old, new, "", was, now)


def _str(value: object) -> str | None:
    return None if value is None else str(value)


def _own_text(element: Element) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)])


def _written(element: Element, name: str) -> str:
    """The attribute's ``name`` with the prefix its file uses."""
    namespace, brace, own = name.rpartition("}")
    if not brace:
        return name
    prefixes = {uri: prefix for prefix, uri in element.nsmap.items() if prefix}
    prefix = prefixes.get(namespace.removeprefix("{"))
    return f"{prefix}:{own}" if prefix else own
