"""Item context: what an item shows about those of its words that are coded."""

import re
from dataclasses import dataclass

from claimwire.extraction.outcomes.triggers import Trigger
from claimwire.extraction.text.clauses import is_negated
from claimwire.places import Gazetteer


@dataclass(frozen=True, slots=True)
class ItemContext:
    """What the item shows about the words to be coded.

    Attributes
    ----------
    speaker_side
        The side meant by "we" and "it".
    focus
        The place that the item is about. "The city" means it if no nearer place is named.
    nearest
        The last place named before the words.
    opponents
        Sides whose forces the item mentions, the most frequent first.
    at_war
        Whether the item is about a war.
    attack
        Who means to attack whom, as the item says most often.
    answers
        Whether the speaker answers somebody else's words, and so did not do it.
    spoken_of
        The last actor in the paragraph before these words.
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
        """Whether the words say that it is not so."""
        return self.trigger.negated or is_negated(self.words, self.match)
