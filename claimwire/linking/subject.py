"""The links of one subject.

They are a pure function of the set of its statements: each, in the order of publication, is decided
against what stands before it. One that arrives in that order costs one decision. One that arrives
late, or is withdrawn, has the board taken back to its place and what came after it put on again; of
that only what it can have stirred is decided anew (see `stir`), and only the difference is told.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from datetime import timedelta

from claimwire.claims import Evidence, EvidenceChange
from claimwire.linking.board import Board, Key
from claimwire.linking.decisions import Decision, decide
from claimwire.linking.stir import Stir
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
        for statement in sorted(self._by_id.values(), key=_place):
            self._take(statement, self._decide(statement, self._board))

    def put(self, statement: Statement) -> list[EvidenceChange]:
        """Add a statement, or replace the one with its id; returns what changes."""
        known = self._by_id.get(statement.id)
        if known == statement:
            return []
        self._by_id[statement.id] = statement
        if known is None and (not self._statements or _place(self._statements[-1]) < _place(statement)):
            return self._append(statement)
        return self._change(known, statement)

    def withdraw(self, statement_id: str) -> list[EvidenceChange]:
        """Take a statement away; returns what changes."""
        known = self._by_id.pop(statement_id, None)
        return self._change(known, None) if known else []

    def part_of(self, statement_id: str) -> list[EvidenceChange]:
        """The evidence that a statement is, as it was last told."""
        return [
            EvidenceChange(evidence=e, subject=self.subject, revision=self._revisions[statement_id][claim])
            for (claim, id), e in self._board.evidence(self.revisions(statement_id)).items()
            if id == statement_id
        ]

    def evidence(self) -> dict[Key, Evidence]:
        """All evidence of the claims here, by claim and statement."""
        return self._board.evidence()

    def revisions(self, statement_id: str) -> dict[str, int]:
        """How often the statement's part in each claim has changed."""
        return self._revisions.get(statement_id, {})

    def _append(self, statement: Statement) -> list[EvidenceChange]:
        decision = self._decide(statement, self._board)
        joined = (claim for claim, _ in decision.joins)
        touched = dict.fromkeys(c for c in (statement.id, *joined, decision.replaces) if c)
        before = self._board.evidence(touched)
        self._take(statement, decision)
        return list(self._difference(before, self._board.evidence(touched)))

    def _change(self, gone: Statement | None, new: Statement | None) -> list[EvidenceChange]:
        """Put one statement in place of another, either of which may be none."""
        before = self._board.evidence()
        start = bisect_left(self._statements, min(_place(s) for s in (gone, new) if s), key=_place)
        later = list(zip(self._statements[start:], self._decisions[start:], strict=True))
        for _ in later:
            self._board.undo()
        del self._statements[start:]
        del self._decisions[start:]
        self._replay(later, gone, new)
        return list(self._difference(before, self._board.evidence()))

    def _replay(self, later: list[tuple[Statement, Decision]], gone: Statement | None, new: Statement | None) -> None:
        """Go on from the board as it is with what came later; what the change cannot reach is not decided again."""
        stir = Stir(self._board, self._window)
        steps: list[tuple[Statement, Decision | None]] = [*later]
        if new:
            insort(steps, (new, None), key=lambda step: _place(step[0]))
        for statement, old in steps:
            if statement is gone:
                assert old
                stir.changes(statement, old)
                continue
            decision = self._decide(statement, self._board) if old is None or stir.reaches(statement) else old
            changed = [] if decision == old else [d for d in (old, decision) if d]
            for each in changed:
                stir.changes(statement, each)
            self._take(statement, decision)
            if not changed:
                stir.stands(statement, decision)

    def _take(self, statement: Statement, decision: Decision) -> None:
        self._board.apply(statement, decision)
        self._statements.append(statement)
        self._decisions.append(decision)

    def _decide(self, statement: Statement, board: Board) -> Decision:
        since = statement.published - self._window
        return decide(statement, board, since)

    def _difference(self, old: dict[Key, Evidence], new: dict[Key, Evidence]) -> Iterator[EvidenceChange]:
        """What is new or other than it was, then what is gone; claim by claim, in the order of their publication."""
        said = {claim: e.statement for (claim, _), e in (*old.items(), *new.items()) if e.opens}
        changed = [key for key, e in new.items() if old.get(key) is not e and old.get(key) != e]
        gone = [key for key in old if key not in new]
        for claim, id in sorted(changed, key=lambda key: _place(said[key[0]])):
            yield EvidenceChange(evidence=new[claim, id], subject=self.subject, revision=self._next_revision(claim, id))
        for claim, id in sorted(gone, key=lambda key: _place(said[key[0]])):
            yield EvidenceChange(
                evidence=old[claim, id],
                subject=self.subject,
                revision=self._next_revision(claim, id),
                live=False,
                superseded_by=_heir(claim, old, new) if old[claim, id].opens else "",
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
