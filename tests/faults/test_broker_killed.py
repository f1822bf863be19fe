"""kill -9 of the broker, which is back at once or after a while; or it stops answering and goes on later."""

import time
from signal import SIGKILL, SIGSTOP, Signals

import psutil
import pytest

from streams.local_broker.server import LocalBroker
from tests.faults.inputs import varied
from tests.faults.run import LONG, READY, Run
from tests.stream.harness import say, until

SHARE = 60 if LONG else 40
KILLS = 3 if LONG else 1
SHORT_WHILE = 0.4
GONE_SECONDS = 60.0
BACK_SECONDS = 90.0
NOTICED_SECONDS = 30.0
SHARE_OF_A_CORE = 0.05
GROWTH = 2**20


def strike(run: Run, broker: LocalBroker, signal: Signals) -> psutil.Process:
    run.fault()
    process = psutil.Process(broker.status().pid)
    process.send_signal(signal)
    if signal is SIGKILL:
        until(lambda: not process.is_running(), "the killed broker is gone", 10)
    return process


def test_killed_broker_that_is_restarted_has_lost_nothing(frail: Run, broker: LocalBroker) -> None:
    documents = varied(frail.random, SHARE * (KILLS + 1))
    frail.stream.partitions = 1
    frail.start()
    for n in range(KILLS):
        frail.feed(documents[n * SHARE : (n + 1) * SHARE])
        frail.pause(SHORT_WHILE)
        strike(frail, broker, SIGKILL)
        broker.start(say, outlives=False)
    frail.feed(documents[KILLS * SHARE :])
    frail.judge(in_order=True)


@pytest.mark.skipif(not LONG, reason="in short, tests/stream/test_supervisor.py waits for a broker: make faults")
@pytest.mark.parametrize("seed", [1])
@pytest.mark.parametrize("signal", [SIGKILL, SIGSTOP])
def test_broker_is_waited_for_a_minute_at_no_cost_and_nothing_is_lost(
    frail: Run, broker: LocalBroker, signal: Signals
) -> None:
    documents = varied(frail.random, 2 * SHARE)
    frail.start()
    [worker] = frail.workers
    frail.feed(documents[:SHARE])
    frail.pause(SHORT_WHILE)
    struck = strike(frail, broker, signal)
    until(lambda: not worker.children(), "the worker waits", NOTICED_SECONDS, worker.said)
    [waiting] = worker.family()
    began, spent, memory = time.monotonic(), sum(waiting.cpu_times()[:2]), waiting.memory_info().rss
    time.sleep(GONE_SECONDS)
    assert [waiting] == worker.family()
    assert sum(waiting.cpu_times()[:2]) - spent < SHARE_OF_A_CORE * (time.monotonic() - began)
    assert waiting.memory_info().rss - memory < GROWTH
    if signal is SIGSTOP:
        struck.resume()
    broker.start(say, outlives=False)
    worker.has_said(READY, BACK_SECONDS, times=2)
    frail.feed(documents[SHARE:])
    frail.judge()
