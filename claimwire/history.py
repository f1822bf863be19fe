"""History: from a claim's snapshot, its timeline, its state at a moment, and whether it went quiet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from claimwire.claim_state import ClaimState, Held, HeldVerdict
from claimwire.claims import Evidence, EvidenceChange, Proposition
from claimwire.snapshots import all_evidence, read_as, snapshot
from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.times import parse_time
from claimwire.verdict_json import carried, from_json

Snapshot = Mapping[str, Any]
"""A claim as `claimwire.snapshots.snapshot` gives it, or as read from JSON."""

DECIDED = ("status", "sources", "updated", "decided_by", "verdicts", "evidence", "set_aside")
"""The fields of a claim that depend on its evidence and verdicts."""

QUIET_AFTER = timedelta(days=30)
"""Time without news after which a claim is quiet."""


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of evidence for a claim, or a verdict on it, and the status after it.

    Attributes
    ----------
    when
        When it was published, or made.
    evidence, verdict
        As in the snapshot; one of the two is None.
    status
        None before the claim itself was published, since a denial may come first.
    changed
        Whether this step changed the status.
    """

    when: datetime
    evidence: Mapping[str, Any] | None
    verdict: Mapping[str, Any] | None
    status: Status | None
    changed: bool


def timeline(claim: Snapshot) -> Iterator[Step]:
    """The evidence of a claim and the verdicts on it in the order of publication, with the status after each.

    Each status follows from the evidence published until then. The events of the claim may show
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
    """The claim by the evidence published until a moment; None if it was no claim yet."""
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
    """How long a claim has been without news at a moment."""
    return max(moment - parse_time(claim["updated"]), timedelta())


def quiet(claim: Snapshot, moment: datetime, after: timedelta = QUIET_AFTER) -> bool:
    """Whether a claim has been without news for longer than `after`. Its status does not change."""
    return silence(claim, moment) > after


def _joined(claim: Snapshot) -> list[Mapping[str, Any]]:
    """The evidence that the reading joined to a claim, including what verdicts have set aside since."""
    lines = [line for line in all_evidence(claim) if read_as(line)]
    return sorted(lines, key=lambda line: parse_time(line["published"]))


def _then(
    claim: Snapshot, lines: Iterable[Mapping[str, Any]], verdicts: Iterable[Mapping[str, Any]]
) -> dict[str, Any] | None:
    """The claim by some of its evidence and verdicts; None without the statement that opens it."""
    changes = (EvidenceChange(evidence=_evidence(claim, line), subject="", revision=1) for line in lines)
    state = ClaimState(
        id=claim["id"],
        held={change.statement: Held(change=change) for change in changes},
        verdicts={v["id"]: HeldVerdict(verdict=from_json(v)) for v in verdicts},
    )
    then = snapshot(state)
    return {**claim, **{name: then[name] for name in DECIDED}} if then else None


def _proposition(claim: Snapshot) -> Proposition:
    """What the claim says, as far as the status depends on it."""
    return Proposition(
        text=claim["text"],
        claimant=claim["claimant"],
        side=claim["side"],
        about=tuple(claim["about"]),
        favours=tuple(claim["favours"]),
    )


def _evidence(claim: Snapshot, line: Mapping[str, Any]) -> Evidence:
    """The evidence as the reading joined it, as far as the status depends on it."""
    return Evidence(
        claim=claim["id"],
        relation=Relation(read_as(line) or ""),
        statement=carried(line).restored(),
        why=tuple(line["why"]),
        opens=_proposition(claim) if line["statement"] == claim["id"] else None,
    )
