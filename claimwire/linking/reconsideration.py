"""Reconsideration: which later decisions a late or withdrawn statement may change."""

from datetime import timedelta

from claimwire.claims import Proposition
from claimwire.linking.candidate_index import StirredTerms
from claimwire.linking.claim_openings import opened_by
from claimwire.linking.decisions import Decision, compared_within
from claimwire.linking.open_claims import OpenClaims
from claimwire.linking.pruning import reach
from claimwire.linking.relations import match
from claimwire.statements import Statement


class Reconsideration:
    """Tracks what is stirred: what in the open claims may have changed since the later statements were decided.

    A decision reads only what `KnownStatements` gives. If nothing of that is stirred, the decision holds. It is safe
    to call too much stirred, but never too little: a decision made again without need comes out the same, and stirs
    nothing more.

    Parameters
    ----------
    claims
        The open claims before the statement at which the change begins.
    window
        How far back a statement answers.
    """

    def __init__(self, claims: OpenClaims, window: timedelta) -> None:
        self._claims = claims
        self._back = reach(window)
        self._ids: set[str] = set()
        self._changed: set[str] = set()
        self._awaited: set[str] = set()
        self._found = StirredTerms()
        self._coded: dict[tuple[str, Proposition], Statement] = {}

    def reaches(self, statement: Statement) -> bool:
        """Whether the statement's decision reads something that may be stirred."""
        return (
            statement.target in self._ids
            or statement.id in self._awaited
            or self._claims.awaited(statement.id) in self._ids
            or self._found.reach(statement, statement.published - self._looks_back(statement))
            or (
                statement.outcome is not None
                and any(match(statement, claim, opener) for (_, claim), opener in self._coded.items())
            )
        )

    def _looks_back(self, statement: Statement) -> timedelta:
        """How far back the statement's decision and candidates search by its words."""
        return self._back if statement.may_answer else compared_within(statement, self._back)

    def stands(self, statement: Statement, decision: Decision) -> None:
        """Note a decision that still holds, after the open claims have taken it.

        A statement is stirred if it replaces a stirred claim, or joins a claim that may now say something else.
        """
        if decision.replaces in self._ids or any(claim in self._changed for claim, _ in decision.joins):
            self._stir(statement)
        elif self._claims.can_be_found(statement.id):
            self._found.stands(statement)

    def changes(self, statement: Statement, decision: Decision) -> None:
        """Note a decision that is new or no longer holds, before the open claims take it."""
        self._changed.add(statement.id)
        self._stir(statement, decision.opens[0] if decision.opens else None)
        for claim_id in (*(claim for claim, _ in decision.joins), decision.replaces):
            claim = self._claims.claim_of(claim_id)
            if claim and claim.id == claim_id:
                self._stir(claim.opener, claim.proposition)
        replaced = self._claims.claim(decision.replaces)
        for evidence in replaced.evidence if replaced else ():
            self._stir(evidence.statement)

    def _stir(self, statement: Statement, proposition: Proposition | None = None) -> None:
        self._ids.add(statement.id)
        if statement.target:
            self._awaited.add(statement.target)
        self._found.stir(statement)
        opened = opened_by(statement)
        for claim in (proposition, opened[0] if opened else None):
            if claim and claim.outcome:
                self._coded[statement.id, claim] = statement
