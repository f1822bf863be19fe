"""Archives within limits. Nothing is ever unpacked to disk, so the names inside can do no harm."""

import gzip
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from typing import IO

from streams.feeds.documents import NotReadable

MAX_UNPACKED = 4 * 2**30
"""Bytes that an archive may hold in all: larger ones are cut by whoever packed them."""
MAX_PACKED = 512 * 2**20
"""Bytes of an archive that comes through a pipe, and has to be kept in memory."""
MAX_MEMBERS = 100_000
MAX_DOCUMENT = 64 * 2**20
"""Bytes of one document, or of one line of a file of lines."""
GZIP, XZ, ZIP = b"\x1f\x8b", b"\xfd7zXZ\0", b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
DAMAGED = (
    EOFError, OSError, OverflowError, ValueError, NotImplementedError, RuntimeError,
    lzma.LZMAError, zlib.error, zipfile.BadZipFile, struct.error,
)  # fmt: skip
"""What the unpackers raise at damaged data, at a way of packing that they do not know, or at a password."""


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        raise NotReadable(f"a damaged or encrypted archive: {error or type(error).__name__}") from None


class _Bounded(RawIOBase):
    """A stream that ends in an error after so many bytes."""

    def __init__(self, stream: IO[bytes], left: int) -> None:
        self._stream = stream
        self.left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        with _damage_named():
            data = self._stream.read(min(len(buffer), 2**20))
        self.left -= len(data)
        if self.left < 0:
            raise NotReadable(f"the archive holds more than {MAX_UNPACKED // 2**20} MB: it is not read on")
        buffer[: len(data)] = data
        return len(data)


def kind_of(begin: bytes) -> bytes | None:
    """The mark of the archive that begins so; its name says nothing."""
    if begin.startswith(EMPTY_ZIP):
        return ZIP
    return next((mark for mark in (GZIP, XZ, ZIP) if begin.startswith(mark)), None)


def members(stream: IO[bytes], kind: bytes) -> Iterator[tuple[str, IO[bytes]]]:
    """The files inside, each by its name and a stream; the name is empty for the only one.

    Raises
    ------
    NotReadable
        If there are too many, or the archive is damaged; while a stream is read, if it is damaged, or there
        is too much in all.
    """
    if kind != ZIP:
        with gzip.open(stream) if kind == GZIP else lzma.open(stream) as unpacked:
            yield "", BufferedReader(_Bounded(unpacked, MAX_UNPACKED))  # type: ignore[type-var,arg-type]
        return
    with _damage_named():
        archive = zipfile.ZipFile(stream)
    inside = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda info: info.filename)
    if len(inside) > MAX_MEMBERS:
        raise NotReadable(f"the archive holds {len(inside)} files, more than {MAX_MEMBERS}")
    left = MAX_UNPACKED
    for info in inside:
        bounded = _Bounded(_Member(archive, info), left)  # type: ignore[arg-type]
        yield info.filename, BufferedReader(bounded)  # type: ignore[type-var]
        left = bounded.left
        if left < 0:
            return


class _Member:
    """A file in an archive, opened when it is read: a damaged one must not stop the others."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive, self._info = archive, info
        self._opened: IO[bytes] | None = None

    def read(self, size: int) -> bytes:
        if self._opened is None:
            self._opened = self._archive.open(self._info)
        return self._opened.read(size)
