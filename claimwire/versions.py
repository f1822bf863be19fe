"""Versions: what a new version of an item changes in the statements at each subject."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from claimwire.items import Item, Order, Origin
from claimwire.statements import RECORD, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChange:
    """A statement at one of its subjects, or its withdrawal from there.

    Attributes
    ----------
    order
        Of the item version that says so. A lower one than the one known is an echo of the past.
    origin
        That version.
    statement
        None where the version no longer makes the statement.
    """

    subject: str
    id: str
    order: Order
    origin: Origin
    statement: Statement | None = None

    @property
    def of_a_record(self) -> bool:
        """Whether it is an outlet's remark on a side's record, which is linked to no claim."""
        return self.subject.startswith(RECORD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of a uri: its latest version, and the subjects of each of its statements."""

    order: Order
    statements: dict[str, tuple[str, ...]] = field(default_factory=dict)


def revise(known: Known | None, item: Item, statements: Iterable[Statement]) -> tuple[Known, list[StatementChange]]:
    """Take a version of an item in: the new state of its uri, and what its subjects are told.

    The statements are told first, then the withdrawals, so that a claim finds its next assertion
    before it loses its first; the last statement is withdrawn first, so that no sentence of a killed
    item takes over from the one before it. An older version than the one known changes nothing; the known one
    again says the same again, so that feeding an item in once more repairs whatever was lost.
    """
    if known is not None and item.order < known.order:
        return known, []
    made = {s.id: s for s in statements}
    told = [
        StatementChange(subject=subject, id=s.id, order=item.order, origin=item.origin, statement=s)
        for s in made.values()
        for subject in s.subjects
    ]
    before = list(known.statements.items()) if known else []
    withdrawn = [
        StatementChange(subject=subject, id=id, order=item.order, origin=item.origin)
        for id, subjects in reversed(before)
        for subject in subjects
        if id not in made or subject not in made[id].subjects
    ]
    now = Known(order=item.order, statements={s.id: s.subjects for s in made.values()})
    return now, told + withdrawn
