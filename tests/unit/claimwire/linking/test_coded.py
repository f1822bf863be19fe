"""Joins by coded outcomes other than those of war, from the text of two items."""

from typing import Any

import pytest

from tests.unit.builders import FindsNothing, FollowsAll, claims_of, wire


def joined(*bodies: str, hours: float = 10) -> list[tuple[str, str, str]]:
    """Claimant's side, side and relation of each answer of one item to a claim of another."""
    return [
        (claim["side"], e["side"], e["relation"])
        for claim in claims_of(wire(*bodies, hours=hours), FollowsAll())
        for e in claim["evidence"]
        if e["item"] != claim["evidence"][0]["item"]
    ]


WARNED = "The United States said that Russia was planning to invade Ukraine."


@pytest.mark.parametrize(
    "body",
    [
        "Russia denied that it plans to invade Ukraine.",
        "The Kremlin denied any intention to invade Ukraine.",
        "Russian Foreign Minister Sergei Lavrov said Russia was not going to attack Ukraine.",
        "Russia said it had no plans to invade Ukraine.",
    ],
)
def test_every_denial_of_an_intended_attack_meets_the_warning(body: str) -> None:
    assert ("United States", "Russia", "denies") in joined(WARNED, body)


def test_denial_that_comes_first_gives_way_to_the_warning() -> None:
    claims: list[dict[str, Any]] = claims_of(
        wire("Russia said it had no plans to invade Ukraine.", WARNED), FollowsAll()
    )
    assert [(c["side"], c["outcome"]["negated"]) for c in claims] == [("United States", False)]
    assert {e["relation"] for e in claims[0]["evidence"]} == {"asserts", "denies"}


def test_side_that_says_so_now_what_it_has_denied_confirms_it() -> None:
    denied = "The White House denied reports that Russia had decided to invade Ukraine."
    said = "The United States said it was convinced that Russia had decided to invade Ukraine."
    assert joined(denied, said, said) == [("reports", "United States", "confirms")] * 2


RUMOUR = "Analysts said Alder Foods Inc <ALD> was considering a takeover bid for Brook Mills Plc <BRK>."


def test_company_concerned_bears_out_the_rumour_of_its_deal() -> None:
    announced = "Alder Foods Inc <ALD> said it agreed to acquire Brook Mills Plc <BRK>."
    assert {relation for _, _, relation in joined(RUMOUR, announced)} == {"confirms"}


def test_company_bears_out_the_rumour_of_its_bid_after_weeks_and_in_other_words() -> None:
    announced = "Alder Foods Inc <ALD> said it offers 50 dlrs a share in cash to buy Brook Mills Plc <BRK>."
    assert {relation for _, _, relation in joined(RUMOUR, announced, hours=14 * 24)} == {"confirms"}


def test_event_that_its_item_makes_no_claim_of_is_one_once_another_item_answers_it() -> None:
    told = "Alder Foods Inc <ALD> said it agreed to acquire Brook Mills Plc <BRK> for 50 dlrs a share."
    denied = "Brook Mills Plc <BRK> denied that Alder Foods Inc <ALD> agreed to acquire it for 50 dlrs a share."
    assert claims_of(wire(told), FindsNothing()) == []
    [claim] = claims_of(wire(told, denied), FindsNothing())
    assert [e["relation"] for e in claim["evidence"]] == ["asserts", "denies"]


def test_event_that_its_item_makes_no_claim_of_is_none_by_being_told_again() -> None:
    told = "Alder Foods Inc <ALD> said it agreed to acquire Brook Mills Plc <BRK> for 50 dlrs a share."
    again = "Brook Mills Plc <BRK> said Alder Foods Inc <ALD> agreed to acquire Brook Mills for 50 dlrs a share."
    assert claims_of(wire(told, again), FindsNothing()) == []


def test_deal_that_is_named_in_passing_is_not_told() -> None:
    told = (
        "A shareholder said he filed a motion to prevent Alder Foods Inc from completing its offer for Brook Mills Plc."
    )
    assert all(c["outcome"] is None for c in claims_of(wire(told, told), FollowsAll()))


CUT = "Traders said the Bank of Japan was about to cut its discount rate."


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("has no intention of cutting its discount rate", "denies"),
        ("raised its discount rate", "contradicts"),
        ("left its discount rate unchanged", "contradicts"),
    ],
)
def test_measure_that_is_expected_is_answered_by_its_contrary(words: str, relation: str) -> None:
    assert joined(CUT, f"The Bank of Japan {words}, its governor said.") == [("unnamed", "Japan", relation)]


def test_measure_of_another_week_is_the_next_one() -> None:
    assert joined(CUT, "The Bank of Japan said it raised its discount rate.", hours=24 * 10) == []


def test_company_concerned_denies_the_rumour_of_its_deal() -> None:
    denied = "Alder Foods Inc <ALD> said it was not considering a takeover bid for Brook Mills Plc <BRK>."
    assert {relation for _, _, relation in joined(RUMOUR, denied)} == {"denies"}


def test_deal_of_two_others_answers_nothing() -> None:
    other = "Alder Foods Inc <ALD> said it agreed to acquire Copse Dairies Ltd <CPS>."
    assert joined(RUMOUR, other) == []


def test_output_below_the_quota_denies_output_above_it() -> None:
    above = "Traders said Kuwait was pumping oil above its OPEC quota."
    below = "Kuwait's oil minister said Kuwait produced oil within its OPEC quota."
    assert ("unnamed", "Kuwait", "denies") in joined(above, below)


def test_accused_side_accuses_the_other() -> None:
    first = "Ukraine said Russian forces had shelled the town of Bakhmut."
    second = "Russia said Ukrainian forces had shelled the town of Bakhmut."
    assert ("Ukraine", "Russia", "contradicts") in joined(first, second)
    third = "Poland said Ukrainian forces had shelled the town of Bakhmut."
    assert joined(first, third) == []


BOUGHT = "Dealers said the Bank of Japan intervened to buy dollars against yen in Tokyo."


def test_intervention_of_another_day_is_no_repetition() -> None:
    again = "Dealers said the Bank of Japan intervened to buy dollars against yen in Tokyo today."
    assert {relation for _, _, relation in joined(BOUGHT, again, hours=3)} == {"repeats"}
    assert joined(BOUGHT, again, hours=30) == []
    assert joined(BOUGHT, again.replace("intervened", "intervened again"), hours=3) == []


def test_output_of_another_month_denies_nothing() -> None:
    above = "Traders said OPEC was producing above its ceiling in November."
    assert joined(above, "Kuwait said OPEC output was below its ceiling in November.", hours=48) != []
    assert joined(above, "Kuwait said OPEC output was below its ceiling in December.", hours=48) == []


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        (
            "President Lukashenko said that if Russia is attacked there will be war in Ukraine.",
            "The Kremlin denied it was planning to attack Ukraine.",
        ),
        (
            "Analyst Sam Cranny said there had been overt signaling of plans to launch an attack on Ukraine.",
            "The Kremlin has denied it plans to launch an attack on Ukraine.",
        ),
    ],
)
def test_denial_of_an_intention_to_attack_is_joined_by_its_code_alone(said: str, denied: str) -> None:
    assert joined(said, denied) == []
