"""Successors: the claim that goes on in place of one that is gone."""

from collections.abc import Mapping

from claimwire.claims import Evidence
from claimwire.linking import pair_model
from claimwire.linking.open_claims import AGREES, Key
from claimwire.statements import Statement

Standing = Mapping[Key, Evidence]


def heir(claim: str, old: Standing, new: Standing) -> str:
    """The claim that goes on in place of one that is gone; empty where nobody says it any more.

    Parameters
    ----------
    old, new
        The evidence of the claims that a change at a subject touches, before it and after it.
    """
    opening = old[claim, claim]
    stays = [c for c, id in new if id == claim]
    return next(iter(stays), "") or _said_by_others(claim, old, new) or _reworded(opening, old, new)


def _said_by_others(claim: str, old: Standing, new: Standing) -> str:
    """The claim that holds what others say of the same. Only an implied claim can go on by a denial alone."""
    implied = _is_implied(old[claim, claim])
    others = {id for (c, id), e in old.items() if c == claim and (implied or e.relation in AGREES)}
    return next((c for (c, id), e in new.items() if id in others and (implied or e.relation in AGREES)), "")


def _reworded(opening: Evidence, old: Standing, new: Standing) -> str:
    """The claim in which a newer version of the item says the same in other words."""
    known = {id for _, id in old}
    found = [
        (pair_model.score(pair_model.features(e.statement, opening.statement), pair_model.SAME), claim)
        for (claim, id), e in new.items()
        if id not in known and _takes_its_place(e, opening) and says_the_same(e.statement, opening.statement)
    ]
    return max(found, default=(0.0, ""))[1]


def _takes_its_place(evidence: Evidence, opening: Evidence) -> bool:
    """Whether the same item says it in the same sense: an answer for an answer, a claim for a claim."""
    same_sense = evidence.relation is opening.relation or {evidence.relation, opening.relation} <= AGREES
    return evidence.statement.item == opening.statement.item and same_sense


def _is_implied(opening: Evidence) -> bool:
    return opening.opens is not None and opening.opens.implied


def says_the_same(one: Statement, other: Statement) -> bool:
    """Whether a side says the same in other words, without another number, place or "not"."""
    if (one.side, one.negative) != (other.side, other.negative) or _event(one) != _event(other):
        return False
    found = pair_model.features(one, other)
    enough = pair_model.BARS[pair_model.AnswerKind.SAYS_AGAIN]
    return found["amounts"] == 0 and pair_model.score(found, pair_model.SAME) >= enough


def _event(statement: Statement) -> tuple[object, ...]:
    """What a statement says has happened, where a code covers it."""
    outcome = statement.outcome
    return (outcome.code, outcome.actor, outcome.place, outcome.negated, outcome.count) if outcome else ()
