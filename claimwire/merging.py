"""Merging: the evidence of a merged claim passes to the claim under which it goes on."""

from dataclasses import replace

from claimwire.claim_state import ClaimState
from claimwire.claims import ClaimChange, Evidence, EvidenceChange, by_claim
from claimwire.items import Origin
from claimwire.reasons import of_merged
from claimwire.statements import Relation

FROM_CLAIM = "~claim:"
"""The prefix of the subject of evidence from another claim. It sorts after the subjects of statements."""


def onward(before: ClaimState, after: ClaimState) -> tuple[ClaimChange, ...]:
    """What a change of a claim changes in the claims under which it went on before and goes on now.

    The evidence of a claim goes on with it, but never to a claim from which it came.
    """
    old, new = _going_on(before), _going_on(after)
    due_to = _withdrawn_by(before, after)
    gone = [replace(part, live=False, due_to=due_to) for key, part in old.items() if key not in new]
    changed = [part for key, part in new.items() if old.get(key) != part]
    counted = (replace(part, revision=after.tick) for part in (*gone, *changed))
    return tuple(by_claim(counted))


def _withdrawn_by(before: ClaimState, after: ClaimState) -> Origin | None:
    """The item version that withdrew evidence between two states of a claim; None where a verdict made the change."""
    changed = (held.change for key, held in after.held.items() if before.held.get(key) is not held)
    return next((change.due_to for change in changed if not change.live), None)


def _going_on(state: ClaimState) -> dict[tuple[str, str], EvidenceChange]:
    """The parts of a claim in the claim under which it goes on, by that claim and statement."""
    into = state.goes_on_under()
    if not into or state.opening() is None or state.rulings().no_claim:
        return {}
    joined = state.parts()
    parts = {}
    for e in state.evidence():
        part = joined.get(e.statement.id)
        path = (*(part.path if part else ()), state.id)
        if e.statement.id != into and into not in path:
            evidence = _as_part_of(into, state.id, e)
            due_to = part.due_to if part else None
            parts[into, e.statement.id] = EvidenceChange(
                evidence=evidence, subject=f"{FROM_CLAIM}{state.id}", revision=0, path=path, due_to=due_to
            )
    return parts


def _as_part_of(into: str, claim: str, e: Evidence) -> Evidence:
    """Evidence of one claim as evidence of another. The opening of the first repeats the second."""
    relation = Relation.REPEATS if e.relation is Relation.ASSERTS else e.relation
    why = (*e.why, of_merged(claim))
    return replace(e, claim=into, relation=relation, opens=None, since=None, why=why)
