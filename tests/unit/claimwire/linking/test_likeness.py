import pytest

from claimwire import Statement
from claimwire.extraction.terms import bag
from claimwire.linking.likeness import LEAST, features, kind, score
from tests.unit.builders import said

CLAIM = "Traders said that Baxter Corp was negotiating to buy the zinc smelter at Port Pirie."


def one(body: str) -> Statement:
    [statement] = said(body)
    return statement


def test_bag_is_wholly_like_itself_and_unlike_what_shares_nothing() -> None:
    assert bag(("zinc", "smelter")).cosine(bag(("zinc", "smelter"))) == pytest.approx(1)
    assert bag(("zinc",)).cosine(bag(("wheat",))) == 0
    assert bag(()).cosine(bag(("wheat",))) == 0


def test_features_lie_between_nought_and_one() -> None:
    found = features(one("Baxter denied that it was negotiating to buy the zinc smelter."), one(CLAIM))
    assert all(0 <= value <= 1.000001 for value in found.values())


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Baxter denied that it was negotiating to buy the smelter.", "denies"),
        ("Baxter confirmed that it was negotiating to buy the smelter.", "confirms"),
        ("Baxter said that it was not negotiating to buy the smelter.", "negative"),
        ("Baxter said that it was negotiating to buy the smelter.", "same"),
    ],
)
def test_kind_of_an_answer_is_told_by_act_and_negation(answer: str, expected: str) -> None:
    assert kind(one(answer)) == expected


def test_denial_of_the_same_words_is_surer_than_one_of_others() -> None:
    claim = one(CLAIM)
    same, other = (
        one("Baxter Corp denied that it was negotiating to buy the zinc smelter at Port Pirie."),
        one("Baxter Corp denied that its accounts had been falsified."),
    )
    assert score(same, features(same, claim))[0] > 0.5 > score(other, features(other, claim))[0]


def test_below_the_bar_nothing_bears_on_a_claim() -> None:
    answer = one("Baxter denied that it was negotiating to buy the smelter.")
    found = dict.fromkeys(features(answer, one(CLAIM)), 1.0) | {"alike": LEAST["denies"][0] - 0.01}
    assert score(answer, found) == (0.0, ())
