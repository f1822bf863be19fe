"""HTML to plain text: paragraphs become lines, everything else its words."""

import re

from streams.feeds.html import Scanner

BLOCKS = frozenset(
    [
        "p",
        "div",
        "br",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "tr",
        "blockquote",
        "section",
        "article",
        "header",
        "footer",
        "pre",
        "hr",
        "dd",
        "dt",
    ]
)
SILENT = frozenset({"script", "style", "head", "template"})
BREAKS = re.compile(r"\s*\n\s*")


class _Text(Scanner):
    def __init__(self) -> None:
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def plain_text(html: str) -> str:
    """The words of an HTML fragment, a paragraph a line, lines apart by an empty one."""
    parser = _Text()
    parser.feed(html)
    return BREAKS.sub("\n\n", "".join(parser.parts)).strip()
