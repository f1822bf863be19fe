"""``claimwire watch``: status changes as they happen."""

import asyncio
from typing import Annotated

import typer
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from claimwire.status_events import StatusChanged
from streams.codecs import STATUS_CHANGED, Undecodable, decode
from streams.kafka.broker_watch import broker_watched
from streams.kafka.client import consumer, ensure_topics, partitions_of, seek, topic_name
from streams.kafka.ledger_pointer import CURRENT, current, pointed_at
from streams.kafka.topics import LEDGERS, STATUS
from streams.settings import MAIN, Settings, load_settings
from streams.terminal.output import put, say
from streams.terminal.views import change_line, console

REMEMBERED = 100_000
"""How many event ids are kept, to recognise a repeated delivery."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)


def watch(
    json: Annotated[bool, typer.Option("--json", help="One event a line, for programs.")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="Begin with the changes so far.")] = False,
) -> None:
    """Show claim status changes as they happen, until Ctrl-C."""
    asyncio.run(_watch(load_settings(), json, from_beginning))


async def _watch(asked: Settings, json: bool, from_beginning: bool) -> None:
    """Watch the ledger that the settings name. If they name none, move to another one when it is promoted."""
    if asked.ledger in (None, MAIN):  # a shadow's topics are made with it
        await ensure_topics(await current(asked))

    async with consumer(asked) as reader:
        pointer = await reader.end_offsets(await partitions_of(reader, asked, LEDGERS))
    settings, watching = await current(asked), Watching(json)
    promotion: ConsumerRecord | None = None
    while True:
        async with consumer(settings) as reader, broker_watched(settings, say):
            starts = await _starts(reader, settings, from_beginning, promotion)
            seek(reader, starts if asked.ledger else {**starts, **pointer})
            say(f"watching {topic_name(settings, STATUS)} at {settings.broker}")
            promotion = await watching.until_promotion(reader, settings)
        pointer = {TopicPartition(promotion.topic, promotion.partition): promotion.offset + 1}
        settings = settings.of_ledger(pointed_at(settings, promotion.value))


async def _starts(
    reader: AIOKafkaConsumer, settings: Settings, from_beginning: bool, promotion: ConsumerRecord | None
) -> dict[TopicPartition, int]:
    """Where to begin: with the first change, now, or in a ledger just promoted, at the moment of its promotion."""
    partitions = await partitions_of(reader, settings, STATUS)
    ends: dict[TopicPartition, int] = await reader.end_offsets(partitions)
    if promotion:
        since = await reader.offsets_for_times(dict.fromkeys(partitions, promotion.timestamp))
        return {p: since[p].offset if since.get(p) else end for p, end in ends.items()}
    return dict(await reader.beginning_offsets(partitions)) if from_beginning else ends


class Watching:
    """Shows each status change once."""

    def __init__(self, json: bool) -> None:
        self._json = json
        self._seen: dict[str, None] = {}

    async def until_promotion(self, reader: AIOKafkaConsumer, settings: Settings) -> ConsumerRecord:
        """Show what comes until another ledger is promoted, and return the record of the promotion."""
        pointer = topic_name(settings, LEDGERS)
        while True:
            record = await reader.getone()
            if record.topic != pointer:
                self._take(record)
            elif record.key == CURRENT and record.value and pointed_at(settings, record.value) != settings.ledger:
                return record

    def _take(self, record: ConsumerRecord) -> None:
        try:
            event = decode(STATUS_CHANGED, record.value)
        except Undecodable as error:
            say(f"{record.topic} {record.partition}:{record.offset} is no status change: {error}")
            return
        if event.id not in self._seen:
            self._seen[event.id] = None
            if len(self._seen) > REMEMBERED:
                del self._seen[next(iter(self._seen))]
            _show(event, record.value if self._json else None)


def _show(event: StatusChanged, raw: bytes | None) -> None:
    if raw is not None:
        put(raw.decode())
    else:
        console().print(change_line(event))
