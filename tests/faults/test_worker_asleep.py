"""A worker that is stopped in its work (SIGSTOP, a laptop's lid, a paused machine) and wakes up again."""

from streams.local_broker.server import free_port
from tests.faults.inputs import varied
from tests.faults.run import LONG, Run
from tests.stream.endpoints import becomes
from tests.stream.harness import until

SHARE = 90 if LONG else 60
MOMENT = 0.5


def test_worker_that_slept_while_another_took_over_writes_nothing_of_the_past(run: Run) -> None:
    documents = varied(run.random, 2 * SHARE)
    run.stream.partitions = 1
    run.stream.settings["CLAIMWIRE_HTTP"] = f"127.0.0.1:{free_port()}"
    run.start()
    [sleeper] = run.workers
    run.feed(documents[:SHARE])
    until(lambda: bool(run.stream.records("claims.snapshots")), "work has begun", 30, sleeper.said)
    run.pause(MOMENT)
    (asleep,) = sleeper.agents()
    asleep.suspend()
    run.fault()
    becomes(run.stream, sleeper, ready=False, reason="silent")
    del run.stream.settings["CLAIMWIRE_HTTP"]
    run.start()
    run.feed(documents[SHARE:])
    run.settle()
    asleep.resume()
    sleeper.has_said("could not handle")
    run.end(sleeper, kill=True)
    run.restart()
    # Whatever the sleeper wrote over would now be taken for the state.
    run.feed({**d, "version": "9", "pubStatus": "canceled"} for d in documents[::3])
    run.judge()
