"""The table of formats: how each is recognised, and its reader."""

import json
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import chain
from typing import Any

import orjson

from streams.feeds import digitalwires, jsonfeed, mail, newsml_1, newsml_g2, ninjs, nitf, plain_text, syndication, xml
from streams.feeds.documents import Bad, Entry, NotReadable, Slip
from streams.feeds.encodings import MARKS, to_text
from streams.feeds.ninjs_builder import json_bytes

Entries = Iterator[Entry | Bad | Slip]


class Format(StrEnum):
    """The formats that are read."""

    NINJS = ninjs.NAME
    NEWSML_G2 = newsml_g2.NAME
    NEWSML_1 = newsml_1.NAME
    NITF = nitf.NAME
    RSS = syndication.RSS
    RDF = syndication.RDF
    ATOM = syndication.ATOM
    JSONFEED = jsonfeed.NAME
    DIGITALWIRES = digitalwires.NAME
    MAIL = mail.NAME
    TEXT = plain_text.NAME


OF_XML: dict[Format, tuple[frozenset[str], Callable[[xml.Element], Entries]]] = {
    Format.NEWSML_G2: (newsml_g2.ROOTS, newsml_g2.read),
    Format.NEWSML_1: (newsml_1.ROOTS, newsml_1.read),
    Format.NITF: (nitf.ROOTS, nitf.read),
    Format.RSS: (syndication.RSS_ROOTS, syndication.read),
    Format.RDF: (syndication.RDF_ROOTS, syndication.read),
    Format.ATOM: (syndication.ATOM_ROOTS, syndication.read),
}
"""Formats in XML: names of root elements, and the reader."""

OF_JSON: dict[Format, tuple[Callable[[Any], bool], Callable[[Any], Entries]]] = {
    Format.JSONFEED: (jsonfeed.is_feed, jsonfeed.read),
    Format.DIGITALWIRES: (digitalwires.is_entry, digitalwires.read),
    Format.NINJS: (lambda _: True, ninjs.read),
}
"""Formats in JSON: how each is recognised, and the reader. The last takes what no other does."""

HTML = re.compile(rb"[\xef\xbb\xbf\s]*<!doctype\s+html[\s>]", re.I)

OF_BYTES: dict[Format, Callable[[bytes, str], Entries]] = {Format.MAIL: mail.read, Format.TEXT: plain_text.read}


def read(raw: bytes, format: Format | None = None, charset: str = "") -> Entries:
    """The items in the bytes of one file.

    Parameters
    ----------
    format
        Its format. If left out, the content decides, and never the name, which is wrong too often.
    charset
        From HTTP.

    Raises
    ------
    NotReadable
        If it makes no item at all.
    """
    if format in OF_BYTES:
        return OF_BYTES[format](raw, charset)
    if format in OF_JSON or (format is None and is_json(raw)):
        return read_line(raw, format)
    if format in OF_XML or (format is None and _is_xml(raw)):
        return _read_xml(raw, format, charset)
    return OF_BYTES[Format.MAIL if mail.is_mail(raw) else Format.TEXT](raw, charset)


def read_line(raw: bytes, format: Format | None = None) -> Entries:
    """The items in one JSON document, which may be a line of a file.

    Raises
    ------
    NotReadable
        If it is no JSON.
    """
    document, slips = from_json(raw)
    yield from slips
    yield from read_json(document, format)


def is_json(raw: bytes) -> bool:
    """Whether the bytes begin like JSON that can hold an item."""
    return _begin(raw) in ("{", "[")


def _is_xml(raw: bytes) -> bool:
    return _begin(raw) == "<"


def _begin(raw: bytes) -> str:
    """The first character other than white space."""
    mark = next((m for m, _ in MARKS if raw.startswith(m) and b"<" not in m), b"")
    return raw[len(mark) :].lstrip(b" \t\r\n\0")[:1].decode("latin-1")


def from_json(raw: bytes) -> tuple[Any, list[Slip]]:
    """The JSON's content, and its slips: line ends and tabs in strings, or the encoding.

    Raises
    ------
    NotReadable
        If it is none.
    """
    try:
        return orjson.loads(raw), []
    except orjson.JSONDecodeError as error:
        reason = error
    text, slips = to_text(raw)  # UTF-16, a byte order mark, or a single-byte encoding that no JSON may have
    try:
        return orjson.loads(text), slips
    except (orjson.JSONDecodeError, UnicodeEncodeError):
        pass
    try:
        document = json.loads(text, strict=False, parse_constant=_no_number)
    except (ValueError, RecursionError):
        document = None
    if document is None or json_bytes(document) is None:  # halves of characters can be read, but not be sent
        raise NotReadable(f"not JSON: {reason}", getattr(reason, "lineno", 0)) from None
    return document, [*slips, Slip(f"not JSON: {reason}", getattr(reason, "lineno", 0))]


def _no_number(text: str) -> None:
    raise ValueError(text)


def read_json(document: Any, format: Format | None = None) -> Entries:
    """The items in a JSON document, or in a list of documents."""
    if isinstance(document, list):
        for number, value in enumerate(document, start=1):
            try:
                if isinstance(value, list):
                    raise NotReadable("a list in a list is no news item")
                yield from read_json(value, format)
            except NotReadable as error:
                yield Bad(f"item {number} of the list: {error}", json_bytes(value))
        return
    if format is None:
        format = next(name for name, (is_it, _) in OF_JSON.items() if is_it(document))
    yield from OF_JSON[format][1](document)


def _read_xml(raw: bytes, format: Format | None, charset: str) -> Entries:
    if HTML.match(raw):
        raise NotReadable("an HTML page, no feed", 1)
    root, slips = xml.parse(raw, charset)
    name = xml.local(root)
    found = next((f for f, (roots, _) in OF_XML.items() if name in roots), None)
    if found is None:
        known = ", ".join(OF_XML)
        raise NotReadable(f"the root element <{name[:40]}> is of no format that is read ({known})", xml.line_of(root))
    if format not in (None, found):
        raise NotReadable(f"the file is {found}, not {format}", xml.line_of(root))
    return chain(slips, OF_XML[found][1](root))
