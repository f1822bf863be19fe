"""Subjects: the keys at which statements meet, and the names among the words that linking compares.

They are computed from the item alone. What another item taught would make the ledger hang on the
order of arrival and on the number of partitions.
"""

from collections.abc import Iterable
from functools import lru_cache

from claimwire.extraction.text.terms import names, rarest
from claimwire.outcomes import OUTCOMES, Field
from claimwire.places import Gazetteer, town_of
from claimwire.sides import is_state, sides_in
from claimwire.statements import MEDIA, OUTLET, REPORTS, UNNAMED, Outcome

MOST = 6
"""Subjects of a statement: more would make every item meet every other."""

MOST_NAMES = 4
"""Names among them."""

MOST_OF_ITEM = 2
"""Names of its item at which words meet others that name nobody themselves."""


def names_in(words: str) -> tuple[str, ...]:
    """Names in some words other than those of sides, as terms, in alphabetical order."""
    for start, end, _ in sides_in(words):
        words = words[:start] + " " * (end - start) + words[end:]
    return names(words)


@lru_cache(maxsize=20_000)
def names_of(side: str) -> tuple[str, ...]:
    """Names that stand for a side that is a person or an organisation; none for a state or for nobody."""
    nobody = side in (UNNAMED, REPORTS) or side.startswith((MEDIA, OUTLET)) or is_state(side)
    return () if nobody else names_in(side)


def subjects(
    uri: str,
    words: str,
    outcome: Outcome | None,
    gazetteer: Gazetteer,
    sides: Iterable[str],
    about: Iterable[str],
    answers: bool = False,
) -> tuple[str, ...]:
    """Subjects of a proposition, its primary one first, at most `MOST`.

    A coded event meets others at one key: its place, the two parties, the actor. At a second one
    nobody would know which earlier claim it restates; but an answer also goes where words of the
    matter stand that no code covers. Whatever else is said meets others at the names in it, the rarest
    first, at its places and at the sides. Words that name nobody meet others at the speaker's name and
    at what their item is about; and where there is nothing of all that, those of their own item.

    Parameters
    ----------
    sides
        Those that the words concern, and whoever speaks.
    about
        Names of the item's headline and lead.
    answers
        Whether somebody answers others by it.
    """
    event = _of_event(outcome)
    if event and not answers:
        return event
    told = [side for side in sides if side]
    concerned = [f"side:{side}" for side in told if is_state(side)]
    parties = [name for side in told for name in names_of(side)]
    named = names_in(words) or [*parties, *rarest(about, MOST_OF_ITEM)]
    places = [_of_place(m.place.key) for m in gazetteer.mentions(words)]
    states = [f"side:{side}" for _, _, side in sides_in(words)]
    keys = [*(f"name:{name}" for name in rarest(named, MOST_NAMES)), *places, *states, *concerned]
    return tuple(dict.fromkeys([*event, *keys] or [f"item:{uri}"]))[:MOST]


def _of_place(key: str) -> str:
    """The key at which a place meets others: a region at the town it is called after."""
    return f"place:{town_of(key)}"


def _of_event(outcome: Outcome | None) -> tuple[str, ...]:
    """The one key at which a coded event meets others that bear on it, if it has any."""
    if outcome is None:
        return ()
    if outcome.place:
        return (_of_place(outcome.place),)
    kind = OUTCOMES[outcome.code]
    if kind.field is Field.INTENTION and outcome.actor and outcome.target:
        return (f"{kind.field}:{'+'.join(sorted((outcome.actor, outcome.target)))}",)
    if kind.field is Field.LOSS and outcome.target:
        return (f"{kind.field}:{outcome.target}",)
    return (f"side:{outcome.actor}",) if kind.two_sided and outcome.actor else ()
