"""Snapshots: each is a whole claim, as the ledger shows it."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from claimwire.claim_state import ClaimState
from claimwire.claims import DecidedBy, Evidence
from claimwire.outcomes import OUTCOMES
from claimwire.statements import Outcome, Statement
from claimwire.times import format_time
from claimwire.verdict_json import as_json


def snapshot(state: ClaimState) -> dict[str, Any] | None:
    """The whole claim, as the ledger shows it; None where it is not shown.

    It depends only on the evidence and the verdicts that bear on the claim now; its events report its history. Evidence
    that verdicts have taken out is under ``set_aside``.
    """
    opening, standing = state.opening(), state.standing()
    if not (state.is_shown() and standing and opening and opening.opens):
        return None
    proposition, evidence, read = opening.opens, state.evidence(), {e.statement.id: e for e in state.joined()}
    bearing = {e.statement.id for e in evidence}
    return {
        "id": state.id,
        "status": standing.status,
        "sources": standing.sources,
        "text": proposition.text,
        "headline": proposition.headline,
        "claimant": proposition.claimant,
        "side": proposition.side,
        "about": proposition.about,
        "favours": proposition.favours,
        "subject": proposition.subject,
        "outcome": proposition.outcome,
        "event_types": _event_types(proposition.outcome),
        "implied": proposition.implied,
        "published": format_time(opening.statement.published),
        "since": format_time(state.since()),
        "updated": format_time(evidence[-1].statement.published),
        "decided_by": asdict(state.decided_by()),
        "verdicts": [as_json(v) for v in state.counted()],
        "evidence": [_line(e, e.statement, read.get(e.statement.id)) for e in evidence],
        "set_aside": [_line(e, e.statement, e) for id, e in read.items() if id not in bearing],
    }


def all_evidence(claim: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The evidence of a snapshot, and then what verdicts have taken out of it. A claim that is gone has none."""
    return [*claim.get("evidence", ()), *claim.get("set_aside", ())]


def read_as(line: Mapping[str, Any]) -> str | None:
    """The relation that the reading gave a piece of evidence; None where a verdict joined it.

    Snapshots of releases before 0.3 hold only that relation.
    """
    read: str | None = line.get("read_as", line["relation"])
    return read


def headline(claim: Mapping[str, Any]) -> str:
    """The headline under which the claim of a snapshot was put forward. Older snapshots have none."""
    found: str = claim.get("headline", "")
    return found


def decided_by(claim: Mapping[str, Any]) -> DecidedBy:
    """Whose word decides what the claim of a snapshot is."""
    return DecidedBy(**claim.get("decided_by", {}))


def _event_types(outcome: Outcome | None) -> dict[str, str]:
    """What other event schemes call the outcome, if they have a like one."""
    kind = OUTCOMES[outcome.code] if outcome else None
    schemes = {"acled": kind.acled, "plover": kind.plover} if kind else {}
    return {scheme: event_type for scheme, event_type in schemes.items() if event_type}


def _line(evidence: Evidence, s: Statement, read: Evidence | None) -> dict[str, Any]:
    """A piece of evidence. Its ``read_as`` is the relation that the reading gave it; None where a verdict joined it."""
    return {
        "statement": s.id,
        "item": s.item,
        "version": s.order[0],
        "part": s.part,
        "start": s.start,
        "end": s.end,
        "relation": evidence.relation,
        "act": s.act,
        "speaker": s.speaker,
        "side": s.side,
        "outlet": s.outlet,
        "quote": s.quote,
        "published": format_time(s.published),
        "recalled": s.recalled,
        "why": list(evidence.why),
        "read_as": read.relation if read else None,
        "verdict": evidence.verdict,
    }
