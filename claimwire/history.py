"""History: a claim over time, read off its snapshot: its timeline, as of a moment, gone quiet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from claimwire.claim_state import ClaimState, Held, HeldVerdict
from claimwire.claims import Evidence, EvidenceChange, Proposition
from claimwire.snapshots import snapshot
from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.times import parse_time
from claimwire.verdicts import carried, from_json

Snapshot = Mapping[str, Any]
"""A claim as `claimwire.snapshots.snapshot` gives it, or as read from JSON."""

DECIDED = ("status", "sources", "updated", "decided_by", "verdicts", "evidence", "set_aside")
"""What of a claim hangs on its evidence and verdicts."""

QUIET_AFTER = timedelta(days=30)
"""Time without news after which a claim is quiet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One evidence of a claim, or a verdict on it, and the status once it was there.

    Attributes
    ----------
    when
        When it was published, or made.
    evidence, verdict
        As the snapshot has it; one of the two is None.
    status
        None for what was published before the claim itself: a denial may be the first to be heard.
    changed
        Whether it changed the status.
    """

    when: datetime
    evidence: Mapping[str, Any] | None
    verdict: Mapping[str, Any] | None
    status: Status | None
    changed: bool


def timeline(claim: Snapshot) -> Iterator[Step]:
    """The evidence of a claim and the verdicts on it in the order of publication, with the status after each.

    It is the status that the evidence published until then has. The events of the claim may tell
    another path, since they follow the order of arrival.
    """
    said = [(parse_time(line["published"]), line, None) for line in _joined(claim)]
    ruled = [(parse_time(v["time"]), None, v) for v in claim.get("verdicts", ())]
    steps = sorted([*said, *ruled], key=lambda step: step[0])
    before: Status | None = None
    for count, (when, line, verdict) in enumerate(steps, start=1):
        then = _then(claim, [a for _, a, _ in steps[:count] if a], [v for _, _, v in steps[:count] if v])
        status = then["status"] if then else None
        yield Step(when, line, verdict, status, changed=status != before)
        before = status


def as_of(claim: Snapshot, moment: datetime) -> dict[str, Any] | None:
    """The claim as the evidence published until a moment makes it; None where it was no claim yet."""
    if parse_time(claim["since"]) > moment:
        return None
    lines = [line for line in _joined(claim) if parse_time(line["published"]) <= moment]
    return _then(claim, lines, [v for v in claim.get("verdicts", ()) if parse_time(v["time"]) <= moment])


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


def _joined(claim: Snapshot) -> list[Mapping[str, Any]]:
    """What the reading joined to a claim, with what verdicts have taken out since."""
    lines = [line for line in claim["evidence"] if _read_as(line)]
    return sorted([*lines, *claim.get("set_aside", ())], key=lambda line: parse_time(line["published"]))


def _read_as(line: Mapping[str, Any]) -> str | None:
    """The relation that the reading gave an evidence. Snapshots of releases before 0.3 know no other."""
    read: str | None = line.get("read_as", line["relation"])
    return read


def _then(
    claim: Snapshot, lines: Iterable[Mapping[str, Any]], verdicts: Iterable[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """A claim as some of its evidence and verdicts make it; None without the statement that opens it."""
    changes = (EvidenceChange(evidence=_evidence(claim, line), subject="", revision=1) for line in lines)
    state = ClaimState(
        id=claim["id"],
        held={change.statement: Held(change=change) for change in changes},
        verdicts={v["id"]: HeldVerdict(verdict=from_json(v)) for v in verdicts},
    )
    then = snapshot(state)
    return {**claim, **{name: then[name] for name in DECIDED}} if then else None


def _proposition(claim: Snapshot) -> Proposition:
    """What the claim says, as far as a status hangs on it."""
    return Proposition(
        text=claim["text"],
        claimant=claim["claimant"],
        side=claim["side"],
        about=tuple(claim["about"]),
        favours=tuple(claim["favours"]),
    )


def _evidence(claim: Snapshot, line: Mapping[str, Any]) -> Evidence:
    """An evidence, as the reading joined it and as far as a status hangs on it."""
    return Evidence(
        claim=claim["id"],
        relation=Relation(_read_as(line) or ""),
        statement=carried(line).restored(),
        why=tuple(line["why"]),
        opens=_proposition(claim) if line["statement"] == claim["id"] else None,
    )
