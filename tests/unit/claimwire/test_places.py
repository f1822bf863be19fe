from collections import Counter
from functools import cache

import pytest

from claimwire.places import (
    DATA,
    Gazetteer,
    Place,
    fold,
    gazetteer_lines,
    is_region,
    named,
    place_key,
    place_named,
    place_of,
    sound,
    town_of,
)


@cache
def places() -> list[Place]:
    keys = [line.partition("\t")[0] for line in gazetteer_lines("places")]
    return [place for place in map(place_of, keys) if place]


@cache
def names() -> list[str]:
    return [line.partition("\t")[0] for line in gazetteer_lines("place_names")]


def found(text: str, *context: str) -> list[str]:
    return [m.place.key for m in Gazetteer(text, *context).mentions(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("Krasnoarmeysk", "Pokrovsk"), ("Artemivsk", "Bakhmut"), ("Bakhmut", "BAKHMUT"), ("Kupiansk", "Kupyansk")],
)
def test_two_names_of_a_town_are_one_place(one: str, other: str) -> None:
    assert found(f"fighting in {one}", "Ukraine") == found(f"fighting in {other}", "Ukraine") != []


@pytest.mark.parametrize(
    "text",
    ["Kyiv said so", "the Kremlin said so", "he was reading a book", "a nice sale", "Washington denied it"],
)
def test_common_words_and_governments_are_no_places(text: str) -> None:
    assert found(text, "Ukraine") == []


def test_namesake_in_a_country_of_the_item_is_meant() -> None:
    assert found("fighting near Pokrovsk", "Ukraine") == ["pokrovsk.ua"]


def test_small_town_is_no_place_where_its_country_is_not_named() -> None:
    assert found("a meeting in Siversk") == []


def test_large_city_is_meant_by_its_bare_name() -> None:
    assert found("a fair in Chicago")[0].startswith("chicago")


def test_region_called_after_a_town_is_another_place() -> None:
    town, region = found("drones over Belgorod"), found("drones over Belgorod region")
    assert found("drones over Belgorod", "Russia") != found("drones over Belgorod region", "Russia")
    assert "region" not in "".join(town)
    assert all("region" in key for key in region)


@pytest.mark.parametrize("text", ["Gen. Pokrovsk said so yesterday", "the poet Paris Hilton walked there"])
def test_people_called_like_a_place_are_none(text: str) -> None:
    assert found(text, "Ukraine") == []


def test_mention_stands_where_its_offsets_say() -> None:
    text = "In Pokrovsk's north and in Kupyansk"
    assert [text[m.start : m.end] for m in Gazetteer(text, "Ukraine").mentions(text)] == ["Pokrovsk", "Kupyansk"]


@pytest.mark.parametrize(("name", "plain"), [("Türkiye", "Turkiye"), ("N’Djamena", "NDjamena"), ("Kyiv", "Kyiv")])
def test_names_are_folded_to_plain_letters(name: str, plain: str) -> None:
    assert fold(name) == plain


def test_place_that_no_gazetteer_holds_is_its_own_key() -> None:
    assert named("Stara Vyshnia") == ()
    assert place_key("Stara Vyshnia") == "stara-vyshnia"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Iran attacked near Fish Lake", "fish-lake.iq"),
        ("a ship in the Strait of Hormuz", "strait-of-hormuz"),
        ("a tanker was hit in the Gulf by Iran", "persian-gulf"),
        ("Iranian missiles hit Kharg island", "kharg-island.ir"),
        ("a fleet in the Black Sea", "black-sea"),
        ("Chad and Libya fought in the Aouzou Strip", "aouzou-strip.td"),
    ],
)
def test_seas_and_battle_areas_are_places(text: str, key: str) -> None:
    assert found(text) == [key]


@pytest.mark.parametrize("text", ["the Gulf war with Iran", "Gulf states met Iran", "a hole of golf by a gulf"])
def test_gulf_is_a_place_only_by_itself(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lt Col Oliver North told the Senate",
        "Vladimir Putin left",
        "the Union met the Post on the Summit",
        "Linda Thomas-Greenfield spoke",
        "the Justice department of the Republic",
    ],
)
def test_parts_of_names_and_common_words_are_no_places(text: str) -> None:
    assert found(text, "United States, Russia") == []


def test_common_word_is_a_place_where_a_preposition_makes_it_one() -> None:
    assert found("a factory in Union", "United States")[0].startswith("union")


