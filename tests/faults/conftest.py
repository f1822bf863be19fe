from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stream.harness import SEEDS, Stream, lines_of, local_broker


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real Kafka."""
    with local_broker(tmp_path_factory.mktemp("kafka")) as address:
        yield address


@pytest.fixture
def stream(kafka: str, tmp_path: Path) -> Iterator[Stream]:
    """Topics of the test's own; what it started and left running is killed in the end."""
    made = Stream(kafka, tmp_path)
    yield made
    made.stop()


@pytest.fixture(scope="session")
def seed_ledger(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The claims of `claimwire ledger seeds`, which needs no broker."""
    folder = tmp_path_factory.mktemp("ledger")
    ended = Stream("127.0.0.1:1", folder).run("ledger", SEEDS, "--out", folder / "out")
    assert ended.code == 0, ended.said
    return lines_of((folder / "out" / "claims.jsonl").read_bytes())
