from typing import Any

import pytest

from claimwire.linking.claim_openings import proposition_of
from claimwire.linking.loss_counts import exclude
from claimwire.linking.relations import match
from claimwire.statements import Outcome, Relation, Statement
from tests.unit.builders import FollowsAll, claims_of, statement, wire


def toll(side: str, count: int | None, words: str = "", **fields: Any) -> Statement:
    """What a side counts of Russia's dead."""
    made = {"code": "killed", "target": "Russia", "count": count, **fields}
    return statement(side, outcome=Outcome(**made), proposition=words or f"{count} Russian soldiers were killed")


def test_loser_and_enemy_contradict_each_other_where_one_counts_twice_as_many() -> None:
    assert exclude(toll("Russia", 40), toll("Ukraine", 400))
    assert exclude(toll("Ukraine", 400), toll("Russia", 40))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (toll("Russia", 300), toll("Ukraine", 400)),
        (toll("Russia", 40, "at least 40 Russian soldiers were killed"), toll("Ukraine", 400)),
        (toll("Russia", 40), toll("Ukraine", 24_000, "Russia has lost 24,000 soldiers since the invasion")),
        (toll("Russia", 40), toll("Ukraine", 24_000, "24,000 Russian soldiers were killed during Ukraine's campaign")),
        (toll("Ukraine", 40), toll("Ukraine", 400)),
        (toll("Poland", 40), toll("Ukraine", 400)),
        (toll("Russia", 40, code="wounded"), toll("Ukraine", 400)),
        (toll("Russia", 40, target="Ukraine"), toll("Ukraine", 400)),
        (toll("Russia", 40, negated=True), toll("Ukraine", 400)),
    ],
    ids=[
        "near",
        "at least",
        "whole war",
        "whole campaign",
        "one side",
        "bystander",
        "other loss",
        "other people",
        "negated",
    ],
)
def test_other_counts_can_both_hold(one: Statement, other: Statement) -> None:
    assert not exclude(one, other)


def test_lower_toll_of_the_loser_contradicts_the_claim() -> None:
    war = "Russian troops fought Ukrainian forces near Pokrovsk."
    claim = f"{war} Ukraine said its troops killed 400 Russian soldiers in Pokrovsk."
    answer = f"{war} Russia said that 40 Russian soldiers were killed in Pokrovsk."
    [evidence] = [c["evidence"] for c in claims_of(wire(claim, answer), FollowsAll()) if c["side"] == "Ukraine"]
    assert [(e["relation"], e["side"]) for e in evidence] == [("asserts", "Ukraine"), ("contradicts", "Russia")]


@pytest.mark.parametrize(("count", "relation"), [(40, Relation.CORROBORATES), (53_000, None), (None, None)])
def test_only_the_same_count_bears_out_a_toll(count: int | None, relation: Relation | None) -> None:
    words = "soldiers were killed there, and who did it is not known"
    claim = toll("Ukraine", 40, place="pokrovsk.ua")
    found = match(toll("Poland", count, words, place="pokrovsk.ua"), proposition_of(claim), claim)
    assert (found.relation if found else None) == relation


def test_tolls_without_a_count_do_not_bear_each_other_out() -> None:
    words = "soldiers were killed there, and who did it is not known"
    claim = toll("Ukraine", None, place="pokrovsk.ua")
    assert match(toll("Poland", None, words, place="pokrovsk.ua"), proposition_of(claim), claim) is None


def test_bare_report_of_other_losses_confirms_none() -> None:
    words = "soldiers were killed there, and who did it is not known"
    claim = toll("Ukraine", 40, place="pokrovsk.ua")
    assert match(toll("Russia", 50, words, place="pokrovsk.ua"), proposition_of(claim), claim) is None


def test_planes_that_came_back_were_not_shot_down() -> None:
    war = "Russian troops fought Ukrainian forces near Pokrovsk."
    claim = f"{war} Ukraine said its forces shot down two Russian planes near Pokrovsk."
    answer = f"{war} Russia said all its planes returned safely to base."
    [evidence] = [c["evidence"] for c in claims_of(wire(claim, answer), FollowsAll()) if c["side"] == "Ukraine"]
    assert [(e["relation"], e["side"]) for e in evidence] == [("asserts", "Ukraine"), ("contradicts", "Russia")]
