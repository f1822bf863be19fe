"""``claimwire claims`` and ``claimwire show``: the ledger, and one claim of it."""

import asyncio
from typing import Annotated, Any

import orjson
import typer

from streams.errors import UserError
from streams.kafka import read_to_end
from streams.settings import Settings, load_settings
from streams.topics import SNAPSHOTS
from streams.views import claim_view, console, ledger_table

AS_JSON = typer.Option("--json", help="JSON, as claims.jsonl of `claimwire ledger` has it.")


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(claims)
    app.command()(show)


def claims(json: Annotated[bool, AS_JSON] = False) -> None:
    """Show the ledger: every claim with its status, oldest first; as JSON, by id."""
    found = asyncio.run(read_ledger(load_settings()))
    if json:
        for claim in found:
            typer.echo(claim.decode())
    else:
        console().print(ledger_table(in_time(found), console().width))


def show(
    claim: Annotated[str, typer.Argument(help="The claim's id, or how it begins.")],
    json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Show one claim: its evidence, who said what when, and why each was joined."""
    wanted = claim.lower()
    ledger = {orjson.loads(c)["id"]: c for c in asyncio.run(read_ledger(load_settings()))}
    found = [c for id, c in ledger.items() if id.startswith(wanted)]
    if len(found) != 1:
        some = ", ".join(id for id in ledger if id.startswith(wanted))
        count = f"{len(found)} claims begin with {claim!r}: {some}" if found else f"no claim begins with {claim!r}"
        raise UserError(f"{count}. `claimwire claims` lists them.")
    if json:
        typer.echo(found[0].decode())
    else:
        console().print(claim_view(orjson.loads(found[0])))


async def read_ledger(settings: Settings) -> list[bytes]:
    """The snapshots of all claims, in the order of their ids."""
    latest: dict[bytes, bytes | None] = {}
    async for record in read_to_end(settings, SNAPSHOTS):
        latest[record.key] = record.value
    return [value for _, value in sorted(latest.items()) if value is not None]


def in_time(snapshots: list[bytes]) -> list[dict[str, Any]]:
    """The claims by the time of their first publication."""
    return sorted(map(orjson.loads, snapshots), key=lambda c: (c["published"], c["id"]))
