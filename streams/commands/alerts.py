"""``claimwire alerts``: which alerts the rules would have sent."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from claimwire.times import format_time
from claimwire.track_records import TrackRecord, track_records
from streams.alerting.messages import title
from streams.alerting.outbox import Message
from streams.alerting.rehearsal import Told, rehearse
from streams.alerting.rules import Rule, load_rules
from streams.alerting.views import rehearsal_view
from streams.codecs import encode
from streams.commands.claims import From, claims_in, read_ledger
from streams.commands.export import events_in, read_events
from streams.settings import Settings, load_settings
from streams.terminal.output import put
from streams.terminal.typed_times import parse_start
from streams.terminal.views import console

app = typer.Typer(no_args_is_help=True, help="Try alert rules on past status changes.")


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="alerts")


@app.command("test")
def rehearsal(
    rules: Annotated[Path, typer.Argument(metavar="RULES", help="TOML file of alert rules.")],
    since: Annotated[
        str | None, typer.Option("--since", metavar="TIME", help="Only changes since: 2025-12-01, 12h, 3d.")
    ] = None,
    source: From = None,
    json: Annotated[bool, typer.Option("--json", help="One alert a line, for programs.")] = False,
) -> None:
    """Show which alerts the rules would have sent over past status changes; sends nothing."""
    asked, now = load_rules(rules), datetime.now(UTC)
    start = parse_start(since, None if source else now, "--since") if since is not None else None
    events, claims = _in(source) if source else asyncio.run(_of_the_stream(load_settings()))
    stretch = [(moment, event) for moment, event in events if not start or moment >= start]
    records = {record.side: record for record in track_records(claims)}
    messages = _told(asked, stretch, records)
    if json:
        for message in messages:
            put(encode(_as_json(message)).decode())
    else:
        counts = Counter(message.rule for message in messages)
        console().print(rehearsal_view(messages, {rule.name: counts[rule.name] for rule in asked}, len(stretch)))


def _told(rules: Sequence[Rule], stretch: Sequence[Told], records: Mapping[str, TrackRecord]) -> list[Message]:
    """The alerts that the rules would have sent, the earliest first."""
    found = (message for rule in rules for message in rehearse(rule, stretch, records))
    return sorted(found, key=lambda message: message.made)


def _in(source: Path) -> tuple[list[Told], list[dict[str, Any]]]:
    """Status changes and claims that `claimwire ledger` wrote. Each change is dated by its event."""
    events = [(event.time, event) for event in events_in(source)]
    folder = source if source.is_dir() else source.parent
    return sorted(events, key=lambda told: told[0]), claims_in(folder)


async def _of_the_stream(settings: Settings) -> tuple[list[Told], list[dict[str, Any]]]:
    """Status changes and claims of the ledger that readers read. Each change is dated by its record."""
    return await read_events(settings), await read_ledger(settings)


def _as_json(message: Message) -> dict[str, Any]:
    return {
        "made": format_time(message.made),
        "rule": message.rule,
        "title": title(message),
        "digest": len(message.events) > 1,
        "events": [event.id for event in message.events],
        "claims": [event.claim.id for event in message.events],
    }
