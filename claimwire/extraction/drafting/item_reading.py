"""What is known about an item while its sentences are read, and the current sentence."""

from dataclasses import dataclass, field

from claimwire.extraction.claims.drafts import Draft
from claimwire.extraction.outcomes.item_context import ItemContext
from claimwire.extraction.speakers.organisations import Organisations
from claimwire.extraction.speakers.speakers import Speakers
from claimwire.extraction.text.sentences import Sentence
from claimwire.items import Item
from claimwire.places import Gazetteer, Mention
from claimwire.statements import Part, Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in its part of the item, with the places that it names."""

    part: Part
    text: str
    sentence: Sentence
    places: list[Mention]

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence.start : self.sentence.end]

    @property
    def span(self) -> Span:
        """Its place in the text."""
        return self.sentence.start, self.sentence.end

    @property
    def is_question(self) -> bool:
        """Whether it asks, so that it asserts nothing."""
        return self.words.endswith("?")

    def towns(self, before: int | None = None) -> list[str]:
        """Keys of the towns named in the sentence, or in its part before an offset."""
        offset = len(self.text) if before is None else before - self.sentence.start
        return [m.place.key for m in self.places if m.place.population and m.start < offset]


@dataclass(slots=True)
class ItemReading:
    """One pass over an item. What was read so far helps with the rest."""

    item: Item
    gazetteer: Gazetteer
    speakers: Speakers
    focus: str
    opponents: tuple[str, ...]
    at_war: bool
    attack: tuple[str, str]
    organisations: Organisations
    most: int
    """The most statements that the item may make."""
    nearest: str = ""
    drafts: list[Draft] = field(default_factory=list)
    paragraph: int = 0
    """How many drafts there were when the paragraph began."""


class TooManyStatements(ValueError):
    """The item makes too many statements; ``count`` is how many were found before reading stopped."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} statements or more")
        self.count = count


def context_of(reading: ItemReading, passage: Passage, side: str, before: int) -> ItemContext:
    """The context for coding words of the passage that begin at an offset."""
    towns = passage.towns(before)[-1:] or passage.towns()[-1:] or [reading.nearest]
    actors = [d.outcome.actor for d in reading.drafts[reading.paragraph :] if d.outcome]
    return ItemContext(
        gazetteer=reading.gazetteer,
        speaker_side=side,
        focus=reading.focus,
        nearest=towns[0],
        opponents=reading.opponents,
        at_war=reading.at_war,
        attack=reading.attack,
        spoken_of=actors[-1] if actors else "",
    )
