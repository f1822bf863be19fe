import pytest

from claimwire.extraction.outcomes.ships import is_ship, mentions, ships_named
from tests.unit.builders import claims_of, wire

BODY = "The Cypriot tanker Marigold was on its way to the Gulf, and the frigate Sea Holly stood by."


def test_ships_are_named_behind_what_they_are() -> None:
    assert ships_named(BODY) == {"Marigold": "ship-marigold", "Sea Holly": "ship-sea-holly"}


@pytest.mark.parametrize("words", ["The tanker Company of Cyprus", "The ship Was hit", "Tankers in the Gulf", "a ship"])
def test_what_is_no_name_names_no_ship(words: str) -> None:
    assert ships_named(words) == {}


def test_ship_is_found_by_its_name_alone() -> None:
    [(start, end, key)] = mentions("The Marigold was hit.", ships_named(BODY))
    assert ("The Marigold was hit."[start:end], key, is_ship(key)) == ("Marigold", "ship-marigold", True)


def test_the_tanker_is_the_one_that_the_item_names() -> None:
    one = ships_named("The tanker Marigold sailed.")
    assert [key for *_, key in mentions("The tanker was hit.", one)] == ["ship-marigold"]
    assert mentions("Two tankers were hit.", one) == []
    assert mentions("The tanker was hit.", ships_named(BODY)) == []


def test_two_who_tell_that_a_ship_was_hit_tell_one_claim() -> None:
    told = "Shipping sources said an Iranian warship had set the Cypriot tanker Marigold on fire with a missile."
    also = "Lloyds said the Iranian navy fired a missile at the tanker Marigold."
    [claim] = claims_of(wire(told, also))
    assert [(e["relation"], e["side"]) for e in claim["evidence"]] == [
        ("asserts", "unnamed"),
        ("corroborates", "Lloyds"),
    ]
    assert claim["outcome"]["place"] == "ship-marigold"
