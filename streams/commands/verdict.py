"""``claimwire verdict``: people's verdicts on claims, which count more than the reading."""

import asyncio
import getpass
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.verdict_fates import fates
from claimwire.verdicts import Maker, MakerKind, Verdict, in_words
from streams.commands.claims import read_ledger
from streams.desk.ledger_index import LedgerIndex
from streams.desk.requests import Asked, Desk
from streams.errors import UserError, VerdictsUnfit
from streams.kafka.ledger_pointer import current
from streams.kafka.statement_finder import find_statements
from streams.kafka.verdict_topic import read_verdicts, send_verdicts
from streams.settings import Settings, load_settings
from streams.terminal.output import Force, output, put, say
from streams.terminal.verdict_views import made_in_words, undo_of, verdicts_table
from streams.terminal.views import console, counted
from streams.verdict_files import line_of, lines_in

NOT_AT_ALL = "none"
RELATIONS = [r for r in Relation if r is not Relation.ASSERTS]

ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id, or its beginning.")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence: every view shows it.")]
By = Annotated[
    str,
    typer.Option("--by", metavar="NAME", help="Who says so; if left out, the setting verdicts_by, else your login."),
]

app = typer.Typer(help="Correct the ledger: people's verdicts on its claims. Each can be undone.")


def add_to(parent: typer.Typer) -> None:
    """Add the commands."""
    parent.add_typer(app, name="verdict")


def _relation(text: str) -> str:
    """How a statement bears on a claim, as a user types it."""
    if text not in (NOT_AT_ALL, *RELATIONS):
        raise typer.BadParameter(f"{text!r} is not a relation. Choose from {', '.join(RELATIONS)} and {NOT_AT_ALL}.")
    return text


@app.command()
def statement(
    claim: ClaimId,
    statement: Annotated[str, typer.Argument(metavar="STATEMENT", help="The statement's id, or its beginning.")],
    relation: Annotated[
        str,
        typer.Argument(metavar="RELATION|none", parser=_relation, help=f"{', '.join(RELATIONS)}; none: not at all."),
    ],
    reason: Reason = "",
    by: By = "",
) -> None:
    """Say how a statement bears on a claim, or that it does not. This joins it, removes it, or changes its relation."""
    says = {"kind": "statement", "statement": statement, "relation": None if relation == NOT_AT_ALL else relation}
    _make({"claim": claim, "says": says, "reason": reason}, by)


@app.command()
def claim(claim: ClaimId, reason: Reason = "", by: By = "") -> None:
    """Say that this is no claim, because it is misread or not worth following. It leaves the ledger."""
    _make({"claim": claim, "says": {"kind": "no_claim"}, "reason": reason}, by)


@app.command()
def merge(
    claim: ClaimId,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The claim that takes over its evidence.")],
    reason: Reason = "",
    by: By = "",
) -> None:
    """Say that two claims are one. The second takes over the evidence of the first."""
    _make({"claim": claim, "says": {"kind": "merge", "into": into}, "reason": reason}, by)


@app.command()
def status(
    claim: ClaimId,
    status: Annotated[Status, typer.Argument(metavar="STATUS", help=", ".join(Status))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, in a sentence: every view shows it.")],
    by: By = "",
) -> None:
    """Set the status of a claim, whatever its evidence makes of it."""
    _make({"claim": claim, "says": {"kind": "status", "status": status}, "reason": reason}, by)


@app.command()
def comment(
    claim: ClaimId,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="What you have to say: every view shows it.")],
    by: By = "",
) -> None:
    """Comment on a claim. This changes neither its status nor its evidence."""
    _make({"claim": claim, "says": {"kind": "comment"}, "reason": words}, by)


@app.command()
def undo(
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help="The verdict's id, or its beginning.")],
    reason: Reason = "",
    by: By = "",
) -> None:
    """Undo a verdict, your own or another person's. What held before it holds again."""
    _make({"says": {"kind": "undo", "verdict": verdict}, "reason": reason}, by)


@app.command("list")
def list_verdicts(
    claim: Annotated[str, typer.Argument(metavar="[CLAIM]", help="Only those on this claim.")] = "",
) -> None:
    """List who said what about which claim, the earliest first, and what of it holds, was undone or overruled."""
    settings = load_settings()
    ledger = asyncio.run(_ledger(settings))
    wanted = ledger.claim_or_gone(claim) if claim else ""
    found = [v for v in ledger.verdicts.values() if not wanted or v.claim == wanted]
    if found:
        console().print(verdicts_table(fates(found, settings.trusted)))
    else:
        say(f"there is no verdict{f' on claim {wanted}' if wanted else ''} yet.")


