from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Status
from claimwire.claims import Evidence, Proposition
from claimwire.statements import OUTLET, REPORTS, UNNAMED, Relation
from claimwire.statuses import STATUSES, Findings, row_of, status_of, weigh
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

ROWS = [row.status for row in STATUSES]


def test_every_status_has_one_row() -> None:
    assert sorted(ROWS) == sorted(Status)


def test_every_row_says_when_it_holds_and_what_it_lets_one_conclude_with_three_examples() -> None:
    assert all(row.when and row.concludes and len(set(row.examples)) == 3 for row in STATUSES)


@pytest.mark.parametrize("status", ROWS)
def test_each_row_is_brought_about(status: Status) -> None:
    assert status_of(CLAIM, [OPENING, *BRINGS_ABOUT[status]]) is status


@pytest.mark.parametrize(("first", "second"), [*combinations(ROWS, 2)])
def test_of_two_rows_the_earlier_one_wins(first: Status, second: Status) -> None:
    both = [OPENING, *BRINGS_ABOUT[first], *BRINGS_ABOUT[second]]
    expected = Status.CONTESTED if {first, second} == {Status.CONFIRMED, Status.REFUTED} else first
    assert status_of(CLAIM, both) is expected


WHO = frozenset({"somebody"})
CONDITIONS = {
    Status.RETRACTED: Findings(taken_back=WHO),
    Status.CONTESTED: Findings(admitted=WHO, ruled_out=WHO),
    Status.CONFIRMED: Findings(admitted=WHO),
    Status.REFUTED: Findings(ruled_out=WHO),
    Status.DISPUTED: Findings(rejected=WHO),
    Status.CORROBORATED: Findings(seconded=WHO),
    Status.UNVERIFIED: Findings(),
}


@pytest.mark.parametrize("status", ROWS)
def test_findings_of_a_row_hold_it_and_none_before_it(status: Status) -> None:
    found = CONDITIONS[status]
    assert next((row.status for row in STATUSES if row.rests_on(found)), Status.UNVERIFIED) is status


AGAINST = [Relation.DENIES, Relation.CONTRADICTS]
FOR = [Relation.ASSERTS, Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES]


def test_word_of_a_side_against_its_interest_confirms() -> None:
    assert status_of(CLAIM, [OPENING, evidence("Ukraine", Relation.CONFIRMS)]) is Status.CONFIRMED


def test_word_of_an_independent_side_corroborates() -> None:
    assert status_of(CLAIM, [OPENING, evidence("Skerry Institute", Relation.CORROBORATES)]) is Status.CORROBORATED


@pytest.mark.parametrize("relation", [Relation.ASSERTS, Relation.REPEATS])
@pytest.mark.parametrize("side", ["Ukraine", "Skerry Institute", f"{OUTLET}Meridian"])
def test_who_only_tells_it_again_is_no_new_source(side: str, relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation)]) is Status.UNVERIFIED


def test_outlet_that_told_the_claim_does_not_corroborate_it() -> None:
    own = evidence(f"{OUTLET}Meridian", Relation.CORROBORATES)
    other = evidence(f"{OUTLET}Northgate", Relation.CORROBORATES, outlet="Northgate")
    assert status_of(CLAIM, [OPENING, own]) is Status.UNVERIFIED
    assert status_of(CLAIM, [OPENING, other]) is Status.CORROBORATED


@pytest.mark.parametrize("relation", [Relation.CONFIRMS, Relation.CORROBORATES, Relation.REPEATS])
def test_claimants_own_side_neither_confirms_nor_corroborates(relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence("Russia", relation)]) is Status.UNVERIFIED


@pytest.mark.parametrize("relation", AGAINST)
@pytest.mark.parametrize("side", ["Ukraine", "France", "Acme", UNNAMED])
def test_whoever_denies_it_disputes_and_does_no_more(side: str, relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation)]) is Status.DISPUTED


@pytest.mark.parametrize("relation", AGAINST)
@pytest.mark.parametrize("side", ["Estuary Monitor", f"{OUTLET}Meridian", "the High Court", "UN inspectors"])
def test_the_outlets_own_finding_and_an_authority_that_found_out_refute(side: str, relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation)]) is Status.REFUTED


def test_party_to_the_claim_refutes_nothing_whatever_it_is_called() -> None:
    about_a_court = Proposition(text="x", claimant="G", side="Russia", about=("the High Court",))
    assert status_of(about_a_court, [OPENING, evidence("the High Court", Relation.DENIES)]) is Status.DISPUTED


def test_claimant_who_takes_it_back_retracts() -> None:
    assert status_of(CLAIM, [OPENING, evidence("Russia", Relation.RETRACTS)]) is Status.RETRACTED


def test_nobody_takes_back_the_claim_of_another() -> None:
    assert status_of(CLAIM, [OPENING, evidence("Ukraine", Relation.RETRACTS)]) is Status.UNVERIFIED


def test_claimant_who_says_it_again_after_taking_it_back_stands_by_it() -> None:
    words = [OPENING, evidence("Russia", Relation.RETRACTS, 1), evidence("Russia", Relation.REPEATS, 2)]
    assert status_of(CLAIM, words) is Status.UNVERIFIED


@pytest.mark.parametrize("relation", AGAINST)
def test_claimant_side_at_odds_with_itself_disputes(relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence("Russia", relation)]) is Status.DISPUTED


def test_silent_claimant_of_an_implied_claim_cannot_take_it_back() -> None:
    implied = Proposition(text="x", claimant=REPORTS, side=REPORTS, about=("Ukraine",), implied=True)
    assert status_of(implied, [evidence(REPORTS, Relation.RETRACTS)]) is Status.UNVERIFIED


@pytest.mark.parametrize("earlier", [Relation.CONFIRMS, *AGAINST])
@pytest.mark.parametrize("later", [Relation.CONFIRMS, *AGAINST])
def test_latest_word_of_a_side_counts(earlier: Relation, later: Relation) -> None:
    words = [OPENING, evidence("Ukraine", earlier, 1), evidence("Ukraine", later, 2)]
    assert status_of(CLAIM, words) is (Status.DISPUTED if later in AGAINST else Status.CONFIRMED)


def test_status_tells_whose_words_it_rests_on() -> None:
    told = [OPENING, evidence("Ukraine", Relation.DENIES), evidence("Belarus", Relation.CONTRADICTS)]
    assert row_of(CLAIM, told)[1] == {"Ukraine", "Belarus"}
    assert row_of(CLAIM, [OPENING])[1] == {"Russia"}


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


@pytest.mark.parametrize("relation", [r for r in Relation if r not in AGAINST])
@pytest.mark.parametrize("side", [REPORTS, UNNAMED])
def test_speakers_whose_part_is_unknown_can_dispute_and_no_more(side: str, relation: Relation) -> None:
    assert status_of(CLAIM, [OPENING, evidence(side, relation, 5)]) is Status.UNVERIFIED


def test_unnamed_speakers_are_weighed_apart() -> None:
    denial = evidence(UNNAMED, Relation.DENIES, 1, speaker="a diplomat")
    other = evidence(UNNAMED, Relation.REPEATS, 2, speaker="a trader")
    assert status_of(CLAIM, [OPENING, denial, other]) is Status.DISPUTED


def test_sides_are_weighed_apart() -> None:
    found = weigh(CLAIM, [OPENING, *(e for words in BRINGS_ABOUT.values() for e in words)])
    assert all(getattr(found, name) for name in Findings.__slots__)


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
