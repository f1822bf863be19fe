from datetime import timedelta

import pytest

from claimwire.linking.candidate_index import MOST_FOUND, CandidateIndex, StirredTerms
from claimwire.statements import Statement
from tests.unit.builders import NOON, statement

DAY = timedelta(days=1)


def told(number: int, *terms: str) -> Statement:
    """A statement with these terms, published so many days after the first."""
    return statement(id=f"s{number}", terms=terms, hours=24 * number)


def found(statements: list[Statement], asking: Statement, since: int = 0) -> list[str]:
    index = CandidateIndex()
    for each in statements:
        index.add(each)
    return sorted(s.id for s in index.like(asking, NOON + since * DAY))


def test_what_shares_a_word_is_found_once_and_nothing_else() -> None:
    statements = [told(0, "smelter", "zinc"), told(1, "zinc"), told(2, "ferry")]
    assert found(statements, told(3, "smelter", "zinc")) == ["s0", "s1"]


def test_what_is_older_than_asked_for_is_not_found() -> None:
    assert found([told(0, "zinc"), told(1, "zinc")], told(2, "zinc"), since=1) == ["s1"]


def test_of_a_word_the_latest_are_found() -> None:
    statements = [told(n, "zinc") for n in range(MOST_FOUND + 2)]
    assert found(statements, told(99, "zinc")) == sorted(f"s{n}" for n in range(2, MOST_FOUND + 2))


def test_what_is_taken_back_is_found_no_more() -> None:
    index, last = CandidateIndex(), told(1, "zinc")
    index.add(told(0, "zinc"))
    index.add(last)
    index.take_back(last)
    assert [s.id for s in index.like(told(2, "zinc"), NOON)] == ["s0"]


@pytest.mark.parametrize(("terms", "since", "reached"), [("zinc", 0, True), ("zinc", 1, False), ("ferry", 0, False)])
def test_stir_reaches_what_shares_a_word_and_looks_back_so_far(terms: str, since: int, reached: bool) -> None:
    stirred = StirredTerms()
    stirred.stir(told(0, "zinc"))
    assert stirred.reach(told(2, terms), NOON + since * DAY) is reached


def test_word_is_calm_when_the_stirred_is_no_longer_among_its_latest() -> None:
    stirred = StirredTerms()
    stirred.stir(told(0, "zinc"))
    for n in range(1, MOST_FOUND):
        stirred.stands(told(n, "zinc"))
    assert stirred.reach(told(90, "zinc"), NOON)
    stirred.stands(told(MOST_FOUND, "zinc"))
    assert not stirred.reach(told(90, "zinc"), NOON)
