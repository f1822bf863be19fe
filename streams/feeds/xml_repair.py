"""XML repair: makes malformed XML well-formed, since one slip in an entry must not hide a whole feed.

It never moves words to another element. An element that is not closed ends where the next one begins, and an entry cut
off by the document's end is left out.
"""

import re
from collections import Counter
from dataclasses import dataclass

ENTRIES = frozenset({"item", "entry", "newsItem", "NewsItem", "nitf"})
"""Elements that are entries."""
COMMENT = r"<!--(?>[^-]|-(?!->))*+(?:-->|\Z)"
INSTRUCTION = r"<\?(?>[^?]|\?(?!>))*+(?:\?>|\Z)"
LITERAL = re.compile(rf"<!\[CDATA\[(?>[^\]]|\](?!\]>))*+(?:\]\]>|\Z)|{COMMENT}")
"""Text in which nothing is markup. Without an end it reaches to the document's end, since looking for ends again and
again would take quadratic time."""
DEEPEST = 250
"""The deepest nesting of elements, as in libxml2."""
NO_CHARACTER = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
REFERENCE = re.compile(r"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,9}));")
BARE = re.compile(f"({LITERAL.pattern})|&(?!(?:#[0-9]+|#x[0-9a-fA-F]+|lt|gt|amp|quot|apos);)")
TOKEN = re.compile(
    rf"""(?P<literal>{LITERAL.pattern}|{INSTRUCTION})|<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*)"""
    r"""(?P<rest>(?>"[^"]*"|'[^']*'|[^<>"'])*+)>"""
)


@dataclass(slots=True)
class _Open:
    """An open element: where its text ends, and whether it holds entries."""

    name: str
    text: int
    holds: bool = False

    @property
    def is_entry(self) -> bool:
        return self.name.rpartition(":")[2] in ENTRIES


def mend(text: str) -> str:
    """The document with repaired characters, references and tags; empty if no entry is whole."""
    text = REFERENCE.sub(_possible, NO_CHARACTER.sub("", text))
    return _balanced(BARE.sub(lambda found: found[1] or "&amp;", text))


def _possible(found: re.Match[str]) -> str:
    """A reference to a character, if there is such a character."""
    code = int(found[1], 16) if found[1] else int(found[2])
    return found[0] if code <= 0x10FFFF and not NO_CHARACTER.match(chr(code)) else ""


def _balanced(text: str) -> str:
    """The document with each element closed once."""
    parts: list[str] = []
    opened: list[_Open] = []
    names = Counter[str]()
    whole, entries, position = 0, 0, 0  # parts up to the last whole entry, and how many there are

    def close() -> None:
        element = opened.pop()
        names[element.name] -= 1
        if element.is_entry or element.holds:
            parts.append(f"</{element.name}>")
        else:  # it ends before the next element
            parts[element.text] += f"</{element.name}>"

    for token in TOKEN.finditer(text):
        parts.append(text[position : token.start()].replace("<", "&lt;"))
        position = token.end()
        name = token["name"]
        if not name:
            parts.append(token[0])
            if opened and opened[-1].text == len(parts) - 2:  # its text continues
                opened[-1].text += 1
        elif token["end"]:
            if not names[name]:
                continue
            while opened[-1].name != name:
                close()
            last = opened.pop()
            names[name] -= 1
            parts.append(token[0])
            if last.is_entry and not any(element.is_entry for element in opened):
                whole, entries = len(parts), entries + 1
        elif token["rest"].endswith("/"):
            parts.append(token[0])
        else:
            element = _Open(name, len(parts) + 1)
            if element.is_entry:
                texts = (n for n, other in enumerate(opened) if parts[other.text].strip() or other.name == name)
                for _ in opened[next(texts, len(opened)) :]:  # neither a text nor an entry holds an entry
                    close()
                for other in opened:
                    other.holds = True
            opened.append(element)
            names[name] += 1
            parts.append(token[0])
            if len(opened) > DEEPEST:
                return ""
    if opened:
        parts.append(text[position:].replace("<", "&lt;"))
    if any(element.is_entry for element in opened):  # cut off
        del parts[whole:]
        opened = [element for element in opened if element.holds and not element.is_entry]
    while opened:
        close()
    return "".join(parts) if entries else ""
