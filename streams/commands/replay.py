"""``claimwire replay``: reads any stretch of items and verdicts again, in memory or as a shadow."""

import asyncio
from contextlib import nullcontext
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import orjson
import typer

from claimwire.statements import RECORD
from claimwire.status_events import StatusChanged
from streams.codecs import encode
from streams.commands import shadow_ledgers as shadow_commands
from streams.commands.claims import read_ledger, show_ledger
from streams.commands.worker import work
from streams.exports.ledger_files import LedgerFiles
from streams.kafka.client import progress as commits
from streams.kafka.client import topic_name
from streams.kafka.ledger_pointer import current
from streams.kafka.topics import ITEMS
from streams.replay import shadow_ledgers
from streams.replay.difference import difference
from streams.replay.in_memory import At, Replayed, replay
from streams.replay.item_reader import Ranges, described, ranges
from streams.replay.ledger_progress import PATH
from streams.replay.stretches import (
    AS_KNOWN_AT,
    FROM,
    TO,
    Bound,
    Edge,
    Stretch,
    from_the_first,
    of_every_partition,
    parse_bound,
    size,
)
from streams.replay.views import as_json, difference_view, ranges_table
from streams.settings import MAIN, Settings, ledger_name, load_settings
from streams.terminal.output import put, say
from streams.terminal.views import console, counted

app = typer.Typer(invoke_without_command=True)
shadow_commands.add_to(app)

WHERE = "OFFSETS|TIME"


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="replay")


@app.callback()
def command(
    context: typer.Context,
    start: Annotated[
        str | None,
        typer.Option(FROM, metavar=WHERE, help="First record: 0:120,1:98, 120, 2025-12-02, 3d, beginning (default)."),
    ] = None,
    end: Annotated[
        str | None,
        typer.Option(TO, metavar=WHERE, help="Where to end: before this offset, or after this moment."),
    ] = None,
    as_known_at: Annotated[
        str | None, typer.Option(AS_KNOWN_AT, metavar=WHERE, help="Read all that had arrived until then, and no more.")
    ] = None,
    subjects: Annotated[
        list[str] | None, typer.Option("--subject", metavar="KEY", help="Only claims at this subject; repeatable.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show what this would change in the live ledger.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder for claims.jsonl, events.jsonl and remarks.jsonl.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which records would be read.")] = False,
    processes: Annotated[int, typer.Option("-j", min=1, help="How many processes extract.")] = 1,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="NAME", help="Build a shadow ledger on the stream: run a worker for it."),
    ] = None,
) -> None:
    """Make a ledger from a stretch of news.items; the live ledger and its commits stay as they are."""
    if context.invoked_subcommand:
        _refuse(context, "the commands of `claimwire replay` do not take its options", set(context.params))
        return
    settings, now = load_settings(), datetime.now(UTC)
    bounds: tuple[Bound, Bound]
    if as_known_at is not None:
        _refuse(context, f"{AS_KNOWN_AT} sets both the beginning and the end", {"start", "end"})
        bounds = Edge.BEGINNING, parse_bound(as_known_at, AS_KNOWN_AT, now)
        options = str(Edge.BEGINNING), AS_KNOWN_AT
    else:
        bounds = parse_bound(start or Edge.BEGINNING, FROM, now), parse_bound(end or Edge.END, TO, now)
        options = FROM, TO
    if into is not None:
        unfit = {"end", "as_known_at", "subjects", "diff", "out", "processes"} | ({"json"} if not dry_run else set())
        _refuse(context, "a shadow (--into) takes in all items from its start on, and follows the stream", unfit)
        settings = settings.of_ledger(_shadow_name(into))
    files = LedgerFiles(out) if out and not dry_run else None
    found = asyncio.run(ranges(settings, *bounds, options))
    stretch = from_the_first(found.stretch, found.held) if as_known_at is not None else found.stretch
    if dry_run:
        _say(settings, stretch, json)
        return
    if into is not None:
        _work(settings, found if start is not None else None)
        return
    at = At(subjects or ())
    made = _replay(settings, Ranges(stretch, found.held, found.until), at, files, processes)
    if diff:
        _show_difference(settings, stretch, made, at, json)
    elif not files:
        show_ledger(at.claims(made.claims), json)


