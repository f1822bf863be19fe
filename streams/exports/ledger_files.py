"""The files in which a ledger is kept: claims, events and remarks, as JSON Lines."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from claimwire.status_events import StatusChanged
from streams.codecs import encode
from streams.errors import InputUnreadable

CLAIMS_FILE = "claims.jsonl"
EVENTS_FILE = "events.jsonl"
REMARKS_FILE = "remarks.jsonl"


class LedgerFiles:
    """Writes a ledger into a folder. It overwrites nothing, and an interrupted run does not hinder the next one.

    Raises
    ------
    InputUnreadable
        If one of the files exists, or the folder can't be written to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._targets = [folder / name for name in (CLAIMS_FILE, EVENTS_FILE, REMARKS_FILE)]
        self._parts = [target.with_suffix(".part") for target in self._targets]
        existing = next((t for t in self._targets if t.exists()), None)
        if existing:
            raise InputUnreadable(f"{existing} exists already, and is not overwritten. Name another folder with --out.")

    @property
    def claims(self) -> Path:
        """Where the claims go."""
        return self._targets[0]

    @property
    def events(self) -> Path:
        """Where the status changes go."""
        return self._targets[1]

    def __enter__(self) -> Self:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._events = self._parts[1].open("wb")
        except OSError as error:
            raise InputUnreadable(f"cannot write to the folder {self._folder}: {error.strerror}") from None
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._events.close()

    def tell(self, event: StatusChanged) -> None:
        """Write a status change."""
        self._events.write(encode(event) + b"\n")

    def finish(self, claims: Iterable[dict[str, Any]], remarks: Iterable[dict[str, Any]]) -> None:
        """Write the claims and remarks, and give all files their final names."""
        self._events.close()
        for part, values in ((self._parts[0], claims), (self._parts[2], remarks)):
            part.write_bytes(b"".join(encode(value) + b"\n" for value in values))
        for part, target in zip(self._parts, self._targets, strict=True):
            part.rename(target)
