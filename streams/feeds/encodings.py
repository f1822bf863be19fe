"""Bytes to text, whatever a file says of itself."""

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup

from streams.feeds.documents import NotReadable

MARKS = (  # UTF-32's before UTF-16's, whose beginning it is
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
LATIN = frozenset({"iso8859-1", "ascii"})
"""Bytes above 0x7f under these names are windows-1252's, as browsers have it."""


def to_text(raw: bytes, declared: str = "utf-8") -> str:
    """The text: by its mark, else as UTF-8 where it is that, else in the declared encoding.

    Files that declare a single-byte encoding and hold UTF-8 are common; text in such an encoding
    that happens to be valid UTF-8 is not.

    Raises
    ------
    NotReadable
        If the bytes are no text in that encoding, or nobody knows it.
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _decoded(raw.removeprefix(mark) if b"<" not in mark else raw, encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    try:
        name = lookup(declared).name
    except LookupError:
        raise NotReadable(f"the encoding {declared[:40]!r} is not known") from None
    if name in LATIN:
        return "".join(_western(raw))
    if name.startswith("utf-8"):
        raise NotReadable(f"not UTF-8 text: byte {broken.start}", raw.count(b"\n", 0, broken.start) + 1)
    return _decoded(raw, name)


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotReadable(
            f"not {encoding.upper()} text: byte {error.start}", raw.count(b"\n", 0, error.start) + 1
        ) from None
    except (LookupError, UnicodeError, ValueError) as error:  # an encoding that is no encoding of text
        raise NotReadable(f"not {encoding.upper()} text: {error}") from None


def _western(raw: bytes) -> list[str]:
    """windows-1252, and the control characters of ISO-8859-1 in its five holes."""
    try:
        return [raw.decode("cp1252")]
    except UnicodeDecodeError:
        return [bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw]
