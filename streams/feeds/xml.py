"""XML, read without trust: the parser never expands an entity and never opens a DTD or another file.

A slip in one entry must not hide a whole feed, so malformed XML is read as far as possible, and the slip reported.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html.entities import html5
from typing import Any, TypeAlias

from lxml import etree

from streams.feeds.documents import Bad, Entry, NotReadable, Slip
from streams.feeds.encodings import to_text
from streams.feeds.markup import BLOCKS, CELLS, SILENT, paragraphs, separator
from streams.feeds.xml_repair import COMMENT, INSTRUCTION, LITERAL, mend

Element: TypeAlias = etree._Element

DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>")
DECLARED = re.compile(rb"""^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
PROLOG = re.compile(rf"(?>\s+|{INSTRUCTION}|{COMMENT})*+")
DOCTYPE = re.compile(
    r"""<!DOCTYPE\s(?>[^\[\]<>"']|"[^"]*"|'[^']*')*+"""
    rf"""(?:\[(?>[^\]"'<]|{COMMENT}|{INSTRUCTION}|<|"[^"]*"|'[^']*')*+\]\s*)?>"""
)
ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?([^\s%\"'>]{1,200})")
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
USED = re.compile(r"&([^\s&;#<]{1,200});")
OF_XML = frozenset("<>&\"'")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"


def parse(raw: bytes, charset: str = "") -> tuple[Element, list[Slip]]:
    """The root element, and the slips in what was read all the same.

    White space before the XML declaration is allowed, and HTML's named characters (``&nbsp;``) need
    no DTD.

    Parameters
    ----------
    charset
        From HTTP. It overrides what the document declares.

    Raises
    ------
    NotReadable
        If there is no XML, nothing whole in it, or a use of an entity that it declares.
    """
    declared = DECLARED.match(raw[:500])
    text, slips = to_text(raw, charset or (declared[1].decode("ascii") if declared else "utf-8"))
    head = DECLARATION.match(text)
    if head:  # the declared encoding no longer holds; lines keep their numbers
        text = _blank(head[0]) + text[head.end() :]
    text = NAMED.sub(_character, _without_declarations(text))
    try:
        return etree.fromstring(text.encode("utf-8"), _parser()), slips
    except (etree.XMLSyntaxError, UnicodeEncodeError) as error:
        slip = _named(error)
    root = _mended(text)
    if root is None:
        raise NotReadable(slip.reason, slip.line)
    return root, [*slips, slip]


def _parser(recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        remove_comments=True, remove_pis=True, huge_tree=False, recover=recover,
    )  # fmt: skip


def _blank(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _character(found: re.Match[str]) -> str:
    meant = html5.get(f"{found[1]};", "")
    return meant if meant and not OF_XML & {*meant} else found[0]


def _without_declarations(text: str) -> str:
    """The document without its document type; lines keep their numbers.

    Raises
    ------
    NotReadable
        If it uses an entity that it declares, or declares one elsewhere.
    """
    start = PROLOG.match(text).end()  # type: ignore[union-attr]
    found = DOCTYPE.match(text, start)
    declared = frozenset(ENTITY.findall(found[0])) if found else frozenset()
    if found:
        text = text[:start] + _blank(found[0]) + text[found.end() :]
    markup = LITERAL.sub(lambda literal: _blank(literal[0]), text) if declared or "<!ENTITY" in text else ""
    used = next((use for use in USED.finditer(markup) if use[1] in declared), None)
    if used:
        line = text.count("\n", 0, used.start()) + 1
        raise NotReadable(f"the document uses the entity {used[1][:40]!r}, which it declares: it is not expanded", line)
    elsewhere = ENTITY.search(markup)
    if elsewhere:
        line = text.count("\n", 0, elsewhere.start()) + 1
        raise NotReadable(f"the document declares the entity {elsewhere[1][:40]!r} where no document may", line)
    return text


def _named(error: etree.XMLSyntaxError | UnicodeEncodeError) -> Slip:
    if isinstance(error, UnicodeEncodeError):
        return Slip("not well-formed XML: half a surrogate pair")
    line, column = error.position
    reason = re.sub(r", line \d+, column \d+.*", "", error.msg or "empty").strip()
    return Slip(f"not well-formed XML: {reason}, line {line}, column {column}", line or 0)


def _mended(text: str) -> Element | None:
    """The root of malformed XML after repair; None if no entry is whole."""
    try:
        return etree.fromstring(mend(text).encode("utf-8"), _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def items(found: Iterable[Element], make_one: Callable[[Element], dict[str, Any]]) -> Iterator[Entry | Bad]:
    """A document of each element, made by the function, or what is wrong with the element."""
    for element in found:
        line = line_of(element)
        try:
            yield Entry(make_one(element), line)
        except NotReadable as error:
            yield Bad(str(error), etree.tostring(element, encoding="utf-8", with_tail=False), line)


def line_of(element: Element) -> int:
    """The line where the element begins; 0 if unknown."""
    return int(element.sourceline or 0)


def local(element: Element) -> str:
    """The name without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def children(element: Element | None, *names: str) -> Iterator[Element]:
    """Child elements by their local names, since agencies differ in namespaces and some have none."""
    if element is not None:
        yield from (child for child in element if local(child) in names)


def first(element: Element | None, *path: str) -> Element | None:
    """The first element along a path of local names."""
    for name in path:
        element = next(children(element, name), None)
    return element


def words(element: Element | None) -> str:
    """All text in an element in one line, with a blank for each line break or block."""
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
    """Plain text of content with markup. Inline elements of HTML and NITF stay in their line."""
    return paragraphs(_pieces(element, _is_prose(element)))


def _is_prose(element: Element) -> bool:
    return any(local(e) in BLOCKS for e in element.iter(etree.Element))


def _pieces(element: Element, prose: bool) -> Iterator[str]:
    """Text between separators. In XML other than HTML and NITF every element is a block."""
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
