from dataclasses import replace
from datetime import timedelta

import pytest

from claimwire import Statement, extract, reasons
from claimwire.extraction.text.terms import bag
from claimwire.linking.pair_model import BARS, MATTER, SAME, AnswerKind, features, kind, meet, retells, score, why
from tests.unit.builders import FindsNothing, item, said

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
        ("Baxter denied that it was negotiating to buy the smelter.", AnswerKind.DENIES),
        ("Baxter confirmed that it was negotiating to buy the smelter.", AnswerKind.CONFIRMS),
        ("Baxter declined to comment on reports that it was negotiating to buy the smelter.", AnswerKind.DECLINES),
        ("Baxter said that it was not negotiating to buy the smelter.", None),
        ("Baxter said that it was negotiating to buy the zinc smelter.", AnswerKind.BEARS_OUT),
        ("A bank said that Baxter was negotiating to buy the zinc smelter.", AnswerKind.SECONDS),
        ("Traders said that Baxter was negotiating to buy the zinc smelter.", AnswerKind.SECONDS),
    ],
)
def test_kind_of_an_answer_is_told_by_acts_negations_and_sides(answer: str, expected: AnswerKind | None) -> None:
    assert kind(one(answer), one(CLAIM)) is expected


def test_denial_after_a_denial_denies_again() -> None:
    denial = one("Baxter denied that it was negotiating to buy the smelter.")
    assert kind(denial, denial) is AnswerKind.DENIES_AGAIN


def test_denial_of_the_same_words_is_surer_than_one_of_others() -> None:
    claim = one(CLAIM)
    same = one("Baxter Corp denied that it was negotiating to buy the zinc smelter at Port Pirie.")
    other = one("Baxter Corp denied that its accounts had been falsified.")
    assert score(features(same, claim)) > BARS[AnswerKind.DENIES] > score(features(other, claim))


@pytest.mark.parametrize(
    ("one_words", "other_words"),
    [
        ("Baxter said that it sold 60,000 tonnes of zinc.", "Baxter said that it sold 20,000 tonnes of zinc."),
        ("Baxter said that the smelter was closed on Monday.", "Baxter said that the smelter was closed last month."),
    ],
)
def test_other_figure_or_time_makes_the_same_words_another_proposition(one_words: str, other_words: str) -> None:
    first, other = one(one_words), one(other_words)
    assert score(features(other, first), SAME) < score(features(first, first), SAME) - 0.2


def test_rounded_figure_is_the_same_figure() -> None:
    exact = replace(one(CLAIM), figures=("2.2926e+06 share",))
    rounded = replace(one(CLAIM), figures=("2.3e+06 share",))
    assert features(rounded, exact)["figures"] == 1
    assert features(rounded, exact)["amounts"] == 0


def test_statement_without_a_time_is_of_the_day_of_its_item() -> None:
    today = one(CLAIM)
    day = today.published.date().isoformat()
    assert meet(today, replace(today, times=(f"{day}/{day}",)))
    assert not meet(today, replace(today, times=("1990-01-01/1990-01-31",)))


def test_side_denies_itself_when_it_denies_words_of_its_own() -> None:
    said_so = one("Baxter said that it was negotiating to buy the zinc smelter.")
    denial = one("Baxter denied that it was negotiating to buy the smelter.")
    assert kind(denial, said_so) is AnswerKind.DENIES_ITSELF


def test_what_came_about_is_no_repetition_of_its_forecast() -> None:
    forecast = one("Baxter said that it will buy the zinc smelter at Port Pirie.")
    deed = one("Baxter said that it has bought the zinc smelter at Port Pirie.")
    assert kind(deed, forecast) is not AnswerKind.SAYS_AGAIN


def test_expectation_is_borne_out_soon_or_never() -> None:
    [expected] = said("Economists said Brazil was expected to buy temporary reserves worth 2 mln dlrs of bills.")
    [done] = said("Brazil said it bought temporary reserves worth 2 mln dlrs of bills.")
    later = replace(done, published=expected.published + timedelta(days=2))
    too_late = replace(done, published=expected.published + timedelta(days=9))
    assert kind(later, expected) is AnswerKind.BEARS_OUT
    assert kind(too_late, expected) is None


def test_reasons_tell_how_likely_the_join_is_and_what_speaks_for_it() -> None:
    claim, denial = one(CLAIM), replace(one("Baxter denied that it was negotiating to buy the mine."), item="urn:two")
    first, *signs = why(denial, claim, features(denial, claim), MATTER, 0.6)
    assert first == reasons.of_likeness(MATTER, 0.6)
    assert set(signs) > {"a few of the words in common", "less than a day apart"}


def test_item_that_tells_another_ones_story_again_is_no_second_source() -> None:
    harvest = "Brokers said that the wheat harvest in Kansas would be poor this year."
    told = {"first": CLAIM, "again": CLAIM.replace("Traders", "Brokers"), "other": harvest}
    first, again, other = (
        extract(item(body, uri=f"urn:{uri}"), reader=FindsNothing())[0] for uri, body in told.items()
    )
    assert retells(again, first)
    assert not retells(other, first)
    assert not retells(first, first)
