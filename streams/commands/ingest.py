"""``claimwire ingest``: items onto ``news.items``."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from streams.codecs import reject_headers
from streams.feeds import Document, Unreadable, read_paths, read_stream
from streams.kafka import ensure_topics, producer, topic_name
from streams.ledgers import current
from streams.settings import Settings, load_settings
from streams.topics import ITEMS, LARGEST, REJECTED
from streams.views import printable

IN_FLIGHT = 1000
"""Records sent and not yet acknowledged, at most."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, or - for standard input.")],
) -> None:
    """Put news items onto the stream: ninjs 1 to 3 as JSON or JSON Lines (also .xz), or plain text."""
    found = read_stream(sys.stdin.buffer, "standard input") if paths == ["-"] else read_paths(map(Path, paths))
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.completed} items sent"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("", total=None)
        sent, rejected = asyncio.run(send_items(load_settings(), found, lambda: progress.advance(task)))
    typer.echo(f"{sent} items sent to {ITEMS.name}" + (f", {rejected} could not be read" if rejected else ""))
    if rejected:
        raise typer.Exit(1)


def _sendable(found: Document | Unreadable) -> Document | Unreadable:
    """What was found, or in place of what is too large for any record the word that it is."""
    data = found.value if isinstance(found, Document) else found.raw
    if data is None or len(data) <= LARGEST:
        return found
    size = f"{len(data) / 2**20:.1f} MiB, and a record takes {LARGEST / 2**20:.1f}: not sent. "
    remedy = "Leave out of the item what is no text, or part it into items of their own."
    why = "" if isinstance(found, Document) else f"{found.reason}; "
    return Unreadable(None, f"{why}{size}{remedy}", found.source, found.line)


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
    settings = await current(settings)
    await ensure_topics(settings)
    async with producer(settings) as out:
        pending = set()
        for document in found:
            document = _sendable(document)
            if isinstance(document, Document):
                key = document.ninjs["uri"].encode()
                sending = await out.send(topic_name(settings, ITEMS), document.value, key=key)
                sent += 1
            else:
                typer.echo(printable(f"{document.where}: {document.reason}"), err=True)
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
