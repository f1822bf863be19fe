"""Reads archives within limits. It never unpacks to disk, so the names inside can do no harm."""

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
"""The most bytes that an archive may hold in all. Larger ones must be split when they are packed."""
MAX_PACKED = 512 * 2**20
"""The most bytes of an archive from a pipe, which must be kept in memory."""
MAX_MEMBERS = 100_000
MAX_DOCUMENT = 64 * 2**20
"""The most bytes of one document, or of one line of a file of lines."""
CHUNK = 2**16
GZIP, XZ, ZIP = b"\x1f\x8b", b"\xfd7zXZ\0", b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
DAMAGED = (
    EOFError, OSError, OverflowError, ValueError, NotImplementedError, RuntimeError,
    lzma.LZMAError, zlib.error, zipfile.BadZipFile, struct.error,
)  # fmt: skip
"""What the unpackers raise for damaged data, for an unknown compression, or for a password."""


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except DAMAGED as error:
        raise NotReadable(f"a damaged or encrypted archive: {error or type(error).__name__}") from None


class _Bounded(RawIOBase):
    """A stream that raises an error after so many bytes."""

    def __init__(self, stream: "IO[bytes] | _Gzip", left: int) -> None:
        self._stream = stream
        self._most = self.left = left

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        with _damage_named():
            data = self._stream.read(min(len(buffer), 2**20))
        self.left -= len(data)
        if self.left < 0:
            raise NotReadable(f"the archive holds more than {self._most // 2**20} MB: it is not read on")
        buffer[: len(data)] = data
        return len(data)


def kind_of(begin: bytes) -> bytes | None:
    """The mark of the archive, by its first bytes and not by its name."""
    if begin.startswith(EMPTY_ZIP):
        return ZIP
    return next((mark for mark in (GZIP, XZ, ZIP) if begin.startswith(mark)), None)


class _Gzip:
    """The content of a gzip file, part after part. White space and zeros after the last part are no damage."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._packed = b""
        self._part: zlib._Decompress | None = None

    def read(self, size: int) -> bytes:
        while True:
            self._packed = self._packed or self._stream.read(CHUNK)
            if self._part is None:
                self._packed = self._packed.lstrip(b"\0\r\n\t ")
                if not self._packed and not (more := self._stream.read(CHUNK)):
                    return b""
                self._packed = self._packed or more
                self._part = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            if not self._packed:
                raise EOFError("it ends in the middle")
            data = self._part.decompress(self._packed, size)
            self._packed = self._part.unconsumed_tail or self._part.unused_data
            if self._part.eof:
                self._part = None
            if data:
                return data


def members(stream: IO[bytes], kind: bytes, most: int) -> Iterator[tuple[str, IO[bytes]]]:
    """The names and streams of the files inside; gzip and xz hold one without a name.

    Parameters
    ----------
    most
        The most bytes that they may have in all.

    Raises
    ------
    NotReadable
        If there are too many files or bytes, or the archive is damaged. Reading a stream may raise it, too.
    """
    if kind != ZIP:
        unpacked = _Gzip(stream) if kind == GZIP else lzma.LZMAFile(stream)  # noqa: SIM115 (the stream is not ours)
        yield "", BufferedReader(_Bounded(unpacked, most))  # type: ignore[type-var]
        return
    with _damage_named():
        archive = zipfile.ZipFile(stream)
    inside = sorted((i for i in archive.infolist() if not i.is_dir()), key=lambda info: info.filename)
    if len(inside) > MAX_MEMBERS:
        raise NotReadable(f"the archive holds {len(inside)} files, more than {MAX_MEMBERS}")
    left = most
    for info in inside:
        bounded = _Bounded(_Member(archive, info), left)  # type: ignore[arg-type]
        yield info.filename, BufferedReader(bounded)  # type: ignore[type-var]
        left = bounded.left
        if left < 0:
            return


class _Member:
    """A file in an archive, opened only when read, so that a damaged one does not stop the others."""

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> None:
        self._archive, self._info = archive, info
        self._opened: IO[bytes] | None = None

    def read(self, size: int) -> bytes:
        if self._opened is None:
            self._opened = self._archive.open(self._info)
        return self._opened.read(size)
