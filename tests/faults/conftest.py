from random import Random

import pytest

from tests.faults.run import LONG, Run, Tally
from tests.stream.conftest import kafka, stream
from tests.stream.harness import Stream

__all__ = ["kafka", "stream"]

TALLY = Tally()


@pytest.fixture(params=[1, 2, 3] if LONG else [1])
def seed(request: pytest.FixtureRequest) -> int:
    """Of all chance in a test; the test's name holds it."""
    number: int = request.param
    return number


@pytest.fixture
def run(stream: Stream, seed: int) -> Run:
    """A run on the tests' Kafka."""
    return Run(stream, Random(seed), TALLY)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if TALLY.runs:
        terminalreporter.write_line(f"faults: {TALLY}")
