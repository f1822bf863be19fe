"""``claimwire ingest``: items onto ``news.items``."""

import asyncio
from collections.abc import Callable, Iterable
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from streams.codecs import reject_headers
from streams.feeds import Document, Format, Unreadable, read_inputs
from streams.kafka import ensure_topics, producer, topic_name
from streams.settings import Settings, load_settings
from streams.topics import HEADROOM, ITEMS, MAX_MESSAGE_BYTES, REJECTED

IN_FLIGHT = 1000
"""Records sent and not yet acknowledged, at most."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, archives, or - for stdin.")],
    format: Annotated[
        Format | None, typer.Option("--format", help="What the files are; their content tells if left out.")
    ] = None,
) -> None:
    """Put news items onto the stream: ninjs, NewsML, NITF, RSS, Atom, e-mail, plain text, packed or not."""
    found = read_inputs(paths, format)
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed} items sent"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        sent, rejected = asyncio.run(send_items(load_settings(), found, lambda: progress.advance(task)))
    typer.echo(f"{sent} items sent to {ITEMS.name}" + (f", {rejected} could not be read" if rejected else ""))
    if rejected:
        raise typer.Exit(1)


async def send_items(
    settings: Settings, found: Iterable[Document | Unreadable], advance: Callable[[], None]
) -> tuple[int, int]:
    """Send documents to ``news.items`` and what is unreadable to ``news.rejected``.

    Returns
    -------
    tuple of int
        Items sent, and rejected ones; all acknowledged by the broker.
    """
    sent = rejected = 0
    await ensure_topics(settings)
    async with producer(settings) as out:
        pending = set()
        for document in found:
            if isinstance(document, Document) and len(document.value) > MAX_MESSAGE_BYTES - HEADROOM:
                size = f"{len(document.value) / 2**20:.0f} MB"
                document = Unreadable(None, f"{size} are too large for a record: not sent", document.where)
            if isinstance(document, Document):
                key = document.ninjs["uri"].encode()
                sending = await out.send(topic_name(settings, ITEMS), document.value, key=key)
                sent += 1
            else:
                typer.echo(f"{document.where}: {document.reason}", err=True)
                rejected += 1
                if document.raw is None:
                    continue
                headers = reject_headers(document.reason, "ingest", {"source": document.where})
                sending = await out.send(topic_name(settings, REJECTED), document.raw, headers=headers)
            pending.add(sending)
            advance()
            if len(pending) >= IN_FLIGHT:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for future in done:
                    future.result()
        for future in pending:
            await future
    return sent, rejected
