"""``claimwire ingest``: sends items to ``news.items``."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from streams.commands.options import ZoneOption, parse_zone
from streams.errors import InputUnreadable
from streams.feeds import Document, Format, Hints, Slip, Unreadable, read_inputs
from streams.ingest import drop_folder
from streams.ingest.sender import Sender, Sent, keep_sending, run, sender
from streams.settings import Settings, load_settings
from streams.terminal.output import put, say
from streams.terminal.progress import counter


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ingest)


def ingest(
    paths: Annotated[list[str], typer.Argument(metavar="PATH…", help="Files, folders, archives, or - for stdin.")],
    format: Annotated[
        Format | None, typer.Option("--format", help="Format of the files; if left out, their content shows it.")
    ] = None,
    zone: ZoneOption = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Watch a folder: send each file, then move it to done/ or failed/ in it.")
    ] = False,
) -> None:
    """Send news items to the stream: ninjs, NewsML, NITF, RSS, Atom, e-mail, plain text, packed or not."""
    hints = Hints(format, zone=parse_zone(zone))
    if follow:
        _follow(paths, hints)
        return
    with counter("items sent") as count:

        def each(bad: Slip | Unreadable | None) -> None:
            if not isinstance(bad, Slip):
                count()
            if bad:
                _name(bad)

        sent = asyncio.run(send_items(load_settings(), read_inputs(paths, hints), each))
    put(str(sent))
    if sent.unread:
        raise typer.Exit(1)


async def send_items(
    settings: Settings,
    found: Iterable[Document | Slip | Unreadable],
    each: Callable[[Slip | Unreadable | None], None] = lambda _: None,
) -> Sent:
    """Send documents to ``news.items`` and what is unreadable to ``news.rejected``; wait for the acknowledgements."""
    async with sender(settings) as out:
        return await out.send(found, each)


def _name(bad: Slip | Unreadable) -> None:
    say(f"{bad.where}: {bad.reason}")


def _follow(paths: list[str], hints: Hints) -> None:
    folder = Path(paths[0])
    if len(paths) != 1 or not folder.is_dir():
        raise InputUnreadable(f"--follow watches one folder, and {' '.join(paths)} is not one.")

    drop = drop_folder.Folder(folder)

    async def work(stop: asyncio.Event) -> None:
        async def send(out: Sender) -> None:
            say(f"following {folder}; end with Ctrl-C")
            await drop_folder.follow(drop, out, hints, stop, say)

        await keep_sending(load_settings(), send, stop, say)

    run(work)
