"""The hold keeps embargoed items on disk until their time, so that a restart loses none.

Only the newest version of an item waits. Older versions are never sent.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import orjson

from claimwire.items import Item
from streams.settings import Settings

STAMP = "%Y%m%dT%H%M%SZ"


class Hold:
    """A folder of items. A file's name is the end of the embargo, and digests of uri and content."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> "Hold":
        """The application's hold, which other streams on this machine do not share."""
        return cls(settings.home / "held" / settings.application)

    def take(self, value: bytes, until: datetime | None, now: datetime) -> bool:
        """Take a version; returns whether it must wait, or give way to a newer one that waits.

        Older waiting versions are deleted. On return, a version that waits is on disk.
        """
        item = Item.from_ninjs(orjson.loads(value))
        with self._alone():
            waiting = list(self._waiting(item.uri))
            if any(other.order > item.order for _, other in waiting):
                return True
            waits = until is not None and until > now
            name = self._put(item.uri, value, until) if waits and until else ""
            for file, _ in waiting:
                if file.name != name:
                    file.unlink(missing_ok=True)
            return waits

    def _put(self, uri: str, value: bytes, until: datetime) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{until.astimezone(UTC):{STAMP}}-{_digest(uri.encode())}-{_digest(value)}.json"
        part = self._folder / f"{name}.part"
        with part.open("wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self._folder / name)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)  # writes the name, too
        finally:
            os.close(folder)
        return name

    def _waiting(self, uri: str) -> Iterator[tuple[Path, Item]]:
        """The waiting versions of an item. There are several only after an interrupted write."""
        for file in self._folder.glob(f"*-{_digest(uri.encode())}-*.json"):
            with suppress(FileNotFoundError):  # sent meanwhile
                yield file, Item.from_ninjs(orjson.loads(file.read_bytes()))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other commands on this machine from taking versions meanwhile."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def due(self, now: datetime) -> Iterator[tuple[Path, bytes]]:
        """Items whose time has come, the earliest first, unless a newer version waits."""
        # A stamp has no fraction of a second, so an item goes out up to a second late rather than early.
        reached = f"{now.astimezone(UTC):{STAMP}}"
        for file in sorted(self._folder.glob("*.json")):
            if file.name.partition("-")[0] < reached:
                with suppress(FileNotFoundError):  # sent by another command meanwhile
                    value = file.read_bytes()
                    item = Item.from_ninjs(orjson.loads(value))
                    if all(other.order <= item.order for _, other in self._waiting(item.uri)):
                        yield file, value


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=10).hexdigest()
