"""Subjects: the keys at which statements meet, and the names among the words that linking compares.

They follow from the item alone. With knowledge from other items, the ledger would depend on the
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
"""The most subjects of a statement. With more, every item would meet every other."""

MOST_NAMES = 4
"""The most names among them."""

MOST_OF_ITEM = 2
"""The most names from the item that become subjects of words that name nobody."""


def names_in(words: str) -> tuple[str, ...]:
    """Names in some words other than those of sides, as terms, in alphabetical order."""
    for start, end, _ in sides_in(words):
        words = words[:start] + " " * (end - start) + words[end:]
    return names(words)


@lru_cache(maxsize=20_000)
def names_of(side: str) -> tuple[str, ...]:
    """Names of a side that is a person or an organisation; none for a state or an unknown speaker."""
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

    A coded event has one key: its place, else the two parties, else the actor. With a second key it
    would be unclear which earlier claim it restates. An answer also gets the keys of uncoded words.
    Any other proposition has the names in it as keys, the rarest first, then its places and sides.
    If it names nobody, it has the speaker's name and names from headline and lead. If there is
    nothing of all that, its key is its own item.

    Parameters
    ----------
    sides
        Those that the words concern, and the speaker's.
    about
        Names of the item's headline and lead.
    answers
        Whether it answers others.
    """
    event = _of_event(outcome)
    if event and not answers:
        return event
    named_sides = [side for side in sides if side]
    concerned = [f"side:{side}" for side in named_sides if is_state(side)]
    parties = [name for side in named_sides for name in names_of(side)]
    named = names_in(words) or [*parties, *rarest(about, MOST_OF_ITEM)]
    places = [_of_place(m.place.key) for m in gazetteer.mentions(words)]
    states = [f"side:{side}" for _, _, side in sides_in(words)]
    keys = [*(f"name:{name}" for name in rarest(named, MOST_NAMES)), *places, *states, *concerned]
    return tuple(dict.fromkeys([*event, *keys] or [f"item:{uri}"]))[:MOST]


def _of_place(key: str) -> str:
    """The key of a place; a region has the key of the town after which it is named."""
    return f"place:{town_of(key)}"


def _of_event(outcome: Outcome | None) -> tuple[str, ...]:
    """The one key at which a coded event meets related ones, if it has any."""
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
