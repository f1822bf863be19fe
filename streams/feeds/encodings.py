"""Encodings: from bytes to text, even if a file declares a wrong encoding."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE, lookup

from streams.feeds.documents import Slip

MARKS = (  # UTF-32's marks first, since they begin with UTF-16's
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
LATIN = frozenset({"iso8859-1", "ascii"})
"""Under these names, bytes above 0x7f are read as windows-1252, as in browsers."""
UTF_8 = "utf-8"
CUT = re.compile(rb"[\xc2-\xf4][\x80-\xbf]+|[\xc2\xc3\xe2]")
"""The beginning of a UTF-8 character, which is hardly ever text in windows-1252."""


def to_text(raw: bytes, declared: str = UTF_8) -> tuple[str, list[Slip]]:
    """The text by its byte order mark, else as UTF-8 if valid, else in the declared encoding; and its slips.

    Many files declare a single-byte encoding and hold UTF-8, but text in such an encoding is hardly
    ever valid UTF-8. If nothing fits, the text is windows-1252, or UTF-8 without its cut characters
    if it holds whole ones.
    """
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _decoded(raw.removeprefix(mark) if b"<" not in mark else raw, encoding)
    try:
        return raw.decode(UTF_8), []
    except UnicodeDecodeError as error:
        broken = error
    try:
        name = lookup(declared).name
        if name in LATIN:
            return _western(raw), []
        if not name.startswith(UTF_8):
            return _decoded(raw, name)
    except (LookupError, ValueError):  # ValueError for an encoding that is not of text
        return _guessed(raw), [Slip(f"the encoding {declared[:40]!r} is not known", 1)]
    return _guessed(raw), [_slip(raw, name, broken)]


def _slip(raw: bytes, encoding: str, error: UnicodeDecodeError) -> Slip:
    return Slip(f"not {encoding.upper()} text: byte {error.start}", raw.count(b"\n", 0, error.start) + 1)


def _decoded(raw: bytes, encoding: str) -> tuple[str, list[Slip]]:
    try:
        return raw.decode(encoding), []
    except UnicodeDecodeError as error:
        return raw.decode(encoding, "ignore"), [_slip(raw, encoding, error)]


def _guessed(raw: bytes) -> str:
    whole = raw.decode(UTF_8, "ignore")
    return _western(raw) if whole.isascii() and not CUT.search(raw) else whole


def _western(raw: bytes) -> str:
    """windows-1252, and the control characters of ISO-8859-1 in its five holes."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in raw)
