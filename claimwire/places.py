"""Places: find the names in a text and give their keys in the gazetteer."""

import lzma
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from claimwire.place_rules import (
    FIRST_WORD,
    FORENAME,
    IN_TOWN,
    LOCATIVE,
    LONG_WORD,
    NAME,
    NAME_ENDS,
    NO_FORENAME,
    REGION,
    SURNAME,
    THEIR_WAR,
    TITLE,
)
from claimwire.sides import side_of_country, sides_in

DATA = files("claimwire") / "data"

LARGE = 500_000
"""Inhabitants from which a bare name means the city, whatever the item is about."""

MUCH_LARGER = 5
"""How many times larger a namesake abroad must be to be meant all the same ("Geneva" in an American item)."""

CYRILLIC = frozenset({"UA", "RU", "BY"})
"""Countries whose towns each language spells in its own way."""

SPELT = (
    ("szcz", "sc"),
    ("shch", "sc"),
    ("sz", "s"),
    ("sh", "s"),
    ("cz", "c"),
    ("ch", "c"),
    ("w", "v"),
    ("rz", "r"),
    ("zh", "z"),
    ("x", "ks"),
    ("kh", "k"),
)
"""Spellings that differ between languages, each with the one compared."""

SHORTEST_SPELT = 7
LEAST_SOUND = 5
"""The fewest consonants by which another spelling of a name is recognised."""


OF_A_REGION = "-region."
"""Replaces the dot in a town's key to make the key of the region named after it."""

REGION_NAME = " region"
"""Follows a town's name in the name of the region named after it."""

