import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from streams.local_broker.guardian import end_with_us
from streams.local_broker.server import START_SECONDS, BrokerError, BrokerState, LocalBroker, free_port
from tests.pace import at_most
from tests.stream.harness import until

ROOT = Path(__file__).parents[2]
SOON = 10.0
COMMAND = """
import signal
import sys
from pathlib import Path
from streams.local_broker.server import LocalBroker
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
LocalBroker(Path(sys.argv[1]), port=int(sys.argv[2])).start(print, outlives=sys.argv[3] == "outlives")
if sys.argv[3] == "waits":
    signal.pause()
"""


def told(line: str) -> None:
    print(line)


@pytest.fixture
def broker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBroker]:
    """A broker on a machine without Java and Maven; it is stopped in the end."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    broker = LocalBroker(tmp_path / "broker", port=free_port())
    yield broker
    broker.stop(told)


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@contextmanager
def start_command(broker: LocalBroker, then: str = "outlives") -> Iterator[subprocess.Popen[bytes]]:
    """A command of its own that starts the broker; then it ends and the broker outlives it, or it waits."""
    command = [sys.executable, "-c", COMMAND, str(broker.home), str(broker.port), then]
    with subprocess.Popen(command, cwd=ROOT) as starter:
        end_with_us(starter.pid)  # should the tests be ended
        try:
            yield starter
        finally:
            starter.kill()  # should the test fail


async def produce(address: str) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=address)
    await admin.start()
    await admin.create_topics([NewTopic("news.items", 1, 1)])
    await admin.close()
    async with AIOKafkaProducer(bootstrap_servers=address, acks="all") as producer:
        await producer.send_and_wait("news.items", b"an item", key=b"uri")


async def consume(address: str) -> tuple[bytes, bytes]:
    async with AIOKafkaConsumer(
        "news.items", bootstrap_servers=address, group_id="test", auto_offset_reset="earliest"
    ) as consumer:
        record = await asyncio.wait_for(consumer.getone(), at_most(10))
        await consumer.commit()
        return record.key, record.value


def test_broker_outlives_its_starter_and_keeps_its_data(broker: LocalBroker) -> None:
    # Two commands at once, which both end: one broker runs.
    with start_command(broker) as one, start_command(broker) as other:
        assert [one.wait(), other.wait()] == [0, 0]
    status = broker.status()
    assert status.state == BrokerState.RUNNING
    assert status.address == f"127.0.0.1:{broker.port}"
    assert status.pid is not None
    end_with_us(status.pid)  # should the tests be ended
    assert status.memory is not None
    assert status.memory > 50_000_000
    process = psutil.Process(status.pid)
    listening = [c.laddr for c in process.net_connections("tcp") if c.status == "LISTEN"]
    assert {ip.removeprefix("::ffff:") for ip, _ in listening} == {"127.0.0.1"}
    assert broker.port in {port for _, port in listening}
    asyncio.run(produce(status.address))

    process.kill()
    until(lambda: broker.status().state == BrokerState.STOPPED, "the broker is seen to be gone", SOON)
    assert broker.status().last_words

    broker.start(told, outlives=False)
    again = broker.status()
    assert not again.last_words
    assert again.state == BrokerState.RUNNING
    assert again.pid != status.pid
    assert asyncio.run(consume(status.address)) == (b"uri", b"an item")
    broker.start(told)
    assert broker.status().pid == again.pid
    with pytest.raises(BrokerError, match=f"already runs at 127.0.0.1:{broker.port}"):
        LocalBroker(broker.home, port=free_port()).start(told)

    broker.stop(told)
    assert broker.status().state == BrokerState.STOPPED
    assert not broker.status().last_words
    until(lambda: again.pid not in psutil.pids(), "the broker is gone, and no zombie of this process", SOON)
    broker.stop(told)


def test_port_in_use_is_refused(broker: LocalBroker) -> None:
    with socket.create_server((broker.host, broker.port)):
        assert broker.status().state == BrokerState.OCCUPIED
        with pytest.raises(BrokerError, match=rf"in use by .*\(pid {os.getpid()}\)") as raised:
            broker.start(told)
    assert "choose another port" in str(raised.value)


def test_recorded_id_of_another_process_is_not_killed(broker: LocalBroker) -> None:
    broker.home.mkdir()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        record = {"pid": other.pid, "mark": "-Dclaimwire.broker=0", "host": "localhost", "port": 1}
        (broker.home / "broker.pid.json").write_text(json.dumps(record))
        broker.stop(told)
        assert other.poll() is None
        assert broker.status().pid is None
        other.communicate(b"\n")


def test_failure_of_kafka_is_told_in_its_words(broker: LocalBroker) -> None:
    broker.home.mkdir()
    (broker.home / "data").write_text("not a directory")
    with pytest.raises(BrokerError, match=r"Not a directory. More is in .*broker\.log"):
        broker.start(told)
    assert broker.status().state == BrokerState.STOPPED


def test_starter_that_is_interrupted_leaves_nothing_running(broker: LocalBroker) -> None:
    record = broker.home / "broker.pid.json"
    with start_command(broker) as starter:
        until(record.exists, "the broker is recorded", SOON)
        pid = json.loads(record.read_text())["pid"]
        starter.send_signal(signal.SIGINT)
        assert starter.wait() != 0
    assert not record.exists()
    assert not alive(pid)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_broker_that_is_not_to_outlive_its_starter_ends_with_it_whatever_ends_that(
    broker: LocalBroker, number: signal.Signals
) -> None:
    with start_command(broker, "waits") as starter:
        until(lambda: broker.status().state == BrokerState.RUNNING, "the broker runs", START_SECONDS)
        pid = broker.status().pid
        assert pid
        starter.send_signal(number)
        assert starter.wait() == -number
    until(lambda: not alive(pid), "the broker ends", SOON)


def test_directory_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BrokerError, match="cannot be used: Not a directory"):
        LocalBroker(tmp_path / "file" / "broker", port=free_port()).start(told)


def test_no_network_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{free_port()}")
    broker = LocalBroker(tmp_path / "broker", port=free_port(), cache=tmp_path / "cache")
    with pytest.raises(BrokerError, match=r"cannot be fetched .*Check the network"):
        broker.start(told)
