"""Subject updates: what an item version changes at a subject, as what it tells and what is then to be kept.

The rows of one change belong together: a decision that joins a claim is of no use without the one that opens it. Rows
are written one by one, and a crash may come between any two, so what a change writes is first written down as a whole,
in rows of its own: the journal. Who finds one that is not empty writes its rows again, and empties it.
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
"""Id of the head of a subject's journal, where its rows have those of their statements: how many pages count."""

PAGE = "page "
"""Begins the ids of the pages of the journal."""

PAGE_ROWS = 200
"""Rows on a page: Kafka takes no record of any size."""

Rows = Mapping[str, SubjectRow]

Told = list[PartChange]

Words = dict[str, tuple[SubjectChange, Statement | None]]
"""What statements have become, None where they are withdrawn, each with the change that says so."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What follows from such changes.

    Attributes
    ----------
    told
        To whoever weighs the evidence.
    rows
        To be kept once that is told, by statement: all of them or none, or the links could not go on from them.
    candidates
        What statements may bear on besides.
    late
        Whether it came later than statements are kept for, so that it may have missed what it bears on.
    """

    told: Told = field(default_factory=list)
    rows: dict[str, SubjectRow] = field(default_factory=dict)
    candidates: tuple[Candidate, ...] = ()
    late: bool = False


def take(links: SubjectLinks, changes: Sequence[SubjectChange], rows: Rows) -> Taken:
    """Let a subject take in at once what item versions change there.

    Of each statement, an older change than the one known is an echo, and gives nothing. The known one again gives what
    was told of the statement before: whether it was told is never read off whether it is kept.

    Parameters
    ----------
    links
        As restored from the rows that hold a statement.
    changes
        One, or several, versions of one item in their order.
    rows
        Those kept so far of the statements in the changes.
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
    """What each statement has become, as first made at the time that a change after it tells of it."""
    words: Words = {}
    for change in changes:
        words |= {s.id: (change, s) for s in change.said} | dict.fromkeys(change.withdrawn, (change, None))
        for id in words.keys() & change.dated.keys():
            said_by, statement = words[id]
            if statement and said_by.order == change.order:
                words[id] = said_by, replace(statement, published=change.dated[id])
    return words


def _of(change: SubjectChange, words: Words, new: Mapping[str, Statement | None], rows: Rows) -> SubjectChange:
    """What of a change is new, and is not said otherwise by a later one."""
    own = {id: statement for id, statement in new.items() if words[id][0] is change}
    withdrawn = tuple(id for id, statement in own.items() if statement is None)
    kept = rows.keys() - words.keys()
    dated = {id: first for id, first in change.dated.items() if id in kept and rows[id].order == change.order}
    return replace(change, said=tuple(s for s in own.values() if s), withdrawn=withdrawn, dated=dated)


def saves(rows: Rows) -> Iterator[Mapping[str, Any]]:
    """What to write, by id: each of these only once the one before it is safe; their parts in any order."""
    ids = list(rows)
    pages = [{id: rows[id] for id in ids[n : n + PAGE_ROWS]} for n in range(0, len(ids), PAGE_ROWS)]
    if len(rows) > 1:
        yield {f"{PAGE}{number}": page for number, page in enumerate(pages)}
        yield {JOURNAL: len(pages)}
    yield from finishing(pages)


def finishing(pages: Sequence[Rows]) -> Iterator[Mapping[str, Any]]:
    """What is left to be written where a journal is found, in the same way."""
    rows = {id: row for page in pages for id, row in page.items()}
    yield rows
    if len(rows) > 1:
        yield {JOURNAL: 0}
        yield {f"{PAGE}{number}": {} for number in range(len(pages))}


def journal(rows: Mapping[str, Any]) -> list[Rows]:
    """The pages that count, among all rows of a subject."""
    return [rows[f"{PAGE}{number}"] for number in range(rows.get(JOURNAL, 0))]


def of_journal(id: str) -> bool:
    """Whether a row is of the journal, and not of a statement."""
    return id == JOURNAL or id.startswith(PAGE)
