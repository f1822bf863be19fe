import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from streams.local_broker.server import LocalBroker, free_port
from streams.ports_and_processes import has_ended
from streams.worker.supervisor import LONGEST_PAUSE
from streams.worker.watchdog import REPORT_SECONDS
from tests.stream.endpoints import asked, becomes, metrics
from tests.stream.harness import READY_SECONDS, SEEDS, Running, Stream, say, until

WARM_SECONDS = 4.0
WATCHED_SECONDS = 10.0
"""How long the wait for a broker is watched, once it has begun; the long one is in tests/faults."""

STOPPED_SECONDS = 12.0
"""Too long for the session of the broker, so that it is out of service for a moment when it goes on."""

BRIEFLY_STOPPED_SECONDS = 8.0
"""Too long for the session as well. The consumer comes back by itself, or the watchdog starts a new process."""

FIRST_LOOK_FAILS = """
from aiokafka.client import AIOKafkaClient

look = AIOKafkaClient._metadata_update


async def failing(self, *asked):
    if hasattr(self, "looked"):
        return await look(self, *asked)
    self.looked = True
    return False


AIOKafkaClient._metadata_update = failing
"""
"""Each client asks for the topics once in vain, as if just then the broker were out of service."""

GONE_SECONDS = 20.0
BACK_SECONDS = 60.0
SHARE_OF_A_CORE = 0.05
GROWTH = 2**18


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    """A Kafka that may be stopped and started."""
    made = LocalBroker(tmp_path_factory.mktemp("kafka"), port=free_port())
    made.start(say, outlives=False)
    yield made
    made.stop(say)


@pytest.fixture
def mortal(broker: LocalBroker, tmp_path: Path) -> Iterator[Stream]:
    """A stream on it."""
    made = Stream(f"{broker.host}:{broker.port}", tmp_path, partitions=2)
    yield made
    made.stop()
    broker.start(say, outlives=False)


def waits(worker: Running) -> None:
    """Wait until the worker waits for its broker."""
    until(lambda: not worker.children(), "the process of the agents has ended", GONE_SECONDS, worker.said)


def cpu_seconds(worker: Running) -> float:
    return sum(p.cpu_times().user + p.cpu_times().system for p in worker.family())


def test_worker_waits_for_its_broker_at_no_cost_and_goes_on_when_it_is_back(
    mortal: Stream, broker: LocalBroker, seed_ledger: list[bytes]
) -> None:
    mortal.settings = {"CLAIMWIRE_HTTP": f"127.0.0.1:{free_port()}"}
    worker = mortal.worker()
    becomes(mortal, worker, ready=True)
    mortal.ingest(SEEDS)
    broker.stop(say)
    becomes(mortal, worker, ready=False, reason=mortal.broker)
    waits(worker)
    time.sleep(WARM_SECONDS)
    began, spent, memory = time.monotonic(), cpu_seconds(worker), worker.family()[0].memory_info().rss
    time.sleep(WATCHED_SECONDS)
    assert len(worker.family()) == 1
    assert cpu_seconds(worker) - spent < SHARE_OF_A_CORE * (time.monotonic() - began)
    assert worker.family()[0].memory_info().rss - memory < GROWTH
    assert asked(mortal, "/healthz")[0] == 200
    assert asked(mortal, "/readyz")[0] == 503
    assert metrics(mortal)["claimwire_ready",] == 0
    broker.start(say, outlives=False)
    worker.has_said("worker ready", BACK_SECONDS, times=2)
    becomes(mortal, worker, ready=True)
    mortal.settled(worker)
    assert mortal.claims() == seed_ledger
    ended = worker.terminate()
    assert ended.code == 0, ended.said
    assert "Traceback" not in ended.said


def test_worker_and_commands_that_begin_at_a_stopped_broker_do_their_work_when_it_goes_on(
    mortal: Stream, broker: LocalBroker, seed_ledger: list[bytes]
) -> None:
    kafka = psutil.Process(broker.status().pid)
    mortal.patched(FIRST_LOOK_FAILS)
    kafka.suspend()
    try:
        worker = mortal.start("worker")
        time.sleep(STOPPED_SECONDS)
    finally:
        kafka.resume()
    worker.has_said("worker ready", BACK_SECONDS)
    kafka.suspend()
    try:
        fed = mortal.start("ingest", str(SEEDS))
        time.sleep(BRIEFLY_STOPPED_SECONDS)
    finally:
        kafka.resume()
    ended = fed.ended()
    assert ended.code == 0, ended.said
    mortal.settled(worker)
    assert mortal.claims() == seed_ledger
    assert "Traceback" not in ended.said


