"""The open claims of a subject, with their evidence, after some of its statements in order."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import TypeVar

from claimwire.claims import Evidence, Proposition
from claimwire.linking.candidate_index import CandidateIndex
from claimwire.linking.claim_openings import opened_by
from claimwire.linking.decisions import Decision, OpenClaim
from claimwire.linking.relations import Match, answer, in_item, match
from claimwire.reasons import ANSWERED_BEFORE
from claimwire.statements import Relation, Statement

T = TypeVar("T")

Key = tuple[str, str]
"""Claim and statement. Each pair has at most one evidence."""

SPEAKS_OF = frozenset({Relation.ASSERTS, Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES, Relation.DENIES})
"""Relations by which a statement speaks of what the claim says. An answer to the statement answers the claim."""

AGREES = frozenset({Relation.ASSERTS, Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES})
"""Relations by which a statement says what the claim says."""


class OpenClaims:
    """Claims as the decisions leave them. `undo` takes the decisions back, the last one first."""

    def __init__(self, subject: str) -> None:
        self.subject = subject
        self._claims: dict[str, OpenClaim] = {}
        self._said: dict[str, Statement] = {}
        self._claim_of: dict[str, str] = {}
        self._awaited: dict[str, str] = {}
        self._ahead: dict[str, tuple[Statement, ...]] = {}
        self._found = CandidateIndex()
        self._done: list[list[Callable[[], object]]] = []

    def apply(self, statement: Statement, decision: Decision) -> None:
        """Apply the decision about a statement."""
        self._done.append([])
        if decision.opens:
            self._open(statement, *decision.opens, replaces=decision.replaces)
        elif not decision.joins and opened_by(statement) and self._may_open(statement):
            self._set(self._said, statement.id, statement)
        for claim_id, found in decision.joins:
            opener = self._drop(self._said, claim_id)
            if opener:
                self._open(opener, *(opened_by(opener) or ()), since=statement.published)
            self._join(self._claims[claim_id], statement, found)
            if found.relation in SPEAKS_OF and statement.id not in self._claim_of:
                self._set(self._claim_of, statement.id, claim_id)
        if statement.target and not (decision.opens or decision.joins or self.can_be_found(statement.target)):
            self._set(self._ahead, statement.target, (*self._ahead.get(statement.target, ()), statement))
        if self.can_be_found(statement.id):
            self._found.add(statement)
            self._done[-1].append(partial(self._found.take_back, statement))

    def undo(self) -> None:
        """Take back what the last decision did."""
        for step in reversed(self._done.pop()):
            step()

    def _set(self, table: dict[str, T], key: str, value: T) -> None:
        before = table.get(key)
        undo = partial(table.pop, key) if before is None else partial(table.__setitem__, key, before)
        self._done[-1].append(undo)
        table[key] = value

    def _drop(self, table: dict[str, T], key: str) -> T | None:
        before = table.pop(key, None)
        if before is not None:
            self._done[-1].append(partial(table.__setitem__, key, before))
        return before

    def _join(self, claim: OpenClaim, statement: Statement, found: Match) -> None:
        self._done[-1].append(partial(claim.part, claim.latest))
        claim.join(statement, found)

    def _may_open(self, statement: Statement) -> bool:
        """Whether this subject may open the statement's claim. A coded event opens only at its first subject."""
        return statement.outcome is None or statement.subjects[0] == self.subject

    def _open(
        self,
        statement: Statement,
        proposition: Proposition,
        relation: Relation,
        *,
        replaces: str = "",
        since: datetime | None = None,
    ) -> None:
        claim = OpenClaim.by(statement, proposition, relation, since)
        self._set(self._claims, claim.id, claim)
        self._set(self._claim_of, statement.id, claim.id)
        if proposition.implied and statement.target:
            self._set(self._awaited, statement.target, claim.id)
        replaced = self._drop(self._claims, replaces)
        for evidence in replaced.evidence if replaced else ():
            self._rejoin(evidence.statement, claim)
        for early in self._ahead.get(statement.id, ()):
            self._rejoin(early, claim)

    def _rejoin(self, statement: Statement, claim: OpenClaim) -> None:
        """Let a statement answer a claim itself, after it answered the implied claim or came before it in its item."""
        pointed = statement.target == claim.opener.id
        found = in_item(statement, claim.proposition) if pointed else None
        if found is None:
            found = match(statement, claim.proposition, claim.opener)
        if found is None and not pointed:
            found = answer(statement, claim.proposition, claim.opener, (ANSWERED_BEFORE,))
        if found:
            self._join(claim, statement, found)
        if self._claim_of.get(statement.id) == claim.id:
            return
        self._drop(self._claim_of, statement.id)
        if found and found.relation in AGREES:
            self._set(self._claim_of, statement.id, claim.id)

    def claims_since(self, moment: datetime) -> list[OpenClaim]:
        """Claims of which some evidence was published since then."""
        return [c for c in self._claims.values() if c.latest >= moment]

    def claim_of(self, statement_id: str) -> OpenClaim | None:
        """The claim that a statement opened, speaks of or would open."""
        claim = self._claims.get(self._claim_of.get(statement_id, ""))
        said = self._said.get(statement_id)
        opened = opened_by(said) if said else None
        return OpenClaim.by(said, *opened) if said and opened else claim

    def claim(self, claim_id: str) -> OpenClaim | None:
        """The open claim with that id."""
        return self._claims.get(claim_id)

    def takes_answers(self, claim_id: str) -> bool:
        """Whether a statement can join that claim: it is open, or an answer would open it."""
        return claim_id in self._claims or claim_id in self._said

    def awaiting(self, statement_id: str) -> OpenClaim | None:
        """The implied claim whose opening answer points at this statement, which comes later in the same item."""
        return self._claims.get(self.awaited(statement_id))

    def awaited(self, statement_id: str) -> str:
        """The id of the claim that `awaiting` looks up, even if it has given way since; empty where there was none."""
        return self._awaited.get(statement_id, "")

    def is_answered_ahead(self, statement_id: str) -> bool:
        """Whether an answer that opens no claim points at this statement, which comes later in the same item."""
        return statement_id in self._ahead

    def is_open(self, statement_id: str) -> bool:
        """Whether a statement puts an open claim forward."""
        return statement_id in self._claim_of

    def can_be_found(self, statement_id: str) -> bool:
        """Whether a statement puts forward something that can be answered."""
        return statement_id in self._said or statement_id in self._claim_of

    def like(self, statement: Statement, since: datetime) -> Iterator[Statement]:
        """Statements that can be answered and share a rare word with this one, each once."""
        return self._found.like(statement, since)

    def evidence(self, claims: Iterable[str] | None = None) -> dict[Key, Evidence]:
        """The evidence of some claims, or of all. Each claim's opening comes first."""
        wanted = self._claims if claims is None else [c for c in claims if c in self._claims]
        return {(id, e.statement.id): e for id in wanted for e in self._claims[id].evidence}
