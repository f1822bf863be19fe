"""Decisions: what a statement does to the claims of a subject that stand before it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from claimwire.claims import Evidence, Proposition, Relation
from claimwire.linking.relations import LEAST_SHARED, Match, effective, match
from claimwire.outcomes import OUTCOMES, TERRITORIAL, favoured
from claimwire.statements import REPORTS, Act, Statement


@dataclass(slots=True)
class OpenClaim:
    """A claim of the subject, with the evidence so far, its opening statement first.

    Attributes
    ----------
    latest
        When the last of its evidence was published.
    """

    opener: Statement
    proposition: Proposition
    evidence: list[Evidence]
    latest: datetime

    @classmethod
    def by(cls, opener: Statement, proposition: Proposition, relation: Relation) -> "OpenClaim":
        """The claim that a statement opens, with the relation that it has to it itself."""
        opening = Evidence(claim=opener.id, relation=relation, statement=opener, opens=proposition)
        return cls(opener, proposition, [opening], opener.published)

    @property
    def id(self) -> str:
        """Identifier of the claim: that of its opening statement."""
        return self.opener.id

    def join(self, statement: Statement, found: Match) -> None:
        """Add a statement that bears on the claim."""
        self.evidence.append(Evidence(claim=self.id, relation=found.relation, statement=statement, why=found.why))
        self.latest = max(self.latest, statement.published)


@dataclass(frozen=True, slots=True)
class Decision:
    """What a statement does.

    Attributes
    ----------
    joins
        The claim that it bears on, and how.
    opens
        The claim that it puts forward, with the relation that it has to it: a denial of something
        that nobody has said opens what it denies.
    replaces
        The implied claim that gives way to the one opened.
    """

    joins: tuple[str, Match] | None = None
    opens: tuple[Proposition, Relation] | None = None
    replaces: str = ""


def decide(statement: Statement, subject: str, claims: Iterable[OpenClaim], said: Iterable[Statement]) -> Decision:
    """What the statement does, given what stands before it at the subject.

    Parameters
    ----------
    claims
        Claims in reach, in the order of their opening.
    said
        Assertions in reach that opened no claim. One that is answered is a claim after all.
    """
    best = _best(statement, claims)
    primary = statement.subjects[0] == subject
    if best is None:
        return _without_claim(statement, subject, primary, said)
    claim, found = best
    if _gives_way(claim, statement, found) and primary:
        return Decision(opens=(proposition_of(statement, subject), Relation.ASSERTS), replaces=claim.id)
    against = found.relation in (Relation.CONTRADICTS, Relation.DENIES)
    if against and primary and _changes_things(statement):
        return Decision(joins=(claim.id, found), opens=(proposition_of(statement, subject), Relation.ASSERTS))
    return Decision(joins=(claim.id, found))


def _best(statement: Statement, claims: Iterable[OpenClaim]) -> tuple[OpenClaim, Match] | None:
    """The claim that the statement bears on most surely; of two, the later."""
    found = [(c, m) for c in claims if (m := match(statement, c.proposition, c.opener))]
    return max(found, key=lambda f: (f[1].score, f[0].opener.place_in_stream), default=None)


def _gives_way(claim: OpenClaim, statement: Statement, found: Match) -> bool:
    """Whether the claim was known from answers alone, and this is the claim itself.

    A side that speaks against its own interest answers too, so it is not the one that claims.
    """
    answering = {e.statement.side for e in claim.evidence}
    itself = found.relation in (Relation.REPEATS, Relation.CORROBORATES)
    return claim.proposition.implied and statement.act is Act.ASSERTS and itself and statement.side not in answering


def _changes_things(statement: Statement) -> bool:
    outcome = statement.outcome
    return (
        statement.act is Act.ASSERTS
        and outcome is not None
        and not outcome.negated
        and not OUTCOMES[outcome.code].keeps
    )


def _without_claim(statement: Statement, subject: str, primary: bool, said: Iterable[Statement]) -> Decision:
    if statement.outcome is None:
        answered = _answered(statement, subject, said)
        if answered:
            return answered
    if not primary or statement.act not in (Act.ASSERTS, Act.CONFIRMS, Act.CONCEDES, Act.DENIES):
        return Decision()
    if statement.outcome is not None:
        if statement.act is Act.DENIES:
            return Decision(opens=(_implied(statement, subject), Relation.DENIES))
        if statement.act is Act.CONCEDES or _against_interest(statement):
            return Decision(opens=(_implied(statement, subject), Relation.CONFIRMS))
        return Decision(opens=(proposition_of(statement, subject), Relation.ASSERTS))
    if statement.act is Act.DENIES and len(statement.terms) > LEAST_SHARED:
        return Decision(opens=(_implied(statement, subject), Relation.DENIES))
    return Decision()


def _against_interest(statement: Statement) -> bool:
    outcome = statement.outcome
    loses = statement.side in statement.about and statement.side not in _favours(statement)
    return loses and outcome is not None and outcome.code in TERRITORIAL


def _answered(statement: Statement, subject: str, said: Iterable[Statement]) -> Decision | None:
    """An answer to words that had opened no claim by themselves makes them one."""
    if statement.act is Act.ASSERTS:
        return None
    candidates = (
        OpenClaim.by(s, proposition_of(s, subject), Relation.ASSERTS)
        for s in said
        if s.side != statement.side or statement.act is Act.RETRACTS
    )
    best = _best(statement, candidates)
    return Decision(joins=(best[0].id, best[1])) if best else None


def _favours(statement: Statement) -> tuple[str, ...]:
    return favoured(statement.outcome) if statement.outcome else ()


def proposition_of(statement: Statement, subject: str) -> Proposition:
    """What the statement claims."""
    return Proposition(
        text=statement.proposition,
        claimant=statement.speaker,
        side=statement.side,
        about=statement.about,
        favours=_favours(statement),
        subject=subject,
        outcome=effective(statement),
    )


def _implied(statement: Statement, subject: str) -> Proposition:
    """The claim that is known from its answer alone."""
    return Proposition(
        text=statement.proposition,
        claimant=REPORTS,
        side=REPORTS,
        about=statement.about,
        favours=_favours(statement),
        subject=subject,
        outcome=statement.outcome,
        implied=True,
    )
