"""What may be shown of text that others have written: names of files, words of the news, of servers and of brokers."""

from unicodedata import category


def shown(text: str, lines: bool = False) -> str:
    r"""The text with what has no shape of its own written out, such as ``\u202e``.

    These characters steer a terminal, forge lines, turn the words beside them round, or hide. Written out as JSON
    writes them they leave JSON what it was, so there is one function for all that is shown.

    Parameters
    ----------
    lines
        Whether line ends stay: the text has them on purpose.
    """
    if text.isprintable():
        return text
    return "".join(c if _has_shape(c) or (lines and c == "\n") else _written_out(c) for c in text)


def _has_shape(character: str) -> bool:
    return character.isprintable() or category(character) == "Zs"  # spaces of all widths are read as such


def _written_out(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[i : i + 4]}" for i in range(0, len(units), 4))
