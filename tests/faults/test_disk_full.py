"""The local broker's disk is full, and has room again."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from streams.local_broker.server import free_port
from tests.faults.inputs import varied
from tests.faults.run import READY, Run
from tests.stream.harness import Stream, until

SIZE = "64m"
SHARE = 40
FAILS_SECONDS = 60.0
BACK_SECONDS = 90.0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small file system of its own."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount a small file system to fill")
    where = tmp_path / "disk"
    where.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", where], check=True)
    yield where
    subprocess.run(["umount", "--lazy", where], check=True)


@pytest.fixture
def cramped(disk: Path, seed: int, tmp_path: Path) -> Iterator[Run]:
    """A run on a Kafka on that disk, started by the command."""
    stream = Stream(f"127.0.0.1:{free_port()}", tmp_path, partitions=1, settings={"CLAIMWIRE_HOME": str(disk)})
    started = stream.run("broker", "start")
    assert started.code == 0, started.said
    yield Run(stream, Random(seed))
    stream.run("broker", "stop")
    stream.stop()


def fill(disk: Path) -> Path:
    """Write until there is no room."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(2**12)):
            pass
    return filler


@pytest.mark.parametrize("seed", [1])
def test_full_disk_is_told_and_nothing_is_lost_once_there_is_room(cramped: Run, disk: Path) -> None:
    documents = varied(cramped.random, 2 * SHARE)
    cramped.start()
    [worker] = cramped.workers
    cramped.feed(documents[:SHARE])
    filler = fill(disk)
    cramped.fault()

    def failed() -> bool:
        status = cramped.stream.run("broker", "status")
        return status.code == 1 and "No space left on device" in status.text

    until(failed, "the broker is stopped, and its status says why", FAILS_SECONDS, worker.said)
    worker.has_said("waiting for it")
    started = cramped.stream.run("broker", "start")
    assert started.code == 1
    assert "No space left on device" in started.err
    assert "make room there" in started.err
    filler.unlink()
    started = cramped.stream.run("broker", "start")
    assert started.code == 0, started.said
    worker.has_said(READY, BACK_SECONDS, times=2)
    cramped.feed(documents[SHARE:])
    cramped.judge(in_order=True)
    assert "Traceback" not in worker.err
