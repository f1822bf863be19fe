from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from streams.second.budget import NOTHING, Spent, pause_between, share
from tests.unit.builders import NOON


@given(st.integers(0, 10_000), st.integers(1, 64))
def test_shares_of_the_partitions_are_together_the_budget_and_nearly_alike(per_day: int, partitions: int) -> None:
    shares = [share(per_day, partition, partitions) for partition in range(partitions)]
    assert sum(shares) == per_day
    assert max(shares) - min(shares) <= 1


def test_workers_together_ask_as_often_in_a_minute_as_one_would() -> None:
    alone = pause_between(30, own=8, partitions=8)
    assert alone == 2
    assert sum(1 / pause_between(30, own=own, partitions=8) for own in (1, 3, 4)) == 1 / alone


def test_what_was_asked_counts_for_its_day_alone() -> None:
    spent = NOTHING.more(NOON).more(NOON + timedelta(hours=11))
    assert spent.by(NOON) == 2
    assert spent.by(NOON + timedelta(hours=12)) == 0
    assert spent.more(NOON + timedelta(days=1)) == Spent(day=(NOON + timedelta(days=1)).date(), asked=1)


def test_question_of_which_the_server_never_heard_is_given_back() -> None:
    assert NOTHING.more(NOON).more(NOON, -1).by(NOON) == 0
    assert NOTHING.more(NOON, -1).by(NOON) == 0
