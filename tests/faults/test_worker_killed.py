"""kill -9 of workers at random moments."""

import asyncio
from collections.abc import Callable
from random import Random

import pytest

from tests.faults.inputs import Document, real, varied
from tests.faults.run import LONG, Run

ITEMS = 90
SHORT_WHILE = 1.5
"""Seconds in which a worker that is ready again is struck."""


def kill_while_feeding(run: Run, documents: list[Document], kills: int) -> None:
    """Feed in a share, let the workers work on it for a moment, and kill one of them."""
    share = len(documents) // (kills + 1)
    midway = 0
    for n in range(kills):
        run.feed(documents[n * share : (n + 1) * share])
        run.pause(SHORT_WHILE)
        midway += sum(asyncio.run(run.stream.lag()).values()) > 0
        run.kill()
    run.feed(documents[kills * share :])
    assert midway, "no kill came mid-way"


@pytest.mark.parametrize(
    ("of", "items", "kills"),
    [pytest.param(varied, ITEMS, 2, id="varied"), *([pytest.param(real, 450, 30, id="real")] if LONG else [])],
)
@pytest.mark.parametrize("seed", [1])
def test_kills_change_no_event_of_items_in_order(
    run: Run, of: Callable[[Random, int], list[Document]], items: int, kills: int
) -> None:
    run.stream.partitions = 1
    run.start()
    kill_while_feeding(run, of(run.random, items), kills)
    run.judge(in_order=True)


@pytest.mark.skipif(not LONG, reason="in short, the kills are held against `claimwire ledger` alone: make faults")
@pytest.mark.parametrize("seed", [1])
def test_run_without_faults_has_the_events_that_the_kills_are_held_against(run: Run) -> None:
    run.stream.partitions = 1
    run.start()
    run.feed(varied(run.random, ITEMS))
    run.judge(in_order=True)


@pytest.mark.skipif(not LONG, reason="in short, test_rebalance kills one of several: make faults")
@pytest.mark.parametrize("seed", [1])
def test_kills_among_two_workers_lose_nothing_of_doubled_and_shuffled_items(run: Run) -> None:
    documents = varied(run.random, ITEMS) * 2
    run.random.shuffle(documents)
    run.start(2)
    kill_while_feeding(run, documents, 5)
    run.judge()
