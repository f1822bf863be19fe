"""XML, read without trust: no entity, no DTD and no other file is ever opened or expanded."""

import re
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5
from typing import Any, NoReturn, TypeAlias
from xml.parsers import expat

from lxml import etree

from streams.feeds.documents import Bad, Entry, NotReadable
from streams.feeds.encodings import to_text
from streams.feeds.markup import BLOCKS, CELLS, SILENT, paragraphs, separator

Element: TypeAlias = etree._Element

DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
DECLARED = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
OF_XML = frozenset("<>&\"'")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"


def parse(raw: bytes) -> Element:
    """The root element.

    White space before the XML declaration is forgiven, and HTML's named characters (``&nbsp;``) are
    read without their DTD.

    Raises
    ------
    NotReadable
        If the XML is not well-formed, or declares or uses an entity.
    """
    declared = DECLARED.match(raw[:500])
    text = to_text(raw, declared[1].decode("ascii") if declared else "utf-8")
    head = DECLARATION.match(text)
    if head:  # its encoding no longer holds; lines keep their numbers
        text = re.sub(r"[^\n]", " ", head[0]) + text[head.end() :]
    text = NAMED.sub(_character, text)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError:
        raise NotReadable("not well-formed XML: half a surrogate pair") from None
    _refuse_entities(data)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        reason = re.sub(r", line \d+, column \d+.*", "", error.msg or "empty").strip()
        raise NotReadable(f"not well-formed XML: {reason}, line {line}, column {column}", line or 0) from None
    for entity in root.iter(etree.Entity):
        raise NotReadable(f"not well-formed XML: the entity {entity.text} is not defined", line_of(entity))
    return root


def _character(found: re.Match[str]) -> str:
    meant = html5.get(f"{found[1]};", "")
    return meant if meant and not OF_XML & {*meant} else found[0]


class _RootReached(Exception):  # the prolog holds no entity
    pass


def _refuse_entities(data: bytes) -> None:
    """Look at what stands before the root element; expat stops at the first declaration of an entity."""
    parser = expat.ParserCreate("utf-8")

    def declared(name: str, *_: object) -> NoReturn:
        raise NotReadable(
            f"the document declares the entity {name[:40]!r}; entities are not read", parser.CurrentLineNumber
        )

    def reached(*_: object) -> NoReturn:
        raise _RootReached

    parser.EntityDeclHandler = declared
    parser.StartElementHandler = reached
    try:
        parser.Parse(data, True)
    except (_RootReached, expat.ExpatError):  # what is not well-formed lxml says, too
        return


def items(found: Iterable[Element], make_one: Callable[[Element], dict[str, Any]]) -> Iterator[Entry | Bad]:
    """A document of each element, as the function makes it; or what is wrong with it."""
    for element in found:
        line = line_of(element)
        try:
            yield Entry(make_one(element), line)
        except NotReadable as error:
            yield Bad(str(error), etree.tostring(element, encoding="utf-8", with_tail=False), line)


def line_of(element: Element) -> int:
    """Where the element begins; 0 if that is not known."""
    return int(element.sourceline or 0)


def local(element: Element) -> str:
    """The name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Child elements by their local names: agencies differ in namespaces, and some have none."""
    if element is not None:
        yield from (child for child in element if local(child) in names)


def first(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of local names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def words(element: Element | None) -> str:
    """All text in an element, as one line: a break of the line, or a block, is a blank."""
    return "" if element is None else " ".join("".join(_line(element)).split())


def _line(element: Element) -> Iterator[str]:
    apart = " " if separator(local(element).lower()) else ""
    yield apart
    yield element.text or ""
    for child in element:
        yield from _line(child)
        yield child.tail or ""
    yield apart


def at(element: Element | None, *path: str) -> str:
    """The text of the first element along a path; empty if there is none."""
    return words(first(element, *path))


def attribute(element: Element | None, name: str) -> str:
    """An attribute's value; empty if there is none."""
    return ((element.get(name) or "") if element is not None else "").strip()


def language(element: Element | None) -> str:
    """The nearest ``xml:lang``."""
    while element is not None:
        if element.get(LANG):
            return attribute(element, LANG)
        element = element.getparent()
    return ""


def text_of(element: Element) -> str:
    """Plain text of marked-up content. HTML's and NITF's inline elements stay in their line."""
    return paragraphs(_pieces(element, _is_prose(element)))


def _is_prose(element: Element) -> bool:
    return any(local(e) in BLOCKS for e in element.iter(etree.Element))


def _pieces(element: Element, prose: bool) -> Iterator[str]:
    """Text between separators; in XML that is neither HTML nor NITF every element is a block."""
    name = local(element).lower()
    apart = "\n" if name in BLOCKS or not prose else " " if name in CELLS else ""
    yield apart
    if name not in SILENT or not prose:
        if element.text:
            yield element.text.replace("\n", " ")
        for child in element:
            yield from _pieces(child, prose)
            if child.tail:
                yield child.tail.replace("\n", " ")
    yield apart
