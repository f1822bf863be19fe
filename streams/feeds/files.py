"""Reads documents from files and standard input. It yields what can't be read as such, and goes on."""

import sys
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from functools import partial
from io import BufferedReader, BytesIO
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import IO, Any

import orjson

from claimwire.items import Item, PubStatus, UnreadableItem
from claimwire.times import parse_time
from streams.feeds import archives
from streams.feeds.archives import MAX_DOCUMENT, MAX_PACKED, kind_of, members
from streams.feeds.dates import in_zone, why_no_date
from streams.feeds.documents import Bad, Document, Entry, NotReadable, Slip, Unreadable
from streams.feeds.formats import OF_JSON, Entries, Format, read, read_line
from streams.feeds.ninjs_builder import json_bytes

Found = Iterator[Document | Slip | Unreadable]

LINES = frozenset({".jsonl", ".ndjson"})
READABLE = LINES | {".json", ".xml", ".newsml", ".nitf", ".rss", ".atom", ".rdf", ".eml", ".txt"}
PACKED = frozenset({".xz", ".gz", ".zip"})
TOO_LONG = f"more than {MAX_DOCUMENT // 2**20} MB are too long for an item"
UNDATED = "the item has no date that can be read (versionCreated), so it has no place in the ledger"
ANY_TIME = "2000-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about files besides their content.

    Attributes
    ----------
    format
        Their format. If left out, the content of each decides.
    undated
        Whether to yield items without a date, too. These have no place in the ledger.
    zone
        The zone of times without one; UTC if left out.
    charset
        From HTTP. It overrides what a document declares.
    """

    format: Format | None = None
    undated: bool = False
    zone: tzinfo | None = None
    charset: str = ""


NONE = Hints()


def read_inputs(paths: Sequence[str], hints: Hints = NONE) -> Found:
    """Documents of a command's inputs: paths, or - for standard input."""
    for path in paths:
        if not path:  # from an unset variable; as a path it would be this folder
            yield Unreadable(None, "the name of a file is empty", "''")
        elif path == "-":
            yield from read_stream(sys.stdin.buffer, "standard input", hints)
        else:
            yield from read_paths([Path(path)], hints)


def read_paths(paths: Iterable[Path], hints: Hints = NONE) -> Found:
    """Documents of files, of files in folders (by their endings), and of files in archives.

    Parameters
    ----------
    hints
        What is known about them besides their content.
    """
    for path in paths:
        if not path.exists():
            yield Unreadable(None, "there is no such file", str(path))
            continue
        files = files_in(path)
        if not files:
            known = ", ".join(sorted(READABLE | PACKED))
            yield Unreadable(None, f"there is no file in the folder that ends in {known}", str(path))
        for file in files:
            try:
                with file.open("rb") as stream:
                    yield from read_stream(stream, str(file), hints)
            except OSError as error:
                yield Unreadable(None, f"cannot be read: {error.strerror or error}", str(file))


def files_in(path: Path) -> list[Path]:
    """The files in a folder and its folders, without hidden ones; a file alone is itself."""
    if not path.is_dir():
        return [path]
    found = [f for f in path.rglob("*") if _is_read(f.relative_to(path)) and f.is_file()]
    return sorted(found)


def _is_read(name: Path | PurePosixPath) -> bool:
    suffix = name.suffix.lower()
    return (
        not any(part.startswith((".", "__MACOSX")) and part != ".." for part in name.parts)
        and suffix in READABLE | PACKED
    )


def read_stream(stream: IO[bytes], source: str, hints: Hints = NONE, most: int | None = None) -> Found:
    """Documents of a stream: an archive, JSON Lines, or one document of any format.

    The first line or the name shows whether it holds an item on each line.

    Parameters
    ----------
    most
        The most bytes that an archive may hold in all, if not the default.
    """
    peekable = stream if isinstance(stream, BufferedReader) else BufferedReader(stream)  # type: ignore[type-var]
    kind = kind_of(peekable.peek(8)[:8])
    if kind is None:
        yield from _plain(peekable, source, PurePosixPath(source), hints)
        return
    try:
        whole = peekable if peekable.seekable() else BytesIO(_all(peekable))
        for name, member in members(whole, kind, most or archives.MAX_UNPACKED):
            yield from _member(name, member, source, hints)
    except NotReadable as error:
        yield Unreadable(None, str(error), source)


def _all(stream: IO[bytes]) -> bytes:
    """All of a stream that cannot seek, since a zip's table of contents is at its end."""
    data = stream.read(MAX_PACKED + 1)
    if len(data) > MAX_PACKED:
        raise NotReadable(f"an archive of more than {MAX_PACKED // 2**20} MB cannot be read from a pipe")
    return data


