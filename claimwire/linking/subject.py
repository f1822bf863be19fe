"""The links of one subject.

They are a pure function of the set of its statements. In the order of publication, linking decides each statement
against what comes before it. A statement that arrives in that order costs one decision. A late or withdrawn one takes
the open claims back to its place, and linking applies the later ones again. It decides again only those that the change
may affect (see `reconsideration`), and reports only the difference.

Statements that no statement in time can reach any more leave (see `pruning`). Their claims stay as they were reported.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from claimwire.claims import Evidence, EvidenceChange
from claimwire.linking.candidates import Candidate, candidates
from claimwire.linking.decisions import Decision, decide
from claimwire.linking.open_claims import Key, OpenClaims
from claimwire.linking.pruning import needed, reach
from claimwire.linking.reconsideration import Reconsideration
from claimwire.linking.subject_rows import SubjectRow
from claimwire.linking.successors import heir
from claimwire.statements import Statement

WINDOW = timedelta(days=45)
"""A statement answers a claim that was published at most this long before it."""


class SubjectLinks:
    """The claims of a subject and their evidence, kept as statements come and go.

    Parameters
    ----------
    subject
        The key at which the statements meet.
    window
        How far back a statement answers.
    lateness
        How far behind the newest publication a statement may come and still find all that it bears on; None keeps
        everything.
    """

    def __init__(self, subject: str, window: timedelta = WINDOW, lateness: timedelta | None = None) -> None:
        self.subject = subject
        self._window = window
        self._lateness = lateness
        self._statements: list[Statement] = []
        self._decisions: list[Decision] = []
        self._by_id: dict[str, Statement] = {}
        self._revisions: dict[str, dict[str, int]] = {}
        self._left: dict[str, set[str]] = {}
        self._touched: dict[str, None] = {}
        self._candidates: dict[str, tuple[Candidate, ...]] = {}
        self._old_kept = 0
        self._reached: datetime | None = None
        self._claims = OpenClaims(subject)

    def __len__(self) -> int:
        """The number of its statements."""
        return len(self._statements)

    def restore(self, rows: Mapping[str, SubjectRow]) -> None:
        """Go on from the kept rows, by statement."""
        for id, row in rows.items():
            self.recall(id, row)
        self._by_id = {id: row.statement for id, row in rows.items() if row.statement}
        for statement in sorted(self._by_id.values(), key=_place):
            decision = rows[statement.id].decision
            self._take_again(statement, decision or self._decide(statement, self._claims))

    def recall(self, statement_id: str, row: SubjectRow) -> None:
        """Take up what was reported of a statement but is not known here, or no longer."""
        if row.revisions:
            self._revisions[statement_id] = dict(row.revisions)
        if row.left:
            self._left[statement_id] = set(row.left)

    def forget(self, statement_id: str) -> dict[str, int]:
        """Forget a statement that is gone; returns its revisions, which the caller has to keep."""
        self._by_id.pop(statement_id, None)
        self._left.pop(statement_id, None)
        return self._revisions.pop(statement_id, {})

    def rows(self) -> dict[str, SubjectRow]:
        """The rows to keep of the statements that the last change has touched."""
        return {id: self._row(self._by_id[id]) for id in self._touched if id in self._by_id}

    def reach(self, moment: datetime) -> None:
        """Learn that it is at least this late. Statements with a later date do not make others old."""
        self._reached = max(self._reached or moment, moment)

    def prune(self) -> dict[str, SubjectRow]:
        """Drop what no statement in time can reach, once that is more than half; returns the stubs to keep of it."""
        horizon = self._horizon()
        if horizon is None:
            return {}
        old = bisect_left(self._statements, horizon, key=lambda s: s.published)
        if 2 * (old - self._old_kept) <= len(self._statements):
            return {}
        evidence = self._claims.evidence()
        stay = needed(self._statements, self._decisions, evidence, horizon)
        gone = [s for s in self._statements if s.id not in stay]
        self._old_kept = old - len(gone)
        if 2 * len(gone) <= len(self._statements):
            return {}
        parts = defaultdict(set, {id: set(claims) for id, claims in self._left.items()})
        for claim, id in evidence:
            parts[id].add(claim)
        stubs = {
            s.id: SubjectRow(
                order=s.order, revisions=self.revisions(s.id), left=tuple(sorted(parts[s.id])), pruned=True
            )
            for s in gone
        }
        for id in stubs:
            del self._by_id[id]
            self._revisions.pop(id, None)
            self._left.pop(id, None)
        kept = [step for step in zip(self._statements, self._decisions, strict=True) if step[0].id in stay]
        self._statements, self._decisions, self._claims = [], [], OpenClaims(self.subject)
        for statement, decision in kept:
            self._take_again(statement, decision)
        return stubs

    def is_past(self, published: datetime | None) -> bool:
        """Whether a statement published then is no longer linked."""
        horizon = self._horizon()
        return horizon is not None and published is not None and published < horizon

    def is_late(self, published: datetime | None) -> bool:
        """Whether a statement published then comes too late to surely find all that it bears on."""
        newest = self._newest()
        if self._lateness is None or newest is None or published is None:
            return False
        return published < newest - self._lateness

    def published(self, statement_id: str) -> datetime | None:
        """When a statement was published; None where it is not kept."""
        known = self._by_id.get(statement_id)
        return known.published if known else None

    def dated(self, first: Mapping[str, datetime]) -> list[Statement]:
        """The statements kept here, dated to these moments."""
        return [replace(self._by_id[id], published=moment) for id, moment in first.items() if id in self._by_id]

    def part_with(self, statement_id: str) -> list[tuple[str, int]]:
        """Withdraw a statement from the claims that have left; returns them with the revision of its part in each."""
        here = self._claims.evidence(self._left.get(statement_id, ()))
        gone = [claim for claim in sorted(self._left.pop(statement_id, ())) if (claim, statement_id) not in here]
        return [(claim, self._next_revision(claim, statement_id)) for claim in gone]

    def change(self, said: Iterable[Statement] = (), withdrawn: Iterable[str] = ()) -> list[EvidenceChange]:
        """Take in statements at once, new ones or those that replace the same id, and withdrawals by id.

        Returns only what all of them together change, without the states in between.
        """
        new = [s for s in said if self._by_id.get(s.id) != s]
        self._candidates = {}
        self._touched = dict.fromkeys(s.id for s in new)
        gone = [self._by_id.pop(id) for id in (*(s.id for s in new), *withdrawn) if id in self._by_id]
        self._by_id |= {s.id: s for s in new}
        new.sort(key=_place)
        if new and not gone and (not self._statements or _place(self._statements[-1]) < _place(new[0])):
            return self._append(new)
        return self._change(gone, new) if gone or new else []

    def candidates(self) -> dict[str, tuple[Candidate, ...]]:
        """The claims that statements may answer, by statement, for the statements that the last change decided."""
        return self._candidates

    def part_of(self, statement_id: str) -> list[EvidenceChange]:
        """The evidence that a statement is, as last reported."""
        return [
            EvidenceChange(evidence=e, subject=self.subject, revision=self._revisions[statement_id][claim])
            for (claim, id), e in self._claims.evidence(self.revisions(statement_id)).items()
            if id == statement_id
        ]

    def evidence(self) -> dict[Key, Evidence]:
        """All evidence of the claims here, by claim and statement."""
        return self._claims.evidence()

    def revisions(self, statement_id: str) -> dict[str, int]:
        """How often the statement's part in each claim has changed."""
        return self._revisions.get(statement_id, {})

    def _append(self, new: Iterable[Statement]) -> list[EvidenceChange]:
        before: dict[Key, Evidence] = {}
        touched: dict[str, None] = {}
        for statement in new:
            decision = self._decide(statement, self._claims)
            joined = (claim for claim, _ in decision.joins)
            now = [c for c in (statement.id, *joined, decision.replaces) if c and c not in touched]
            before |= self._claims.evidence(now)
            touched |= dict.fromkeys(now)
            self._consider(statement, decision)
            self._take(statement, decision)
        return list(self._difference(before, self._claims.evidence(touched)))

    def _change(self, gone: Sequence[Statement], new: Sequence[Statement]) -> list[EvidenceChange]:
        """Remove statements, and add others at their places."""
        before = self._claims.evidence()
        start = bisect_left(self._statements, min(_place(s) for s in (*gone, *new)), key=_place)
        later = list(zip(self._statements[start:], self._decisions[start:], strict=True))
        for _ in later:
            self._claims.undo()
        del self._statements[start:]
        del self._decisions[start:]
        self._replay(later, gone, new)
        return list(self._difference(before, self._claims.evidence()))

    def _replay(
        self, later: Iterable[tuple[Statement, Decision]], gone: Sequence[Statement], new: Sequence[Statement]
    ) -> None:
        """Apply the later statements to the open claims, and decide again only what the change can reach."""
        stir = Reconsideration(self._claims, self._window)
        leaving = {s.id for s in gone}
        steps: list[tuple[Statement, Decision | None]] = [*later, *((s, None) for s in new)]
        for statement, old in sorted(steps, key=lambda step: _place(step[0])):
            if old and statement.id in leaving:
                stir.changes(statement, old)
                continue
            anew = old is None or stir.reaches(statement)
            decision = self._decide(statement, self._claims) if anew or old is None else old
            if anew:
                self._consider(statement, decision)
            changed = [] if decision == old else [d for d in (old, decision) if d]
            if changed:
                self._touched[statement.id] = None
            for each in changed:
                stir.changes(statement, each)
            self._take(statement, decision)
            if not changed:
                stir.stands(statement, decision)

    def _row(self, statement: Statement) -> SubjectRow:
        return SubjectRow(
            order=statement.order,
            statement=statement,
            decision=self._decisions[bisect_left(self._statements, _place(statement), key=_place)],
            revisions=dict(self.revisions(statement.id)),
            left=tuple(sorted(self._left.get(statement.id, ()))),
        )

    def _horizon(self) -> datetime | None:
        """The moment before which nothing is linked any more; None where everything is kept."""
        newest = self._newest()
        return newest - reach(self._window) - self._lateness if newest and self._lateness is not None else None

    def _newest(self) -> datetime | None:
        """The newest publication that is not ahead of the clock. A date far ahead must not make all others old."""
        if self._reached is None:
            return self._statements[-1].published if self._statements else None
        past = bisect_right(self._statements, self._reached, key=lambda s: s.published)
        return self._statements[past - 1].published if past else None

    def _take_again(self, statement: Statement, decision: Decision) -> None:
        """Take a statement as it was decided, without the claims that have left."""
        left = {claim for claim, _ in decision.joins if not self._claims.takes_answers(claim)}
        if left:
            self._left.setdefault(statement.id, set()).update(left)
            decision = replace(decision, joins=tuple(join for join in decision.joins if join[0] not in left))
        self._take(statement, decision)

    def _take(self, statement: Statement, decision: Decision) -> None:
        self._claims.apply(statement, decision)
        self._statements.append(statement)
        self._decisions.append(decision)

    def _decide(self, statement: Statement, claims: OpenClaims) -> Decision:
        since = statement.published - self._window
        return decide(statement, claims, since)

    def _consider(self, statement: Statement, decision: Decision) -> None:
        """Find further claims that a statement may answer, before it is taken."""
        if statement.may_answer:
            since = statement.published - self._window
            self._candidates[statement.id] = candidates(statement, self._claims, since, decision)

    def _difference(self, old: dict[Key, Evidence], new: dict[Key, Evidence]) -> Iterator[EvidenceChange]:
        """What is new or changed, then what is gone, claim by claim in the order of publication."""
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
                superseded_by=heir(claim, old, new) if old[claim, id].opens else "",
                still_said=claim == id in self._by_id,
            )

    def _next_revision(self, claim: str, statement_id: str) -> int:
        revisions = self._revisions.setdefault(statement_id, {})
        revisions[claim] = revisions.get(claim, 0) + 1
        self._touched[statement_id] = None
        return revisions[claim]


def _place(statement: Statement) -> tuple[object, ...]:
    return statement.place_in_stream