def test_worker_that_waits_for_its_broker_ends_when_told(mortal: Stream, broker: LocalBroker) -> None:
    worker = mortal.worker()
    broker.stop(say)
    waits(worker)
    ended = worker.terminate(3)
    assert ended.code == 0, ended.said
    assert "Traceback" not in ended.said


def test_worker_whose_agents_hang_ends_when_told_and_loses_nothing(stream: Stream, seed_ledger: list[bytes]) -> None:
    worker = stream.worker()
    stream.ingest(SEEDS)
    (child,) = worker.agents()
    child.suspend()
    ended = worker.terminate()
    assert ended.code == 1, ended.said
    assert has_ended(child)
    again = stream.worker()
    stream.settled(again)
    assert stream.claims() == seed_ledger


@pytest.mark.parametrize("unread", [False, True])
def test_supervisor_that_is_killed_leaves_no_process_behind(stream: Stream, unread: bool) -> None:
    worker = stream.worker()
    supervisor, *others = worker.family()
    if unread:
        supervisor.suspend()
        time.sleep(2 * REPORT_SECONDS)  # reports that it has not read reset the line when it ends
    worker.kill()
    until(lambda: all(has_ended(other) for other in others), "all others end with their supervisor", 5)


def test_process_of_the_agents_that_is_killed_is_followed_by_another(stream: Stream, seed_ledger: list[bytes]) -> None:
    worker = stream.worker()
    stream.ingest(SEEDS)
    (child,) = worker.agents()
    child.kill()
    worker.has_said("worker ready", times=2)
    assert "SIGKILL" in worker.err
    stream.settled(worker)
    assert stream.claims() == seed_ledger
    assert worker.terminate().code == 0


def test_worker_whose_processes_are_killed_again_and_again_waits_and_does_not_give_up(stream: Stream) -> None:
    worker = stream.start("worker")
    for _ in range(6):
        until(lambda: bool(worker.agents()), "another process is started", LONGEST_PAUSE + 15, worker.said)
        (child,) = worker.agents()
        child.kill()
        until(lambda child=child: has_ended(child), "the process is gone", 3)
    worker.has_said("worker ready", LONGEST_PAUSE + READY_SECONDS)
    assert worker.terminate().code == 0


def test_worker_without_descriptors_for_another_process_says_so_waits_and_does_not_blame_the_broker(
    stream: Stream,
) -> None:
    worker = stream.worker()
    supervisor, (child,) = worker.family()[0], worker.agents()
    limits = supervisor.rlimit(psutil.RLIMIT_NOFILE)
    supervisor.rlimit(psutil.RLIMIT_NOFILE, (3, limits[1]))
    child.kill()
    worker.has_said("Too many open files")
    assert "broker" not in worker.err
    supervisor.rlimit(psutil.RLIMIT_NOFILE, limits)
    worker.has_said("worker ready", LONGEST_PAUSE + READY_SECONDS, times=2)
    assert worker.terminate().code == 0


def test_process_of_the_agents_without_descriptors_says_so_and_another_one_goes_on(stream: Stream) -> None:
    worker = stream.worker()
    (child,) = worker.agents()
    child.rlimit(psutil.RLIMIT_NOFILE, (3, child.rlimit(psutil.RLIMIT_NOFILE)[1]))
    worker.has_said("Too many open files")
    worker.has_said("worker ready", LONGEST_PAUSE + READY_SECONDS, times=2)
    assert "does not answer" not in worker.err
    assert worker.terminate().code == 0


def test_hidden_command_is_for_a_supervisor_only(stream: Stream) -> None:
    assert "worker-process" not in stream.run("--help").text
    ended = stream.run("worker-process")
    assert ended.code == 1
    assert "Traceback" not in ended.said