def _member(name: str, member: IO[bytes], source: str, hints: Hints) -> Found:
    """Documents of a file in an archive. A file without a name has the archive's, without its ending."""
    inside = PurePosixPath(name) if name else PurePosixPath(source).with_suffix("")
    where = f"{source}/{name}" if name else source
    if name and not _is_read(inside):
        return
    try:
        if kind_of(member.peek(8)[:8]):  # type: ignore[attr-defined]
            raise NotReadable("an archive inside an archive is not read")
        yield from _plain(member, where, inside, hints)
    except NotReadable as error:
        yield Unreadable(None, str(error), where)


def _plain(stream: IO[bytes], source: str, name: PurePosixPath, hints: Hints) -> Found:
    may_be_lines = hints.format is None or hints.format in OF_JSON
    lines = may_be_lines and name.suffix.lower() in LINES
    skipped, first = b"", stream.readline(MAX_DOCUMENT + 1)
    while first and not first.strip() and not lines and len(skipped) < MAX_DOCUMENT:
        skipped, first = skipped + first, stream.readline(MAX_DOCUMENT + 1)
    if lines or (may_be_lines and _is_document(first)):
        yield from _lines(first, stream, source, hints)
        return
    raw = skipped + first  # lines keep their numbers
    raw += stream.read(MAX_DOCUMENT + 1 - min(len(raw), MAX_DOCUMENT))
    if len(raw) > MAX_DOCUMENT:
        yield Unreadable(None, TOO_LONG, source)
    elif not raw.strip():
        yield Unreadable(None, "the file is empty", source)
    else:
        yield from _documents(partial(read, raw, hints.format, hints.charset), raw, source, hints)


def _is_document(line: bytes) -> bool:
    try:
        return isinstance(orjson.loads(line.removeprefix(BOM_UTF8)), dict)
    except orjson.JSONDecodeError:
        return False


def _lines(first: bytes, rest: IO[bytes], source: str, hints: Hints) -> Found:
    if not first:
        yield Unreadable(None, "the file is empty", source)
    following = iter(lambda: rest.readline(MAX_DOCUMENT + 1), b"")
    for number, raw in enumerate(chain([first.removeprefix(BOM_UTF8)], following), start=1):
        line = raw.rstrip(b"\r\n")
        if len(line) > MAX_DOCUMENT:
            yield Unreadable(None, f"{TOO_LONG}; the lines behind it are not read", source, number)
            return
        if line.strip():
            yield from _documents(partial(read_line, line, hints.format), line, source, hints, number)


def read_bytes(raw: bytes, source: str, hints: Hints = NONE) -> Found:
    """Documents in bytes from the network, read like a file."""
    yield from read_stream(BytesIO(raw), source, hints, MAX_DOCUMENT)


def _documents(reading: Callable[[], Entries], raw: bytes, source: str, hints: Hints, line: int = 0) -> Found:
    """What the reader gives, checked as the ledger will. In a file of lines, `line` is the file's."""
    try:
        for entry in in_zone(hints.zone, reading()):
            where = line or entry.line
            if isinstance(entry, Bad):
                yield Unreadable(entry.raw, entry.reason, source, where)
            elif isinstance(entry, Slip):
                yield replace(entry, source=source, line=where)
            else:
                yield from _checked(entry, source, where, hints.undated)
    except NotReadable as error:
        yield Unreadable(raw, str(error), source, line or error.line)


def _checked(entry: Entry, source: str, line: int, undated: bool) -> Found:
    made = entry.ninjs
    value = json_bytes(made)
    if value is None:
        yield Unreadable(None, "nested too deep", source, line)
        return
    try:
        dated = "versionCreated" in made
        killed = made.get("pubStatus") == PubStatus.CANCELED
        item = Item.from_ninjs(made if dated or killed else {**made, "versionCreated": ANY_TIME})
        embargoed = _embargo(made)
    except UnreadableItem as error:
        yield Unreadable(value, str(error), source, line)
        return
    if not dated and not killed:
        written = made.get("claimwire", {}).get("undated", "")
        why = f"{UNDATED}: {why_no_date(written)}" if written else UNDATED
        if not undated:
            yield Unreadable(value, why, source, line)
            return
        if written:
            yield Slip(why, line, source)
    yield Document(item.uri, made, value, source, line, embargoed)


def _embargo(made: dict[str, Any]) -> datetime | None:
    """The end of the embargo. An unreadable one is an error, since the item must not go out early."""
    until = made.get("embargoed")
    if until is None:
        return None
    try:
        return parse_time(until if isinstance(until, str) else repr(until))
    except ValueError as error:
        raise UnreadableItem(f"embargoed: {error}") from None
