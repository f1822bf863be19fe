"""The sender puts documents onto ``news.items``, and unreadable ones onto ``news.rejected``."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import orjson
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from claimwire.items import Item
from streams.codecs import reject_headers
from streams.errors import FilesExhausted, KafkaUnreachable
from streams.feeds import Document, Slip, Unreadable
from streams.ingest.embargo import Hold
from streams.kafka.broker_watch import broker_watched
from streams.kafka.client import ensure_topics, producer, topic_name
from streams.kafka.ledger_pointer import current
from streams.kafka.topics import ITEMS, LARGEST, REJECTED
from streams.settings import Settings
from streams.terminal.views import counted

IN_FLIGHT = 1000
"""The most records sent and not yet acknowledged."""


FIRST_WAIT, LONGEST_WAIT = 1.0, 30.0
"""Seconds before trying the broker again."""


@dataclass(slots=True)
class Sent:
    """The result of sending documents.

    Attributes
    ----------
    items, held
        How many were sent, and how many wait for the end of an embargo, or have a newer version that waits.
    slips
        Errors in documents that were read all the same.
    unread
        What was not sent, and why.
    """

    items: int = 0
    held: int = 0
    slips: list[Slip] = field(default_factory=list)
    unread: list[Unreadable] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [f"{counted(self.items, 'item')} sent to {ITEMS.name}"]
        parts += [f"{self.held} held until their embargo ends"] if self.held else []
        parts += [f"{len(self.unread)} could not be read"] if self.unread else []
        return ", ".join(parts)


Each = Callable[[Slip | Unreadable | None], None]
"""Called for each document, with the error if it was not sent, and for each slip."""


class Sender:
    """Sends to the broker. Embargoed items go into the hold; without one, they are not sent."""

    def __init__(self, settings: Settings, out: AIOKafkaProducer, hold: Hold | None) -> None:
        self._settings, self._out, self._hold = settings, out, hold

    async def send(self, found: Iterable[Document | Slip | Unreadable], each: Each = lambda _: None) -> Sent:
        """Send documents. On return the broker has acknowledged all, or the hold has them on disk."""
        sent, pending = Sent(), set[asyncio.Future[object]]()
        for document in found:
            if isinstance(document, Slip):
                sent.slips.append(document)
                each(document)
                continue
            known = len(sent.unread)
            sending = await self._one(document, sent)
            each(sent.unread[-1] if len(sent.unread) > known else None)
            if sending is not None:
                pending.add(sending)
            if len(pending) >= IN_FLIGHT:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for future in done:
                    future.result()
        for future in pending:
            await future
        return sent

    async def release(self, now: datetime) -> int:
        """Send the held items whose time has come, and delete each once acknowledged."""
        due = list(self._hold.due(now)) if self._hold else []
        for file, value in due:
            await (await self._send_item(Item.from_ninjs(orjson.loads(value)).uri, value))
            file.unlink(missing_ok=True)  # another command on this machine may also have sent it
        return len(due)

    async def _one(self, document: Document | Unreadable, sent: Sent) -> "asyncio.Future[object] | None":
        document = _sendable(document)
        bad = document if isinstance(document, Unreadable) else self._refused(document)
        if bad is not None:
            sent.unread.append(replace(bad, raw=None))
            if bad.raw is None:
                return None
            headers = reject_headers(bad.reason, "ingest", {"source": bad.where})
            rejected: asyncio.Future[object] = await self._out.send(
                topic_name(self._settings, REJECTED), bad.raw, headers=headers
            )
            return rejected
        assert isinstance(document, Document)
        if self._hold:
            now = datetime.now(UTC)
            if await asyncio.to_thread(self._hold.take, document.value, document.embargoed, now):
                sent.held += 1
                return None
        sent.items += 1
        return await self._send_item(document.uri, document.value)

    def _refused(self, document: Document) -> Unreadable | None:
        """Why a document that was read is not sent."""
        if not self._hold and document.embargoed and document.embargoed > datetime.now(UTC):
            when = document.ninjs["embargoed"]
            return Unreadable(
                None,
                f"embargoed until {when}: not sent. Ingest it then, or let `claimwire ingest --follow` hold it",
                document.where,
            )
        return None

    async def _send_item(self, uri: str, value: bytes) -> "asyncio.Future[object]":
        sending: asyncio.Future[object] = await self._out.send(
            topic_name(self._settings, ITEMS), value, key=uri.encode()
        )
        return sending


def _sendable(found: Document | Unreadable) -> Document | Unreadable:
    """The document, or an error if it is too large for any record."""
    data = found.value if isinstance(found, Document) else found.raw
    if data is None or len(data) <= LARGEST:
        return found
    size = f"{len(data) / 2**20:.1f} MiB, and a record takes {LARGEST / 2**20:.1f}: not sent. "
    remedy = "Remove from the item what is no text, or split it into several items."
    why = "" if isinstance(found, Document) else f"{found.reason}; "
    return Unreadable(None, f"{why}{size}{remedy}", found.where)


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """Wait, but not after `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


def run(work: Callable[[asyncio.Event], Awaitable[None]]) -> None:
    """Run work until it ends; SIGTERM and SIGINT set its stop."""

    async def stoppable() -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        await work(stop)

    asyncio.run(stoppable())


async def keep_sending(
    settings: Settings, work: Callable[[Sender], Awaitable[None]], stop: asyncio.Event, say: Callable[[str], None]
) -> None:
    """Do work with a sender and a hold. When the broker is lost, begin again, until `stop` is set."""
    wait = FIRST_WAIT
    while not stop.is_set():
        try:
            async with sender(settings, Hold.of(settings)) as out, broker_watched(settings, say):
                wait = FIRST_WAIT
                await work(out)
                return
        except (KafkaUnreachable, FilesExhausted, KafkaError) as error:
            say(f"{error or type(error).__name__} Trying again in {wait:.0f} s.")
            await pause(stop, wait)
            wait = min(2 * wait, LONGEST_WAIT)


@asynccontextmanager
async def sender(settings: Settings, hold: Hold | None = None) -> AsyncIterator[Sender]:
    """A sender to the broker. Makes missing topics first.

    Raises
    ------
    KafkaUnreachable
        If no broker answers.
    """
    settings = await current(settings)
    await ensure_topics(settings)
    async with producer(settings) as out:
        yield Sender(settings, out, hold)
