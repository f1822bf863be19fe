"""``claimwire board``: the board's commands."""

import asyncio
from typing import Annotated

import typer

from board.following import rebuild as make_anew
from board.serving import serve
from streams.ingest.sender import run
from streams.settings import load_settings
from streams.terminal.output import put, say
from streams.terminal.views import counted

STEP = 10_000
"""After this many records the command reports how many it has read."""

app = typer.Typer()


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="board")


@app.callback(invoke_without_command=True)
def board(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Address to serve at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes a free one.")] = 8788,
) -> None:
    """Serve the board: pages of the ledger, to be looked at and searched, until SIGTERM or Ctrl-C."""
    if context.invoked_subcommand:
        return
    settings = load_settings()

    async def work(stop: asyncio.Event) -> None:
        await serve(settings, host, port, stop, lambda url: put(f"board ready: {url}"))

    run(work)


@app.command()
def rebuild() -> None:
    """Build the board's database anew from the topics, beside the old one, then replace that one at once."""
    told = 0

    def advance(number: int) -> None:
        nonlocal told
        if number - told >= STEP:
            told = number
            say(f"{number:,} records read")

    put(f"the board is made of {counted(asyncio.run(make_anew(load_settings(), advance)), 'record')}")
