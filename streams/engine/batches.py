"""Batches: an agent takes waiting records together, so that it waits for the broker once and not for each record.

The order is that of a single record: compute, send, wait until the broker has acknowledged everything sent, write the
tables, and wait for that too. Only then do all records of the batch count as read. The results of a record depend on
the records before it, and never on which of them are in its batch. So after a crash some records are handled again, in
other batches, and their results have the same ids and content.
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
"""For so long a batch waits for one more record. Fetched records come sooner."""


class Stumbled(Exception):
    """A record on which the code fails, or whose results are too large for a topic; none of them was sent."""


def _nothing() -> None:
    """Count nothing."""


@dataclass(frozen=True, slots=True)
class Handled:
    """The results of a record.

    Attributes
    ----------
    records
        The records to send.
    count
        Called to count the record once it is handled.
    """

    records: "list[Record]" = field(default_factory=list)
    count: Callable[[], None] = _nothing


class Agent(ABC, Generic[Read]):
    """What an agent does with records. `Batches` sends and writes for it, in the right order.

    Attributes
    ----------
    name
        The name of the agent and of its stage.
    """

    name: str

    @abstractmethod
    async def read(self, event: "Event") -> Read:
        """Read a record. The records of a batch are read at the same time.

        Raises
        ------
        Undecodable
            If the record does not belong in the topic. It is then rejected.
        """

    @abstractmethod
    async def take(self, event: "Event", read: Read) -> Handled:
        """Handle a record, after those before it. `keep` writes the state later.

        Raises
        ------
        Stumbled
            If the code fails on the record. It is then rejected.
        """

    def together(self, records: "list[Record]") -> "list[Record]":
        """The batch's results in the form in which they are sent."""
        return records

    @abstractmethod
    async def keep(self) -> None:
        """Write the state changed since the last time, now that all results are sent."""

    @abstractmethod
    def forget(self) -> None:
        """Drop the changed state that was not written."""


class Batches(Generic[Read]):
    """Passes batches of records through an agent."""

    def __init__(self, streams: "Streams", agent: Agent[Read]) -> None:
        self._streams, self._agent = streams, agent

    async def handle(self, events: "Sequence[Event]") -> None:
        """Handle records, send their results, and write the state."""
        turns = [_Turn(self._streams, self._agent, event) for event in events]
        try:
            await asyncio.gather(*(turn.read() for turn in turns))
            await self._handle(turns)
        finally:
            for turn in turns:
                turn.end()

    async def _handle(self, turns: "Sequence[_Turn[Read]]") -> None:
        """Handle the records together, or one by one after one has failed, since it may have left disorder."""
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
    """A record in a batch. It has its own context, so that its results pass on its headers."""

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
        """Handle the record and return the records to send."""
        if isinstance(self._read, Undecodable):
            return self.reject(str(self._read))
        self._handled = await self._inside(self._agent.take(self._event, self._read))
        return self._context.run(self._ready)

    def reject(self, reason: str) -> "list[Record]":
        """Reject the record and return the records to send."""
        return self._context.run(self._reject, reason)

    def count(self) -> None:
        """Count the record, now that it is handled."""
        self._context.run(self._streams.tracing.sent, self._handled.records)
        self._context.run(self._handled.count)

    def end(self) -> None:
        """End the record's span."""
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
    """The waiting events, in batches of at most `most`."""

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
    """Merge several sequences of writes: the first writes of all, then the second, and so on."""
    for writes in zip_longest(*ways, fillvalue=dict[Key, Value]()):
        yield {key: value for each in writes for key, value in each.items()}
