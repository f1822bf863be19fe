"""``claimwire watch``: status changes as they happen."""

import asyncio
from typing import Annotated

import typer

from claimwire.judging import StatusChanged
from streams.codecs import STATUS_CHANGED, Undecodable, decode
from streams.kafka import consumer, ensure_topics, partitions_of, seek, topic_name
from streams.settings import Settings, load_settings
from streams.topics import STATUS
from streams.views import change_line, console

REMEMBERED = 100_000
"""Event ids by which a repeated delivery is known."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(watch)


def watch(
    json: Annotated[bool, typer.Option("--json", help="One event a line, for programs.")] = False,
    from_beginning: Annotated[bool, typer.Option("--from-beginning", help="First what has happened already.")] = False,
) -> None:
    """Show claim status changes as they happen, until Ctrl-C."""
    asyncio.run(_watch(load_settings(), json, from_beginning))


async def _watch(settings: Settings, json: bool, from_beginning: bool) -> None:
    await ensure_topics(settings)
    seen: dict[str, None] = {}
    async with consumer(settings) as reader:
        partitions = await partitions_of(reader, settings, STATUS)
        seek(reader, await (reader.beginning_offsets if from_beginning else reader.end_offsets)(partitions))
        typer.echo(f"watching {topic_name(settings, STATUS)} at {settings.broker}", err=True)
        async for record in reader:
            try:
                event = decode(STATUS_CHANGED, record.value)
            except Undecodable as error:
                typer.echo(f"{record.topic} {record.partition}:{record.offset} is no status change: {error}", err=True)
                continue
            if event.id not in seen:
                seen[event.id] = None
                if len(seen) > REMEMBERED:
                    del seen[next(iter(seen))]
                _show(event, record.value if json else None)


def _show(event: StatusChanged, raw: bytes | None) -> None:
    if raw is not None:
        typer.echo(raw.decode())
    else:
        console().print(change_line(event))
