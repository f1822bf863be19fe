"""The ledger in memory: the same steps as on the stream, one after another."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from claimwire.claims import EvidenceChange
from claimwire.extraction import extract
from claimwire.items import Item
from claimwire.judging import ClaimState, StatusChanged, judge, snapshot
from claimwire.linking import WINDOW, SubjectLinks
from claimwire.records import remark
from claimwire.statements import Statement
from claimwire.versions import Known, StatementChange, revise


class Ledger:
    """All claims with their evidence and status, kept up to date item by item.

    Parameters
    ----------
    window
        Distance in publication time within which a statement answers a claim.
    """

    def __init__(self, window: timedelta = WINDOW) -> None:
        self._window = window
        self._known: dict[str, Known] = {}
        self._subjects: dict[str, SubjectLinks] = {}
        self._claims: dict[str, ClaimState] = {}
        self._remarks: dict[tuple[str, str], Statement | None] = {}

    def add(self, item: Item, statements: Sequence[Statement] | None = None) -> list[StatusChanged]:
        """Take an item version in; returns the status changes that follow.

        Parameters
        ----------
        statements
            What was extracted from it, where that was done before.
        """
        made = extract(item) if statements is None else statements
        self._known[item.uri], changes = revise(self._known.get(item.uri), item, made)
        return [event for change in changes for event in self._link(change)]

    def claims(self) -> Iterator[dict[str, Any]]:
        """The claims, in the order of their ids."""
        for _, state in sorted(self._claims.items()):
            claim = snapshot(state)
            if claim is not None:
                yield claim

    def remarks(self) -> Iterator[dict[str, Any]]:
        """What outlets say in their own voice of the sides' records, in the order of its subjects."""
        for _, statement in sorted(self._remarks.items(), key=lambda kept: kept[0]):
            if statement is not None:
                yield remark(statement)

    def _link(self, change: StatementChange) -> Iterator[StatusChanged]:
        if change.of_a_record:
            self._remarks[change.subject, change.id] = change.statement
            return
        links = self._subjects.setdefault(change.subject, SubjectLinks(change.subject, self._window))
        for evidence in link(links, change):
            event = self._judge(evidence)
            if event:
                yield event

    def _judge(self, change: EvidenceChange) -> StatusChanged | None:
        claim = change.evidence.claim
        judgement = judge(self._claims.get(claim) or ClaimState(id=claim), change)
        self._claims[claim] = judgement.state
        return judgement.event


def link(links: SubjectLinks, change: StatementChange) -> list[EvidenceChange]:
    """Let a subject take a statement change in; returns what changes in the evidence."""
    told = links.put(change.statement) if change.statement else links.withdraw(change.id)
    return [c if c.evidence.statement is change.statement else replace(c, due_to=change.origin) for c in told]