KEPT_NAMES = 1 << 14
"""Names whose places are remembered: news names the same ones over and over."""


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
    if name.isascii():  # as most are; nothing then to take apart
        return name.replace("'", "").replace("`", "")
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʹʼ”`")


def gazetteer_lines(name: str) -> list[str]:
    """The lines of a table of the gazetteer, ``places`` or ``place_names``; the package has them packed."""
    return lzma.decompress((DATA / f"{name}.tsv.xz").read_bytes()).decode().split("\n")


@cache
def _places() -> list[str]:
    return gazetteer_lines("places")


@cache
def _names() -> list[str]:
    return gazetteer_lines("place_names")


@cache
def _place(row: int) -> Place:
    key, name, country, latitude, longitude, population = _places()[row].split("\t")
    return Place(key, name, country, float(latitude), float(longitude), int(population))


@lru_cache(KEPT_NAMES)
def named(name: str) -> tuple[Place, ...]:
    """Places with a name; the one that news means most often comes first."""
    wanted = f"{fold(name)}\t"
    row = bisect_left(_names(), wanted)
    if row == len(_names()) or not _names()[row].startswith(wanted):
        return ()
    return tuple(_place(int(i)) for i in _names()[row].partition("\t")[2].split(","))


@cache
def _areas() -> dict[str, list[tuple[Place, tuple[str, ...]]]]:
    """Waters, battle areas and the like by name, each with the countries of which the item must name one."""
    by_name: dict[str, list[tuple[Place, tuple[str, ...]]]] = {}
    for line in (DATA / "areas.tsv").read_text("utf8").splitlines():
        if line.startswith("#"):
            continue
        key, name, countries, latitude, longitude, others = line.split("\t")
        place = Place(key, name, key.partition(".")[2].upper(), float(latitude), float(longitude), 0)
        needs = () if countries == "-" else tuple(countries.split("|"))
        for each in (name, *filter(None, others.split("|"))):
            by_name.setdefault(fold(each), []).append((place, needs))
    return by_name


@cache
def _not_places() -> frozenset[str]:
    """Words that news writes with a capital and that seldom mean the town of that name."""
    return frozenset((DATA / "not_places.txt").read_text("utf8").split())


def sound(name: str) -> str:
    """The consonants of a name: the same for "Siewierodonieck" and "Sievierodonetsk"."""
    plain = fold(name).casefold()
    for written, meant in SPELT:
        plain = plain.replace(written, meant)
    plain = re.sub(r"[aeiouyjh' -]", "", re.sub(r"ck$", "tsk", plain))
    return re.sub(r"(.)\1+", r"\1", plain)


@cache
def _by_sound() -> dict[str, set[int]]:
    """Rows of the towns of the countries that write in Cyrillic, by the sound of each of their names."""
    towns = {row for row, line in enumerate(_places()) if line.split("\t", 3)[2] in CYRILLIC}
    found: dict[str, set[int]] = {}
    for line in _names():
        name, _, rows = line.partition("\t")
        here = towns.intersection(map(int, rows.split(",")))
        if here and " " not in name and len(key := sound(name)) >= LEAST_SOUND:
            found.setdefault(key, set()).update(here)
    return found


@cache
def _rows() -> dict[str, int]:
    """The row of each key."""
    return {line.partition("\t")[0]: row for row, line in enumerate(_places()) if line}


def place_of(key: str) -> Place | None:
    """The place of a mention's key; None if the gazetteer lacks it."""
    town = town_of(key)
    if town in _rows():
        found = _place(_rows()[town])
        return found if town == key else _region(found)
    return next((place for areas in _areas().values() for place, _ in areas if place.key == key), None)


def name_of(key: str) -> str:
    """The name of the place with that key; made from the key if the gazetteer lacks it."""
    known = place_of(key)
    return known.name if known else key.replace("-", " ").title()


@cache
def _names_in_lower_case() -> str:
    return "\n".join(("", *_names())).casefold()


def place_named(text: str) -> Place | None:
    """The place with this key, or with this name in any case; of several namesakes the most populous."""
    name = " ".join(fold(text).casefold().split())
    known = place_of(text) or next((p for area, [(p, _), *_] in _areas().items() if area.casefold() == name), None)
    if known:
        return known
    town = name.removesuffix(REGION_NAME)
    rows = re.findall(rf"\n{re.escape(town)}\t(.*)", _names_in_lower_case())
    towns = [_place(int(row)) for found in rows for row in found.split(",")]
    most = max(towns, key=lambda place: place.population, default=None)
    return _region(most) if most and town != name else most


def town_of(key: str) -> str:
    """The key of the town after which a region is named; any other key as it is."""
    return key.replace(OF_A_REGION, ".")


def is_region(key: str) -> bool:
    """Whether the key is that of a region named after a town."""
    return OF_A_REGION in key


def place_key(name: str) -> str:
    """Key of what is known to be a place; made from its name if the gazetteer lacks it."""
    known = named(name)
    return known[0].key if known else "-".join(fold(name).casefold().split())


class Gazetteer:
    """The places that one item speaks of.

    A name means the place in a country that the item names, else a large city. Any other name is
    no place, since every common word is a village somewhere.
    """

    def __init__(self, *texts: str) -> None:
        self._sides = {side for text in texts for _, _, side in sides_in(text)}
        self._means: dict[str, Place | None] = {}
        self._cyrillic = any(side_of_country(country) in self._sides for country in CYRILLIC)
        self._area_keys = {place.key for areas in _areas().values() for place, _ in areas}

    def mentions(self, text: str) -> list[Mention]:
        """Places named in the text, in order. Names that stand for a government are left out."""
        sides = {start for start, _, _ in sides_in(text)}
        prose = any(word[0].islower() for word in LONG_WORD.findall(text))

        def is_person(mention: Mention) -> bool:
            after = SURNAME.match(text, mention.end)
            before = TITLE.search(text, max(0, mention.start - 20), mention.start)
            if prose and (before or (after and after.start(1) not in sides)):
                return True
            if mention.place.population == 0 and mention.place.key in self._area_keys:
                return bool(THEIR_WAR.match(text, mention.end))
            named_so = text[mention.start : mention.end]
            if named_so in _not_places():
                return not IN_TOWN.search(text, max(0, mention.start - 8), mention.start)
            if LOCATIVE.search(text, max(0, mention.start - 16), mention.start):
                return False
            by_sound = mention.place.population > 0 and not named(named_so.title() if named_so.isupper() else named_so)
            return by_sound or (mention.place.population < LARGE and _has_forename(text, mention.start))

        return [m for m in self._all(text) if m.start not in sides and not is_person(m)]

    def _all(self, text: str) -> Iterator[Mention]:
        position = 0
        while match := NAME.search(text, position):
            start, words = match.start(), match.group()
            position = start + len(FIRST_WORD.match(words)[0])  # type: ignore[index]
            if not words[0].isupper() or text[start - 1 : start] == "-":
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
        for area, needs in _areas().get(fold(name), ()):
            if not needs or any(side_of_country(country) in self._sides for country in needs):
                return area
        candidates = named(name)
        if not candidates:
            return self._by_sound(name)
        known = candidates[0]
        here = next((p for p in candidates if side_of_country(p.country) in self._sides), None)
        if here and known.population < MUCH_LARGER * max(here.population, 1):
            return here
        return known if known.population >= LARGE else None

    def _by_sound(self, name: str) -> Place | None:
        """The one town with another spelling of the name, in a country that the item names."""
        if not self._cyrillic or " " in name or len(name) < SHORTEST_SPELT:
            return None
        towns = [_place(row) for row in _by_sound().get(sound(name), ())]
        here = [town for town in towns if side_of_country(town.country) in self._sides]
        return here[0] if len(here) == 1 else None


def _has_forename(text: str, start: int) -> bool:
    """Whether the name before it makes it a person: "Oliver North"."""
    before = FORENAME.search(text[max(0, start - 24) : start])
    return before is not None and not NO_FORENAME.fullmatch(before[1]) and not sides_in(before[1])


def _region(town: Place) -> Place:
    """The region named after a town."""
    return replace(town, key=town.key.replace(".", OF_A_REGION), name=f"{town.name}{REGION_NAME}", population=0)


def _ends(words: str) -> list[int]:
    """Lengths of the runs of whole words that begin the string, longest first."""
    ends = [m.start() for m in NAME_ENDS.finditer(words)] + [len(words)]
    return sorted(set(ends), reverse=True)
