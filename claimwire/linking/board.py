"""The board of a subject: its claims and their evidence after some of its statements, in order."""

from collections.abc import Iterable
from datetime import datetime

from claimwire.claims import Evidence, Proposition, Relation
from claimwire.linking.decisions import Decision, OpenClaim, proposition_of
from claimwire.linking.relations import match
from claimwire.statements import Act, Statement

Key = tuple[str, str]
"""Claim and statement: there is at most one evidence for the two."""


class Board:
    """Claims as decisions leave them."""

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._claims: dict[str, OpenClaim] = {}
        self._said: dict[str, Statement] = {}

    def apply(self, statement: Statement, decision: Decision) -> None:
        """Let a statement do what was decided."""
        if decision.opens:
            self._open(statement, *decision.opens, replaces=decision.replaces)
        elif statement.act is Act.ASSERTS and statement.subjects[0] == self._subject and not decision.joins:
            self._said[statement.id] = statement
        if decision.joins:
            claim_id, found = decision.joins
            if claim_id in self._said:
                opener = self._said.pop(claim_id)
                self._open(opener, proposition_of(opener, self._subject), Relation.ASSERTS)
            self._claims[claim_id].join(statement, found)

    def _open(self, statement: Statement, proposition: Proposition, relation: Relation, replaces: str = "") -> None:
        claim = OpenClaim.by(statement, proposition, relation)
        self._claims[claim.id] = claim
        if replaces:
            for evidence in self._claims.pop(replaces).evidence:
                found = match(evidence.statement, claim.proposition, statement)
                if found:
                    claim.join(evidence.statement, found)

    def claims_since(self, moment: datetime) -> list[OpenClaim]:
        """Claims of which some evidence was published since then."""
        return [c for c in self._claims.values() if c.latest >= moment]

    def said_since(self, moment: datetime) -> list[Statement]:
        """Assertions since then that opened no claim."""
        return [s for s in self._said.values() if s.published >= moment]

    def evidence(self, claims: Iterable[str] | None = None) -> dict[Key, Evidence]:
        """The evidence of some claims, or of all: of each claim its opening first."""
        wanted = self._claims if claims is None else [c for c in claims if c in self._claims]
        return {(id, e.statement.id): e for id in wanted for e in self._claims[id].evidence}