@app.command()
def export(
    out: Annotated[Path | None, typer.Option("-o", "--out", help="File to write; standard output if left out.")] = None,
    force: Force = False,
) -> None:
    """Write all verdicts, the earliest first: JSON Lines, one a line."""
    arrived = asyncio.run(read_verdicts(load_settings()))
    found = {a.verdict.id: a.verdict for a in arrived}
    with output(out, force) as file:
        for verdict in sorted(found.values(), key=lambda v: v.moment):
            file.write(line_of(verdict) + b"\n")
    if out:
        say(f"{counted(len(found), 'verdict')} in {out}")


@app.command("import")
def import_verdicts(
    source: Annotated[str, typer.Argument(metavar="FILE|-", help="JSON Lines, one verdict a line; - for stdin.")],
    by: By = "",
) -> None:
    """Send the verdicts of a file: all of them, or none if a line is wrong.

    Id, time and maker may be left out, and ids of claims and statements may be short.
    """
    settings = load_settings()
    made, there = asyncio.run(_import(settings, source, _maker(settings, by)))
    for verdict in made:
        put(f"{undo_of(verdict)}  # of claim {verdict.claim}, {verdict.maker} {in_words(verdict.says)}")
    known = f", {there} were there already" if there else ""
    undo = ". Each line is the command that undoes one" if made else ""
    say(f"{counted(len(made), 'verdict')} sent{known}{undo}.")
    _warn_of_untrusted(settings, made)


def _make(asked: Asked, by: str) -> None:
    """Make one verdict, send it, and say how to undo it."""
    settings = load_settings()
    made = asyncio.run(_send_one(settings, asked, _maker(settings, by)))
    put(made_in_words(made))
    put(f"undo it: {undo_of(made)}")
    _warn_of_untrusted(settings, [made])


def _maker(settings: Settings, by: str) -> Maker:
    """Who makes a verdict."""
    try:
        name = by.strip() or settings.verdicts_by or getpass.getuser()
    except (KeyError, OSError, ImportError):
        raise UserError("your login has no name: say who you are with --by NAME.") from None
    return Maker(kind=MakerKind.PERSON, name=name)


def _warn_of_untrusted(settings: Settings, made: Sequence[Verdict]) -> None:
    for maker in dict.fromkeys(v.maker for v in made):
        if not settings.trusted.counts(maker):
            say(f"verdicts of {maker} do not count here: CLAIMWIRE_VERDICTS_FROM is {settings.verdicts_from!r}.")


async def _ledger(settings: Settings) -> LedgerIndex:
    """The ledger that readers read, with the verdicts so far."""
    claims = await read_ledger(settings)
    verdicts = [arrived.verdict for arrived in await read_verdicts(settings)]
    return LedgerIndex(claims, verdicts, settings.trusted)


async def _desk(settings: Settings, maker: Maker, asked: Sequence[Asked]) -> Desk:
    """The desk, with the statements that the requests name."""
    desk = Desk(await _ledger(settings), maker)
    missing = {begins for each in asked if (begins := desk.missing(each))}
    desk.said = await find_statements(await current(settings), missing)
    return desk


async def _send_one(settings: Settings, asked: Asked, maker: Maker) -> Verdict:
    made = (await _desk(settings, maker, [asked])).verdict(asked, datetime.now(UTC))
    await send_verdicts(settings, [made])
    return made


async def _import(settings: Settings, source: str, maker: Maker) -> tuple[list[Verdict], int]:
    """Send the verdicts of a file. Returns these, and how many were there already.

    Raises
    ------
    VerdictsUnfit
        If lines are wrong. The command names each, and sends nothing.
    """
    lines = list(lines_in(source))
    desk = await _desk(settings, maker, [line.value for line in lines])
    made: list[Verdict] = []
    there, wrong, now = 0, 0, datetime.now(UTC)
    for line in lines:
        if not line.fault and desk.was_made(line.value):
            there += 1
            continue
        try:
            if line.fault:
                raise UserError(line.fault)
            made.append(desk.verdict(line.value, now))
        except UserError as error:
            wrong += 1
            say(f"{line.where}: {error}")
    if wrong:
        raise VerdictsUnfit(source, wrong)
    await send_verdicts(settings, made)
    return made, there
