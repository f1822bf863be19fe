"""``claimwire board``: the board's commands."""

import asyncio

import typer

from board.following import rebuild as make_anew
from streams.settings import load_settings
from streams.terminal.output import put, say
from streams.terminal.views import counted

STEP = 10_000
"""Records after which it is said how many there are by now."""

app = typer.Typer(help="The board: the ledger in a database of its own, to be looked at and searched.")


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="board")


@app.callback()
def command() -> None:
    """The board: the ledger in a database of its own, to be looked at and searched."""


@app.command()
def rebuild() -> None:
    """Make the board's database anew of the topics, beside the old one, and put it in that one's place at once."""
    told = 0

    def advance(number: int) -> None:
        nonlocal told
        if number - told >= STEP:
            told = number
            say(f"{number:,} records read")

    put(f"the board is made of {counted(asyncio.run(make_anew(load_settings(), advance)), 'record')}")
