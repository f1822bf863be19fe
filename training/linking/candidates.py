"""The sentences of a stream, and which earlier ones are most like a later one.

Likeness is that of the two sentences, and to a lesser degree that of their items' leads, and of the
earlier sentence with the later item's lead: the item is chosen first, then the sentence. Words weigh
by how rare they are in the news, as in the program.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from claimwire.extraction.text.sentences import sentences
from claimwire.extraction.text.terms import terms, weight
from claimwire.items import Item
from training.linking.judgements import Place

LEAD = 2
"""Sentences of a body that tell what its item is about."""

OF_LEADS = 0.3
"""Weight of the likeness of leads, and of a sentence with a lead, beside that of two sentences."""

SHORTEST = 16
"""Characters of a sentence that can put anything forward."""

Floats = NDArray[np.float64]


class Texts:
    """Texts by their words, to find what is like another."""

    def __init__(self, texts: Iterable[str]) -> None:
        postings: dict[str, list[int]] = defaultdict(list)
        lengths = []
        for n, text in enumerate(texts):
            words = terms(text)
            lengths.append(_length(words))
            for word in words:
                postings[word].append(n)
        self._postings = {word: np.array(rows) for word, rows in postings.items()}
        self._lengths = np.array(lengths)

    def likeness(self, text: str) -> Floats:
        """The cosine of a text with each of these."""
        words = terms(text)
        found = np.zeros(len(self._lengths))
        for word in words:
            found[self._postings.get(word, [])] += weight(word) ** 2
        likeness: Floats = found / np.maximum(self._lengths * _length(words), 1e-9)
        return likeness


def _length(words: Sequence[str]) -> float:
    return float(np.sqrt(sum(weight(word) ** 2 for word in words)))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a stream: where it stands, the number of its item, and its words."""

    place: Place
    item: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """An earlier sentence, how like its words are, and how like it is with its item."""

    sentence: Sentence
    words: float
    likeness: float


class StreamSentences:
    """All sentences of a stream.

    Parameters
    ----------
    items
        In the order of their publication.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.all = [sentence for n, item in enumerate(items) for sentence in _sentences(n, item)]
        self._item = np.array([sentence.item for sentence in self.all])
        self._published = [item.published for item in items]
        self._leads = [lead(item) for item in items]
        self._texts = Texts(sentence.text for sentence in self.all)
        self._of_leads = Texts(self._leads)

    def earlier(self, later: Sentence, window: timedelta) -> Iterator[Candidate]:
        """The sentences of items before a later one's in the window, the most like first."""
        first = bisect_left(self._published, self._published[later.item] - window)
        since, until = np.searchsorted(self._item, (first, later.item))
        leads = self._of_leads.likeness(self._leads[later.item])[self._item]
        by_lead = self._texts.likeness(self._leads[later.item])
        words = self._texts.likeness(later.text)
        mixed = words + OF_LEADS * (leads + by_lead)
        for n in since + np.argsort(-mixed[since:until], kind="stable"):
            yield Candidate(self.all[n], float(words[n]), float(mixed[n]))


def lead(item: Item) -> str:
    """What tells what an item is about."""
    told = (item.body[s.start : s.end] for s in islice(sentences(item.body), LEAD))
    return " ".join((item.headline, *told))


def _sentences(number: int, item: Item) -> list[Sentence]:
    found = [("headline", 0, len(item.headline))] if item.headline.strip() else []
    found += [("body", s.start, s.end) for s in sentences(item.body) if s.end - s.start >= SHORTEST]
    return [
        Sentence(
            Place(item.uri, part, start, end), number, (item.headline if part == "headline" else item.body)[start:end]
        )
        for part, start, end in found
    ]
