"""Batches: what waits for an agent, taken in together, so that it waits for the broker once and not for each record.

The order is that of a single record: compute, send, wait until the broker has acknowledged all that was sent, write the
tables, wait for that too; only then all of them count as read. What is computed of a record hangs on the records before
it, and never on which of them were in its batch. So a crash repeats some records, in whatever batches, and what is sent
again has the ids and the content that it had.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from contextvars import copy_context
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from streams.carried_headers import take_up
from streams.codecs import Undecodable

if TYPE_CHECKING:
    from streams.engine.app import Event, Record, Streams

T = TypeVar("T")
Read = TypeVar("Read")
Key = TypeVar("Key")
Value = TypeVar("Value")

GATHER_SECONDS = 0.002
"""For so long a batch waits for one record more; those that have been fetched come sooner."""


class Stumbled(Exception):
    """A record at which the code stumbles, or of which more follows than a topic takes; nothing of it was sent."""


def _nothing() -> None:
    """What most records need not do once they are through."""


@dataclass(frozen=True, slots=True)
class Handled:
    """What follows from a record.

    Attributes
    ----------
    records
        To be sent.
    count
        Called once it is through, to count it.
    """

    records: "list[Record]" = field(default_factory=list)
    count: Callable[[], None] = _nothing


class Agent(ABC, Generic[Read]):
    """What an agent does with records. It sends and writes nothing itself: `Batches` does, in the right order.

    Attributes
    ----------
    name
        Of the agent, which is that of its stage, too.
    """

    name: str

    @abstractmethod
    async def read(self, event: "Event") -> Read:
        """What a record holds. The records of a batch are read at the same time.

        Raises
        ------
        Undecodable
            If it is none of the topic's; it is rejected then.
        """

    @abstractmethod
    async def take(self, event: "Event", read: Read) -> Handled:
        """Take a record in, after those before it. What is to be kept of it is kept later.

        Raises
        ------
        Stumbled
            If the code stumbles over it; it is rejected then.
        """

    def together(self, records: "list[Record]") -> "list[Record]":
        """What follows from the batch, as it is sent."""
        return records

    @abstractmethod
    async def keep(self) -> None:
        """Keep what was taken in since the last time, now that all that follows from it is sent."""

    @abstractmethod
    def forget(self) -> None:
        """Let go of what was taken in and not kept."""


class Batches(Generic[Read]):
    """Takes batches of records through an agent."""

    def __init__(self, streams: "Streams", agent: Agent[Read]) -> None:
        self._streams, self._agent = streams, agent

    async def handle(self, events: "Sequence[Event]") -> None:
        """Take some records in, send what follows from them, and keep what is to be kept."""
        turns = [_Turn(self._streams, self._agent, event) for event in events]
        try:
            await asyncio.gather(*(turn.read() for turn in turns))
            await self._handle(turns)
        finally:
            for turn in turns:
                turn.end()

    async def _handle(self, turns: "Sequence[_Turn[Read]]") -> None:
        """Where one of several stumbles, they are taken in one by one: what stumbled may have left disorder."""
        try:
            records = [record for turn in turns for record in await turn.take()]
        except Stumbled as error:
            self._agent.forget()
            if len(turns) > 1:
                for turn in turns:
                    await self._handle([turn])
                return
            records = turns[0].reject(str(error))
        await self._streams.send_ready(self._agent.together(records))
        await self._agent.keep()
        for turn in turns:
            turn.count()


class _Turn(Generic[Read]):
    """A record in a batch. It has a context of its own: what it sends carries on what it carried."""

    def __init__(self, streams: "Streams", agent: Agent[Read], event: "Event") -> None:
        self._streams, self._agent, self._event = streams, agent, event
        self._context, self._span = copy_context(), ExitStack()
        self._read: Read | Undecodable
        self._handled = Handled()
        self._context.run(take_up, event.message)
        self._context.run(self._span.enter_context, streams.tracing.handling(agent.name, event))

    async def read(self) -> None:
        """Read the record."""
        try:
            self._read = await self._inside(self._agent.read(self._event))
        except Undecodable as error:
            self._read = error

    async def take(self) -> "list[Record]":
        """Take it in; returns what is to be sent."""
        if isinstance(self._read, Undecodable):
            return self.reject(str(self._read))
        self._handled = await self._inside(self._agent.take(self._event, self._read))
        return self._context.run(self._ready)

    def reject(self, reason: str) -> "list[Record]":
        """Have it rejected; returns what is to be sent."""
        return self._context.run(self._reject, reason)

    def count(self) -> None:
        """Count it, now that it is through."""
        self._context.run(self._streams.tracing.sent, self._handled.records)
        self._context.run(self._handled.count)

    def end(self) -> None:
        """End its span."""
        self._context.run(self._span.close)

    def _inside(self, doing: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        return asyncio.get_running_loop().create_task(doing, context=self._context)

    def _ready(self) -> "list[Record]":
        return self._streams.ready(self._handled.records)

    def _reject(self, reason: str) -> "list[Record]":
        stage = self._agent.name
        rejection = self._streams.rejection(self._event, stage, reason)
        self._handled = Handled([rejection], lambda: self._streams.metrics.rejected(stage))
        return self._ready()


async def in_batches(events: AsyncIterator[T], most: int) -> AsyncIterator[list[T]]:
    """The events, as many at once as there are, but no more than that."""

    async def following() -> T | None:
        return await anext(events, None)

    upcoming = asyncio.create_task(following())
    try:
        while (event := await upcoming) is not None:
            batch = [event]
            upcoming = asyncio.create_task(following())
            while len(batch) < most and (await asyncio.wait({upcoming}, timeout=GATHER_SECONDS))[0]:
                if (event := upcoming.result()) is None:
                    break
                batch.append(event)
                upcoming = asyncio.create_task(following())
            yield batch
    finally:
        upcoming.cancel()


def in_step(ways: Iterable[Iterable[Mapping[Key, Value]]]) -> Iterator[dict[Key, Value]]:
    """What is written for several at once, each in an order of its own: the first writes of all, then the second."""
    for writes in zip_longest(*ways, fillvalue=dict[Key, Value]()):
        yield {key: value for each in writes for key, value in each.items()}
