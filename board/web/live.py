"""Live: changes as Server-Sent Events, beginning where a reader left off.

Each has the id of its status event. This id stays the same when the store is made anew.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from time import monotonic
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Query
from fastapi.responses import StreamingResponse

from board.change_queries import ChangeRow
from board.change_tail import ChangeTail, Moves
from board.projection import LONGEST_EVENT_ID
from board.recent_changes import MOST_KEPT
from board.store import BoardStore
from board.web import rendering
from board.web.answers import change_json
from board.web.asked import AskedList, asked_filters, only_as_of
from board.web.openapi import holding

MOST_READERS = 500
BEAT_SECONDS = 15.0
PIECE = 20
"""How many changes go out in one piece. A reader who takes them slowly has no more than these waiting for him."""

EVENT_STREAM = "text/event-stream"

LIVE = {"X-Accel-Buffering": "no"}
"""Keeps a proxy from holding the events back."""

EventId = Annotated[str, Query(max_length=LONGEST_EVENT_ID, description="id of the last event that is known; 0: none")]


class LiveChanges:
    """Sends changes to those who read along. Of a reader it keeps nothing but his place.

    Attributes
    ----------
    stopping
        Set when the board ends. Then all streams end.
    readers
        How many read along.
    """

    def __init__(self, store: BoardStore, moves: Moves, stopping: asyncio.Event) -> None:
        self.stopping = stopping
        self.readers = 0
        self._tail = ChangeTail(store, moves, stopping)
        self._made: dict[tuple[int, str], bytes] = {}

    async def events(self, asked: AskedList, known: str) -> AsyncIterator[bytes]:
        """The changes after an event, several at once, until the reader leaves or the board ends."""
        self.readers += 1
        try:
            recent = await self._tail.recent()
            seq = await self._tail.place_of(recent, known)
            kept, beat = only_as_of(asked), monotonic() + BEAT_SECONDS
            while not self.stopping.is_set():
                rows, seq = await self._tail.after(recent, seq, asked.filters)
                for start in range(0, len(rows), PIECE):
                    part = rows[start : start + PIECE]
                    known, beat = part[-1].event.id, monotonic() + BEAT_SECONDS
                    yield b"".join(self._event(row, kept) for row in part)
                    await asyncio.sleep(0)  # so that the others get on, too
                if monotonic() >= beat:
                    beat = monotonic() + BEAT_SECONDS
                    yield b": here\n\n"
                if seq >= recent.upto:
                    later = await self._tail.later(recent, beat - monotonic())
                    if later.news.generation != recent.news.generation:
                        seq = await self._tail.place_of(later, known)
                    recent = later
        finally:
            self.readers -= 1
            if not self.readers:
                self._tail.forget()

    def _event(self, row: ChangeRow, kept: AskedList) -> bytes:
        """A change as an event. What most readers get is made once for all of them."""
        if kept.typed:
            return _made(row, kept)
        key = row.seq, row.event.id
        if key not in self._made:
            self._made[key] = _made(row, kept)
            if len(self._made) > MOST_KEPT:
                del self._made[next(iter(self._made))]
        return self._made[key]


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


def _made(row: ChangeRow, kept: AskedList) -> bytes:
    told = change_json(row)
    html = rendering.page("change.html", row=told, kept=kept)
    data = json.dumps({**told, "html": html})
    return f"id: {row.event.id}\nevent: change\ndata: {data}\n\n".encode()
