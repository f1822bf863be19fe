"""Commands that wait tell of a broker that is away: on one that may be stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from streams.local_broker.server import LocalBroker, free_port
from tests.stream.harness import SEEDS, Stream, say

TELLS_SECONDS = 30.0
BACK_SECONDS = 60.0
TOKEN = "a-secret-of-some-length"


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[LocalBroker]:
    """A Kafka of its own."""
    made = LocalBroker(tmp_path / "kafka", port=free_port())
    made.start(say, outlives=False)
    yield made
    made.stop(say)


def test_commands_that_wait_tell_that_the_broker_is_away_and_go_on_when_it_is_back(
    broker: LocalBroker, tmp_path: Path
) -> None:
    stream = Stream(f"{broker.host}:{broker.port}", tmp_path, partitions=1)
    stream.settings = {"CLAIMWIRE_LISTEN_TOKEN": TOKEN}
    try:
        worker = stream.worker()
        watching = stream.start("watch", "--json")
        watching.has_said("watching")
        listening = stream.start("listen", "--port", "0")
        listening.has_said("listening")
        broker.stop(say)
        for waiting in (watching, listening):
            waiting.has_said("does not answer: waiting for it", TELLS_SECONDS)
        broker.start(say, outlives=False)
        for waiting in (watching, listening):
            waiting.has_said("is back", BACK_SECONDS)
        worker.has_said("worker ready", BACK_SECONDS, times=2)
        stream.ingest(SEEDS)
        watching.has_said('"status"', BACK_SECONDS)
        for waiting in (watching, listening):
            assert "Traceback" not in waiting.said()
    finally:
        stream.stop()
