"""A drop folder: the command reads files that agencies deliver once they are complete, sends and moves them.

A file leaves the folder only after the broker has acknowledged its items. If something happens
before, the file is read again, which changes nothing: the same items have the same uris and orders.

Agencies may choose any file name, and may put a link in place of a file or a folder. So names are
cut to fit, and no link is followed for reading or moving.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path, PurePath

from streams.errors import InputUnreadable
from streams.escaping import shown
from streams.feeds import Document, Hints, Slip, Unreadable, read_stream
from streams.ingest.sender import Sender, pause

DONE, FAILED = "done", "failed"
ERRORS = ".errors"
UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".writing", "~")
"""Endings that transfer programs give to incomplete files."""
SCAN_SECONDS = 1.0
LONGEST_NAME = 255
"""The most bytes of a name in file systems."""
LONGEST_SUFFIX = 16

State = tuple[int, int]


class Folder:
    """The drop folder, with its folders for finished files.

    Raises
    ------
    InputUnreadable
        If one of these cannot be used or is a link.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: dict[Path, State] = {}
        self._stuck: dict[Path, State] = {}
        self._reported: set[Path] = set()
        for name in (DONE, FAILED):
            with self._opened(name):
                pass

    def complete(self) -> list[Path]:
        """Files that have not changed since the last look, without those that could not be moved."""
        now = {f: (s.st_size, s.st_mtime_ns) for f in self._files() if (s := _stat(f))}
        ready = [f for f, state in now.items() if self._seen.get(f) == state and self._stuck.get(f) != state]
        self._seen = now
        return ready

    def left_out(self) -> list[str]:
        """Lines on entries that are not read, and why, once for each."""
        found = {entry: why for entry in sorted(self._path.iterdir()) if (why := _unread(entry))}
        news = [f"{entry} is {why}" for entry, why in found.items() if entry not in self._reported]
        self._reported = {*found}
        return news

    def _files(self) -> Iterator[Path]:
        for file in sorted(self._path.iterdir()):
            if _is_delivered(file) and not file.is_symlink() and file.is_file():
                yield file

    def put_away(self, file: Path, errors: list[Unreadable]) -> Path | None:
        """Move a file to done/, or to failed/ with a file of its errors beside it; None if it is gone.

        It overwrites nothing.

        Raises
        ------
        InputUnreadable
            If the file cannot be moved. It is then skipped until it changes.
        """
        folder = FAILED if errors else DONE
        try:
            with self._opened(folder) as there:
                name = _free_name(there, file.name, ERRORS if errors else "")
                os.rename(file, name, dst_dir_fd=there)
                if errors:
                    lines = "".join(f"{shown(f'{error.where}: {error.reason}')}\n" for error in errors)
                    _write_new(there, name + ERRORS, lines)
        except FileNotFoundError:  # taken back, or moved by another follower
            return None
        except (OSError, InputUnreadable) as error:
            self._stuck[file] = self._seen[file]
            why = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
            raise InputUnreadable(
                f"{file} cannot be moved to {folder}/: {why.rstrip('.')}. It stays, and is not sent again "
                "unless it changes or this command is started anew."
            ) from None
        return self._path / folder / name

    @contextmanager
    def _opened(self, name: str) -> Iterator[int]:
        """Open a folder inside, made if missing, so that nobody can put a link in its place."""
        path = self._path / name
        try:
            path.mkdir(exist_ok=True)
            there = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError as error:
            linked = "is a link, and files are moved only inside the folder: remove it"
            why = linked if path.is_symlink() else f"cannot be used: {error.strerror}"
            raise InputUnreadable(f"{path} {why}.") from None
        try:
            yield there
        finally:
            os.close(there)


def _is_delivered(file: Path) -> bool:
    name = file.name
    return not name.startswith(".") and not name.lower().endswith(UNFINISHED) and name not in (DONE, FAILED)


def _unread(entry: Path) -> str | None:
    """Why an entry of the folder is not read; None if it is read, or its name excludes it."""
    if not _is_delivered(entry):
        return None
    if entry.is_symlink():
        return "a link: links are not followed"
    if entry.is_dir():
        return "a folder: folders in the folder are not followed. Follow it with a separate command"
    return None if entry.is_file() or not entry.exists() else "no plain file: it is not read"


def _free_name(folder: int, name: str, room: str) -> str:
    """A name that is free in the folder, alone and with the ending `room`."""
    suffix = PurePath(name).suffix
    suffix = suffix if len(os.fsencode(suffix)) <= LONGEST_SUFFIX else ""
    stem, number = name.removesuffix(suffix), 0
    while True:
        ending = f".{number}{suffix}" if number else suffix
        chosen = _cut(stem, LONGEST_NAME - len(os.fsencode(ending + room))) + ending
        if not (_is_there(folder, chosen) or _is_there(folder, chosen + room)):
            return chosen
        number += 1


def _cut(text: str, most: int) -> str:
    """The first whole characters of the text that fit into so many bytes."""
    while len(os.fsencode(text)) > most:
        text = text[:-1]
    return text


def _is_there(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _write_new(folder: int, name: str, text: str) -> None:
    """Write a new file, where there must be neither a file nor a link."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with open(os.open(name, flags, 0o666, dir_fd=folder), "w", encoding="utf8") as file:
        file.write(text)


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat(follow_symlinks=False)
    except OSError:  # gone since
        return None


def _read(file: Path, hints: Hints) -> Iterator[Document | Slip | Unreadable]:
    """Documents of a file, which may have become a link or a pipe since it was seen."""
    try:
        with open(os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as stream:
            yield from read_stream(stream, str(file), hints)
    except OSError as error:
        yield Unreadable(None, f"cannot be read: {error.strerror or error}", str(file))


async def follow(folder: Folder, out: Sender, hints: Hints, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    """Send delivered files until `stop` is set, and finish the file that was begun."""
    while not stop.is_set():
        for line in await asyncio.to_thread(folder.left_out):
            say(line)
        for file in await asyncio.to_thread(folder.complete):
            if stop.is_set():
                return
            sent = await out.send(_read(file, hints))
            for slip in sent.slips:
                say(f"{slip.where}: {slip.reason}")
            try:
                target = await asyncio.to_thread(folder.put_away, file, sent.unread)
            except InputUnreadable as error:
                say(f"{sent}. {error}")
                continue
            if target:
                say(f"{target}: {sent}")
        await out.release(datetime.now(UTC))
        await pause(stop, SCAN_SECONDS)
