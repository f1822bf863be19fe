from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item
from claimwire.publication_order import FAR_BACK, in_order, places_back
from tests.unit.builders import NOON, item, wire

SENTENCE = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."


def published(hours: list[int]) -> list[Item]:
    return [
        item(SENTENCE, uri=f"urn:{n}", versionCreated=(NOON + timedelta(hours=hour)).isoformat())
        for n, hour in enumerate(hours)
    ]


@given(st.lists(st.integers(0, 20), max_size=40))
def test_places_back_are_the_pairs_that_come_the_wrong_way_round(hours: list[int]) -> None:
    moments = [NOON + timedelta(hours=hour) for hour in hours]
    pairs = sum(moments[j] > moments[i] for i in range(len(moments)) for j in range(i))
    assert places_back(moments) == pairs


def test_items_in_the_order_of_their_publication_are_taken_in_as_they_come() -> None:
    assert in_order(wire(*[SENTENCE] * 50)) == list(range(50))


def test_version_that_comes_a_little_late_is_taken_in_where_it_comes() -> None:
    hours = [*range(40), 30, *range(40, 60)]
    assert in_order(published(hours)) == list(range(61))


def test_items_newest_first_are_taken_in_by_publication() -> None:
    number = 4 * FAR_BACK
    assert in_order(published(list(reversed(range(number))))) == list(reversed(range(number)))


def test_shuffled_items_are_taken_in_by_publication() -> None:
    hours = list(range(8 * FAR_BACK))
    Random(1).shuffle(hours)
    assert [hours[place] for place in in_order(published(hours))] == sorted(hours)
