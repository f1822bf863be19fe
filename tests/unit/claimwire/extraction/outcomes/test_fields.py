"""Who and whom the outcomes of each field name; and what must not be taken for one."""

import pytest

from claimwire.extraction.outcomes.coding import code
from claimwire.extraction.outcomes.intentions import usual_attack
from claimwire.extraction.outcomes.item_context import ItemContext
from claimwire.extraction.outcomes.war import is_of_war, warring_sides
from claimwire.outcomes import OUTCOMES
from claimwire.places import Gazetteer
from claimwire.statements import Act
from tests.unit.builders import coded, said

Short = tuple[str, str, str, bool]


def found(words: str, item: str = "", speaker: str = "", foretold: bool = False) -> list[Short]:
    """What is coded of some words of an item: code, actor, target, whether it is said not to be so."""
    text = f"{item} {words}"
    reader = ItemContext(
        gazetteer=Gazetteer(text),
        speaker_side=speaker,
        opponents=warring_sides(text),
        at_war=is_of_war(text),
        attack=usual_attack(text),
    )
    return [(o.code, o.actor, o.target, o.negated) for o in code(words, reader, foretold=foretold)]


WAR = "Russian troops fought Ukrainian forces near Pokrovsk."
THREAT = "Washington warned of a Russian invasion of Ukraine."

EXAMPLES: list[tuple[str, str, Short]] = [
    (WAR, "Russian forces captured the town", ("captured", "Russia", "Ukraine", False)),
    (WAR, "Ukrainian troops hold the town", ("holds", "Ukraine", "Russia", False)),
    (WAR, "Ukrainian troops drove the Russians out of the town", ("cleared", "Ukraine", "Russia", False)),
    (WAR, "Ukrainian troops withdrew from the town", ("withdrew", "Ukraine", "Russia", False)),
    (WAR, "Russian troops encircled the town", ("encircled", "Russia", "Ukraine", False)),
    (WAR, "Russian troops are advancing", ("advanced", "Russia", "Ukraine", False)),
    (WAR, "Ukrainian forces repelled an assault", ("repelled", "Ukraine", "Russia", False)),
    (WAR, "the Russian offensive has succeeded", ("succeeded", "Russia", "Ukraine", False)),
    (WAR, "Russian missiles struck a depot in Pokrovsk", ("struck", "Russia", "Ukraine", False)),
    (WAR, "Ukraine shot down a Russian drone", ("shot_down", "Ukraine", "Russia", False)),
    (WAR, "Ukrainian guns destroyed a bridge", ("destroyed", "Ukraine", "Russia", False)),
    (WAR, "Russia lost four planes near Pokrovsk", ("shot_down", "Ukraine", "Russia", False)),
    (WAR, "all Russian planes returned safely to base", ("returned", "Russia", "Ukraine", False)),
    (WAR, "Ukrainian guns killed 90 Russian soldiers", ("killed", "Ukraine", "Russia", False)),
    (WAR, "Russia has lost 24,000 soldiers", ("killed", "", "Russia", False)),
    (WAR, "six people were killed in Pokrovsk", ("killed", "", "", False)),
    (WAR, "six people were wounded in Pokrovsk", ("wounded", "", "", False)),
    (WAR, "a plane crashed near Pokrovsk", ("crashed", "", "", False)),
    (THREAT, "Russia plans to invade Ukraine", ("attack_intended", "Russia", "Ukraine", False)),
    (THREAT, "an invasion is imminent", ("attack_intended", "Russia", "Ukraine", False)),
    (THREAT, "Russia has no plans to invade", ("attack_intended", "Russia", "Ukraine", True)),
    (THREAT, "there will be no war", ("attack_intended", "Russia", "Ukraine", True)),
    (THREAT, "Russia does not want war", ("attack_intended", "Russia", "Ukraine", True)),
    (THREAT, "Putin has decided to invade Ukraine", ("attack_decided", "Russia", "Ukraine", False)),
    (THREAT, "Ukraine calms down: there are no signs of aggression", ("attack_intended", "Russia", "Ukraine", True)),
    ("", "the meeting of the Russian and U.S. presidents was postponed", ("postponed", "", "", False)),
]


@pytest.mark.parametrize(("item", "words", "outcome"), EXAMPLES)
def test_words_are_coded_with_who_and_whom(item: str, words: str, outcome: Short) -> None:
    assert outcome in found(words, item)


@pytest.mark.parametrize(
    "words",
    [
        "Acme Corp holds 12 pct of the shares of a bank in Chicago",
        "winter temperatures fell to a record low in Chicago",
        "Acme made significant progress in repaying its debts in Chicago",
        "the company's bid for control of a U.S. rival was crushed",
        "the U.S. and Japan reached an agreement on chips",
        "the government seized the block of shares in Manila",
        "unemployment struck Chicago hard",
        "the seamen's strike hit the port of Santos in Brazil",
    ],
)
def test_business_is_no_war(words: str) -> None:
    assert [o for o in found(words) if OUTCOMES[o[0]].two_sided] == []


@pytest.mark.parametrize(
    "words",
    [
        "if Russia invades Ukraine, sanctions will follow",
        "whether Russia plans to invade Ukraine",
        "Britain helps in case Russia plans to invade Ukraine",
        "if its ally is attacked, there will be war",
    ],
)
def test_supposed_attack_is_intended_by_nobody(words: str) -> None:
    assert found(words, THREAT) == []


def test_who_looks_back_on_an_attack_tells_no_intention() -> None:
    assert found("Russia plans to attack Ukraine", "Since the Russian invasion of Ukraine prices rose.") == []


def test_plans_and_warnings_tell_intentions_and_no_events() -> None:
    assert found("Russia could invade Ukraine", THREAT, foretold=True) == [
        ("attack_intended", "Russia", "Ukraine", False)
    ]
    assert found("Russian forces captured the town", WAR, foretold=True) == []


def test_who_says_that_the_rest_came_back_says_that_some_did_not() -> None:
    assert found("the rest of the Russian planes returned safely to base", WAR) == []


@pytest.mark.parametrize(
    ("words", "count"),
    [("the strike killed 384 Russian soldiers", 384), ("198 soldiers, including three officers, were killed", 198)],
)
def test_what_is_counted_is_the_whole_and_no_part_of_it(words: str, count: int) -> None:
    [outcome] = [o for o in coded(f"{words} near Pokrovsk") if o.code == "killed"]
    assert outcome.count == count


def test_denied_intention_meets_the_warning_at_its_two_sides() -> None:
    made = said("The United States said Russia planned to invade Ukraine. Russia denied it intends to invade Ukraine.")
    coded = [(s.act, s.outcome.actor, s.subjects[0]) for s in made if s.outcome]
    assert (Act.DENIES, "Russia", "intention:Russia+Ukraine") in coded
    assert {subject for _, _, subject in coded} == {"intention:Russia+Ukraine"}
