"""``claimwire replay status``, ``promote`` and ``drop``: the ledgers on the broker."""

import asyncio
import time
from typing import Annotated

import typer

from streams.codecs import encode
from streams.kafka.topics import ITEMS
from streams.replay import ledger_progress, shadow_ledgers
from streams.replay.ledger_progress import LedgerProgress
from streams.replay.views import state_json, state_view, states_table
from streams.settings import load_settings
from streams.terminal.output import put
from streams.terminal.views import console

MEASURED_SECONDS = 2.0
"""Workers commit twice a second."""

Name = Annotated[str, typer.Argument(metavar="NAME", help="The ledger: a shadow's name, or main.")]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(status)
    app.command()(promote)
    app.command()(drop)


def status(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="One ledger; if left out, all in short.")] = None,
    json: Annotated[bool, typer.Option("--json", help="One ledger a line, as JSON.")] = False,
) -> None:
    """Say how far a ledger is: what is read and left on each topic, the rate, the workers, the claims."""
    if name is None:
        states = asyncio.run(_states())
        if json:
            for each in states:
                put(encode(state_json(each)).decode())
        elif states:
            console().print(states_table(states))
        else:
            put("there is no ledger yet. `claimwire worker` makes one.")
        return
    state, rate, claims = asyncio.run(_measured(name))
    if json:
        put(encode({**state_json(state), "items_per_second": round(rate, 1), "claims": claims}).decode())
    else:
        console().print(state_view(state, rate, claims))


async def _states() -> list[LedgerProgress]:
    settings = load_settings()
    return [await ledger_progress.state(settings.of_ledger(name)) for name in await ledger_progress.names(settings)]


async def _measured(name: str) -> tuple[LedgerProgress, float, int]:
    """A ledger's state, the items that it takes in a second, and its claims."""
    settings = await ledger_progress.existing(load_settings(), name)
    before, began = await ledger_progress.state(settings), time.monotonic()
    await asyncio.sleep(MEASURED_SECONDS)
    now = await ledger_progress.state(settings)
    rate = (now.path[ITEMS].done - before.path[ITEMS].done) / (time.monotonic() - began)
    return now, rate, await ledger_progress.claims(settings)


def promote(name: Name) -> None:
    """Let readers read this ledger from now on. Refuses one that has not caught up, or has no worker."""
    asyncio.run(_promote(name))
    put(
        f"readers now read the ledger {name}. Workers of the former one still run: stop them once you are sure. "
        f"From its next start on, `claimwire worker` works for {name}."
    )


async def _promote(name: str) -> None:
    await shadow_ledgers.promote(await ledger_progress.existing(load_settings(), name))


def drop(name: Name) -> None:
    """Delete a ledger's topics and consumer group, at once. Refuses the one that readers read, and one with workers."""
    dropped = asyncio.run(_drop(name))
    put(f"dropped the ledger {name}: {len(dropped)} topics and its consumer group")


async def _drop(name: str) -> list[str]:
    return await shadow_ledgers.drop(await ledger_progress.existing(load_settings(), name))
