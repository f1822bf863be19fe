"""Statuses: what the evidence makes of a claim.

Each side's latest word counts, and a status never says more than is known.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from claimwire.claims import Evidence, Proposition, own_voice
from claimwire.rules import rule
from claimwire.sides import party
from claimwire.statements import AGAINST, REPORTS, UNNAMED, Relation


class Status(StrEnum):
    """Where a claim stands."""

    RETRACTED = "retracted"
    CONTESTED = "contested"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    DISPUTED = "disputed"
    CORROBORATED = "corroborated"
    UNVERIFIED = "unverified"


DECISIVE = AGAINST | {
    Relation.ASSERTS,
    Relation.REPEATS,
    Relation.CONFIRMS,
    Relation.CORROBORATES,
    Relation.RETRACTS,
}
"""Relations that replace what a side said before. "Partly" and a declined comment leave it in force."""

FINDS_OUT = rule(
    r"\b(?:courts?|judges?|jury|tribunal|magistrates?|coroner|autopsy|post-mortem|inspectors?|monitors?|auditors?"
    r"|investigators?|inquiry|commission of inquiry|fact[- ]?check\w*|forensic|laborator(?:y|ies)|DNA|satellite images?"
    r"|footage|election commission|census|peacekeepers?|observer mission)\b",
    re.I,
    finds="the city's coroner",
    passes="the city's mayor",
)
"""Names of speakers that show how they know: as judges, inspectors, testers or counters."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What follows from the latest word of each side.

    Attributes
    ----------
    taken_back
        Sides that took back their own claim.
    admitted
        Sides concerned, or authorities, that say that it is so.
    ruled_out
        The outlet, or independent authorities, that found that it is not so.
    rejected
        Anybody else who says that it is not so.
    seconded
        Independent sources that say the same from their own knowledge.
    """

    taken_back: frozenset[str] = frozenset()
    admitted: frozenset[str] = frozenset()
    ruled_out: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    seconded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status.

    Attributes
    ----------
    when
        What brings it about.
    concludes
        What it lets one conclude, in a sentence.
    rests_on
        The sides whose words bring it about; it holds if there are any.
    examples
        What brings it about in three kinds of news: of a war, of business, of politics.
    """

    status: Status
    when: str
    concludes: str
    rests_on: Callable[[Findings], frozenset[str]]
    examples: tuple[str, str, str]


def _both(found: Findings) -> frozenset[str]:
    return found.admitted | found.ruled_out if found.admitted and found.ruled_out else frozenset()


STATUSES: tuple[StatusRow, ...] = (
    StatusRow(
        Status.RETRACTED,
        "the claimant's side takes it back, or its items are killed",
        "Nobody maintains the claim any more; it may still have been right.",
        lambda found: found.taken_back,
        (
            "The brigade that reported a bridge destroyed says that its report was an error.",
            "A newspaper withdraws its report that two banks are in merger talks.",
            "A senator says that he misspoke about a secret vote.",
        ),
    ),
    StatusRow(
        Status.CONTESTED,
        "somebody concerned confirms it, and the outlet or an independent authority finds that it is not so",
        "Two weighty sources contradict each other; look at both.",
        _both,
        (
            "The garrison concedes that the village fell; monitors who were there found it held.",
            "The company confirms the recall; the inspectors found no such batch.",
            "The minister admits the payment; the auditors found that none was made.",
        ),
    ),
    StatusRow(
        Status.CONFIRMED,
        "somebody concerned says that it is so, against his own interest or after others said it",
        "Whoever should know it, or would rather deny it, says that it is so.",
        lambda found: found.admitted,
        (
            "Kyiv says that its troops have left the town that Moscow claims.",
            "The airline confirms the talks that the press reported.",
            "The White House acknowledges the meeting that it had not announced.",
        ),
    ),
    StatusRow(
        Status.REFUTED,
        "the outlet finds that it is not so, or an independent authority that says how it knows",
        "Somebody who looked into it, and is no party to it, found that it is not so.",
        lambda found: found.ruled_out,
        (
            "The newspaper's reporters went to the town and found it in the hands of the other army.",
            "A court finds that the patent was not infringed.",
            "Fact-checkers compared the figures with the census and found them false.",
        ),
    ),
    StatusRow(
        Status.DISPUTED,
        "somebody denies it, or asserts something that excludes it",
        "It is one word against another; the ledger does not say who is right.",
        lambda found: found.rejected,
        (
            "Moscow says that it took the town; Kyiv says that it holds the north of it.",
            "The company calls the report of a takeover untrue.",
            "The candidate denies that he took the money.",
        ),
    ),
    StatusRow(
        Status.CORROBORATED,
        "an independent source says the same from its own knowledge",
        "Two sources that do not depend on each other say so, and neither is a party that would rather deny it.",
        lambda found: found.seconded,
        (
            "A monitoring group counted the same nine assaults.",
            "A supplier reports the same order.",
            "A second eyewitness describes the same scuffle.",
        ),
    ),
    StatusRow(
        Status.UNVERIFIED,
        "nobody but the claimant's side has said it",
        "Somebody says so; nothing more is known.",
        lambda found: frozenset(),
        (
            "An army reports its own advance.",
            "The market hears of a bid.",
            "A spokesman says what was agreed.",
        ),
    ),
)
"""The table of statuses. The first row that rests on somebody's word is the status; if none does, the last."""


