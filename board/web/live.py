"""Live: changes as Server-Sent Events, beginning where a reader left off.

Each has the id of its status event. This id stays the same when the store is made anew.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends, Header, HTTPException, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from board.change_queries import ChangeRow, changes, last_seq, seq_of
from board.following import News
from board.projection import LONGEST_EVENT_ID
from board.store import BoardStore
from board.web import rendering
from board.web.answers import change_json
from board.web.asked import AskedList, asked_filters, only_as_of
from board.web.description import holding

MOST_READERS = 500
BEAT_SECONDS = 15.0
AT_ONCE = 100
START = "0"
"""Stands for the id of an event before the first one."""

EVENT_STREAM = "text/event-stream"

LIVE = {"X-Accel-Buffering": "no"}
"""Keeps a proxy from holding the events back."""

EventId = Annotated[str, Query(max_length=LONGEST_EVENT_ID, description="id of the last event that is known; 0: none")]


class Moves(Protocol):
    """Knows when a store has got farther."""

    news: News

    async def moved(self, known: News) -> News:
        """Wait until the news differs from the known news."""


@dataclass(slots=True)
class LiveChanges:
    """Sends changes to those who read along.

    Attributes
    ----------
    stopping
        Set when the board ends. Then all streams end.
    """

    store: BoardStore
    moves: Moves
    stopping: asyncio.Event
    readers: int = field(default=0)

    async def events(self, asked: AskedList, known: str) -> AsyncIterator[bytes]:
        """The changes after an event, until the reader leaves or the board ends."""
        self.readers += 1
        try:
            news = self.moves.news
            seq = await self._place(known)
            while not self.stopping.is_set():
                rows = await run_in_threadpool(
                    changes, self.store, seq, asked.filters, AT_ONCE, newest_first=False
                )  # fmt: skip
                for row in rows:
                    seq, known = row.seq, row.event.id
                    yield _event(row, asked)
                if len(rows) == AT_ONCE:
                    continue
                later = await self._later(news)
                if later is None:
                    yield b": here\n\n"
                elif later.generation != news.generation:
                    seq = await self._place(known)
                news = later or news
        finally:
            self.readers -= 1

    async def _place(self, known: str) -> int:
        """The number of an event; the last number if the event is unknown."""
        if known == START:
            return 0
        seq = await run_in_threadpool(seq_of, self.store, known) if known else None
        return await run_in_threadpool(last_seq, self.store) if seq is None else seq

    async def _later(self, news: News) -> News | None:
        """The next news; None if there is none for a while, or the board ends."""
        moved = asyncio.ensure_future(self.moves.moved(news))
        stopping = asyncio.ensure_future(self.stopping.wait())
        try:
            await asyncio.wait({moved, stopping}, timeout=BEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            return moved.result() if moved.done() else None
        finally:
            moved.cancel()
            stopping.cancel()


def router(live: LiveChanges) -> APIRouter:
    """The address of the events."""
    made = APIRouter()

    @made.get("/live", response_class=StreamingResponse, responses=holding(EVENT_STREAM))
    async def follow(
        asked: Annotated[AskedList, Depends(asked_filters)],
        known: EventId = "",
        last_event_id: Annotated[str, Header(max_length=LONGEST_EVENT_ID)] = "",
    ) -> StreamingResponse:
        """Changes as they come, as Server-Sent Events. `Last-Event-ID` says where to go on."""
        if live.readers >= MOST_READERS:
            raise HTTPException(503, "Too many read along. Come back in a while.", {"Retry-After": "30"})
        events = live.events(asked, last_event_id or known)
        return StreamingResponse(events, media_type=EVENT_STREAM, headers=LIVE)

    return made


def _event(row: ChangeRow, asked: AskedList) -> bytes:
    told = change_json(row)
    html = rendering.page("change.html", row=told, kept=only_as_of(asked))
    data = json.dumps({**told, "html": html})
    return f"id: {row.event.id}\nevent: change\ndata: {data}\n\n".encode()
