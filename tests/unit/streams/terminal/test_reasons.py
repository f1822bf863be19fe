import re

import pytest

from claimwire.linking import pair_model
from claimwire.outcomes import Bearing
from streams.terminal.reasons import BEARINGS, FEATURES, MOST, in_words
from tests.unit.builders import statement


@pytest.mark.parametrize(
    ("why", "told"),
    [
        ((), ""),
        (
            ("outcome holds excludes captured", "place pokrovsk.ua", "0 days"),
            "“holds” and the claim's “captured” cannot both hold; at the same place, pokrovsk.ua; within a day",
        ),
        (
            ("outcome shot_down agrees shot_down", "actor Russia", "1 days"),
            "“shot down” agrees with the claim's “shot down”; by the same actor, Russia; 1 day apart",
        ),
        (
            ("outcome cut limits raised", "words", "12 days"),
            "“cut” limits the claim's “raised”; in the same words; 12 days apart",
        ),
        (
            ("likeness 0.83 of 0.55", "alike 0.71", "own 1.00"),
            "alike by 0.83, where 0.55 is enough; it went by their words, one side speaks in both",
        ),
        (("it answers the claim in its item",), "it answers the claim in its item"),
        (("the outlet corrects it", "alike 0.91"), "the outlet corrects it; it went by their words"),
    ],
)
def test_reasons_are_told_in_words(why: tuple[str, ...], told: str) -> None:
    assert in_words(why) == told


def test_every_feature_and_every_bearing_has_words() -> None:
    assert set(BEARINGS) == set(Bearing)
    assert set(FEATURES) == set(pair_model.features(statement(), statement()))


def test_a_likeness_is_told_by_its_score_and_bar_and_by_few_of_its_features() -> None:
    found = dict.fromkeys(pair_model.features(statement(), statement()), 0.5)
    told = in_words(pair_model.reasons(found, pair_model.MATTER, 0.55))
    assert re.findall(r"\d\.\d\d", told) == [f"{pair_model.score(found):.2f}", "0.55"]
    assert told.count(", ") <= MOST + 2
