"""Subjects: the keys at which statements meet, and the words that linking compares.

They are computed from the item alone. What another item taught would make the ledger hang on the
order of arrival and on the number of partitions.
"""

import re
from collections.abc import Iterable

from claimwire.outcomes import OUTCOMES, PAIRED, Field
from claimwire.places import Gazetteer
from claimwire.sides import is_person_of_side, is_state, sides_in
from claimwire.statements import Outcome

MOST = 4
"""Subjects of a statement: more would make every item meet every other."""

NAMES = re.compile(r"\b[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*")
POSSESSIVE = re.compile(r"['’]s?$")


class Names:
    """The people and organisations of one item; a full name makes a later surname known."""

    def __init__(self, gazetteer: Gazetteer, *texts: str) -> None:
        self._gazetteer = gazetteer
        found = [m.group() for text in texts for m in NAMES.finditer(text)]
        single = {_bare(name) for name in found if " " not in name}
        self._surnames = {_bare(name) for name in found if " " in name} & single

    def keys(self, words: str) -> list[str]:
        """Places, then people and organisations, then sides in the words, as subjects."""
        places = [f"place:{m.place.key}" for m in self._gazetteer.mentions(words)]
        names = [f"name:{key}" for m in NAMES.finditer(words) if (key := self._key(m.group()))]
        sides = [f"side:{side}" for _, _, side in sides_in(words)]
        return [*places, *names, *sides]

    def _key(self, name: str) -> str:
        surname = _bare(name)
        person = surname in self._surnames or is_person_of_side(surname)
        if person:
            return surname.casefold()
        return POSSESSIVE.sub("", name).casefold() if " " in name and not sides_in(name) else ""


def _bare(name: str) -> str:
    """The last word of a name."""
    return POSSESSIVE.sub("", name.split()[-1])


def subjects(uri: str, words: str, outcome: Outcome | None, names: Names, sides: Iterable[str]) -> tuple[str, ...]:
    """Subjects of a proposition, its primary one first, four at most.

    An event at a place meets others there. Another one, fought out between sides, meets others at
    its actor; and whatever else is said, at the places, names and sides in it. Words that name
    nothing meet only those of their own item.
    """
    concerned = [f"side:{s}" for s in sides if s and is_state(s)]
    if outcome and outcome.place:
        keys = [f"place:{outcome.place}"]
    elif outcome and OUTCOMES[outcome.code].field in PAIRED and outcome.actor and outcome.target:
        pair = "+".join(sorted((outcome.actor, outcome.target)))
        keys = [f"{OUTCOMES[outcome.code].field}:{pair}", *names.keys(words), *concerned]
    elif outcome and OUTCOMES[outcome.code].field is Field.POLICY:
        keys = [f"policy:{outcome.code}:{outcome.actor}", *names.keys(words), *concerned]
    elif outcome and OUTCOMES[outcome.code].field is Field.OFFICE:
        keys = [f"name:{outcome.actor}", *names.keys(words), *concerned]
    elif outcome and OUTCOMES[outcome.code].two_sided:
        keys = [*([f"side:{outcome.actor}"] if outcome.actor else []), *concerned]
    else:
        keys = [*names.keys(words), *concerned]
    return tuple(dict.fromkeys(keys or [f"item:{uri}"]))[:MOST]
