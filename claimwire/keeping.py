"""Keeping: a statement change taken in at a subject, as what it tells and what is then to be kept.

The rows of one change belong together: a decision that joins a claim is of no use without the one that opens it. Rows
are written one by one, and a crash may come between any two, so what a change writes is first written down as a whole,
in a row of its own: the journal. Who finds one that is not empty writes its rows again, and empties it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from claimwire.claims import EvidenceChange, PartWithdrawn
from claimwire.ledger import link
from claimwire.linking import SubjectLinks
from claimwire.linking.rows import SubjectRow
from claimwire.versions import StatementChange

JOURNAL = ""
"""Id of the journal of a subject, where its rows have those of their statements."""

Rows = Mapping[str, SubjectRow]

Told = list[EvidenceChange | PartWithdrawn]


@dataclass(frozen=True, slots=True)
class Taken:
    """What follows from a statement change.

    Attributes
    ----------
    told
        To whoever weighs the evidence.
    rows
        To be kept once that is told, by statement: all of them or none, or the links could not go on from them.
    late
        Whether it came later than statements are kept for, so that it may have missed what it bears on.
    """

    told: Told = field(default_factory=list)
    rows: dict[str, SubjectRow] = field(default_factory=dict)
    late: bool = False


def take(links: SubjectLinks, change: StatementChange, row: SubjectRow | None) -> Taken:
    """Let a subject take a statement change in.

    An older change than the one known is an echo, and gives nothing. The known one again gives what was
    told of the statement before: whether it was told is never read off whether it is kept.

    Parameters
    ----------
    links
        As restored from the rows that hold a statement.
    row
        The one kept of the statement so far.
    """
    if row and row.order > change.order:
        return Taken()
    if row and row.order == change.order and (row.pruned or row.statement == change.statement):
        return Taken([*links.part_of(change.id)])
    if row and row.statement is None:
        links.recall(change.id, row)
    published = change.statement.published if change.statement else links.published(change.id)
    pruned, old = row is not None and row.pruned, links.is_past(published)
    late = pruned or links.is_late(published)
    if row and row.pruned and change.statement and old:
        return Taken(rows={change.id: replace(row, order=change.order)}, late=True)
    told: Told = [*link(links, change)]
    if change.statement is None or not old:
        told += (
            PartWithdrawn(
                claim=claim, statement=change.id, subject=links.subject, revision=revision, due_to=change.origin
            )
            for claim, revision in links.part_with(change.id)
        )
    rows = links.rows()
    if change.statement is None:
        rows[change.id] = SubjectRow(order=change.order, revisions=links.forget(change.id))
    return Taken(told, rows, late)


def saves(rows: Rows) -> Iterator[Mapping[str, SubjectRow | Rows]]:
    """What to write, by id: each of these only once the one before it is safe; their parts in any order."""
    if len(rows) > 1:
        yield {JOURNAL: rows}
    yield from finishing(rows)


def finishing(journal: Rows) -> Iterator[Mapping[str, SubjectRow | Rows]]:
    """What is left to be written where a journal is found, in the same way."""
    yield journal
    if len(journal) > 1:
        yield {JOURNAL: {}}
