"""Sentences: puts changes, statuses and statements on a claim into words for people."""

from collections.abc import Mapping, Sequence
from typing import Any

from claimwire.statements import AGAINST, MEDIA, REPORTS, UNNAMED, Relation
from claimwire.status_events import Gone, StatusChanged
from claimwire.statuses import STATUSES, Status
from streams.exports.names import side_name

DOES: dict[str, str] = {
    Relation.ASSERTS: "claims it",
    Relation.REPEATS: "repeats it",
    Relation.DENIES: "denies it",
    Relation.CONTRADICTS: "contradicts it",
    Relation.CONFIRMS: "confirms it",
    Relation.CORROBORATES: "says the same",
    Relation.PARTLY: "admits part of it",
    Relation.RETRACTS: "takes it back",
    Relation.NO_COMMENT: "declines to comment",
}
"""What the maker of a statement does to the claim, by the relation."""

LEFT: dict[str, str] = {
    Gone.WITHDRAWN: "Its item was withdrawn, or no longer says so.",
    Gone.SUPERSEDED: "It goes on as another claim; nobody has taken it back.",
    Gone.DROPPED: "Its item still says so, but as it now stands no claim is made of that.",
    Gone.SET_ASIDE: "A verdict says that it is no claim.",
}
"""Why a claim has left the ledger."""

MOST_QUIET = 50
"""The most words in a timeline that changed nothing."""

FOR_IT = frozenset({Relation.ASSERTS, Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES})

SAYS_SO, SAYS_NOT, SAYS_ELSE = "says_so", "says_not", "says_else"


def who(side: str) -> str:
    """A side as people write it."""
    if side.startswith(MEDIA):
        return f"the press of {side_name(side)}"
    return {REPORTS: "somebody unnamed, by reports", UNNAMED: "an unnamed speaker"}.get(side) or side_name(side)


def speaker(named: str, side: str) -> str:
    """A speaker's name without punctuation left over from the sentence; the side if there is no name."""
    return named.rstrip(", ") or who(side)


def what_happened(event: StatusChanged) -> str:
    """The cause of a change, in words that come before the status: ``Ukraine denies it``."""
    if event.verdict:
        return capital(event.verdict.sentence)
    if event.gone:
        return LEFT[event.gone].rstrip(".")
    cause = event.cause
    if cause.withdrawn:
        return f"{cause.outlet or 'The outlet'} no longer says that {who(cause.side)} {DOES[cause.relation]}"
    if cause.relation is Relation.ASSERTS:
        return f"{capital(who(cause.side))} claims it, as told by {cause.outlet or 'its item'}"
    return f"{capital(who(cause.side))} {DOES[cause.relation]}"


def timeline(changes: Sequence[Mapping[str, Any]], evidence: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The changes of a claim, and the latest words on it that changed nothing, by their times.

    A change is known by its `seq`; words are evidence, as the claim has it.
    """
    causes = {(change["cause"]["item"], change["cause"]["quote"]) for change in changes}
    quiet = [line for line in evidence if (line["item"], line["quote"]) not in causes][-MOST_QUIET:]
    told = [(change["time"], change) for change in changes] + [(line["published"], line) for line in quiet]
    return [each for _, each in sorted(told, key=lambda entry: entry[0])]


def concludes(claim: Mapping[str, Any]) -> str:
    """The conclusion that the status of a claim allows, in a sentence."""
    if claim["gone"]:
        return LEFT[claim["gone"]]
    return next(row.concludes for row in STATUSES if row.status == claim["status"])


def would_change(claim: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The statuses that new evidence can give a claim, each with what would bring it about.

    The first fitting row of the status table decides, so new evidence can only lead to rows above the claim's own.
    """
    if claim["gone"] or claim.get("decided_by", {}).get("verdict"):
        return []
    before = []
    for row in STATUSES:
        if row.status == claim["status"]:
            break
        if row.status is not Status.RETRACTED or not claim.get("implied"):
            before.append((str(row.status), row.when))
    return before


def stands_with(relation: str) -> str:
    """Whether the maker of a statement says that the claim is so, says that it is not, or says something else."""
    return SAYS_SO if relation in FOR_IT else SAYS_NOT if relation in AGAINST else SAYS_ELSE


def capital(words: str) -> str:
    """The words as a sentence begins."""
    return words[:1].upper() + words[1:]