@pytest.mark.parametrize("name", ["Siewierodonieck", "Sieverodonetsk", "Siverodonetsk"])
def test_town_spelt_otherwise_is_known_by_its_consonants(name: str) -> None:
    assert found(f"fighting near {name}", "Ukraine") == found("fighting near Sievierodonetsk", "Ukraine") != []


def test_name_spelt_otherwise_is_none_without_its_country_or_a_preposition() -> None:
    assert found("fighting near Siewierodonieck", "France") == []
    assert found("Siewierodonieck sang", "Ukraine") == []


def test_names_of_one_sound_are_one() -> None:
    assert len({sound(n) for n in ("Siewierodonieck", "Sievierodonetsk", "Severodonetsk")}) == 1


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("fighting near Pokrovsk", "Ukraine"),
        ("drones over the Belgorod region", "Russia"),
        ("a tanker in the Strait of Hormuz", "Iran"),
        ("troops in the Donbas", "Ukraine"),
    ],
)
def test_key_of_a_mention_leads_back_to_its_place(text: str, context: str) -> None:
    [mention] = Gazetteer(text, context).mentions(text)
    assert place_of(mention.place.key) == mention.place


def test_key_of_a_place_that_no_gazetteer_holds_leads_nowhere() -> None:
    assert place_of("stara-vyshnia") is None


def test_name_means_one_place_of_a_country() -> None:
    several = [name for name in names() if max(Counter(place.country for place in named(name)).values()) > 1]
    assert several == []


MANY_TIMES = 8
MEANT_IN_THE_NEWS = frozenset(
    {"Baroda", "Bijapur", "Chandrapur", "Krasnoarmeysk", "Kuybyshev", "Pokrovsk", "Saint Louis"}
)


def test_own_name_of_a_town_is_no_other_towns_of_its_country() -> None:
    for town in places():
        if "," in town.name or fold(town.name) in MEANT_IN_THE_NEWS:
            continue
        [meant] = [place for place in named(town.name) if place.country == town.country]
        part_of_a_citys = meant.population >= MANY_TIMES * town.population
        assert meant == town or part_of_a_citys or fold(meant.name) == fold(town.name), (town.key, meant.key)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sloviansk", "slovyansk.ua"),
        ("Slovjansk", "slovyansk.ua"),
        ("Stavropol", "stavropol.ru"),
        ("Visakhapatnam", "visakhapatnam.in"),
        ("Sagamihara", "sagamihara.jp"),
        ("Newcastle", "newcastle-upon-tyne.gb"),
        ("Halle", "halle-(saale).de"),
        ("Saint Louis", "st.-louis.us"),
        ("Bombay", "mumbai.in"),
        ("Peking", "beijing.cn"),
        ("Kiev", "kyiv.ua"),
        ("Leningrad", "saint-petersburg.ru"),
        ("Artemivsk", "bakhmut.ua"),
    ],
)
def test_other_name_of_a_town_is_told_from_that_of_its_neighbours(name: str, key: str) -> None:
    assert key in [place.key for place in named(name)]


NEAR = 3.0
"""Degrees to the next town of the country to which an area, or an island, belongs."""


def test_area_lies_in_its_country() -> None:
    areas = (place_of(line.partition("\t")[0]) for line in (DATA / "areas.tsv").read_text("utf8").splitlines())
    for area in filter(None, areas):
        towns = [town for town in places() if town.country == area.country and town.population]
        assert not area.country or any(
            max(abs(town.latitude - area.latitude), abs(town.longitude - area.longitude)) < NEAR for town in towns
        ), area.key


def test_region_is_known_by_the_town_it_is_called_after() -> None:
    [town], [region] = found("floods in Surin", "Thailand"), found("floods in Surin province", "Thailand")
    assert town == town_of(region) == town_of(town) != region
    assert is_region(region)
    assert not any(is_region(place.key) for place in places())


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("pokrovsk.ua", "pokrovsk.ua"),
        (" Pokrovsk ", "pokrovsk.ua"),
        ("KRASNOARMEYSK", "pokrovsk.ua"),
        ("paris", "paris.fr"),
        ("kharkiv region", "kharkiv-region.ua"),
        ("kharkiv-region.ua", "kharkiv-region.ua"),
        ("black sea", "black-sea"),
    ],
)
def test_place_is_known_by_its_key_or_by_a_name_in_any_case(typed: str, key: str) -> None:
    place = place_named(typed)
    assert place
    assert place.key == key


@pytest.mark.parametrize("typed", ["", " ", "region", "Stara Vyshnia", "Pokrovsk\t10174", ".*"])
def test_place_with_no_known_name_is_none(typed: str) -> None:
    assert place_named(typed) is None
