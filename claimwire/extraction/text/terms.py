"""Terms: the words that carry the topic of a text, and how rare each is in the news."""

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from claimwire.rules import rule
from claimwire.word_lists import CALENDAR_NAMES

WORDS_FILE = files("claimwire") / "data" / "words.tsv"
FAMILIES_FILE = files("claimwire") / "data" / "families.tsv"
WORD = rule(r"[^\W\d_]{2,}|\d+", finds="9 tonnes", passes="a - b")
SUFFIX = rule(r"(?:ings?|ed|es|s|ly)$", finds="shelling", passes="shell")
SHORTEST_STEM = 4
COMMON = 1.9
"""Weight below which a word carries no topic: more than one document in seven holds it."""

CALENDAR = rule(
    rf"(?:jan|feb|mar|apr|aug|sep|sept|oct|nov|dec|{CALENDAR_NAMES})",
    re.I,
    finds="sunday",
    passes="sundown",
    where="whole",
)
"""Names of days and months, which name nobody."""

MOST_CONTEXT = 16
"""The most words that show what an item is about."""


@dataclass(frozen=True, slots=True)
class WordCounts:
    """The table of words: their weights, the weight of a word it lacks, and which words are names."""

    weights: dict[str, float]
    rarest: float
    names: frozenset[str]


@cache
def _words() -> WordCounts:
    head, *rows = WORDS_FILE.read_text("utf8").splitlines()
    total = int(head.split("\t")[1])
    columns = [row.split("\t") for row in rows]
    weights = {word: math.log(total / int(n)) for word, n, *_ in columns}
    return WordCounts(weights, math.log(total / 2), frozenset(word for word, _, *name in columns if name))


def weight(term: str) -> float:
    """How rare a term is: the logarithm of one over the share of documents that hold it."""
    words = _words()
    return words.weights.get(term, words.rarest)


def names(text: str) -> tuple[str, ...]:
    """Terms of a text that are names, in alphabetical order.

    The table knows names by the capitals in news. A word that it lacks is a name if the text writes a capital.
    """
    known = _words()
    found = set()
    for word in WORD.findall(text):
        for stem in stems(word):  # usually one; casefold splits some letters, such as "ǰ"
            named = stem in known.names or (stem not in known.weights and word[0].isupper())
            if named and not CALENDAR.fullmatch(stem) and weight(stem) >= COMMON:
                found.add(stem)
    return tuple(sorted(found))


def stems(text: str) -> Iterator[str]:
    """The stems of a text's words, in the order of the text."""
    return map(_stem, WORD.findall(text.casefold()))


@cache
def _families() -> dict[str, str]:
    """The family of each stem, for stems with one meaning. The first family that lists a stem has it."""
    found: dict[str, str] = {}
    for line in FAMILIES_FILE.read_text("utf8").splitlines():
        if not line.startswith("#"):
            family, members = line.split("\t")
            for member in members.split():
                found.setdefault(member, f"~{family}")
    return found


def terms(text: str) -> tuple[str, ...]:
    """The stems of the words that carry the topic of a text, in alphabetical order."""
    return tuple(sorted({stem for stem in stems(text) if weight(stem) >= COMMON}))


def context(texts: Iterable[str]) -> tuple[str, ...]:
    """The rarest words of an item's headline and lead, in alphabetical order, which show what it is about."""
    found = {stem for text in texts for stem in stems(text)}
    return tuple(sorted(rarest(found, MOST_CONTEXT)))


def rarest(found: Iterable[str], most: int) -> list[str]:
    """The rarest terms, the rarest first."""
    return sorted(found, key=lambda term: (-weight(term), term))[:most]


@dataclass(frozen=True, slots=True)
class Bag:
    """Terms without order, and the sum of the squares of their weights.

    Sums over them are exact (`math.fsum`): the order of a set differs between processes, and
    likeness must not depend on it.
    """

    terms: frozenset[str]
    length: float

    def common(self, other: "Bag") -> float:
        """The sum of the squared weights of the terms in both."""
        return math.fsum(weight(term) ** 2 for term in self.terms & other.terms)

    def share_in(self, other: "Bag") -> float:
        """The share of this bag that the other holds, 0 to 1."""
        return self.common(other) / self.length if self.length else 0.0

    def without(self, other: "Bag") -> "Bag":
        """The terms that the other lacks."""
        return bag(tuple(self.terms - other.terms))

    def cosine(self, other: "Bag") -> float:
        """Likeness of two bags, 0 to 1."""
        if not (self.length and other.length):
            return 0.0
        return self.common(other) / math.sqrt(self.length * other.length)


@lru_cache(maxsize=200_000)
def bag(found: tuple[str, ...]) -> Bag:
    """The bag of the terms."""
    return Bag(frozenset(found), math.fsum(weight(term) ** 2 for term in found))


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """The family of a word, or else its stem. Cached, since most words of news are the same few thousand."""
    bare = SUFFIX.sub("", word)
    stem = bare if len(bare) >= SHORTEST_STEM else word
    return _families().get(stem) or _families().get(word) or stem
