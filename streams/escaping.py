"""Escaping: makes text from others safe to show: file names, news, and the words of servers and brokers."""

from unicodedata import category


def shown(text: str, lines: bool = False) -> str:
    r"""The text with characters that have no shape of their own written out, such as ``\u202e``.

    These characters control a terminal, forge lines, reverse the words beside them, or hide. They are written as JSON
    escapes, which do not change the meaning of JSON, so that one function serves for everything shown.

    Parameters
    ----------
    lines
        Whether line ends stay, if the text has them on purpose.
    """
    if text.isprintable():
        return text
    return "".join(c if _has_shape(c) or (lines and c == "\n") else _written_out(c) for c in text)


def _has_shape(character: str) -> bool:
    return character.isprintable() or category(character) == "Zs"  # people see spaces of any width as spaces


def _written_out(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
