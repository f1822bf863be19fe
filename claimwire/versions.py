"""Versions: what a new version of an item changes at each subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

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
    """

    subject: str
    order: Order
    origin: Origin
    said: tuple[Statement, ...] = ()
    withdrawn: tuple[str, ...] = ()

    @property
    def of_a_record(self) -> bool:
        """Whether it is about an outlet's remarks on a side's record, which are linked to no claim."""
        return self.subject.startswith(RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a uri: its latest version, and the subjects of each of its statements."""

    order: Order
    statements: dict[str, tuple[str, ...]] = field(default_factory=dict)


def revise(known: Known | None, item: Item, statements: Iterable[Statement]) -> tuple[Known, list[SubjectChange]]:
    """Take a version of an item in: the new state of its uri, and what its subjects are told.

    Subjects at which it says something are told before those at which it only withdraws, so that a claim that moves
    finds its next place before it loses its first. An older version than the one known changes nothing; the known one
    again says the same again, so that feeding an item in once more repairs whatever was lost.
    """
    if known is not None and item.order < known.order:
        return known, []
    made = {s.id: s for s in statements}
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
    now = Known(order=item.order, statements={s.id: s.subjects for s in made.values()})
    return now, [change for change in changes if change.said or change.withdrawn]


def _withdrawn(before: dict[str, tuple[str, ...]], made: dict[str, Statement], subject: str) -> Iterator[str]:
    """Statements of the version before that this one no longer makes at a subject."""
    for id, subjects in before.items():
        if subject in subjects and (id not in made or subject not in made[id].subjects):
            yield id
