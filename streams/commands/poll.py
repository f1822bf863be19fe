"""``claimwire poll``: sends the items of feeds on the web to ``news.items``."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from streams.ingest.poller import Poller, poll_all, read_feeds
from streams.ingest.sender import Sender, keep_sending, run
from streams.settings import load_settings
from streams.terminal.output import say


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(poll)


def poll(
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="File of [[feed]] tables, each with a url.")],
) -> None:
    """Poll feeds, each at its interval, and send what is new."""
    settings = load_settings()
    pollers = [Poller(feed, settings, datetime.now(UTC)) for feed in read_feeds(feeds)]

    async def work(stop: asyncio.Event) -> None:
        async def send(out: Sender) -> None:
            say(f"polling {len(pollers)} feeds; end with Ctrl-C")
            await poll_all(pollers, out, stop, say)

        await keep_sending(settings, send, stop, say)

    run(work)
