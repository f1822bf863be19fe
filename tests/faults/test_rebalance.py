"""Workers that come and go under load."""

from itertools import islice

from tests.faults.inputs import varied
from tests.faults.run import LONG, Run

ROUNDS = 3 if LONG else 1
SHARE = 60 if LONG else 30
MOMENT = 1.0


def test_one_worker_becomes_three_and_one_again_under_doubled_and_shuffled_load(run: Run) -> None:
    documents = varied(run.random, 2 * SHARE * ROUNDS) * 2
    run.random.shuffle(documents)
    waiting = iter(documents)

    def load() -> None:
        run.feed(islice(waiting, SHARE))

    run.start()
    for _ in range(ROUNDS):
        load()
        run.start(2)
        load()
        run.pause(MOMENT)
        told, killed = run.random.sample(run.workers, 2)
        run.end(told)
        load()
        run.pause(MOMENT)
        run.end(killed, kill=True)
        load()
    run.judge()
