"""Joins by coded outcomes other than those of war, from the text of two items."""

from typing import Any

import pytest

from claimwire.linking.claim_openings import proposition_of
from claimwire.linking.relations import match
from claimwire.statements import Relation
from tests.unit.builders import FindsNothing, FollowsAll, claims_of, statement, wire


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
        wire("Russia denied that it planned to invade Ukraine.", WARNED), FollowsAll()
    )
    assert [(c["side"], c["outcome"]["negated"]) for c in claims] == [("United States", False)]
    assert {e["relation"] for e in claims[0]["evidence"]} == {"asserts", "denies"}


def test_side_that_says_so_now_what_it_has_denied_confirms_it() -> None:
    denied = "The White House denied reports that Russia had decided to invade Ukraine."
    said = "The United States said it was convinced that Russia had decided to invade Ukraine."
    assert joined(denied, said, said) == [("reports", "United States", "confirms")] * 2


@pytest.mark.parametrize(
    ("side", "relation"),
    [
        ("outlet:Harbour", Relation.REPEATS),
        ("Springfield Post", Relation.REPEATS),
        ("media:Poland", Relation.REPEATS),
        ("Poland", Relation.CORROBORATES),
    ],
)
def test_press_repeats_where_a_side_would_corroborate(side: str, relation: Relation) -> None:
    claim = statement("Russia")
    found = match(statement(side, hours=5), proposition_of(claim), claim)
    assert found is not None
    assert found.relation is relation


def test_event_that_its_item_makes_no_claim_of_is_one_once_another_item_answers_it() -> None:
    denied = "Russia denied that it was planning to invade Ukraine."
    assert claims_of(wire(WARNED), FindsNothing()) == []
    [claim] = claims_of(wire(WARNED, denied), FindsNothing())
    assert [e["relation"] for e in claim["evidence"]] == ["asserts", "denies"]


def test_event_that_its_item_makes_no_claim_of_is_none_by_being_told_again() -> None:
    again = "Poland said that Russia was planning to invade Ukraine."
    assert claims_of(wire(WARNED, again), FindsNothing()) == []


def test_accused_side_accuses_the_other() -> None:
    first = "Ukraine said Russian forces had shelled the town of Bakhmut."
    second = "Russia said Ukrainian forces had shelled the town of Bakhmut."
    assert ("Ukraine", "Russia", "contradicts") in joined(first, second)
    third = "Poland said Ukrainian forces had shelled the town of Bakhmut."
    assert joined(first, third) == []


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
