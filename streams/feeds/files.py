"""Files and standard input to documents; what can't be read is given back, and the rest goes on."""

import lzma
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

import orjson

from claimwire.items import Item, UnreadableItem
from streams.feeds.documents import Document, Unreadable
from streams.feeds.ninjs import NotNinjs, to_ninjs3
from streams.feeds.text import Undated, text_to_ninjs3

LINES = (".jsonl", ".ndjson")
READABLE = (*LINES, ".json", ".txt")


def read_paths(paths: Iterable[Path]) -> Iterator[Document | Unreadable]:
    """Documents of files, and of the files in folders by their names."""
    for path in paths:
        if not path.exists():
            yield Unreadable(None, "there is no such file", str(path))
            continue
        files = _files(path)
        if not files:
            yield Unreadable(None, f"there is no {', '.join(READABLE)} file in the folder", str(path))
        for file in files:
            try:
                with _open(file) as stream:
                    yield from read_stream(stream, str(file), lines=_stem_suffix(file) in LINES)
            except (OSError, EOFError, lzma.LZMAError) as error:
                yield Unreadable(None, f"cannot be read: {error}", str(file))


def read_stream(stream: IO[bytes], source: str, lines: bool = False) -> Iterator[Document | Unreadable]:
    """Documents of a stream: JSON Lines, one JSON document, or a plain text.

    Parameters
    ----------
    lines
        Whether it is known to hold an item a line. Otherwise the first line tells.
    """
    first = stream.readline().removeprefix(BOM_UTF8)
    while first and not first.strip() and not lines:
        first = stream.readline()
    if lines or _is_document(first):
        yield from _lines(first, stream, source)
    else:
        yield from _whole(first + stream.read(), source)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(f for f in path.iterdir() if f.is_file() and _stem_suffix(f) in READABLE)
    return [path]


def _open(file: Path) -> IO[bytes]:
    return lzma.open(file) if file.suffix == ".xz" else file.open("rb")


def _stem_suffix(file: Path) -> str:
    return file.with_suffix("").suffix if file.suffix == ".xz" else file.suffix


def _is_document(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(first: bytes, rest: Iterable[bytes], source: str) -> Iterator[Document | Unreadable]:
    if not first:
        yield Unreadable(None, "the file is empty", source)
    for number, line in enumerate(chain([first], rest), start=1):
        yield from _document(line, source, number)


def _document(raw: bytes, source: str, line: int) -> Iterator[Document | Unreadable]:
    if not raw.strip():
        return
    try:
        loaded = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        yield Unreadable(raw.rstrip(b"\r\n"), f"not JSON: {error}", source, line)
        return
    for document in loaded if isinstance(loaded, list) else [loaded]:
        try:
            made = to_ninjs3(document)
            Item.from_ninjs(made)
            yield Document(made, orjson.dumps(made), source, line)
        except (NotNinjs, UnreadableItem) as error:
            yield Unreadable(orjson.dumps(document) if document is not loaded else raw, str(error), source, line)
        except orjson.JSONEncodeError as error:
            yield Unreadable(raw, f"nested too deep: {error}", source, line)


def _whole(raw: bytes, source: str) -> Iterator[Document | Unreadable]:
    """A file that is one document: JSON by its first character, else plain text."""
    if raw.lstrip()[:1] in (b"{", b"["):
        yield from _document(raw, source, 0)
        return
    if not raw.strip():
        yield Unreadable(None, "the file is empty", source)
        return
    try:
        made = text_to_ninjs3(raw.decode("utf-8-sig"))
        yield Document(made, orjson.dumps(made), source)
    except UnicodeDecodeError as error:
        yield Unreadable(raw, f"not UTF-8 text: byte {error.start}", source)
    except Undated as error:
        yield Unreadable(raw, str(error), source)
