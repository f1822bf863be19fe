"""The links of one subject.

They are a pure function of the set of its statements: each, in the order of publication, is decided
against what stands before it. One that arrives in that order costs one decision; one that arrives
late, or is withdrawn, has all that come after it decided again, and only the difference is told.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import timedelta

from claimwire.claims import Evidence, EvidenceChange
from claimwire.linking.board import Board, Key
from claimwire.linking.decisions import Decision, decide
from claimwire.statements import Statement

WINDOW = timedelta(days=45)
"""Distance in publication time within which a statement answers a claim."""


class SubjectLinks:
    """The claims of a subject and their evidence, kept as statements come and go.

    Parameters
    ----------
    subject
        The key at which the statements meet.
    window
        How far back a statement answers.
    """

    def __init__(self, subject: str, window: timedelta = WINDOW) -> None:
        self.subject = subject
        self._window = window
        self._statements: list[Statement] = []
        self._decisions: list[Decision] = []
        self._by_id: dict[str, Statement] = {}
        self._revisions: dict[str, dict[str, int]] = {}
        self._board = Board(subject)

    def restore(self, told: Iterable[tuple[Statement | None, str, dict[str, int]]]) -> None:
        """Take in what was told before.

        Parameters
        ----------
        told
            A statement at the subject (None where it was withdrawn since), its id, and how often
            its part in each claim has changed.
        """
        rows = list(told)
        self._revisions = {id: dict(revisions) for _, id, revisions in rows if revisions}
        self._by_id = {s.id: s for s, _, _ in rows if s}
        self._statements = sorted(self._by_id.values(), key=_place)
        self._relink(0)

    def put(self, statement: Statement) -> list[EvidenceChange]:
        """Add a statement, or replace the one with its id; returns what changes."""
        known = self._by_id.get(statement.id)
        if known == statement:
            return []
        removed = self._remove(known) if known else None
        self._by_id[statement.id] = statement
        at = bisect_left(self._statements, _place(statement), key=_place)
        self._statements.insert(at, statement)
        if removed is None and at == len(self._statements) - 1:
            return self._append(statement)
        return self._rebuild(at if removed is None else min(at, removed))

    def withdraw(self, statement_id: str) -> list[EvidenceChange]:
        """Take a statement away; returns what changes."""
        known = self._by_id.pop(statement_id, None)
        return self._rebuild(self._remove(known)) if known else []

    def part_of(self, statement_id: str) -> list[EvidenceChange]:
        """The evidence that a statement is, as it was last told."""
        return [
            EvidenceChange(evidence=e, subject=self.subject, revision=self._revisions[statement_id][claim])
            for (claim, id), e in self._board.evidence(self.revisions(statement_id)).items()
            if id == statement_id
        ]

    def revisions(self, statement_id: str) -> dict[str, int]:
        """How often the statement's part in each claim has changed."""
        return self._revisions.get(statement_id, {})

    def _remove(self, statement: Statement) -> int:
        position = bisect_left(self._statements, _place(statement), key=_place)
        del self._statements[position]
        return position

    def _append(self, statement: Statement) -> list[EvidenceChange]:
        decision = self._decide(statement, self._board)
        joined = (claim for claim, _ in decision.joins)
        touched = dict.fromkeys(c for c in (statement.id, *joined, decision.replaces) if c)
        before = self._board.evidence(touched)
        self._board.apply(statement, decision)
        self._decisions.append(decision)
        return list(self._difference(before, self._board.evidence(touched)))

    def _rebuild(self, start: int) -> list[EvidenceChange]:
        before = self._board.evidence()
        self._relink(start)
        return list(self._difference(before, self._board.evidence()))

    def _relink(self, start: int) -> None:
        """Decide all statements from ``start`` on again; the decisions before it stand."""
        board = Board(self.subject)
        del self._decisions[start:]
        for statement, decision in zip(self._statements, self._decisions, strict=False):
            board.apply(statement, decision)
        for statement in self._statements[start:]:
            decision = self._decide(statement, board)
            board.apply(statement, decision)
            self._decisions.append(decision)
        self._board = board

    def _decide(self, statement: Statement, board: Board) -> Decision:
        since = statement.published - self._window
        return decide(statement, board, since)

    def _difference(self, old: dict[Key, Evidence], new: dict[Key, Evidence]) -> Iterator[EvidenceChange]:
        """What is new or other than it was, then what is gone."""
        for (claim, id), evidence in new.items():
            if old.get((claim, id)) != evidence:
                yield EvidenceChange(evidence=evidence, subject=self.subject, revision=self._next_revision(claim, id))
        for (claim, id), evidence in old.items():
            if (claim, id) not in new:
                yield EvidenceChange(
                    evidence=evidence,
                    subject=self.subject,
                    revision=self._next_revision(claim, id),
                    live=False,
                    superseded_by=_heir(claim, old, new) if evidence.opens else "",
                )

    def _next_revision(self, claim: str, statement_id: str) -> int:
        revisions = self._revisions.setdefault(statement_id, {})
        revisions[claim] = revisions.get(claim, 0) + 1
        return revisions[claim]


def _place(statement: Statement) -> tuple[object, ...]:
    return statement.place_in_stream


def _heir(claim: str, old: dict[Key, Evidence], new: dict[Key, Evidence]) -> str:
    """The claim under which the evidence of one that is gone goes on; empty if there is none."""
    members = [id for c, id in old if c == claim]
    heirs = {id: c for c, id in new if c != claim}
    return next((heirs[id] for id in members if id in heirs), "")
