"""Versions: what a new version of an item changes at each subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from claimwire.items import Item, Order, Origin
from claimwire.statements import RECORD, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChange:
    """What an item version says at a subject, and what it no longer says there. A subject takes it in at once.

    Attributes
    ----------
    order
        Of the item version. A lower one than the one known of a statement is an echo of the past.
    origin
        That version.
    said
        The statements that it makes, in the order of its text.
    withdrawn
        Ids of those that an earlier version made.
    dated
        When those were first made that an older version, which came late, has made before, by their ids.
    """

    subject: str
    order: Order
    origin: Origin
    said: tuple[Statement, ...] = ()
    withdrawn: tuple[str, ...] = ()
    dated: dict[str, datetime] = field(default_factory=dict)

    @property
    def of_a_record(self) -> bool:
        """Whether it is about an outlet's remarks on a side's record, which are linked to no claim."""
        return self.subject.startswith(RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a uri: its latest version, and the subjects of each of its statements.

    Attributes
    ----------
    first
        When each statement of any version was first made.
    """

    order: Order
    statements: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: dict[str, datetime] = field(default_factory=dict)


def revise(known: Known | None, item: Item, statements: Iterable[Statement]) -> tuple[Known, list[SubjectChange]]:
    """Take a version of an item in: the new state of its uri, and what its subjects are told.

    Subjects at which it says something are told before those at which it only withdraws, so that a claim that moves
    finds its next place before it loses its first. An older version than the one known changes nothing but since when
    something is said; the known one again says the same again, so that feeding an item in once more repairs whatever
    was lost. A sentence is of the version that first made it: a page that grows for days says each of them once.
    """
    listed = list(statements)
    first = dict(known.first) if known else {}
    for s in listed:
        if not _of_a_record(s):
            first[s.id] = min(s.published, first.get(s.id, s.published))
    if known is not None and item.order < known.order:
        return replace(known, first=first), _dated(known, first, item)
    made = {s.id: replace(s, published=first.get(s.id, s.published)) for s in listed}
    before = known.statements if known else {}
    saying = dict.fromkeys(subject for s in made.values() for subject in s.subjects)
    leaving = dict.fromkeys(subject for subjects in before.values() for subject in subjects)
    changes = (
        SubjectChange(
            subject=subject,
            order=item.order,
            origin=item.origin,
            said=tuple(s for s in made.values() if subject in s.subjects),
            withdrawn=tuple(_withdrawn(before, made, subject)),
        )
        for subject in {**saying, **leaving}
    )
    now = Known(order=item.order, statements={s.id: s.subjects for s in made.values()}, first=first)
    return now, [change for change in changes if change.said or change.withdrawn]


def _of_a_record(statement: Statement) -> bool:
    """Whether it is a remark on a record, whose topic has no place for a change of its date alone."""
    return statement.subjects[:1] != () and statement.subjects[0].startswith(RECORD)


def _dated(known: Known, first: dict[str, datetime], item: Item) -> list[SubjectChange]:
    """What the subjects of the latest version are told of an older one: what of it was said before."""
    earlier = {id: first[id] for id in known.statements if id in first and first[id] != known.first.get(id)}
    subjects = dict.fromkeys(subject for id in earlier for subject in known.statements[id])
    return [
        SubjectChange(
            subject=subject,
            order=known.order,
            origin=item.origin,
            dated={id: moment for id, moment in earlier.items() if subject in known.statements[id]},
        )
        for subject in subjects
    ]


def _withdrawn(before: dict[str, tuple[str, ...]], made: dict[str, Statement], subject: str) -> Iterator[str]:
    """Statements of the version before that this one no longer makes at a subject."""
    for id, subjects in before.items():
        if subject in subjects and (id not in made or subject not in made[id].subjects):
            yield id
