"""``claimwire record``: the track records of the sides."""

import asyncio
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from claimwire.times import parse_time
from claimwire.track_records import TrackRecord, track_records
from streams.codecs import encode
from streams.commands.claims import AsOf, From, read, read_latest, read_lines
from streams.errors import UserError
from streams.exports.ledger_files import REMARKS_FILE
from streams.kafka.topics import REMARKS
from streams.settings import load_settings
from streams.terminal.claim_filters import side_keys
from streams.terminal.output import put
from streams.terminal.views import console, record_view, records_table

FIELDS = {"of", "quote", "published"}
"""Some fields that every remark has."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(record)


def record(
    side: Annotated[
        str | None, typer.Argument(metavar="[SIDE]", help="Only this side, with what outlets say of it.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="One side a line, as JSON.")] = False,
    as_of: AsOf = None,
    source: From = None,
) -> None:
    """Show how the claims of each side ended, and what outlets say of its record."""
    ledger = read(source, as_of)
    records = track_records(ledger.claims, _remarks(source, ledger.moment))
    if side is not None:
        records = [_of(side, records)]
    if json:
        for each in records:
            put(encode(each).decode())
    else:
        console().print(records_table(records) if side is None else record_view(records[0]))


def _remarks(source: Path | None, moment: datetime | None) -> list[dict[str, Any]]:
    """The remarks until a moment, from the stream or from the file beside a file of claims."""
    if source:
        beside = (source if source.is_dir() else source.parent) / REMARKS_FILE
        found = read_lines(beside, FIELDS) if beside.exists() else []
    else:
        found = asyncio.run(read_latest(load_settings(), REMARKS))
    return [r for r in found if moment is None or parse_time(r["published"]) <= moment]


def _of(side: str, records: list[TrackRecord]) -> TrackRecord:
    """The track record of the side that a user names, by any name of that side."""
    of = {each.side.casefold(): each for each in records}
    for key in side_keys(side):
        if key in of:
            return of[key]
    raise UserError(
        f"{side!r} has no claim in the ledger and no remark on its record. `claimwire record` lists the sides."
    )
