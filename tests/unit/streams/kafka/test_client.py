import socket
import threading
from collections.abc import Iterator
from unittest.mock import AsyncMock, MagicMock

import pytest
from aiokafka import TopicPartition

from streams.errors import KafkaRefuses, KafkaUnreachable
from streams.kafka import client
from streams.kafka.client import consumer, partitions_of
from streams.kafka.topics import LEDGERS
from streams.ports_and_processes import Answer, answer
from streams.settings import Settings


@pytest.fixture
def silent() -> Iterator[str]:
    """An address that takes connections and says nothing: they wait in the queue of its socket."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def other() -> Iterator[str]:
    """An address at which a web server answers."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                connection.recv(100)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}"
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


def asked(address: str) -> Answer:
    host, _, port = address.rpartition(":")
    return answer(host, int(port))


def test_silence_is_told_from_another_answer_and_from_nothing(silent: str, other: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"127.0.0.1:{closed.getsockname()[1]}"
    assert [asked(silent), asked(other), asked(nobody)] == [Answer.SILENT, Answer.OTHER, Answer.NOTHING]


async def test_a_client_says_of_silence_after_one_question_and_gives_up_by_and_by(
    silent: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    asked: list[Settings] = []
    monkeypatch.setattr(client.tell, "warning", lambda line: said.append(f"{len(asked)}: {line}"))
    ask = client.answer_of
    monkeypatch.setattr(client, "answer_of", lambda settings: asked.append(settings) or ask(settings))
    monkeypatch.setattr(client, "monotonic", lambda: float(len(asked)))  # a question is a second
    monkeypatch.setattr(client, "PATIENCE_SECONDS", 2.0)
    with pytest.raises(KafkaUnreachable, match=f"something takes connections at {silent}.*CLAIMWIRE_BROKER"):
        async with consumer(Settings(broker=silent)):
            pass
    assert [line.partition(",")[0] for line in said] == [f"1: something takes connections at {silent}"]
    assert len(asked) == 3


async def test_a_client_says_that_something_else_answers(other: str) -> None:
    with pytest.raises(KafkaRefuses, match=f"what answers at {other} closes the connection"):
        async with consumer(Settings(broker=other)):
            pass


async def test_topics_that_could_not_be_looked_at_are_not_taken_for_missing() -> None:
    looks = AsyncMock(side_effect=[False, True])  # at first the broker names none in service
    reader = MagicMock()
    reader._client.force_metadata_update = looks
    reader.partitions_for_topic = lambda _: {0} if looks.await_count == 2 else None
    assert await partitions_of(reader, Settings(), LEDGERS) == [TopicPartition(LEDGERS.name, 0)]
