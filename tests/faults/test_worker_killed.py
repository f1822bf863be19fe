import asyncio
import random
import time

import pytest

from tests.stream.harness import Stream, assert_paths_end_in, seeds

KILLS = 3


@pytest.mark.parametrize("workers", [1, 2])
def test_killed_workers_lose_nothing_and_invent_nothing(stream: Stream, seed_ledger: list[bytes], workers: int) -> None:
    chance = random.Random(workers)
    items = seeds() * 2
    chance.shuffle(items)
    running = [stream.worker() for _ in range(workers)]
    share = len(items) // (KILLS + 1)
    midway = 0
    for n in range(KILLS):
        stream.produce_items(items[n * share : (n + 1) * share])
        time.sleep(chance.uniform(0, 0.25))
        victim = running.pop(chance.randrange(len(running)))
        victim.kill()
        midway += sum(asyncio.run(stream.lag()).values()) > 0
        running.append(stream.worker())
    stream.produce_items(items[KILLS * share :])
    stream.settled(*running)
    assert midway, "no kill came mid-way"
    assert stream.claims() == seed_ledger
    assert_paths_end_in(seed_ledger, stream.records("claims.status"))
