"""Embargoed items on disk, each until its time; a restart loses none."""

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from streams.settings import Settings

STAMP = "%Y%m%dT%H%M%SZ"


class Hold:
    """A folder of items whose names begin with the moment at which they may be published."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of(cls, settings: Settings) -> "Hold":
        """That of the application, which other streams on this machine do not share."""
        return cls(settings.home / "held" / settings.application)

    def put(self, value: bytes, until: datetime) -> None:
        """Keep an item; the same one twice is kept once. On return it is on the disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = f"{until.astimezone(UTC):{STAMP}}-{blake2b(value, digest_size=10).hexdigest()}.json"
        part = self._folder / f"{name}.part"
        with part.open("wb") as file:
            file.write(value)
            file.flush()
            os.fsync(file.fileno())
        part.rename(self._folder / name)
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too
        finally:
            os.close(folder)

    def due(self, now: datetime) -> Iterator[tuple[Path, bytes]]:
        """Items whose time has come, the earliest first."""
        # A stamp has no fraction of a second: an item goes out up to one late rather than early.
        reached = f"{now.astimezone(UTC):{STAMP}}"
        for file in sorted(self._folder.glob("*.json")):
            if file.name.partition("-")[0] < reached:
                with suppress(FileNotFoundError):  # sent by another command meanwhile
                    yield file, file.read_bytes()