def _refuse(context: typer.Context, why: str, names: set[str]) -> None:
    """End with 2 if one of these options was typed."""
    typed = [
        option.opts[0]
        for option in context.command.params
        if option.name in names and str(context.get_parameter_source(option.name)).endswith("COMMANDLINE")
    ]
    if typed:
        raise typer.BadParameter(f"{why}.", context, param_hint=", ".join(typed))


def _shadow_name(text: str) -> str:
    try:
        name = ledger_name(text)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--into") from None
    if name == MAIN:
        raise typer.BadParameter(
            "main is the ledger that `claimwire worker` makes. Take another name.", param_hint="--into"
        )
    return name


def _say(settings: Settings, stretch: Stretch, json: bool) -> None:
    """Say what would be read."""
    told, total, topic = asyncio.run(described(settings, stretch)), size(stretch), topic_name(settings, ITEMS)
    if json:
        partitions = [
            {"partition": r.partition, "start": r.start, "end": r.end, "first": r.first, "last": r.last} for r in told
        ]
        put(encode({"topic": topic, "records": total, "partitions": partitions}).decode())
    else:
        console().print(ranges_table(told, topic))
        put(f"{total} records would be read. Nothing was read.")


def _work(settings: Settings, found: Ranges | None) -> None:
    """Run a worker of a shadow, until somebody stops it."""
    start = of_every_partition(found.stretch, found.held, FROM) if found else None
    new = asyncio.run(shadow_ledgers.begin(settings, start))
    begun = "begins" if new else "goes on from where it is"
    say(f"{settings.ledger} {begun}. See `claimwire replay status {settings.ledger}`.")
    work(settings)


def _replay(settings: Settings, taken: Ranges, at: At, files: LedgerFiles | None, processes: int) -> Replayed:
    """Make the ledger, and write it to the files if there are any."""
    topic = topic_name(settings, ITEMS)

    def named(partition: int, offset: int, reason: str) -> None:
        say(f"{topic} {partition}:{offset}: {reason}")

    def told(event: StatusChanged) -> None:
        if files and at.event(event):
            files.tell(event)

    with files or nullcontext():
        made = replay(settings, taken.stretch, taken.until, told=told, named=named, processes=processes)
        if files:
            files.finish(at.claims(made.claims), at.remarks(made.remarks))
    rate = made.records / made.seconds
    ruled = f"{counted(made.verdicts, 'verdict')}; " if made.verdicts else ""
    say(
        f"{made.records} records of {topic}, {made.unreadable} of them unreadable; {ruled}{len(made.claims)} claims; "
        f"{made.seconds:.1f} s, {rate:,.0f} records/s" + (f"; written to {files.claims.parent}" if files else "")
    )
    known = {c["subject"] for c in made.claims} | {f"{RECORD}{r['of']}" for r in made.remarks}
    for key in set(at.subjects) - known:
        near = ", ".join(get_close_matches(key, known)) or "none; `claimwire show` shows a claim's"
        say(f"no claim of the stretch has the subject {key!r}. Near: {near}")
    return made


def _show_difference(settings: Settings, stretch: Stretch, made: Replayed, at: At, json: bool) -> None:
    """What the replay would change in the ledger that readers read."""
    settings = asyncio.run(current(settings))
    behind = asyncio.run(_behind(settings, stretch))
    if any(behind.values()):
        told = ", ".join(f"{n} of {name}" for name, n in behind.items() if n)
        say(f"the live ledger has not finished {told}: what it has not seen yet shows as a change")
    live = asyncio.run(read_ledger(settings))
    found = difference(live, made.claims, made.taken, at.subjects, made.ruled_beyond)
    if json:
        offsets = {n: [taken.start, taken.stop] for n, taken in stretch.items()}
        facts = {"ledger": settings.ledger, "stretch": offsets, "records": made.records, "unreadable": made.unreadable}
        put(orjson.dumps(as_json(found, **facts, behind=behind), option=orjson.OPT_NON_STR_KEYS).decode())
    else:
        console().print(difference_view(found, settings.ledger or MAIN))


async def _behind(settings: Settings, stretch: Stretch) -> dict[str, int]:
    """By topic: how many records of the stretch, or made from it, the live ledger has not finished."""
    path = await commits(settings, PATH)
    return {
        topic.name: sum(
            max(stretch[n].stop - max(p.done, stretch[n].start), 0) if n in stretch else 0
            for n, p in partitions.items()
        )
        if topic is ITEMS
        else sum(p.lag for p in partitions.values())
        for topic, partitions in path.items()
    }
