"""Candidates: the claims that a statement may answer, where linking did not dare to join them or is not sure.

They are for a second opinion and change no decision. Like the decisions, they depend only on what comes before the
statement at its subject.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from claimwire.extraction.text.terms import bag
from claimwire.linking import pair_model
from claimwire.linking.decisions import Decision, KnownStatements, OpenClaim
from claimwire.linking.relations import Match, answer
from claimwire.statements import Relation, Statement
from claimwire.verdicts import CarriedStatement

MOST = 3
"""The most candidates of a statement, over all of its subjects."""

LOOKED_AT = 12
"""How many statements of open claims are compared with one, those with its rarest word first. More add nothing."""

SURE_BY = 0.15
"""A join by likeness is sure from this far above its bar."""

SURE_EVENT = 0.75
"""A join by a coded event is sure from this score: the two share a place or an actor, and one thing more."""

ABOUT = 0.3
"""How much it weighs what the two items are about, beside the words of the statements."""

WORTH_ASKING = 0.01
"""The least likelihood of a candidate whose statement answers nobody in the view of the reader. Half of it would bring
a tenth more of the answers across items, for half as many questions more."""

NEAR = 250
"""An answer is mostly within this many characters of the words of its item that it answers."""

NOT_JOINED = 1.0
"""The bar for pairs that no likeness joins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Where a statement stands: its whole sentence, and the beginnings of its item's headline and body.

    A quote alone may lack who says it, and even that it is denied.
    """

    sentence: str
    headline: str
    lead: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A statement and a claim that it may answer.

    Attributes
    ----------
    id
        Computed from the content.
    claim
        Id of the claim.
    text, claimant
        What the claim says, and who put it forward.
    opening, answering
        The statement that opened the claim, and the one that may answer it.
    opening_in, answering_in
        Where the two stand.
    relation
        How the statement would bear on the claim, by the reading; None where it would not.
    score
        From 0 to 1: for a join, how sure it was; for others, how likely the statement answers the claim. It ranks them.
    bar
        How sure a join by likeness has to be; 1 where no likeness is enough.
    joined
        Whether linking has joined the two.
    """

    id: str
    claim: str
    text: str
    claimant: str
    opening: CarriedStatement
    answering: CarriedStatement
    opening_in: Surroundings
    answering_in: Surroundings
    relation: Relation | None
    score: float
    bar: float
    joined: bool


def candidates(
    statement: Statement, known: KnownStatements, since: datetime, decision: Decision
) -> tuple[Candidate, ...]:
    """The claims that a statement may answer: first those joined with little confidence, then others by likelihood.

    Parameters
    ----------
    known
        What comes before the statement.
    since
        How far back the statement answers.
    decision
        What linking decided about the statement.
    """
    most = _most(statement, known.subject) if statement.may_answer else 0
    if not most:
        return ()
    joined = [(claim, found) for id, found in decision.joins if (claim := known.claim_of(id))]
    doubtful = [(claim, found) for claim, found in joined if _is_doubtful(statement, claim, found)]
    if joined and not doubtful:
        return ()
    made = [_candidate(statement, claim, found.relation, found.score, joined=True) for claim, found in doubtful[:most]]
    if len(made) < most:
        taken = {statement.id, *dict(decision.joins)}
        others = islice(_not_joined(statement, known, since, taken), most - len(made))
        made += [_candidate(statement, claim, relation, score, joined=False) for claim, relation, score in others]
    return tuple(made)


def _most(statement: Statement, subject: str) -> int:
    """How many candidates this subject may find. No subject knows of the others, so each gets a share."""
    place, subjects = statement.subjects.index(subject), len(statement.subjects)
    return MOST // subjects + (place < MOST % subjects)


def _is_doubtful(statement: Statement, claim: OpenClaim, found: Match) -> bool:
    """Whether a join was made with little confidence. Joins within one item are more often wrong than right."""
    if claim.opener.item == statement.item:
        return True
    if claim.proposition.outcome and statement.outcome:
        return found.score < SURE_EVENT
    return found.score < _bar(statement, claim.opener) + SURE_BY


def _not_joined(
    statement: Statement, known: KnownStatements, since: datetime, taken: set[str]
) -> Iterator[tuple[OpenClaim, Relation | None, float]]:
    """Open claims that the statement does not join, the likeliest first, each with the relation and the likelihood."""
    like = islice((other for other in known.like(statement, since) if known.is_open(other.id)), LOOKED_AT)
    ranked = [(-_likely(statement, other), other.place_in_stream, other) for other in like]
    for minus, _, other in sorted(ranked, key=lambda each: each[:2]):
        if -minus < WORTH_ASKING and not statement.is_answer:
            return
        claim = known.claim_of(other.id)
        if claim and claim.id not in taken:
            taken.add(claim.id)
            found = answer(statement, claim.proposition, other, ())
            yield claim, found.relation if found else statement.relation, -minus


def _likely(statement: Statement, other: Statement) -> float:
    """How likely a statement answers another, 0 to 1, by the reader's chance that it answers anything and by likeness.

    On the development threads the square of the likeness ranked best beside the chance.
    """
    chance = 1.0 if statement.is_answer else statement.answering
    return chance * (_likeness(statement, other) / (1 + 2 * ABOUT)) ** 2


def _likeness(statement: Statement, other: Statement) -> float:
    """How alike two statements are, by their words and by their items, or by their distance in one item."""
    mine, theirs = bag(statement.terms), bag(other.terms)
    words = mine.cosine(theirs)
    if statement.item == other.item:
        return words + ABOUT * (statement.part is other.part and abs(statement.start - other.end) <= NEAR)
    my_item, their_item = bag(statement.context), bag(other.context)
    crossed = (mine.cosine(their_item) + my_item.cosine(theirs)) / 2
    return words + ABOUT * (my_item.cosine(their_item) + crossed)


def _bar(statement: Statement, opener: Statement) -> float:
    """How alike a statement and the opening of a claim must be to be joined."""
    kind = pair_model.kind(statement, opener)
    return pair_model.BARS[kind] if kind else NOT_JOINED


def _candidate(
    statement: Statement, claim: OpenClaim, relation: Relation | None, score: float, *, joined: bool
) -> Candidate:
    opener, text, claimant = claim.opener, claim.proposition.text, claim.proposition.claimant
    told = (text, claimant, *_told_of(opener), *_told_of(statement), relation, joined, round(score, 3))
    return Candidate(
        id=hashlib.blake2b("\0".join(map(str, told)).encode(), digest_size=16).hexdigest(),
        claim=claim.id,
        text=text,
        claimant=claimant,
        opening=CarriedStatement.of(opener),
        answering=CarriedStatement.of(statement),
        opening_in=_surroundings(opener),
        answering_in=_surroundings(statement),
        relation=relation,
        score=round(score, 3),
        bar=_bar(statement, opener),
        joined=joined,
    )


def _surroundings(statement: Statement) -> Surroundings:
    return Surroundings(sentence=statement.sentence, headline=statement.headline, lead=statement.lead)


def _told_of(statement: Statement) -> tuple[object, ...]:
    """The fields of a statement that distinguish one candidate from another."""
    s = statement
    said = s.id, s.order[0], s.start, s.end, s.quote, s.speaker, s.side, s.outlet, s.published.timestamp()
    return *said, s.sentence, s.headline, s.lead
