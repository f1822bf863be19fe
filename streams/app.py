"""The Faust application: its topics, its tables, and how an agent handles events and loses none."""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import faust

from streams.carried import carried, take_up
from streams.codecs import Headers, reject_headers
from streams.kafka import topic_name
from streams.metrics import Metrics
from streams.repairs import TableManager, Transport
from streams.settings import Settings
from streams.tables import AckedTable
from streams.topics import HEADROOM, MAX_MESSAGE_BYTES, REJECTED, TOPICS, Topic

log = logging.getLogger(__name__)

Event = Any
"""A Faust event: ``key``, ``value``, ``headers``, ``message`` with topic, partition and offset."""

Handler = Callable[[Event], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Record:
    """A record to be sent."""

    topic: Topic
    key: bytes | None
    value: bytes | None
    headers: Headers = field(default_factory=list)


class Streams:
    """What agents work with: records in, tables, records out.

    Attributes
    ----------
    metrics
        Where they count.
    sources
        The names of the topics that they read.

    Parameters
    ----------
    partitions
        Of the keyed topics and of the tables' changelogs.
    on_fatal
        Ends the worker, since the event at hand could be neither handled nor rejected.
    """

    def __init__(self, settings: Settings, partitions: int, on_fatal: Callable[[BaseException], None]) -> None:
        self.settings = settings
        self.metrics = Metrics()
        self.sources: set[str] = set()
        self.app = _app(settings, partitions)
        self._partitions = partitions
        self._on_fatal = on_fatal
        self._topics = {
            t: self.app.topic(
                topic_name(settings, t), key_type=bytes, value_type=bytes, key_serializer="raw", value_serializer="raw"
            )
            for t in TOPICS
        }

    def table(self, name: str) -> AckedTable:
        """The table of that name."""
        table: AckedTable = self.app.Table(name, key_type=bytes, value_type=bytes, partitions=self._partitions)
        return table

    def agent(self, name: str, topic: Topic, handle: Handler) -> None:
        """Have a handler take each record of a topic, one after another.

        A record counts as read only once its handler is through. What a handler raises is no fault
        of the record (those it sends to ``news.rejected`` itself) but of the broker or the machine:
        the worker ends with the record unread, and the next one begins with it.
        """

        async def run(stream: Any) -> None:
            stream = stream.noack()
            async for event in stream.events():
                take_up(event.message)
                try:
                    await handle(event)
                except Exception as error:
                    m = event.message
                    log.error("%s could not handle %s partition %s offset %s", name, m.topic, m.partition, m.offset)
                    self.app.consumer.unacked.discard(m)  # or the stop would wait for it for ever
                    self._on_fatal(error)
                    await asyncio.Event().wait()
                await stream.ack(event)

        self.sources.add(topic_name(self.settings, topic))
        self.app.agent(self._topics[topic], name=name)(run)

    async def send(self, records: Sequence[Record]) -> None:
        """Send records in order, and wait until the broker has acknowledged them all."""
        sent = [
            await self._topics[r.topic].send(key=r.key, value=r.value, headers=[*r.headers, *carried()])
            for r in records
        ]
        await asyncio.gather(*sent)

    async def reject(self, event: Event, stage: str, reason: str) -> None:
        """Put a record that can't be handled into ``news.rejected``, as it came."""
        m = event.message
        where = {"topic": m.topic, "partition": str(m.partition), "offset": str(m.offset)}
        log.warning("%s rejected %s partition %s offset %s: %s", stage, m.topic, m.partition, m.offset, reason)
        await self.send([Record(REJECTED, m.key, m.value, reject_headers(reason, stage, where))])
        self.metrics.rejected(stage)


def _app(settings: Settings, partitions: int) -> faust.App:
    app = faust.App(
        settings.application,
        broker=[f"kafka://{server.strip()}" for server in settings.broker.split(",")],
        store="memory://",
        datadir=Path(tempfile.gettempdir()) / "claimwire",  # memory tables keep nothing there
        web_enabled=False,
        key_serializer="raw",
        value_serializer="raw",
        Table=AckedTable,
        TableManager=TableManager,
        topic_partitions=partitions,
        topic_replication_factor=settings.replication,
        topic_allow_declare=False,  # topics are made from the table of topics
        topic_disable_leader=True,
        table_standby_replicas=0,
        consumer_auto_offset_reset="earliest",
        producer_acks=-1,
        producer_request_timeout=20.0,
        producer_max_request_size=MAX_MESSAGE_BYTES + HEADROOM,
        consumer_max_fetch_size=MAX_MESSAGE_BYTES,
        broker_commit_interval=0.5,
        broker_session_timeout=10.0,  # a killed worker's partitions wait so long for another
        broker_heartbeat_interval=0.5,  # and a new one waits so long to be let in
        broker_rebalance_timeout=30.0,
        broker_request_timeout=20.0,
    )
    app.transport = app.producer_transport = Transport(app.conf.broker_consumer, app)
    return app
