"""Sides: their track records, for the rules that ask for them."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from claimwire.track_records import TrackRecord, track_records
from streams.alerting.rules import Rule
from streams.kafka.client import read_to_end
from streams.kafka.topics import SNAPSHOTS
from streams.settings import Settings

FRESH_SECONDS = 60.0


class Sides:
    """How the claims of each side ended, at most a minute old.

    It reads only new snapshots, and keeps the side and the status of each claim.
    """

    def __init__(self, settings: Settings, rules: Sequence[Rule]) -> None:
        self._settings = settings
        self._asked_for = any(rule.record for rule in rules)
        self._until = 0.0
        self._read: dict[int, int] = {}
        self._claims: dict[bytes, dict[str, Any]] = {}
        self._records: Mapping[str, TrackRecord] = {}

    async def record(self, side: str) -> TrackRecord | None:
        """The track record of a side; None if it has none, or no rule asks."""
        if self._asked_for and time.monotonic() >= self._until:
            await self._read_on()
            self._records = {record.side: record for record in track_records(self._claims.values())}
            self._until = time.monotonic() + FRESH_SECONDS
        return self._records.get(side)

    async def _read_on(self) -> None:
        async for record in read_to_end(self._settings, SNAPSHOTS, self._read):
            if record.value is None:
                self._claims.pop(record.key, None)
            else:
                claim = orjson.loads(record.value)
                self._claims[record.key] = {"side": claim["side"], "status": claim["status"]}
            self._read[record.partition] = record.offset + 1
