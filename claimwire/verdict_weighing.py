"""Weighing verdicts: whose verdicts count, and which of them hold."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from claimwire.verdicts import Bears, Comments, Maker, MakerKind, Undoes, Verdict

RANK = {MakerKind.MODEL: 1, MakerKind.PERSON: 2}
"""Whose word outranks whose: a person outranks a model, and any verdict outranks the built-in reading."""


@dataclass(frozen=True, slots=True)
class Trusted:
    """Whose verdicts count.

    Attributes
    ----------
    makers
        Kinds of makers ("person"), or single makers ("model:qwen2.5-7b").
    """

    makers: tuple[str, ...] = tuple(MakerKind)

    def counts(self, maker: Maker) -> bool:
        """Whether a maker's verdicts count."""
        return maker.kind in self.makers or f"{maker.kind}:{maker.name}" in self.makers


EVERYBODY = Trusted()


@dataclass(frozen=True, slots=True)
class Rulings:
    """The verdicts on a claim that hold.

    Attributes
    ----------
    statements
        Verdicts on how its statements bear on it, by the id of the statement.
    merged, no_claim, status
        The verdicts that merge the claim, say that it is no claim, and set its status; None where there is no such one.
    """

    statements: Mapping[str, Verdict] = field(default_factory=dict)
    merged: Verdict | None = None
    no_claim: Verdict | None = None
    status: Verdict | None = None


Slot = tuple[str, str]
"""What verdicts on a claim speak of: their kind, and the statement if they are on one. One holds per slot.

Each comment has a slot of its own, by its id.
"""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Verdicts on one claim, weighed against each other.

    Attributes
    ----------
    holding
        The verdicts that hold, by slot.
    undone
        The verdicts that undid others, by the ids of the undone ones.
    """

    holding: Mapping[Slot, Verdict]
    undone: Mapping[str, Verdict]


def slot_of(v: Verdict) -> Slot:
    """The slot of a verdict."""
    match v.says:
        case Bears(statement=statement):
            return v.says.kind, statement
        case Comments():
            return v.says.kind, v.id
        case _:
            return v.says.kind, ""


def weigh(verdicts: Iterable[Verdict]) -> Weighed:
    """Weigh the verdicts on one claim that count. Their order does not matter.

    A verdict holds until a later one by a maker of at least its rank says otherwise, or until its maker or a person
    undoes it. An undoing can itself be undone.
    """
    undone: dict[str, Verdict] = {}
    counted = {v.id: v for v in verdicts}
    holding: dict[Slot, Verdict] = {}
    for v in sorted(counted.values(), key=lambda v: v.moment, reverse=True):
        if v.id in undone:
            continue
        if isinstance(v.says, Undoes):
            earlier = counted.get(v.says.verdict)
            if earlier and _may_undo(v, earlier):
                undone.setdefault(earlier.id, v)
            continue
        slot = slot_of(v)
        if slot not in holding or RANK[v.maker.kind] > RANK[holding[slot].maker.kind]:
            holding[slot] = v
    return Weighed(holding, undone)


def rulings(verdicts: Iterable[Verdict]) -> Rulings:
    """The verdicts that hold, among those on one claim that count. Their order does not matter."""
    holding = weigh(verdicts).holding
    return Rulings(
        {statement: v for (kind, statement), v in holding.items() if kind == "statement"},
        *(holding.get((kind, "")) for kind in ("merge", "no_claim", "status")),
    )


def _may_undo(undoing: Verdict, earlier: Verdict) -> bool:
    """Whether the undoing verdict is later, and its maker is the same or a person."""
    ranks = undoing.maker == earlier.maker or undoing.maker.kind is MakerKind.PERSON
    return ranks and undoing.moment > earlier.moment
