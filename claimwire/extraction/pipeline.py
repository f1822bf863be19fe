"""The pipeline: from an item version to its statements, by the steps in the folders here."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from claimwire.claim_detection.decoding import Found
from claimwire.claim_detection.features import Floats
from claimwire.claim_detection.reader import load
from claimwire.extraction import tagger
from claimwire.extraction.attribution.attributions import Tagged, attributions, tag
from claimwire.extraction.attribution.headlines import put_right
from claimwire.extraction.claims.drafts import Draft, complete_headline, statements
from claimwire.extraction.claims.findings import Page, put
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
from claimwire.places import Gazetteer
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
    reading = ItemReading(
        item=item,
        gazetteer=gazetteer,
        speakers=Speakers(gazetteer, headline, body),
        focus=_focus(gazetteer, headline, body),
        opponents=warring_sides(f"{headline}\n{body}"),
        at_war=is_of_war(f"{headline}\n{body}"),
        attack=usual_attack(f"{headline}\n{body}"),
        organisations=Organisations(body),
        most=most,
    )
    read_part(reading, Part.HEADLINE, headline, list(put_right(item.headline, of_headline)))
    read_part(reading, Part.BODY, body, of_body)
    page = _page(item, headline, body, tagged, reading.organisations)
    return Drafted(page, tagged.read, list(complete_headline(reading.drafts)))


def _page(item: Item, headline: str, body: str, tagged: Tagged, organisations: Organisations) -> Page:
    """The item's sentences in the reader's order."""
    of_headline = ((Part.HEADLINE, (s.start, s.end)) for s in sentences(headline))
    of_body = ((Part.BODY, (s.start, s.end)) for s in sentences(body))
    return Page(headline, body, (*of_headline, *of_body), tagged.start, item.outlet or "the outlet", organisations)


def _focus(gazetteer: Gazetteer, *texts: str) -> str:
    """The town that the item is about: the one named most often, the first of equals."""
    without_dateline = [text[dateline_length(text) :] for text in texts]
    named = [m.place for text in without_dateline for m in gazetteer.mentions(text) if m.place.population]
    counts = Counter(p.key for p in named)
    return max(counts, key=lambda key: counts[key], default="")
