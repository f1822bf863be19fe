"""The Faust application: its topics, its tables, and how an agent handles events and loses none."""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import faust

from streams.carried_headers import Headers, carried, take_up
from streams.codecs import LEFT, reject_headers
from streams.engine.batches import Agent, Batches, Stumbled, in_batches
from streams.engine.faust_patches import TableManager, Transport
from streams.engine.metrics import Metrics
from streams.engine.rocksdb_store import Rocks
from streams.engine.tables import AckedTable
from streams.engine.tracing import tracing
from streams.kafka.client import topic_name
from streams.kafka.connection import client_options
from streams.kafka.topics import HEADROOM, LARGEST, MAX_MESSAGE_BYTES, REJECTED, TOPICS, Topic
from streams.settings import Settings

log = logging.getLogger(__name__)

Event = Any
"""A Faust event: ``key``, ``value``, ``headers``, ``message`` with topic, partition and offset."""

Handler = Callable[[Event], Awaitable[None]]
BatchHandler = Callable[[Sequence[Event]], Awaitable[None]]


class TooLarge(Stumbled):
    """The results of a record are larger than a topic takes in one record; none of them was sent."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record to be sent."""

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: Headers = field(default_factory=list)

    @property
    def size(self) -> int:
        """Bytes of its key and value."""
        return len(self.key or b"") + len(self.value or b"")


