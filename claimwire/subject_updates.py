"""Subject updates: from the changes of item versions at a subject, the evidence to send and the rows to keep.

The rows of one change belong together: a decision that joins a claim is of no use without the one that opens it. Rows
are written one by one, and a crash may come between any two. A change is therefore first written as a whole into rows
of its own, the journal. Whoever finds a journal that is not empty writes its rows again and empties it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from claimwire.claims import PartChange, PartWithdrawn
from claimwire.ledger import link
from claimwire.linking import SubjectLinks
from claimwire.linking.candidates import Candidate
from claimwire.linking.subject_rows import SubjectRow
from claimwire.statements import Statement
from claimwire.versions import SubjectChange

JOURNAL = ""
"""Id of the head of a subject's journal, which says how many pages count. Other rows have their statements' ids."""

PAGE = "page "
"""Prefix of the ids of the journal's pages."""

PAGE_ROWS = 200
"""Rows on a page, since Kafka limits the size of records."""

Rows = Mapping[str, SubjectRow]

Told = list[PartChange]

Words = dict[str, tuple[SubjectChange, Statement | None]]
"""Each statement's latest form (None if withdrawn) and the change that made it so."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What follows from changes.

    Attributes
    ----------
    told
        The changes in the evidence, to be sent to the judging step.
    rows
        The rows to keep after sending, by statement. They are kept all or none, or the links could not be restored.
    candidates
        Further pairs of a statement and a claim that it may answer.
    late
        Whether a statement came after its time of keeping, so that its claim or answer may be gone.
    """

    told: Told = field(default_factory=list)
    rows: dict[str, SubjectRow] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    late: bool = False


def take(links: SubjectLinks, changes: Sequence[SubjectChange], rows: Rows) -> Taken:
    """Apply the changes of item versions to a subject at once.

    A change older than the known one of its statement is ignored. The known change again sends what it sent before,
    since a kept row does not prove that its evidence was sent.

    Parameters
    ----------
    links
        As restored from the rows that hold a statement.
    changes
        Of one or several versions of one item, in order.
    rows
        The rows kept so far for the statements in the changes.
    """
    said = _last_words(changes)
    told: Told = []
    stubs: dict[str, SubjectRow] = {}
    new: dict[str, Statement | None] = {}
    parting: list[str] = []
    late = False
    for id, (change, statement) in said.items():
        row = rows.get(id)
        if row and row.order > change.order:
            continue
        if row and row.order == change.order and (row.pruned or row.statement == statement):
            told += links.part_of(id)
            continue
        if row and row.statement is None:
            links.recall(id, row)
        published = statement.published if statement else links.published(id)
        pruned, old = row is not None and row.pruned, links.is_past(published)
        late |= pruned or links.is_late(published)
        if row and row.pruned and statement and old:
            stubs[id] = replace(row, order=change.order)
            continue
        new[id] = statement
        if statement is None or not old:
            parting.append(id)
    told += link(links, [_of(change, said, new, rows) for change in changes])
    for id in parting:
        origin = said[id][0].origin
        told += (
            PartWithdrawn(claim=claim, statement=id, subject=links.subject, revision=revision, due_to=origin)
            for claim, revision in links.part_with(id)
        )
    candidates = tuple(candidate for each in links.candidates().values() for candidate in each)
    kept = links.rows() | stubs
    withdrawn = [id for id, statement in new.items() if statement is None]
    kept |= {id: SubjectRow(order=said[id][0].order, revisions=links.forget(id)) for id in withdrawn}
    return Taken(told, kept, candidates, late)


def _last_words(changes: Sequence[SubjectChange]) -> Words:
    """The latest form of each statement. A later change may correct the time when it was first made."""
    words: Words = {}
    for change in changes:
        words |= {s.id: (change, s) for s in change.said} | dict.fromkeys(change.withdrawn, (change, None))
        for id in words.keys() & change.dated.keys():
            said_by, statement = words[id]
            if statement and said_by.order == change.order:
                words[id] = said_by, replace(statement, published=change.dated[id])
    return words


def _of(change: SubjectChange, words: Words, new: Mapping[str, Statement | None], rows: Rows) -> SubjectChange:
    """The part of a change that is new and that no later change replaces."""
    own = {id: statement for id, statement in new.items() if words[id][0] is change}
    withdrawn = tuple(id for id, statement in own.items() if statement is None)
    kept = rows.keys() - words.keys()
    dated = {id: first for id, first in change.dated.items() if id in kept and rows[id].order == change.order}
    return replace(change, said=tuple(s for s in own.values() if s), withdrawn=withdrawn, dated=dated)


def saves(rows: Rows) -> Iterator[Mapping[str, Any]]:
    """Sets of rows to write, by id. Write each set once the one before is safe; within a set, any order will do."""
    ids = list(rows)
    pages = [{id: rows[id] for id in ids[n : n + PAGE_ROWS]} for n in range(0, len(ids), PAGE_ROWS)]
    if len(rows) > 1:
        yield {f"{PAGE}{number}": page for number, page in enumerate(pages)}
        yield {JOURNAL: len(pages)}
    yield from finishing(pages)


def finishing(pages: Sequence[Rows]) -> Iterator[Mapping[str, Any]]:
    """The sets left to write when a journal is found, in the same way."""
    rows = {id: row for page in pages for id, row in page.items()}
    yield rows
    if len(rows) > 1:
        yield {JOURNAL: 0}
        yield {f"{PAGE}{number}": {} for number in range(len(pages))}


def journal(rows: Mapping[str, Any]) -> list[Rows]:
    """The valid pages of the journal, among all rows of a subject."""
    return [rows[f"{PAGE}{number}"] for number in range(rows.get(JOURNAL, 0))]


def of_journal(id: str) -> bool:
    """Whether a row belongs to the journal rather than to a statement."""
    return id == JOURNAL or id.startswith(PAGE)
