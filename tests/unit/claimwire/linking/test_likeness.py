import pytest

from claimwire import Statement, extract
from claimwire.extraction.terms import bag
from claimwire.linking.likeness import BARS, Kind, features, kind, reasons, retells, score
from tests.unit.builders import item, said

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
        ("Baxter denied that it was negotiating to buy the smelter.", Kind.DENIES),
        ("Baxter confirmed that it was negotiating to buy the smelter.", Kind.CONFIRMS),
        ("Baxter declined to comment on reports that it was negotiating to buy the smelter.", Kind.DECLINES),
        ("Baxter said that it was not negotiating to buy the smelter.", None),
        ("Baxter said that it was negotiating to buy the zinc smelter.", Kind.BEARS_OUT),
        ("A bank said that Baxter was negotiating to buy the zinc smelter.", Kind.SECONDS),
        ("Traders said that Baxter was negotiating to buy the zinc smelter.", Kind.SECONDS),
    ],
)
def test_kind_of_an_answer_is_told_by_acts_negations_and_sides(answer: str, expected: Kind | None) -> None:
    assert kind(one(answer), one(CLAIM)) is expected


def test_denial_after_a_denial_denies_again() -> None:
    denial = one("Baxter denied that it was negotiating to buy the smelter.")
    assert kind(denial, denial) is Kind.DENIES_AGAIN


def test_denial_of_the_same_words_is_surer_than_one_of_others() -> None:
    claim = one(CLAIM)
    same = one("Baxter Corp denied that it was negotiating to buy the zinc smelter at Port Pirie.")
    other = one("Baxter Corp denied that its accounts had been falsified.")
    assert score(features(same, claim)) > BARS[Kind.DENIES] > score(features(other, claim))


def test_reasons_name_each_feature_that_is_there() -> None:
    found = features(one("Baxter denied that it was negotiating to buy the smelter."), one(CLAIM))
    assert [reason.split()[0] for reason in reasons(found)] == [name for name, value in found.items() if value]


def test_item_that_tells_another_ones_story_again_is_no_second_source() -> None:
    [first] = extract(item(CLAIM, uri="urn:first"))
    [again] = extract(item(CLAIM.replace("Traders", "Brokers"), uri="urn:again"))
    [other] = extract(item("Brokers said that the wheat harvest in Kansas would be poor this year.", uri="urn:other"))
    assert retells(again, first)
    assert not retells(other, first)
    assert not retells(first, first)
