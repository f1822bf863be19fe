"""HTML in one pass, whatever it is.

The standard library's parser, whose interface this is, raises on some markup ("<![x"), takes the square of
the time for other, and its references overflow ("&#" with thousands of digits).
"""

import re
from html import unescape

RAW = frozenset({"script", "style"})
"""Elements in which nothing but their own end tag is markup."""

TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]{0,100}+)")
TAG_ENDS = re.compile(r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>")
"""A quoted value may hold ">"; a quotation mark without its partner is a character like others."""

DECLARATION = re.compile(r"<(?:!--|!\[CDATA\[|[!?/])")
DECLARATION_ENDS = {"<!--": "-->", "<![CDATA[": "]]>"}
NO_CHARACTER = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|[0-9]{8,});?")


class Scanner:
    """Calls its handlers for what there is in an HTML text, in order. Time is in proportion to the text."""

    def feed(self, html: str) -> None:
        """Read a whole text."""
        position, last = 0, html.rfind(">")
        while (at := html.find("<", position)) >= 0:
            tag = TAG.match(html, at)
            declared = None if tag else DECLARATION.match(html, at)
            if at > last or not (tag or declared):  # "<" as a character
                self._data(html[position : at + 1])
                position = at + 1
                if at > last:
                    break
                continue
            self._data(html[position:at])
            if tag:
                ends = TAG_ENDS.match(html, tag.end())
                position = ends.end() if ends else len(html)
                position = self._tag(html, tag, position)
            elif declared:
                closes = DECLARATION_ENDS.get(declared.group(), ">")
                end = html.find(closes, declared.end())
                position = end + len(closes) if end >= 0 else len(html)
        self._data(html[position:])

    def _tag(self, html: str, tag: re.Match[str], end: int) -> int:
        """Handle a tag; returns where the text goes on."""
        name = tag.group(2).lower()
        if tag.group(1):
            self.handle_endtag(name)
            return end
        self.handle_starttag(name, [])
        if html.endswith("/>", 0, end):
            self.handle_endtag(name)
        elif name in RAW:
            closes = re.compile(rf"</{name}", re.I).search(html, end)
            return closes.start() if closes else len(html)
        return end

    def _data(self, text: str) -> None:
        if text:
            self.handle_data(unescape(NO_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", text)))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a start tag. Attributes are not read."""

    def handle_endtag(self, tag: str) -> None:
        """Take note of an end tag."""

    def handle_data(self, data: str) -> None:
        """Take note of text, references decoded."""
