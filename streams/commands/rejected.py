"""``claimwire rejected``: what could not be read, and why."""

import asyncio
from base64 import b64encode
from datetime import UTC, datetime
from typing import Annotated, Any

import orjson
import typer

from streams.kafka import read_to_end
from streams.ledgers import current
from streams.settings import Settings, load_settings
from streams.topics import REJECTED
from streams.views import printable, short


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(rejected)


def rejected(
    json: Annotated[bool, typer.Option("--json", help="One record a line, its bytes in base64.")] = False,
) -> None:
    """List what could not be read: when, where it stood, the reason, and how its bytes begin."""
    records = asyncio.run(_read(load_settings()))
    for r in records:
        if json:
            typer.echo(orjson.dumps(r).decode())
        else:
            where = r["headers"].get("source") or "{topic} {partition}:{offset}".format(**r["headers"])
            typer.echo(printable(f"{r['at']}  {where}  [{r['headers']['stage']}] {r['headers']['reason']}"))
            typer.echo(printable(f"    {short(r['begins'])}"))
    if not records and not json:
        typer.echo("nothing was rejected")


async def _read(settings: Settings) -> list[dict[str, Any]]:
    found = []
    async for record in read_to_end(await current(settings), REJECTED):
        raw = record.value or b""
        found.append(
            {
                "at": f"{datetime.fromtimestamp(record.timestamp / 1000, UTC):%Y-%m-%dT%H:%M:%SZ}",
                "offset": record.offset,
                "headers": {name: value.decode("utf8", "replace") for name, value in record.headers},
                "bytes": b64encode(raw).decode(),
                "begins": raw[:200].decode("utf8", "replace"),
            }
        )
    return found
