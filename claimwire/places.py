"""Places: names in a text to keys of the gazetteer."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from claimwire.sides import side_of_country, sides_in

DATA = files("claimwire") / "data"

LARGE = 500_000
"""A city of so many people is meant by its bare name, whatever the item is about."""

MUCH_LARGER = 5
"""A namesake abroad so many times larger is meant all the same ("Geneva" in an American item)."""

NAME = re.compile(r"[^\W\d_][\w'’-]{0,40}(?:[ -](?:(?:de|of|al|el)[ -])?[^\W\d_][\w'’-]{0,40}){0,3}")

REGION = re.compile(r"(?:['’]s)? (?:region(?:al)?|oblast|province|provincial|district)\b")
SURNAME = re.compile(r" ([A-Z][a-z]+)")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|President|General|Minister|Colonel|Admiral)\.? $")


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer: latitude and longitude in degrees."""

    key: str
    name: str
    country: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named at ``text[start:end]``."""

    start: int
    end: int
    place: Place


def fold(name: str) -> str:
    """The name in plain letters, as the gazetteer writes it."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʹʼ”`")


@cache
def _places() -> list[str]:
    return (DATA / "places.tsv").read_text("utf8").split("\n")


@cache
def _names() -> list[str]:
    return (DATA / "place_names.tsv").read_text("utf8").split("\n")


@cache
def _place(row: int) -> Place:
    key, name, country, latitude, longitude, population = _places()[row].split("\t")
    return Place(key, name, country, float(latitude), float(longitude), int(population))


def named(name: str) -> list[Place]:
    """Places of that name, the one that news most often means first."""
    wanted = f"{fold(name)}\t"
    row = bisect_left(_names(), wanted)
    if row == len(_names()) or not _names()[row].startswith(wanted):
        return []
    return [_place(int(i)) for i in _names()[row].partition("\t")[2].split(",")]


def place_key(name: str) -> str:
    """Key of a place that is known to be one: its own name where no gazetteer holds it."""
    known = named(name)
    return known[0].key if known else "-".join(fold(name).casefold().split())


class Gazetteer:
    """The places that one item speaks of.

    A name means its place in a country that the item names, else a large city; another name is
    taken for no place at all, since every common word is a village somewhere.
    """

    def __init__(self, *texts: str) -> None:
        self._sides = {side for text in texts for _, _, side in sides_in(text)}
        self._means: dict[str, Place | None] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Places named in the text, in order; capitals stand for their governments instead."""
        sides = {start for start, _, _ in sides_in(text)}
        prose = any(word[0].islower() for word in re.findall(r"\w{5,}", text))

        def is_person(mention: Mention) -> bool:
            after = SURNAME.match(text, mention.end)
            before = TITLE.search(text, max(0, mention.start - 20), mention.start)
            return prose and bool(before or (after and after.start(1) not in sides))

        return [m for m in self._all(text) if m.start not in sides and not is_person(m)]

    def _all(self, text: str) -> Iterator[Mention]:
        position = 0
        while match := NAME.search(text, position):
            start, words = match.start(), match.group()
            position = start + len(re.match(r"[\w'’]+", words)[0])  # type: ignore[index]
            if not words[0].isupper():
                continue
            for end in _ends(words):
                found = self._meaning(words[:end])
                if found:
                    region = REGION.match(text, start + end)
                    yield Mention(start, start + end, _region(found) if region else found)
                    position = start + end
                    break

    def _meaning(self, name: str) -> Place | None:
        if name not in self._means:
            self._means[name] = self._choose(name)
        return self._means[name]

    def _choose(self, name: str) -> Place | None:
        name = name.title() if name.isupper() else name
        candidates = named(name)
        if not candidates:
            return None
        known = candidates[0]
        here = next((p for p in candidates if side_of_country(p.country) in self._sides), None)
        if here and known.population < MUCH_LARGER * max(here.population, 1):
            return here
        return known if known.population >= LARGE else None


def _region(town: Place) -> Place:
    """The region called after a town."""
    return replace(town, key=town.key.replace(".", "-region."), name=f"{town.name} region", population=0)


def _ends(words: str) -> list[int]:
    """Lengths of the runs of whole words that begin the string, longest first."""
    ends = [m.start() for m in re.finditer(r"[ -]|['’]s?$|['’]s(?= )", words)] + [len(words)]
    return sorted(set(ends), reverse=True)
