"""Markup: from HTML and the like to plain text. Paragraphs stay apart, of everything else only words are left."""

import re
from collections.abc import Iterable
from html import unescape

from lxml import etree

BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hr iframe legend li main nav ol option p pre section select summary table tbody "
    "tfoot thead tr ul "
    # NITF's
    "abstract block body.content body.end body.head bq byline byttl copyrite credit dateline distributor hedline hl1 "
    "hl2 media media-caption media-producer nitf note".split()
)
CELLS = frozenset({"td", "th"})
SILENT = frozenset({"script", "style", "head", "template", "noscript", "noframes"})
SPACES = re.compile(r"[^\S\n]+")
BREAKS = re.compile(r"\s*\n\s*")
EMPTY_LINE = re.compile(r"(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*")
LINE_END = re.compile(r"\r\n?|\n")
TAG = re.compile(r"</?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|p|q|s|small|span|strong|sub|sup|tt|u)\b[^<>]*>")
REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


LINE_TAG = re.compile(
    r"</?(?:address|article|blockquote|br|div|dd|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|table|td|th|tr|ul)"
    r"\b[^<>]*>",
    re.I,
)
"""Tags that separate the words of a headline: line breaks and blocks."""
TAGGED = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|blockquote|table|strong|em|span)\b[^<>]*>", re.I)
"""Tags that show that a text is HTML, whatever its declared type."""
INVISIBLE = dict.fromkeys(
    map(ord, "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
             "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)  # fmt: skip
"""Soft hyphens, marks without width and marks of direction. A word that holds them would be another word."""
WESTERN = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Control characters that no text holds, as windows-1252's quotes and dashes, which browsers show for them."""
FURNITURE: dict[int, str | None] = {**INVISIBLE, **WESTERN}


class _Text:
    """The target of libxml2's parser. Python's own takes quadratic time for "<a <a <a"."""

    def __init__(self, as_typed: bool) -> None:
        self.parts: list[str] = []
        self._silent = 0
        self._as_typed = int(as_typed)

    def start(self, tag: str, attributes: object) -> None:
        self._silent += tag in SILENT
        self._as_typed += tag == "pre"
        self.parts.append(separator(tag))

    def end(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        self._as_typed -= tag == "pre" and self._as_typed > 0
        self.parts.append(separator(tag))

    def data(self, data: str) -> None:
        if not self._silent:
            pieces = EMPTY_LINE.split(data) if self._as_typed else [data]
            self.parts.append("\n".join(" ".join(LINE_END.split(piece)) for piece in pieces))

    def close(self) -> list[str]:
        return self.parts


def separator(tag: str) -> str:
    """What replaces a tag of HTML or NITF in the text."""
    return "\n" if tag in BLOCKS else " " if tag in CELLS else ""


def paragraphs(parts: Iterable[str]) -> str:
    """Join pieces to one text. Line ends in them separate paragraphs, which an empty line then separates."""
    return BREAKS.sub("\n\n", SPACES.sub(" ", "".join(parts))).strip()


def plain_text(html: str) -> str:
    """The words of an HTML fragment, with an empty line between paragraphs.

    Without any tag, and inside ``pre``, paragraphs are as typed.
    """
    text = html.replace("\0", "")
    if not text.strip():
        return ""
    parser = etree.HTMLParser(target=_Text(as_typed="<" not in text), encoding="utf-8", no_network=True, huge_tree=True)
    return paragraphs(etree.fromstring(text.encode("utf-8", "replace"), parser))


def plain_line(text: str) -> str:
    """A headline without its HTML, in one line; "1 < 2" stays."""
    words = TAG.sub("", LINE_TAG.sub(" ", text))
    return " ".join(REFERENCE.sub(lambda found: unescape(found[0]), words).split())


def prose(text: str) -> str:
    """Text declared as plain: unchanged, unless it holds tags after all."""
    return plain_text(text) if TAGGED.search(text) else text.strip()


def clean(text: str) -> str:
    """Text without invisible characters, and with quotes in place of control characters."""
    return text.translate(FURNITURE)


def only_links(html: str) -> bool:
    """Whether an HTML fragment holds links, and no other words but the names of their sites."""
    if "<a" not in html:
        return False
    parser = etree.HTMLParser(encoding="utf-8", no_network=True)
    root = etree.fromstring(html.replace("\0", "").encode("utf-8", "replace"), parser)
    beside = (
        text for text in root.xpath("//text()[not(ancestor::a) and not(ancestor::font)]") if text.strip(" \n\t\r\xa0")
    )
    return not any(beside)
