from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Status
from claimwire.claims import Evidence, Proposition, Relation
from claimwire.statements import OUTLET, REPORTS, UNNAMED
from claimwire.statuses import STATUSES, Findings, status_of, weigh
from tests.unit.builders import CLAIM, OPENING, evidence

BRINGS_ABOUT = {
    Status.RETRACTED: [evidence("Russia", Relation.RETRACTS, 9)],
    Status.CONTESTED: [
        evidence("Ukraine", Relation.CONFIRMS, 2),
        evidence("Estuary Monitor", Relation.CONTRADICTS, 3),
    ],
    Status.CONFIRMED: [evidence("Ukraine", Relation.CONFIRMS, 2)],
    Status.REFUTED: [evidence(f"{OUTLET}Meridian", Relation.DENIES, 4)],
    Status.DISPUTED: [evidence("Belarus", Relation.CONTRADICTS, 5)],
    Status.CORROBORATED: [evidence("Skerry Institute", Relation.CORROBORATES, 6)],
    Status.UNVERIFIED: [evidence("Russia", Relation.REPEATS, 1)],
}
"""For each row of the table, words that bring it about and none of the rows before it."""

ROWS = [status for status, _, _ in STATUSES]


def test_every_status_has_one_row() -> None:
    assert sorted(ROWS) == sorted(Status)


def test_every_row_says_when_it_holds() -> None:
    assert all(when for _, when, _ in STATUSES)


@pytest.mark.parametrize("status", ROWS)
def test_each_row_is_brought_about(status: Status) -> None:
    assert status_of(CLAIM, [OPENING, *BRINGS_ABOUT[status]]) is status


@pytest.mark.parametrize(("first", "second"), [*combinations(ROWS, 2)])
def test_of_two_rows_the_earlier_one_wins(first: Status, second: Status) -> None:
    both = [OPENING, *BRINGS_ABOUT[first], *BRINGS_ABOUT[second]]
    expected = Status.CONTESTED if {first, second} == {Status.CONFIRMED, Status.REFUTED} else first
    assert status_of(CLAIM, both) is expected


CONDITIONS = {
    Status.RETRACTED: Findings(taken_back=True),
    Status.CONTESTED: Findings(admitted=True, ruled_out=True),
    Status.CONFIRMED: Findings(admitted=True),
    Status.REFUTED: Findings(ruled_out=True),
    Status.DISPUTED: Findings(rejected=True),
    Status.CORROBORATED: Findings(seconded=True),
    Status.UNVERIFIED: Findings(),
}


@pytest.mark.parametrize("status", ROWS)
def test_findings_of_a_row_hold_it_and_none_before_it(status: Status) -> None:
    assert next(s for s, _, holds in STATUSES if holds(CONDITIONS[status])) is status


AGAINST = [Relation.DENIES, Relation.CONTRADICTS]
FOR = [Relation.ASSERTS, Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES]


@pytest.mark.parametrize("relation", FOR)
def test_word_of_a_side_against_its_interest_confirms(relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence("Ukraine", relation)]) is Status.CONFIRMED


@pytest.mark.parametrize("relation", FOR)
def test_word_of_an_independent_side_corroborates(relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence("Skerry Institute", relation)]) is Status.CORROBORATED


def test_word_of_another_side_in_its_interest_only_corroborates() -> None:
    allied = Proposition(text="x", claimant="G", side="Russia", about=("Belarus", "Russia"), favours=("Belarus",))
    assert status_of(allied, [OPENING, evidence("Belarus", Relation.REPEATS)]) is Status.CORROBORATED


@pytest.mark.parametrize("relation", AGAINST)
def test_side_that_the_claim_is_about_disputes(relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence("Ukraine", relation)]) is Status.DISPUTED


@pytest.mark.parametrize("side", ["Estuary Monitor", f"{OUTLET}Meridian", "France"])
@pytest.mark.parametrize("relation", AGAINST)
def test_independent_side_or_the_outlet_itself_refutes(side: str, relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation)]) is Status.REFUTED


@pytest.mark.parametrize("relation", [Relation.RETRACTS, Relation.DENIES])
def test_claimant_who_no_longer_stands_by_it_retracts(relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence("Russia", relation)]) is Status.RETRACTED


def test_claimant_who_says_it_again_after_taking_it_back_stands_by_it() -> None:
    words = [OPENING, evidence("Russia", Relation.RETRACTS, 1), evidence("Russia", Relation.REPEATS, 2)]
    assert status_of(CLAIM, words) is Status.UNVERIFIED


def test_claimant_side_at_odds_with_itself_disputes() -> None:
    assert status_of(CLAIM, [OPENING, evidence("Russia", Relation.CONTRADICTS)]) is Status.DISPUTED


