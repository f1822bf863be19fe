"""The pipeline: from an item version to its statements, by the steps in the folders here."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from claimwire.claim_detection.decoding import Found
from claimwire.claim_detection.features import Floats
from claimwire.claim_detection.reader import load
from claimwire.extraction import tagger
from claimwire.extraction.attribution.attributions import attributions, tag
from claimwire.extraction.attribution.headlines import put_right
from claimwire.extraction.claims.drafts import Draft, complete_headline, statements
from claimwire.extraction.claims.findings import put
from claimwire.extraction.claims.page import Page
from claimwire.extraction.claims.reader_input import heard
from claimwire.extraction.drafting.item_reading import ItemReading, TooManyStatements
from claimwire.extraction.drafting.sentence_by_sentence import read_part
from claimwire.extraction.outcomes.intentions import usual_attack
from claimwire.extraction.outcomes.war import is_of_war, warring_sides
from claimwire.extraction.speakers.organisations import Organisations
from claimwire.extraction.speakers.speakers import Speakers
from claimwire.extraction.text.casing import prose
from claimwire.extraction.text.sentences import dateline_length, sentences
from claimwire.items import Item
from claimwire.places import Gazetteer, Place
from claimwire.statements import Part, Span, Statement

LEAD = 2
"""Sentences of a body that show what the item is about."""


class Reads(Protocol):
    """A reader of items."""

    def read(self, read: tagger.TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        """Which sentences put forward a claim worth following, and which answer one."""


def extract(item: Item, most: int | None = None, reader: Reads | None = None) -> list[Statement]:
    """The statements of an item version, in the order of its text.

    A version that isn't usable or isn't in English makes none.

    Parameters
    ----------
    most
        The most statements that it may make, repeats included. The time that reading takes depends on their number.
    reader
        Finds which sentences put forward a claim worth following and which answer one; by default the trained reader.

    Raises
    ------
    TooManyStatements
        If it makes more.
    """
    if not item.speaks:
        return []
    most = sys.maxsize if most is None else most
    gazetteer = Gazetteer(prose(item.headline), item.body)
    drafted = draft(item, gazetteer, most)
    page = drafted.page
    found = (reader or load()).read(drafted.read, *drafted.sentences())
    drafts = put(drafted.drafts, found, page)
    if len(drafts) > most:
        raise TooManyStatements(len(drafts))
    lead = page.body[: next((s.end for s in islice(sentences(page.body), LEAD - 1, LEAD)), len(page.body))]
    return statements(item, gazetteer, drafts, page.sentences, page.headline, lead)


@dataclass(frozen=True, slots=True)
class Drafted:
    """An item with the drafts of its statements, before the reader decides which of them matter.

    Attributes
    ----------
    read
        The tagger's reading of headline and body.
    """

    page: Page
    read: tagger.TaggerReading
    drafts: list[Draft]

    def sentences(self) -> tuple[list[Span], int, Floats]:
        """Spans of the sentences in the joined text, how many are the headline's, and the features of their drafts."""
        page = self.page
        spans = [(a + page.shift(part), b + page.shift(part)) for part, (a, b) in page.sentences]
        in_headline = sum(part is Part.HEADLINE for part, _ in page.sentences)
        return spans, in_headline, heard(self.drafts, page)


def draft(item: Item, gazetteer: Gazetteer, most: int) -> Drafted:
    """Draft the statements of a usable item in English.

    Raises
    ------
    TooManyStatements
        If it makes more than `most`.
    """
    headline, body = prose(item.headline), item.body
    tagged = tag(item.headline, body)
    of_headline, of_body = attributions(tagged)
    if len(of_headline) + len(of_body) > most:
        raise TooManyStatements(len(of_headline) + len(of_body))
    texts = [text[dateline_length(text) :] for text in (headline, body)]
    places = [(text[m.start : m.end], m.place) for text in texts for m in gazetteer.mentions(text)]
    reading = ItemReading(
        item=item,
        gazetteer=gazetteer,
        speakers=Speakers(gazetteer, headline, body),
        focus=_focus([place for _, place in places]),
        opponents=warring_sides(f"{headline}\n{body}"),
        at_war=is_of_war(f"{headline}\n{body}"),
        attack=usual_attack(f"{headline}\n{body}"),
        organisations=Organisations(body),
        most=most,
    )
    read_part(reading, Part.HEADLINE, headline, list(put_right(item.headline, of_headline)))
    read_part(reading, Part.BODY, body, of_body)
    page = Page(
        headline=headline,
        body=body,
        sentences=(*_sentences(Part.HEADLINE, headline), *_sentences(Part.BODY, body)),
        start=tagged.start,
        outlet=item.outlet or "the outlet",
        organisations=reading.organisations,
        speakers=reading.speakers,
        places=frozenset(name for name, _ in places),
    )
    return Drafted(page, tagged.read, list(complete_headline(reading.drafts)))


def _sentences(part: Part, text: str) -> Iterator[tuple[Part, Span]]:
    """The sentences of a part, as the reader reads them."""
    return ((part, (s.start, s.end)) for s in sentences(text))


def _focus(places: Sequence[Place]) -> str:
    """The town that the item is about: the one named most often, the first of equals."""
    counts = Counter(place.key for place in places if place.population)
    return max(counts, key=lambda key: counts[key], default="")
