"""The ledger in memory. It takes the same steps as the stream, one after another."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from claimwire.claim_state import ClaimState
from claimwire.claims import ClaimChange, EvidenceChange, by_claim
from claimwire.extraction.pipeline import extract
from claimwire.items import Item
from claimwire.judging import judge
from claimwire.linking import WINDOW, SubjectLinks
from claimwire.snapshots import snapshot
from claimwire.statements import Statement
from claimwire.status_events import StatusChanged
from claimwire.track_records import remark
from claimwire.verdict_weighing import EVERYBODY, Trusted
from claimwire.verdicts import Verdict
from claimwire.versions import Known, SubjectChange, revise


class Ledger:
    """All claims with their evidence and status, kept up to date item by item.

    Parameters
    ----------
    window
        Time between publications within which a statement can answer a claim.
    trusted
        Whose verdicts count.
    """

    def __init__(self, window: timedelta = WINDOW, trusted: Trusted = EVERYBODY) -> None:
        self._window = window
        self._trusted = trusted
        self._known: dict[str, Known] = {}
        self._subjects: dict[str, SubjectLinks] = {}
        self._claims: dict[str, ClaimState] = {}
        self._remarks: dict[tuple[str, str], Statement | None] = {}

    def add(self, item: Item, statements: Sequence[Statement] | None = None) -> list[StatusChanged]:
        """Add an item version and return the status changes that follow.

        Parameters
        ----------
        statements
            Its statements, if they have been extracted before.
        """
        made = extract(item) if statements is None else statements
        self._known[item.uri], changes = revise(self._known.get(item.uri), item, made)
        return [event for change in changes for event in self._link(change)]

    def rule(self, verdict: Verdict) -> list[StatusChanged]:
        """Add a verdict and return the status changes that follow."""
        return list(self._judge(verdict))

    def claims(self) -> Iterator[dict[str, Any]]:
        """The claims, in the order of their ids."""
        for _, state in sorted(self._claims.items()):
            claim = snapshot(state)
            if claim is not None:
                yield claim

    def remarks(self) -> Iterator[dict[str, Any]]:
        """The outlets' own remarks on the sides' track records, in the order of their subjects."""
        for _, statement in sorted(self._remarks.items(), key=lambda kept: kept[0]):
            if statement is not None:
                yield remark(statement)

    def _link(self, change: SubjectChange) -> Iterator[StatusChanged]:
        if change.of_a_record:
            self._remarks |= {(change.subject, id): None for id in change.withdrawn}
            self._remarks |= {(change.subject, s.id): s for s in change.said}
            return
        links = self._subjects.setdefault(change.subject, SubjectLinks(change.subject, self._window))
        for claim in by_claim(link(links, [change])):
            yield from self._judge(claim)

    def _judge(self, change: ClaimChange | Verdict) -> Iterator[StatusChanged]:
        """Judge a change, and the changes that follow in claims merged with its claim by verdicts."""
        waiting: deque[ClaimChange | Verdict] = deque([change])
        while waiting:
            each = waiting.popleft()
            judgement = judge(self._claims.get(each.claim) or ClaimState(id=each.claim, trusted=self._trusted), each)
            self._claims[each.claim] = judgement.state
            waiting.extend(judgement.onward)
            if judgement.event:
                yield judgement.event


def link(links: SubjectLinks, changes: Sequence[SubjectChange]) -> list[EvidenceChange]:
    """Apply the changes of item versions to a subject at once and return the changes in the evidence.

    If several versions change the evidence of other items, the last of them is given as the cause.
    """
    own = {s.id: s for change in changes for s in change.said}
    first = {id: moment for change in changes for id, moment in change.dated.items()}
    gone = [id for change in changes for id in change.withdrawn]
    causes = {id: change.origin for change in changes for id in (*change.withdrawn, *change.dated)}
    changed = links.change((*own.values(), *links.dated(first)), gone)
    last = changes[-1].origin
    return [
        c if c.evidence.statement is own.get(c.statement) else replace(c, due_to=causes.get(c.statement, last))
        for c in changed
    ]
