"""Page: an item's text as the reader of claims sees it, with what it says of its speakers."""

from dataclasses import dataclass
from functools import cached_property

from claimwire.extraction.claims.drafts import Draft
from claimwire.extraction.claims.propositions import sentence_around
from claimwire.extraction.speakers.antecedent_rules import BARE
from claimwire.extraction.speakers.antecedents import Mentioned
from claimwire.extraction.speakers.organisations import Organisations
from claimwire.extraction.speakers.speakers import Speakers
from claimwire.statements import OUTLET, Act, Part, Span


@dataclass(frozen=True)
class Page:
    """An item's sentences in the reader's order, and the outlet, which speaks where nobody is named."""

    headline: str
    body: str
    sentences: tuple[tuple[Part, Span], ...]
    start: int
    """Where the body begins in the joined text."""
    outlet: str
    organisations: Organisations
    speakers: Speakers
    places: frozenset[str]
    """The names of places in it."""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of each sentence."""
        return tuple(sentence_around(self.text(part), span) for part, span in self.sentences)

    def text(self, part: Part) -> str:
        """A part's text."""
        return self.headline if part is Part.HEADLINE else self.body

    def local(self, part: Part, span: Span) -> Span:
        """A span of the joined text, counted from the start of its part."""
        return span[0] - self.shift(part), span[1] - self.shift(part)

    def shift(self, part: Part) -> int:
        """Where a part begins in the joined text."""
        return 0 if part is Part.HEADLINE else self.start

    def told(self, number: int, speaker: str = "", side: str = "") -> Mentioned:
        """The names that the item mentions before a sentence, and who speaks in it ("the company" by its name)."""
        named = side if BARE.fullmatch(speaker) and self.organisations.is_name(side) else speaker
        return Mentioned(named, self.words[:number], self.organisations, self.places)

    def own(self, part: Part, span: Span, act: Act) -> Draft:
        """A draft of the outlet's own words in a sentence."""
        words = self.text(part)[slice(*span)]
        return Draft(part, span, act, words, self.outlet, OUTLET + self.outlet, content=(span,))
