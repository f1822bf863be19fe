"""kill -9 of workers at random moments."""

import asyncio
from collections.abc import Callable
from random import Random

import pytest

from tests.faults.inputs import Document, real, varied
from tests.faults.run import LONG, Run

KILLS = 30 if LONG else 2
ITEMS = 900 if LONG else 90
SHORT_WHILE = 0.4
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


@pytest.mark.parametrize("of", [real, varied] if LONG else [varied])
def test_kills_change_no_event_of_items_in_order(run: Run, of: Callable[[Random, int], list[Document]]) -> None:
    run.stream.partitions = 1
    run.start()
    kill_while_feeding(run, of(run.random, ITEMS), KILLS if of is real or not LONG else 5)
    run.judge(in_order=True)


@pytest.mark.skipif(not LONG, reason="in short, test_rebalance kills one of several: make faults")
def test_kills_among_two_workers_lose_nothing_of_doubled_and_shuffled_items(run: Run) -> None:
    documents = varied(run.random, ITEMS) * 2
    run.random.shuffle(documents)
    run.start(2)
    kill_while_feeding(run, documents, 5)
    run.judge()
