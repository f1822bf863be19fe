"""Versions: what a new version of an item changes at each subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from claimwire.items import Item, Order, Origin
from claimwire.statements import RECORD, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectChange:
    """What an item version says at a subject, and what it no longer says there. A subject applies it as one change.

    Attributes
    ----------
    order
        The order of the item version. If a statement has a higher one, this change is old and is ignored for it.
    origin
        The item version.
    said
        The statements that it makes, in the order of its text.
    withdrawn
        Ids of statements that only an earlier version made.
    dated
        When statements were first made, by id, if an older version that came late shows an earlier time.
    """

    subject: str
    order: Order
    origin: Origin
    said: tuple[Statement, ...] = ()
    withdrawn: tuple[str, ...] = ()
    dated: dict[str, datetime] = field(default_factory=dict)

    @property
    def of_a_record(self) -> bool:
        """Whether it concerns outlets' remarks on a side's record, which are linked to no claim."""
        return self.subject.startswith(RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The known state of a uri: its latest version, and the subjects of each of its statements.

    Attributes
    ----------
    first
        When each statement of any version was first made.
    """

    order: Order
    statements: dict[str, tuple[str, ...]] = field(default_factory=dict)
    first: dict[str, datetime] = field(default_factory=dict)


def revise(known: Known | None, item: Item, statements: Iterable[Statement]) -> tuple[Known, list[SubjectChange]]:
    """Take a version of an item and return the new state of its uri and the changes to send to its subjects.

    Subjects at which the version says something come before those at which it only withdraws, so that a claim that
    moves gets its new subject before it loses the old one. A version older than the known one changes only the times
    when statements were first made. The known version sends its changes again, so that ingesting an item once more
    repairs whatever was lost. A sentence has the time of the version that first held it, also on a page that grows.
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
    """Whether it is a remark on a record. Their topic has no field for a change of the date alone."""
    return statement.subjects[:1] != () and statement.subjects[0].startswith(RECORD)


def _dated(known: Known, first: dict[str, datetime], item: Item) -> list[SubjectChange]:
    """The changes that an older version sends to the subjects of the latest one: earlier times of its statements."""
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
    """Statements that only the version before made at a subject."""
    for id, subjects in before.items():
        if subject in subjects and (id not in made or subject not in made[id].subjects):
            yield id
