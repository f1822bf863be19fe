import os
import socket
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from streams.local_broker.server import free_port
from tests.stream.harness import SEEDS, Stream
from tests.stream.test_commands import refused


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Stream]:
    """A machine of its own: a home directory and a free port."""
    made = Stream(f"127.0.0.1:{free_port()}", tmp_path)
    yield made
    made.stop()


def test_broker_starts_answers_and_stops(machine: Stream) -> None:
    stopped = machine.run("broker", "status")
    assert stopped.code == 1
    assert "stopped" in stopped.text
    try:
        started = machine.run("broker", "start")
        assert started.code == 0, started.said
        assert machine.broker in started.text
        first = machine.worker()
        assert first.terminate().err == ""  # a young broker is not ready for groups at once
        status = machine.run("broker", "status")
        assert status.code == 0, status.said
        assert f"{machine.broker}: running" in status.text
        assert str(machine.folder / "claimwire") in status.text
        machine.ingest(SEEDS)
        again = machine.run("broker", "start")
        assert again.code == 0, again.said
        assert "already runs" in again.text
    finally:
        stop = machine.run("broker", "stop")
    assert stop.code == 0, stop.said
    port = int(machine.broker.rpartition(":")[2])
    assert not [c for c in psutil.net_connections("tcp") if c.status == "LISTEN" and c.laddr.port == port]
    assert machine.run("broker", "status").code == 1
    assert machine.run("broker", "stop").code == 0


def test_port_in_use_is_told_with_the_remedy(machine: Stream) -> None:
    host, _, port = machine.broker.rpartition(":")
    with socket.create_server((host, int(port))):
        refused(machine.run("broker", "start"), f"Port {port}", "in use", f"pid {os.getpid()}", "another port")
        status = machine.run("broker", "status")
    assert status.code == 1
    assert "something else" in status.text


def test_home_that_cannot_be_used_is_told(machine: Stream) -> None:
    (machine.folder / "claimwire").touch()
    refused(machine.run("broker", "start"), str(machine.folder / "claimwire"))


@pytest.mark.parametrize("broker", ["kafka.example:9092", "127.0.0.1:1,127.0.0.1:2", "127.0.0.1:99999", "127.0.0.1:"])
def test_broker_of_another_machine_or_no_port_is_refused(machine: Stream, broker: str) -> None:
    machine.broker = broker
    refused(machine.run("broker", "start"), "CLAIMWIRE_BROKER")