def status_of(proposition: Proposition, evidence: Iterable[Evidence]) -> Status:
    """The status of a claim, which depends on its set of evidence and not on the order."""
    return standing_of(proposition, evidence).status


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of a claim, and the number of sides whose words bring it about."""

    status: Status
    sources: int


def standing_of(proposition: Proposition, evidence: Iterable[Evidence]) -> Standing:
    """The status and the number of its sources, by the set of evidence in any order."""
    row, rests_on = row_of(proposition, evidence)
    return Standing(row.status, len(rests_on))


def row_of(proposition: Proposition, evidence: Iterable[Evidence]) -> tuple[StatusRow, frozenset[str]]:
    """The row of the table that holds for a claim, and the sides whose words bring it about."""
    findings = weigh(proposition, evidence)
    for row in STATUSES:
        rests_on = row.rests_on(findings)
        if rests_on:
            return row, rests_on
    return STATUSES[-1], frozenset({proposition.side})


def weigh(proposition: Proposition, evidence: Iterable[Evidence]) -> Findings:
    """What follows from each side's latest decisive word.

    The claimant of an implied claim has not spoken, so nobody takes an implied claim back. Somebody whose part in the
    matter is unknown can only dispute a claim. Words that an item recalls ("had denied") count less than anything
    that the side has said since.
    """
    evidence = sorted(evidence, key=lambda e: (not e.statement.recalled, e.statement.place_in_stream))
    latest = {_who(e): e for e in evidence if e.relation in DECISIVE}
    tellers = {e.statement.outlet for e in evidence if e.statement.id == e.claim}
    found: dict[str, set[str]] = {name: set() for name in Findings.__slots__}
    for who, e in latest.items():
        kind = _finding(proposition, e, tellers)
        if kind:
            found[kind].add(who)
    return Findings(**{name: frozenset(sides) for name, sides in found.items()})


def _who(e: Evidence) -> str:
    """Whose word it is. People without a name each speak for themselves."""
    side = e.statement.side
    return f"{side}:{e.statement.speaker}" if side in (UNNAMED, REPORTS) else side


def _finding(proposition: Proposition, e: Evidence, tellers: set[str]) -> str:
    """Which finding one side's latest word is; empty if it is none."""
    side, relation = e.statement.side, e.relation
    known = side not in (REPORTS, UNNAMED)
    own = known and party(side) == party(proposition.side)
    if own and not own_voice(e.statement):
        return "taken_back" if relation is Relation.RETRACTS else "rejected" if relation in AGAINST else ""
    if relation in AGAINST:
        independent = not own and party(side) not in map(party, proposition.about)
        finds = own_voice(e.statement) or (independent and FINDS_OUT.search(f"{e.statement.speaker} {side}"))
        return "ruled_out" if finds else "rejected"
    if own:
        return "taken_back" if relation is Relation.RETRACTS else ""
    if relation is Relation.CONFIRMS and known:
        return "admitted"
    same_outlet = own_voice(e.statement) and e.statement.outlet in tellers
    return "seconded" if relation is Relation.CORROBORATES and known and not same_outlet else ""
