"""The tail of the changes: read once for all who follow along, whenever the store has got farther."""

import asyncio
from typing import Protocol

from starlette.concurrency import run_in_threadpool

from board.change_queries import ChangeRow, changes, seq_of
from board.filters import Filters
from board.following import News
from board.recent_changes import ListedChange, RecentChanges, holding, latest_changes
from board.store import BoardStore

AT_ONCE = 100
"""How many changes somebody gets at once who is behind the latest ones."""

START = "0"
"""Stands for the id of an event before the first one."""


class Moves(Protocol):
    """Knows when a store has got farther."""

    news: News

    async def moved(self, known: News) -> News:
        """Wait until the news differs from the known news."""


class ChangeTail:
    """The latest changes, for all who follow along.

    Only one query at a time asks the store for what is new. Whoever is behind the latest changes asks by himself, until
    he is among them.

    Parameters
    ----------
    stopping
        Set when the board ends. Then nobody waits any more.
    """

    def __init__(self, store: BoardStore, moves: Moves, stopping: asyncio.Event) -> None:
        self._store = store
        self._moves = moves
        self._stopping = stopping
        self._recent: RecentChanges | None = None
        self._reading: asyncio.Task[None] | None = None
        self._held: dict[tuple[Filters, int], asyncio.Task[frozenset[int]]] = {}

    async def recent(self) -> RecentChanges:
        """The latest changes that were read."""
        while self._recent is None:
            await asyncio.shield(self._read_on())
        return self._recent

    async def later(self, known: RecentChanges, seconds: float) -> RecentChanges:
        """Later changes than the known ones; the known ones again if time is up or the board ends."""
        if self._recent is known:
            reading = self._read_on()
            await asyncio.wait({reading}, timeout=seconds)
            if reading.done():
                reading.result()
        return await self.recent()

    async def place_of(self, recent: RecentChanges, event: str) -> int:
        """The number of an event; that of the latest change if the event is unknown."""
        if event == START:
            return 0
        seq = recent.place_of(event) if event else None
        if seq is None and event:
            seq = await run_in_threadpool(seq_of, self._store, event)
        return recent.upto if seq is None else seq

    async def after(self, recent: RecentChanges, seq: int, filters: Filters) -> tuple[list[ChangeRow], int]:
        """The next changes after a number that pass the filters, and the number up to which that is all."""
        if seq < recent.after:
            rows = await run_in_threadpool(changes, self._store, seq, filters, AT_ONCE, newest_first=False)
            last = rows[-1].seq if rows else seq
            return rows, last if len(rows) == AT_ONCE else max(last, recent.upto)
        passing = [change for change in recent.since(seq) if change.passes(filters)]
        if passing and filters.phrases() is not None:
            held = await self._holding(passing, seq, filters)
            passing = [change for change in passing if change.claim in held]
        return [change.row for change in passing], max(seq, recent.upto)

    def forget(self) -> None:
        """Nobody follows any more: stop reading, and forget what was read."""
        if self._reading:
            self._reading.cancel()
        self._reading = self._recent = None
        self._held = {}

    async def _holding(self, passing: list[ListedChange], seq: int, filters: Filters) -> frozenset[int]:
        """Which claims hold the words of the filters: asked once for all who have these filters and are as far."""
        asking = self._held.get((filters, seq))
        if asking is None:
            numbers = {change.claim for change in passing}
            asked = run_in_threadpool(holding, self._store, numbers, filters.phrases() or [])
            asking = self._held[filters, seq] = asyncio.ensure_future(asked)
        return await asyncio.shield(asking)

    def _read_on(self) -> "asyncio.Task[None]":
        """Read what comes next, if that is not under way."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.ensure_future(self._read())
        return self._reading

    async def _read(self) -> None:
        known = self._recent
        if known is None:
            self._recent = await run_in_threadpool(latest_changes, self._store, self._moves.news)
        elif await self._moved(known.news):
            self._recent = await run_in_threadpool(known.advanced, self._store, self._moves.news)
            self._held = {}

    async def _moved(self, known: News) -> bool:
        """Wait until the store has got farther; false if the board ends."""
        moved = asyncio.ensure_future(self._moves.moved(known))
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({moved, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return moved.done()
        finally:
            moved.cancel()
            stopping.cancel()