class Streams:
    """What agents work with: records in, tables, records out.

    Attributes
    ----------
    metrics
        Where agents count.
    sources
        The names of the topics that agents read.
    partition_count
        The number of partitions of keyed topics and changelogs.

    Parameters
    ----------
    partitions
        Their count, as `partition_count`.
    on_fatal
        Ends the worker when an event could be neither handled nor rejected.
    """

    def __init__(self, settings: Settings, partitions: int, on_fatal: Callable[[BaseException], None]) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.sources: set[str] = set()
        self.app = _app(settings, partitions)
        self.tracing = tracing(settings)
        self.partition_count = partitions
        self._on_fatal = on_fatal
        self._rocks: Rocks | None = None
        self._at_end: list[Callable[[], Awaitable[None]]] = []
        if settings.store == "rocksdb":
            self._rocks = Rocks(settings.home / "state" / settings.application, settings.store_cache_mb)
        self._topics = {t: self._channel(topic_name(settings, t)) for t in TOPICS}

    def table(self, name: str) -> AckedTable:
        """The table of that name."""
        table: AckedTable = self.app.Table(
            name,
            key_type=bytes,
            value_type=bytes,
            partitions=self.partition_count,
            settings=self.settings,
            rocks=self._rocks,
        )
        return table

    def agent(self, name: str, topic: Topic, handle: Handler) -> None:
        """Register a handler that takes the records of a topic one after another.

        A record counts as read only once its handler has finished. The handler itself sends bad records to
        ``news.rejected``, and `TooLarge` ones go there too. Anything else that it raises is the fault of the broker
        or the machine. The worker then ends with the record unread, and the next one begins with it.
        """

        async def one(events: Sequence[Event]) -> None:
            for event in events:
                take_up(event.message)
                with self.tracing.handling(name, event):
                    try:
                        await handle(event)
                    except TooLarge as error:
                        await self.reject(event, name, str(error))

        self._register(name, [topic], one, 1)

    def batches(self, topics: Sequence[Topic], agent: Agent[Any], most: int) -> None:
        """Register an agent that takes the waiting records of topics in batches of at most `most`.

        As with `agent`, the records count as read once the agent has finished with all of them.
        """
        self._register(agent.name, topics, Batches(self, agent).handle, most)

    def _register(self, name: str, topics: Sequence[Topic], handle: BatchHandler, most: int) -> None:
        async def run(stream: Any) -> None:
            stream = stream.noack()
            batches = in_batches(stream.events(), most)
            async for events in batches:
                try:
                    await handle(events)
                except Exception as error:
                    m = events[0].message
                    log.error("%s could not handle %s", name, _place(m), extra={"agent": name, **_where(m)})
                    self._leave_unread(events)
                    self._on_fatal(error)
                    break
                for event in events:
                    await stream.ack(event)
            async for events in batches:
                self._leave_unread(events)

        names = [topic_name(self.settings, topic) for topic in topics]
        self.sources.update(names)
        self.app.agent(self._channel(*names), name=name)(run)

    def _channel(self, *names: str) -> Any:
        """Topics as a channel that Faust reads, or writes to if it is one."""
        return self.app.topic(*names, key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw")

    def _leave_unread(self, events: Sequence[Event]) -> None:
        for event in events:
            self.app.consumer.unacked.discard(event.message)  # otherwise the stop would wait for it for ever

    def background(self, run: Callable[[], Awaitable[None]], halt: Callable[[], Awaitable[None]]) -> None:
        """Run something beside the agents, from the recovery of the tables until the worker stops.

        Parameters
        ----------
        halt
            Awaited before this worker gives up partitions. Afterwards nothing may be written to them, since
            another worker may have them.
        """

        async def running() -> None:
            try:
                await run()
            except Exception as error:
                if not self.app.should_stop:  # otherwise what it needs is already gone
                    self._on_fatal(error)

        async def revoked(*_: Any, **__: Any) -> None:
            await halt()

        self.app.task(running)
        self.app.on_partitions_revoked.connect(revoked)

    def at_end(self, end: Callable[[], Awaitable[None]]) -> None:
        """Await something once the worker has ended."""
        self._at_end.append(end)

    async def ended(self) -> None:
        """Run what was registered for the end."""
        for end in self._at_end:
            await end()
        self.tracing.flush()

    def partitions(self, topic: Topic) -> set[int]:
        """The topic's partitions at this worker."""
        name = topic_name(self.settings, topic)
        return {p.partition for p in self.app.consumer.assignment() if p.topic == name}

    async def send(self, records: Sequence[Record]) -> None:
        """Send records in order, and wait until the broker has acknowledged them all.

        Raises
        ------
        TooLarge
            If one of them is larger than its topic takes.
        """
        await self.send_ready(self.ready(records))
        self.tracing.sent(records)

    def ready(self, records: Sequence[Record]) -> list[Record]:
        """The records with the headers that the current record passes on.

        Raises
        ------
        TooLarge
            If one of them is larger than its topic takes.
        """
        for record in records:
            size = record.size
            if size > (LARGEST if record.topic.keyed else MAX_MESSAGE_BYTES):
                raise TooLarge(f"what follows from it is too large for {record.topic.name}: {size:,} bytes")
        headers = [*carried(), *self.tracing.headers()]
        return [replace(record, headers=[*record.headers, *headers]) for record in records]

    async def send_ready(self, records: Sequence[Record]) -> None:
        """Send records that are ready, in order, and wait until the broker has acknowledged them all."""
        sent = [await self._topics[r.topic].send(key=r.key, value=r.value, headers=r.headers) for r in records]
        await asyncio.gather(*sent)

    def count_late(self, subject: str, item: str) -> None:
        """Log and count an item that came too late. A replay would link it in order."""
        self.metrics.late()
        log.warning("late by more than lateness_days: %s at %s", item, subject)

    async def reject(self, event: Event, stage: str, reason: str) -> None:
        """Put a record that can't be handled into ``news.rejected``."""
        await self.send([self.rejection(event, stage, reason)])
        self.metrics.rejected(stage)

    def rejection(self, event: Event, stage: str, reason: str) -> Record:
        """The record for ``news.rejected``: one that can't be handled, unchanged.

        If it is too large for that topic, its headers point to it instead.
        """
        m = event.message
        self.tracing.rejected(reason)
        where = {name: str(value) for name, value in _where(m).items()}
        key, value = m.key, m.value
        size = len(key or b"") + len(value or b"")
        if size > MAX_MESSAGE_BYTES:
            key, value, where = None, None, {**where, LEFT: str(size)}
        if key is None and value is None:
            value = b""  # other clients send records without a value; ours doesn't
        headers = reject_headers(reason, stage, where)
        why = headers[0][1].decode()
        log.warning("%s rejected %s: %s", stage, _place(m), why, extra={"agent": stage, "reason": why, **_where(m)})
        return Record(REJECTED, key, value, headers)


def _where(message: Any) -> dict[str, Any]:
    """The place of a record, as fields."""
    return {"topic": message.topic, "partition": message.partition, "offset": message.offset}


def _place(message: Any) -> str:
    """The place of a record, in words."""
    return f"{message.topic} partition {message.partition} offset {message.offset}"


def _credentials(settings: Settings) -> Any:
    """`client_options` in Faust's form; None for a broker without SASL and TLS."""
    options = client_options(settings)
    if settings.sasl:
        return faust.SASLCredentials(
            username=options["sasl_plain_username"],
            password=options["sasl_plain_password"],
            mechanism=options["sasl_mechanism"],
            ssl_context=options.get("ssl_context"),
        )
    return faust.SSLCredentials(options["ssl_context"]) if settings.tls else None


def _app(settings: Settings, partitions: int) -> faust.App:
    app = faust.App(
        settings.application,
        broker=[f"kafka://{server.strip()}" for server in settings.broker.split(",")],
        broker_credentials=_credentials(settings),
        datadir=Path(tempfile.gettempdir()) / "claimwire",  # stays empty: tables have our own stores
        web_enabled=False,
        key_serializer="raw",
        value_serializer="raw",
        Table=AckedTable,
        TableManager=TableManager,
        topic_partitions=partitions,
        topic_replication_factor=settings.replication,
        topic_allow_declare=False,  # the table of topics makes them
        topic_disable_leader=True,
        table_standby_replicas=settings.standby_replicas,
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_request_timeout=20.0,
        producer_max_request_size=MAX_MESSAGE_BYTES + HEADROOM,
        consumer_max_fetch_size=MAX_MESSAGE_BYTES,
        broker_commit_interval=0.5,
        broker_session_timeout=10.0,  # partitions of a killed worker wait so long for another
        broker_heartbeat_interval=0.5,  # and a new worker waits so long to join
        broker_rebalance_timeout=30.0,
        broker_request_timeout=20.0,
    )
    app.transport = app.producer_transport = Transport(app.conf.broker_consumer, app)
    return app
