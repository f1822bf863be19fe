"""Relations: how a statement bears on a claim, if it does."""

from dataclasses import dataclass, replace

from claimwire.claims import Proposition, Relation, own_voice
from claimwire.outcomes import OUTCOMES, Bearing, bearing
from claimwire.statements import Act, Outcome, Statement

LEAST_SHARED = 2
"""Words that two propositions without a coded event must share, at least."""

LEAST_OVERLAP = 0.5
"""Share of the answer's words that must be found in the claim."""


@dataclass(frozen=True, slots=True)
class Match:
    """A statement's bearing on a claim: how, how surely (0 to 1), and for what reasons."""

    relation: Relation
    score: float
    why: tuple[str, ...]


def match(statement: Statement, proposition: Proposition, opener: Statement) -> Match | None:
    """How the statement bears on the claim; None where it doesn't.

    Parameters
    ----------
    opener
        The statement that opened the claim.
    """
    found = _matter(statement, proposition, opener)
    if found is None:
        return None
    agreement, score, why = found
    relation = _relation(statement, proposition, agreement, opener)
    return Match(relation, score, why) if relation else None


def effective(statement: Statement) -> Outcome | None:
    """The outcome as the speaker would have it: a denied one did not happen."""
    outcome = statement.outcome
    if outcome and statement.act is Act.DENIES:
        return replace(outcome, negated=not outcome.negated)
    return outcome


def _matter(
    statement: Statement, proposition: Proposition, opener: Statement
) -> tuple[Bearing, float, tuple[str, ...]] | None:
    """Whether both speak of the same matter, and whether they agree on it."""
    days = abs(statement.published - opener.published).days
    ours, theirs = effective(statement), proposition.outcome
    if (ours is None) != (theirs is None):
        return None
    shared = sorted(set(statement.terms) & set(opener.terms))
    if ours and theirs:
        if days > max(OUTCOMES[theirs.code].days, OUTCOMES[ours.code].days):
            return None
        found = bearing(theirs, ours)
        anchored = (ours.place and theirs.place) or (ours.actor and ours.actor == theirs.actor)
        if found is None or not (anchored or len(shared) >= LEAST_SHARED):
            return None
        place = f"place {theirs.place}" if theirs.place else f"actor {theirs.actor}" if theirs.actor else "words"
        return found, _certainty(ours, theirs), (f"outcome {ours.code} {found} {theirs.code}", place, f"{days} days")
    overlap = len(shared) / max(1, min(len(statement.terms), len(opener.terms)))
    if len(shared) < LEAST_SHARED or overlap < LEAST_OVERLAP:
        return None
    agreement = Bearing.EXCLUDES if statement.act is Act.DENIES else Bearing.AGREES
    return agreement, overlap / 2, (f"words {' '.join(shared)}", f"{days} days")


def _certainty(ours: Outcome, theirs: Outcome) -> float:
    """Of two claims that a statement may mean, the one that shares more of the event."""
    same = (
        ours.code == theirs.code,
        bool(ours.actor) and ours.actor == theirs.actor,
        bool(ours.place) and ours.place == theirs.place,
        ours.count is not None and ours.count == theirs.count,
    )
    return 0.5 + sum(same) / 8


def _relation(statement: Statement, proposition: Proposition, agreement: Bearing, opener: Statement) -> Relation | None:
    own = statement.side == proposition.side
    if statement.act is Act.RETRACTS:
        return Relation.RETRACTS if own and agreement is Bearing.AGREES else None
    if statement.act is Act.DECLINES:
        return Relation.NO_COMMENT if not own and agreement is Bearing.AGREES else None
    if statement.act in (Act.ASKS, Act.PLANS):
        return None
    if agreement is Bearing.LIMITS:
        return Relation.PARTLY
    if agreement is Bearing.EXCLUDES:
        return (
            Relation.DENIES
            if statement.act is Act.DENIES or _says_not(statement, proposition)
            else Relation.CONTRADICTS
        )
    if own or (own_voice(statement) and statement.item == opener.item):
        return Relation.REPEATS
    if statement.side in proposition.about and statement.side not in proposition.favours:
        return Relation.CONFIRMS
    return Relation.CORROBORATES


def _says_not(statement: Statement, proposition: Proposition) -> bool:
    """Whether the statement is the claim's own words with a "not"."""
    ours, theirs = statement.outcome, proposition.outcome
    return bool(ours and theirs and ours.code == theirs.code and ours.negated != theirs.negated)
