"""``claimwire export``: the ledger in other people's formats."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated

import typer

from claimwire.status_events import StatusChanged
from streams.codecs import STATUS_CHANGED, Undecodable, decode, encode
from streams.commands.claims import AsOf, From, file_lines, in_time, read
from streams.errors import InputUnreadable, UserError
from streams.exports import annotations, atom, jsonld, tables
from streams.kafka.client import read_to_end
from streams.kafka.ledger_pointer import current
from streams.kafka.topics import STATUS
from streams.settings import Settings, load_settings
from streams.terminal.claim_filters import Claim
from streams.terminal.output import Force, say
from streams.terminal.output import output as written
from streams.terminal.views import counted

EVENTS_FILE = "events.jsonl"


class ExportFormat(StrEnum):
    """The formats in which the ledger can be written."""

    JSONLD = "jsonld"
    ANNOTATIONS = "annotations"
    CSV = "csv"
    PARQUET = "parquet"
    ATOM = "atom"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(export)


def export(
    format: Annotated[
        ExportFormat,
        typer.Argument(
            help="jsonld: schema.org Claim and ClaimReview; annotations: evidence as W3C Web Annotations, a line each; "
            "csv, parquet: tables; atom: a feed of the latest status changes."
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; standard output if left out.")
    ] = None,
    table: Annotated[tables.Table, typer.Option(help="What each row of csv or parquet is.")] = tables.Table.CLAIMS,
    as_it_is: Annotated[
        bool, typer.Option("--as-it-is", help="Leave cells of csv unguarded, even if a spreadsheet would run them.")
    ] = False,
    last: Annotated[int, typer.Option(min=1, help="How many status changes the atom feed holds.")] = 200,
    force: Force = False,
    as_of: AsOf = None,
    source: From = None,
) -> None:
    """Write the ledger in another format, oldest claim first."""
    if format is ExportFormat.ATOM:
        if as_of is not None:
            raise UserError("an atom feed lists changes as they came, so it takes no --as-of.")
        events = events_in(source) if source else [e for _, e in asyncio.run(read_events(load_settings()))]
        told = events[-last:]
        with written(output, force) as file:
            file.write(atom.feed(told, load_settings().board_url))
        made = counted(len(told), "status change")
    else:
        claims = in_time(read(source, as_of).claims)
        with written(output, force) as file:
            made = _write(claims, format, table, as_it_is, file)
    if output:
        say(f"{made} in {output}")


def _write(claims: Sequence[Claim], format: ExportFormat, table: tables.Table, as_it_is: bool, file: IO[bytes]) -> str:
    """Write the claims, and return in words how much that is."""
    if format is ExportFormat.JSONLD:
        file.write(encode(jsonld.document(claims)) + b"\n")
        return counted(len(claims), "claim")
    if format is ExportFormat.ANNOTATIONS:
        found = list(annotations.annotations(claims))
        file.writelines(encode(annotation) + b"\n" for annotation in found)
        return counted(len(found), "annotation")
    rows = list(tables.rows(claims, table))
    if format is ExportFormat.CSV:
        file.write(tables.to_csv(rows, tables.columns(table), as_it_is))
    else:
        tables.write_parquet(rows, tables.columns(table), file)
    return counted(len(rows), "row")


async def read_events(settings: Settings) -> list[tuple[datetime, StatusChanged]]:
    """The status changes of the stream, each once and with its time of arrival, the earliest first."""
    records = [record async for record in read_to_end(await current(settings), STATUS)]
    told: dict[str, tuple[datetime, StatusChanged]] = {}
    for record in sorted(records, key=lambda r: (r.timestamp, r.partition, r.offset)):
        try:
            event = decode(STATUS_CHANGED, record.value)
        except Undecodable as error:
            say(f"{record.topic} {record.partition}:{record.offset} is no status change: {error}")
            continue
        told.setdefault(event.id, (datetime.fromtimestamp(record.timestamp / 1000, UTC), event))
    return list(told.values())


def events_in(path: Path) -> list[StatusChanged]:
    """The status changes that `claimwire ledger` wrote into a folder, or into a file.

    Raises
    ------
    InputUnreadable
        If there is no such file, or it holds anything else.
    """
    file = path / EVENTS_FILE if path.is_dir() else path
    events = []
    for number, line in enumerate(file_lines(file), start=1):
        try:
            events.append(decode(STATUS_CHANGED, line))
        except Undecodable as error:
            raise InputUnreadable(f"{file}:{number}: is no status change: {error}") from None
    return events
