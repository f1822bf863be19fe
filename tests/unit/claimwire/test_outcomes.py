from dataclasses import replace
from itertools import product

import pytest

from claimwire.outcomes import (
    BEARINGS,
    CAME_TO_HOLD,
    OUTCOMES,
    Actors,
    Bearing,
    Favour,
    bearing,
    concerned,
    favoured,
    in_words,
)
from claimwire.statements import Outcome


def event(code: str, actor: str = "Russia", place: str = "pokrovsk.ua", **fields: object) -> Outcome:
    return replace(Outcome(code=code, actor=actor, place=place), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_outcome_says_what_it_means_and_for_how_long(code: str) -> None:
    kind = OUTCOMES[code]
    assert kind.meaning
    assert 0 <= kind.days <= 45
    assert kind.favours in Favour
    assert kind.two_sided or kind.favours is Favour.NOBODY
    assert not kind.two_sided or kind.favours is not Favour.NOBODY
    assert "somebody" in in_words(Outcome(code=code)) or not {"A", "T", "P"} & set(kind.meaning.split())


def test_tables_speak_of_outcomes_only() -> None:
    assert {code for pair in BEARINGS for code in pair} <= set(OUTCOMES)
    assert set(OUTCOMES) >= CAME_TO_HOLD
    assert all(len(pair) in (1, 2) for pair in BEARINGS)


PAIRS = [(sorted(pair), actors, meaning) for pair, (actors, meaning) in BEARINGS.items()]
DIRECTIONS = [(codes[i], codes[-1 - i], actors, meaning) for codes, actors, meaning in PAIRS for i in range(len(codes))]


@pytest.mark.parametrize(("claim", "answer", "actors", "meaning"), DIRECTIONS)
def test_table_of_bearings_reads_the_same_in_both_directions(
    claim: str, answer: str, actors: Actors, meaning: Bearing
) -> None:
    fitting = "Russia" if actors is Actors.SAME else "Ukraine"
    denied = meaning is Bearing.LIMITS
    assert bearing(event(claim), event(answer, fitting, negated=denied)) is meaning
    assert bearing(event(claim, negated=denied), event(answer, fitting)) is meaning


@pytest.mark.parametrize(("claim", "answer", "actors"), [d[:3] for d in DIRECTIONS])
def test_pair_says_nothing_with_the_wrong_actors(claim: str, answer: str, actors: Actors) -> None:
    wrong = "Ukraine" if actors is Actors.SAME else "Russia"
    expected = Bearing.AGREES if claim == answer or {claim, answer} == CAME_TO_HOLD else None
    assert bearing(event(claim), event(answer, wrong)) is expected


@pytest.mark.parametrize(
    ("claim", "answer"), [d[:2] for d in DIRECTIONS if d[0] != d[1] and set(d[:2]) != CAME_TO_HOLD]
)
def test_pair_says_nothing_where_an_actor_is_left_out(claim: str, answer: str) -> None:
    assert bearing(event(claim), event(answer, "")) is None
    assert bearing(event(claim, ""), event(answer)) is None


@pytest.mark.parametrize(("claim", "answer", "actors", "meaning"), DIRECTIONS)
def test_pair_says_nothing_at_two_places(claim: str, answer: str, actors: Actors, meaning: Bearing) -> None:
    fitting = "Russia" if actors is Actors.SAME else "Ukraine"
    assert bearing(event(claim), event(answer, fitting, "kupyansk.ua", negated=meaning is Bearing.LIMITS)) is None


@pytest.mark.parametrize(
    ("claim", "answer", "actors"), [d[:3] for d in DIRECTIONS if d[0] != d[1] and d[3] is not Bearing.LIMITS]
)
def test_denied_outcome_excludes_nothing_but_itself(claim: str, answer: str, actors: Actors) -> None:
    fitting = "Russia" if actors is Actors.SAME else "Ukraine"
    assert bearing(event(claim, negated=True), event(answer, fitting)) is None
    assert bearing(event(claim), event(answer, fitting, negated=True)) is None


@pytest.mark.parametrize("code", OUTCOMES)
def test_outcome_agrees_with_itself_and_excludes_its_denial(code: str) -> None:
    assert bearing(event(code), event(code)) is Bearing.AGREES
    assert bearing(event(code, negated=True), event(code, negated=True)) is Bearing.AGREES
    assert bearing(event(code), event(code, negated=True)) is Bearing.EXCLUDES
    assert bearing(event(code, negated=True), event(code)) is Bearing.EXCLUDES


@pytest.mark.parametrize("code", OUTCOMES)
def test_what_is_left_out_is_taken_to_be_the_others(code: str) -> None:
    assert bearing(event(code), event(code, "", "")) is Bearing.AGREES
    assert bearing(event(code, "", ""), event(code)) is Bearing.AGREES


@pytest.mark.parametrize("code", OUTCOMES)
def test_counts_that_differ_are_two_events(code: str) -> None:
    assert bearing(event(code, count=47), event(code, count=37)) is None
    assert bearing(event(code, count=47), event(code, count=47)) is Bearing.AGREES
    assert bearing(event(code, count=47), event(code)) is Bearing.AGREES


def test_part_limits_the_whole_and_the_whole_holds_the_part() -> None:
    whole, part = event("captured"), event("captured", partial=True)
    assert bearing(whole, part) is Bearing.LIMITS
    assert bearing(part, whole) is Bearing.AGREES
    assert bearing(part, part) is Bearing.AGREES


def test_who_has_taken_a_place_holds_it() -> None:
    assert bearing(event("captured"), event("holds")) is Bearing.AGREES
    assert bearing(event("captured"), event("holds", partial=True)) is Bearing.LIMITS
    assert bearing(event("captured"), event("holds", negated=True)) is Bearing.EXCLUDES


def test_pairs_outside_the_table_say_nothing() -> None:
    known = set(BEARINGS) | {frozenset(CAME_TO_HOLD)}
    for claim, answer in product(OUTCOMES, OUTCOMES):
        if claim != answer and frozenset({claim, answer}) not in known:
            assert bearing(event(claim), event(answer, "Ukraine")) is None


def test_concerned_are_those_who_did_it_and_to_whom() -> None:
    assert concerned(event("captured", target="Ukraine")) == ("Russia", "Ukraine")
    assert concerned(event("captured", "")) == ()


@pytest.mark.parametrize(
    ("outcome", "sides"),
    [
        (event("captured", target="Ukraine"), ("Russia",)),
        (event("captured", target="Ukraine", negated=True), ("Ukraine",)),
        (event("withdrew", "Ukraine", target="Russia"), ("Russia",)),
        (event("withdrew", "Ukraine", target="Russia", negated=True), ("Ukraine",)),
        (event("withdrew", "Ukraine"), ()),
        (event("killed", target="Ukraine"), ()),
    ],
)
def test_favoured_is_the_side_whose_interest_it_serves(outcome: Outcome, sides: tuple[str, ...]) -> None:
    assert favoured(outcome) == sides


def test_outcome_is_put_in_words_by_its_row() -> None:
    attack = Outcome(code="attack_intended", actor="Russia", target="Ukraine")
    assert in_words(attack) == "Russia means to attack Ukraine"


TOWN, REGION = "belgorod.ru", "belgorod-region.ru"


def test_strike_on_a_town_is_one_in_the_region_called_after_it() -> None:
    town, region = event("struck", place=TOWN), event("struck", place=REGION)
    assert bearing(town, region) is bearing(region, town) is Bearing.AGREES


def test_what_did_not_happen_in_a_region_did_not_happen_in_its_town_and_not_the_other_way_round() -> None:
    town, region = event("struck", place=TOWN), event("struck", place=REGION)
    assert (
        bearing(town, replace(region, negated=True)) is bearing(replace(region, negated=True), town) is Bearing.EXCLUDES
    )
    assert bearing(region, replace(town, negated=True)) is bearing(replace(town, negated=True), region) is None


def test_who_has_taken_a_town_has_not_taken_the_region_called_after_it() -> None:
    assert bearing(event("captured", place=TOWN), event("captured", place=REGION)) is None
    assert bearing(event("struck", place=TOWN), event("struck", place="surin.th")) is None
