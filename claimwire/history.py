"""History: a claim over time, read off its snapshot: its timeline, as of a moment, gone quiet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from claimwire.claims import Evidence, Proposition
from claimwire.statements import Act, Part, Relation, Statement
from claimwire.statuses import Standing, Status, standing_of
from claimwire.times import parse_time

Snapshot = Mapping[str, Any]
"""A claim as `claimwire.judging.snapshot` gives it, or as read from JSON."""

QUIET_AFTER = timedelta(days=30)
"""Time without news after which a claim is quiet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One evidence of a claim, and the status once it was there.

    Attributes
    ----------
    evidence
        As the snapshot has it.
    status
        None for what was published before the claim itself: a denial may be the first to be heard.
    changed
        Whether this evidence changed the status.
    """

    evidence: Mapping[str, Any]
    status: Status | None
    changed: bool


def timeline(claim: Snapshot) -> Iterator[Step]:
    """The evidence of a claim in the order of publication, with the status after each.

    It is the status that the evidence published until then has. The events of the claim may tell
    another path, since they follow the order of arrival.
    """
    before: Status | None = None
    for count, line in enumerate(claim["evidence"], start=1):
        standing = _standing(claim, claim["evidence"][:count])
        status = standing.status if standing else None
        yield Step(line, status, changed=status is not before)
        before = status


def as_of(claim: Snapshot, moment: datetime) -> dict[str, Any] | None:
    """The claim as the evidence published until a moment makes it; None where it was no claim yet."""
    lines = [e for e in claim["evidence"] if parse_time(e["published"]) <= moment]
    standing = _standing(claim, lines)
    if standing is None or parse_time(claim["since"]) > moment:
        return None
    now = {"status": standing.status, "sources": standing.sources}
    return {**claim, **now, "updated": lines[-1]["published"], "evidence": lines}


def ledger_as_of(claims: Iterable[Snapshot], moment: datetime) -> list[dict[str, Any]]:
    """The claims of a ledger as of a moment, in their order."""
    return [then for claim in claims if (then := as_of(claim, moment))]


def latest(claims: Iterable[Snapshot]) -> datetime | None:
    """When the last evidence of a ledger was published; None for an empty one."""
    return max((parse_time(claim["updated"]) for claim in claims), default=None)


def silence(claim: Snapshot, moment: datetime) -> timedelta:
    """How long there has been no news of a claim at a moment."""
    return max(moment - parse_time(claim["updated"]), timedelta())


def quiet(claim: Snapshot, moment: datetime, after: timedelta = QUIET_AFTER) -> bool:
    """Whether there has been no news of a claim for longer than that. Its status stays what it is."""
    return silence(claim, moment) > after


def _standing(claim: Snapshot, lines: Iterable[Mapping[str, Any]]) -> Standing | None:
    """Where some of a claim's evidence leaves it; None without the statement that opens it."""
    evidence = [_evidence(claim["id"], line) for line in lines]
    if not any(e.statement.id == e.claim for e in evidence):
        return None
    return standing_of(_proposition(claim), evidence)


def _proposition(claim: Snapshot) -> Proposition:
    """What the claim says, as far as a status hangs on it."""
    return Proposition(
        text=claim["text"],
        claimant=claim["claimant"],
        side=claim["side"],
        about=tuple(claim["about"]),
        favours=tuple(claim["favours"]),
    )


def _evidence(claim: str, line: Mapping[str, Any]) -> Evidence:
    """An evidence, as far as a status hangs on it."""
    statement = Statement(
        id=line["statement"],
        item=line["item"],
        order=(line["version"], "", ""),
        published=parse_time(line["published"]),
        outlet=line["outlet"],
        part=Part(line["part"]),
        start=line["start"],
        end=line["end"],
        quote=line["quote"],
        act=Act(line["act"]),
        proposition="",
        speaker=line["speaker"],
        side=line["side"],
        recalled=line["recalled"],
    )
    return Evidence(claim=claim, relation=Relation(line["relation"]), statement=statement)
