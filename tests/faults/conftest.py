from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from streams.local_broker.server import LocalBroker, free_port
from tests.faults.run import LONG, TALLY, Run
from tests.stream.conftest import kafka, stream
from tests.stream.harness import Stream, say

__all__ = ["kafka", "stream"]


@pytest.fixture(params=[1, 2] if LONG else [1])
def seed(request: pytest.FixtureRequest) -> int:
    """Of all chance in a test; the test's name holds it."""
    number: int = request.param
    return number


@pytest.fixture
def run(stream: Stream, seed: int) -> Run:
    """A run on the tests' Kafka."""
    return Run(stream, Random(seed))


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    """A Kafka of the test's own, to be killed."""
    made = LocalBroker(tmp_path_factory.mktemp("kafka"), port=free_port())
    made.start(say, outlives=False)
    yield made
    made.stop(say)


@pytest.fixture
def frail(broker: LocalBroker, seed: int, tmp_path: Path) -> Iterator[Run]:
    """A run on it."""
    stream = Stream(f"{broker.host}:{broker.port}", tmp_path)
    yield Run(stream, Random(seed))
    stream.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TALLY.runs:
        terminalreporter.write_line(f"faults: {TALLY}")
