"""Readers: what an item tells about words of it that are to be coded."""

import re
from dataclasses import dataclass, field

from claimwire.extraction.outcomes.triggers import Trigger
from claimwire.extraction.text.clauses import is_negated
from claimwire.places import Gazetteer


@dataclass(frozen=True, slots=True)
class ItemContext:
    """What the item tells about the words to be coded.

    Attributes
    ----------
    speaker_side
        Whom "we" and "it" stand for.
    focus
        The place that the item is about: what "the city" means where nothing nearer is named.
    nearest
        The place named last before the words.
    opponents
        Sides whose forces the item speaks of, the one most spoken of first.
    at_war
        Whether the item is about a war.
    attack
        Who means to attack whom, as the item puts it most often.
    answers
        Whether the speaker answers somebody else's words, and so did not do it.
    spoken_of
        The side whose deeds the paragraph has told last before these words.
    ships
        The ships that it names, with their keys.
    """

    gazetteer: Gazetteer
    speaker_side: str = ""
    focus: str = ""
    nearest: str = ""
    opponents: tuple[str, ...] = ()
    at_war: bool = False
    attack: tuple[str, str] = ("", "")
    answers: bool = False
    spoken_of: str = ""
    ships: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase that names an outcome, in the words that are coded.

    Attributes
    ----------
    clause
        The words of its clause before it.
    places
        Places named in the words: start, end, key.
    """

    words: str
    trigger: Trigger
    match: re.Match[str]
    clause: str
    places: list[tuple[int, int, str]]
    reader: ItemContext

    @property
    def negated(self) -> bool:
        """Whether it is said not to be so."""
        return self.trigger.negated or is_negated(self.words, self.match)
