"""``claimwire claims`` and ``claimwire show``: the ledger, and one claim of it."""

import asyncio
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from claimwire.history import latest, ledger_as_of, quiet, silence
from claimwire.statuses import Status
from streams.codecs import encode
from streams.desk.ledger_index import LIST_CLAIMS, the_one
from streams.errors import InputUnreadable
from streams.exports.ledger_files import CLAIMS_FILE
from streams.kafka.client import read_to_end
from streams.kafka.ledger_pointer import current
from streams.kafka.topics import SNAPSHOTS, Topic
from streams.settings import Settings, load_settings
from streams.terminal.claim_filters import Claim, WantedClaims, chosen
from streams.terminal.output import put, say
from streams.terminal.typed_times import parse_moment, parse_start
from streams.terminal.views import LONGEST_TEXT, claim_view, console, counted, ledger_table, paged

FIELDS = {"id", "status", "side", "published", "since", "updated", "evidence"}
"""Some fields that every claim has. They distinguish a file of claims from other files."""

AsJson = Annotated[bool, typer.Option("--json", help="JSON, as in the claims.jsonl of `claimwire ledger`.")]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="TIME", help="Count only what was published until then: 2025-12-02, 12h, 3d."),
]
From = Annotated[
    Path | None,
    typer.Option("--from", metavar="PATH", help="Read what `claimwire ledger` wrote, a folder or file; no broker."),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(claims)
    app.command()(show)


def claims(
    json: AsJson = False,
    as_of: AsOf = None,
    source: From = None,
    with_quiet: Annotated[
        bool, typer.Option("--quiet/--no-quiet", help="Whether to show claims that have had no news for long.")
    ] = True,
    status: Annotated[
        list[Status] | None, typer.Option("--status", help="Only claims with this status; repeatable.")
    ] = None,
    side: Annotated[
        str, typer.Option("--side", metavar="SIDE", help="Only claims of this side, by any name of it.")
    ] = "",
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Only claims with news since: 2025-12-01, 12h, 3d.")
    ] = None,
    search: Annotated[
        str,
        typer.Option("--search", metavar="TEXT", help="Only claims with these words in text, headline or evidence."),
    ] = "",
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="Only the latest N.")] = None,
) -> None:
    """Show the ledger: every claim with its status, oldest first; with --json, by id."""
    start = parse_start(since, None if source else datetime.now(UTC), "--since") if since is not None else None
    ledger = read(source, as_of)
    heard = ledger.claims if with_quiet else [c for c in ledger.claims if c["id"] not in ledger.quiet]
    found = chosen(heard, WantedClaims(status or (), side, start, search, limit))
    if found or json:
        show_ledger(found, json, ledger.quiet)
    else:
        say(_why_none(ledger, len(heard)))


def _why_none(ledger: "ReadLedger", heard: int) -> str:
    """Why no claim is shown."""
    if not ledger.claims:
        return "the ledger holds no claim yet."
    if not heard:
        return f"{counted(len(ledger.claims), 'claim')}, and all are quiet. Leave out --no-quiet to see them."
    return f"none of {counted(heard, 'claim')} fits what you asked for."


def show_ledger(claims: Sequence[Claim], json: bool, quiet: Mapping[str, timedelta] | None = None) -> None:
    """Print claims: a table by time, or JSON Lines by id."""
    if json:
        for claim in claims:
            put(encode(claim).decode())
    else:
        longest = LONGEST_TEXT if sys.stdout.isatty() else None
        paged(ledger_table(in_time(claims), console().width, quiet, longest))


def show(
    claim: Annotated[str, typer.Argument(help="The claim's id, or its beginning.")],
    json: AsJson = False,
    as_of: AsOf = None,
    source: From = None,
) -> None:
    """Show one claim as a timeline: who said what when, why it was joined, and how the status changed."""
    ledger = read(source, as_of)
    known = {c["id"]: c for c in ledger.claims}
    remedy = f"`claimwire claims --as-of {as_of}` lists those as of {as_of}." if as_of else LIST_CLAIMS
    one = known[the_one(claim, known, "claim", remedy)]
    if json:
        put(encode(one).decode())
    else:
        paged(claim_view(one, ledger.quiet.get(one["id"])))


@dataclass(frozen=True, slots=True)
class ReadLedger:
    """A ledger as it was read.

    Attributes
    ----------
    claims
        In the order of their ids.
    moment
        The ledger counts only what was published until then; None if it counts everything.
    quiet
        The quiet claims by id, with the time for which each has had no news.
    """

    claims: list[dict[str, Any]]
    moment: datetime | None
    quiet: dict[str, timedelta]


def read(source: Path | None, as_of: str | None) -> ReadLedger:
    """The ledger of the stream, or of a file; as of a moment if one is given.

    Silence lasts until that moment, else until the last publication in the ledger. So an old stream
    that is fed in today is not quiet all over. If an item is dated in the future, silence ends now.
    """
    settings, now = load_settings(), datetime.now(UTC)
    moment = parse_moment(as_of, None if source else now) if as_of is not None else None
    found = claims_in(source) if source else asyncio.run(read_ledger(settings))
    if moment:
        found = ledger_as_of(found, moment)
    until = moment or min(latest(found) or now, now)
    after = timedelta(days=settings.quiet_days)
    silent = {c["id"]: silence(c, until) for c in found if quiet(c, until, after)}
    return ReadLedger(found, moment, silent)


async def read_ledger(settings: Settings) -> list[dict[str, Any]]:
    """The snapshots of all claims, in the order of their ids."""
    return await read_latest(settings, SNAPSHOTS)


async def read_latest(settings: Settings, topic: Topic) -> list[dict[str, Any]]:
    """The last value of each key, in the order of the keys, of a compacted topic of the ledger that readers read."""
    last: dict[bytes, bytes | None] = {}
    async for record in read_to_end(await current(settings), topic):
        last[record.key] = record.value
    return [orjson.loads(value) for _, value in sorted(last.items()) if value is not None]


def claims_in(path: Path) -> list[dict[str, Any]]:
    """The claims that `claimwire ledger` wrote into a folder, or into a file.

    Raises
    ------
    InputUnreadable
        If there is no such file, or it holds anything else.
    """
    file = path / CLAIMS_FILE if path.is_dir() else path
    return read_lines(file, FIELDS)


def read_lines(file: Path, fields: set[str]) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line, each with these fields.

    Raises
    ------
    InputUnreadable
        If the file cannot be read, or a line is anything else.
    """
    found = []
    for number, line in enumerate(file_lines(file), start=1):
        try:
            value = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise InputUnreadable(f"{file}:{number}: not JSON: {error}") from None
        if not isinstance(value, dict) or not fields <= value.keys():
            raise InputUnreadable(f"{file}:{number}: is no line that `claimwire ledger` wrote into {file.name}")
        found.append(value)
    return found


def file_lines(file: Path) -> list[bytes]:
    """The lines of a file that `claimwire ledger` wrote.

    Raises
    ------
    InputUnreadable
        If the file cannot be read.
    """
    try:
        return file.read_bytes().splitlines()
    except OSError as error:
        raise InputUnreadable(f"cannot read {file}: {error.strerror}. `claimwire ledger` writes such files.") from None


def in_time(claims: Sequence[Claim]) -> list[Claim]:
    """The claims by the time of their first publication."""
    return sorted(claims, key=lambda c: (c["published"], c["id"]))
