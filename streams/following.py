"""A drop folder: files that agencies deliver are read once complete, sent, and put away.

A file leaves the folder only after the broker has acknowledged what it held. Whatever happens
before, it is read again, which changes nothing: the same items have the same uris and orders.
"""

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from streams.feeds import Hints, Unreadable, read_paths
from streams.sending import Sender, pause

DONE, FAILED = "done", "failed"
ERRORS = ".errors"
UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".writing", "~")
"""How programs that transfer files name them until they are whole."""
SCAN_SECONDS = 1.0

Seen = dict[Path, tuple[int, int]]


class Folder:
    """The drop folder, with the folders of what is done."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: Seen = {}

    def complete(self) -> list[Path]:
        """Files that have stayed as they were since the last look."""
        now = {f: (s.st_size, s.st_mtime_ns) for f in self._files() if (s := _stat(f))}
        ready = [file for file, state in now.items() if self._seen.get(file) == state]
        self._seen = now
        return ready

    def _files(self) -> Iterator[Path]:
        for file in sorted(self._path.iterdir()):
            unfinished = file.name.startswith(".") or file.name.lower().endswith(UNFINISHED)
            if not unfinished and file.is_file() and not file.is_symlink():
                yield file

    def put_away(self, file: Path, errors: list[Unreadable]) -> Path | None:
        """Move a file to done/, or to failed/ beside a file of what was wrong; None if it is gone.

        Nothing there is overwritten.
        """
        folder = self._path / (FAILED if errors else DONE)
        folder.mkdir(exist_ok=True)
        target, number = folder / file.name, 1
        while target.exists():
            target, number = folder / f"{file.stem}.{number}{file.suffix}", number + 1
        try:
            file.rename(target)
        except FileNotFoundError:  # taken back, or put away by another follower
            return None
        if errors:
            told = "".join(f"{error.where}: {error.reason}\n" for error in errors)
            target.with_name(target.name + ERRORS).write_text(told, "utf8")
        return target


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:  # gone since
        return None


async def follow(folder: Folder, out: Sender, hints: Hints, stop: asyncio.Event, say: Callable[[str], None]) -> None:
    """Send what is delivered until told to stop; a file that has been begun is finished."""
    while not stop.is_set():
        for file in await asyncio.to_thread(folder.complete):
            if stop.is_set():
                return
            sent = await out.send(read_paths([file], hints))
            for slip in sent.slips:
                say(f"{slip.where}: {slip.reason}")
            target = await asyncio.to_thread(folder.put_away, file, sent.unread)
            if target:
                say(f"{target}: {sent}")
        await out.release(datetime.now(UTC))
        await pause(stop, SCAN_SECONDS)
