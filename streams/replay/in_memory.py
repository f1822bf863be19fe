"""Replays a stretch of ``news.items`` and the verdicts in memory. Stores the ledger nowhere."""

import asyncio
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from claimwire.items import Item
from claimwire.statements import RECORD
from claimwire.status_events import StatusChanged
from streams.codecs import encode
from streams.kafka.verdict_topic import read_verdicts
from streams.replay.difference import ItemVersion, ruled_beyond
from streams.replay.item_reader import Arrived, read
from streams.replay.rebuild import rebuild
from streams.replay.stretches import Stretch, size
from streams.settings import Settings
from streams.terminal.progress import progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """The result of a replay.

    Attributes
    ----------
    claims, remarks
        As JSON holds them.
    records
        How many records were read, including the unreadable ones.
    taken
        The item versions that the ledger rests on.
    verdicts
        How many different verdicts were taken in.
    ruled_beyond
        The claims that depend on verdicts from after the stretch.
    """

    claims: list[dict[str, Any]]
    remarks: list[dict[str, Any]]
    taken: set[ItemVersion]
    verdicts: int
    ruled_beyond: set[str]
    records: int
    unreadable: int
    seconds: float


def replay(
    settings: Settings,
    stretch: Stretch,
    until: datetime | None,
    *,
    told: Callable[[StatusChanged], None],
    named: Callable[[int, int, str], None],
    processes: int,
) -> Replayed:
    """Make the ledger from the items of a stretch and the verdicts until its end, as the stream would.

    This leaves out what can't be read.

    Parameters
    ----------
    until
        When the stretch ends; None if it takes in everything.
    told
        Called with each status change.
    named
        Called with partition, offset and reason of each record that can't be read.
    """
    began = time.monotonic()
    with progress("records read", size(stretch)) as advance:
        arrived = asyncio.run(read(settings, stretch, advance))
    sound: list[tuple[Arrived, Item]] = []
    for a in arrived:
        if isinstance(a.item, Item):
            sound.append((a, a.item))
        else:
            named(a.partition, a.offset, a.item)
    failed = set()

    def fail(number: int, reason: str) -> None:
        failed.add(number)
        named(sound[number][0].partition, sound[number][0].offset, reason)

    items = [item for _, item in sound]
    ruled = asyncio.run(read_verdicts(settings))
    within = {a.verdict.id: a.verdict for a in ruled if until is None or a.arrived <= until}
    counted = [a.verdict for a in ruled if settings.trusted.counts(a.verdict.maker)]
    with progress("items taken in", len(items)) as advance:
        made = rebuild(items, settings, advance, told=told, failed=fail, processes=processes, verdicts=within.values())
    return Replayed(
        claims=[orjson.loads(encode(claim)) for claim in made.claims()],
        remarks=[orjson.loads(encode(remark)) for remark in made.remarks()],
        taken={(item.uri, item.version) for number, item in enumerate(items) if number not in failed},
        verdicts=len(within),
        ruled_beyond=ruled_beyond(counted, within),
        records=len(arrived),
        unreadable=len(arrived) - len(items) + len(failed),
        seconds=time.monotonic() - began,
    )


@dataclass(frozen=True, slots=True)
class At:
    """The wanted part of a ledger: all of it, or only some subjects."""

    subjects: Collection[str] = ()

    def claims(self, claims: Collection[dict[str, Any]]) -> list[dict[str, Any]]:
        """The claims of the wanted subjects."""
        return [c for c in claims if self._wanted(c["subject"])]

    def remarks(self, remarks: Collection[dict[str, Any]]) -> list[dict[str, Any]]:
        """The remarks of the wanted subjects."""
        return [r for r in remarks if self._wanted(f"{RECORD}{r['of']}")]

    def event(self, event: StatusChanged) -> bool:
        """Whether the event's claim is of a wanted subject."""
        return self._wanted(event.claim.subject)

    def _wanted(self, subject: str) -> bool:
        return not self.subjects or subject in self.subjects