def test_silent_claimant_of_an_implied_claim_cannot_take_it_back() -> None:
    implied = Proposition(text="x", claimant=REPORTS, side=REPORTS, about=("Ukraine",), implied=True)
    assert status_of(implied, [evidence(REPORTS, Relation.RETRACTS)]) is Status.UNVERIFIED


@pytest.mark.parametrize("earlier", [*FOR, *AGAINST])
@pytest.mark.parametrize("later", [*FOR, *AGAINST])
def test_latest_word_of_a_side_counts(earlier: Relation, later: Relation) -> None:
    words = [OPENING, evidence("Ukraine", earlier, 1), evidence("Ukraine", later, 2)]
    assert status_of(CLAIM, words) is (Status.CONFIRMED if later in FOR else Status.DISPUTED)


@pytest.mark.parametrize("relation", [Relation.PARTLY, Relation.NO_COMMENT])
@pytest.mark.parametrize("earlier", [Relation.CONFIRMS, Relation.DENIES])
def test_partly_and_no_comment_leave_an_earlier_word_standing(relation: Relation, earlier: Relation) -> None:
    before = [OPENING, evidence("Ukraine", earlier, 1)]
    assert status_of(CLAIM, [*before, evidence("Ukraine", relation, 2)]) is status_of(CLAIM, before)


@pytest.mark.parametrize("relation", [Relation.PARTLY, Relation.NO_COMMENT])
@pytest.mark.parametrize("side", ["Russia", "Ukraine", "Estuary Monitor", f"{OUTLET}Meridian"])
def test_partly_and_no_comment_move_nothing_by_themselves(relation: Relation, side: str) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation)]) is Status.UNVERIFIED


@pytest.mark.parametrize("said", [Relation.CONFIRMS, Relation.DENIES])
def test_recalled_word_gives_way_to_whatever_the_side_has_said_itself(said: Relation) -> None:
    other = Relation.DENIES if said is Relation.CONFIRMS else Relation.CONFIRMS
    recalled = evidence("Ukraine", other, 8, recalled=True)
    own = evidence("Ukraine", said, 2)
    assert status_of(CLAIM, [OPENING, own, recalled]) is status_of(CLAIM, [OPENING, own])


def test_recalled_word_counts_where_the_side_has_said_nothing_else() -> None:
    assert status_of(CLAIM, [OPENING, evidence("Ukraine", Relation.DENIES, 8, recalled=True)]) is Status.DISPUTED


@pytest.mark.parametrize("relation", Relation)
@pytest.mark.parametrize("side", [REPORTS, UNNAMED])
def test_reports_and_unnamed_speakers_move_nothing(side: str, relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation, 5)]) is Status.UNVERIFIED


@pytest.mark.parametrize("relation", Relation)
def test_unnamed_speaker_does_not_take_an_unnamed_claim_back(relation: Relation) -> None:
    nobodys = Proposition(text="x", claimant="an official", side=UNNAMED, about=("Ukraine",))
    assert status_of(nobodys, [evidence(UNNAMED, relation, 5)]) is Status.UNVERIFIED


def test_sides_are_weighed_apart() -> None:
    found = weigh(CLAIM, [OPENING, *(e for words in BRINGS_ABOUT.values() for e in words)])
    assert found == Findings(taken_back=True, admitted=True, ruled_out=True, rejected=True, seconded=True)


SIDES = ["Russia", "Ukraine", "Belarus", "Estuary Monitor", f"{OUTLET}Meridian", REPORTS, UNNAMED]
words = st.builds(
    evidence,
    st.sampled_from(SIDES),
    st.sampled_from(Relation),
    st.integers(0, 3),
    recalled=st.booleans(),
)


@given(st.lists(words, max_size=5).flatmap(lambda ws: st.tuples(st.just(ws), st.permutations(ws + ws[:2]))))
def test_status_is_a_function_of_the_set_of_words(told: tuple[list[Evidence], list[Evidence]]) -> None:
    by_id = {e.statement.id: e for e in told[0]}
    once, shuffled = list(by_id.values()), [by_id[e.statement.id] for e in told[1]]
    assert status_of(CLAIM, [OPENING, *shuffled]) is status_of(CLAIM, [OPENING, *once])


def test_every_order_of_the_same_words_gives_the_same_status() -> None:
    told = [
        OPENING,
        evidence("Ukraine", Relation.DENIES, 1),
        evidence("Ukraine", Relation.CONFIRMS, 2),
        evidence("Estuary Monitor", Relation.CONTRADICTS, 2),
        evidence("Russia", Relation.REPEATS, 3),
    ]
    assert {status_of(CLAIM, order) for order in permutations(told)} == {Status.CONTESTED}
