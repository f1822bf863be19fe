from collections.abc import Awaitable, Callable

import pytest
from aiokafka.errors import (
    BrokerNotAvailableError,
    GroupCoordinatorNotAvailableError,
    InvalidReplicationFactorError,
    KafkaConnectionError,
    KafkaError,
    KafkaTimeoutError,
    MessageSizeTooLargeError,
    NodeNotReadyError,
    NotEnoughReplicasError,
    TopicAuthorizationFailedError,
)
from faust.exceptions import ProducerSendError

from streams.errors import FilesExhausted, KafkaUnreachable
from streams.kafka import patience
from streams.kafka.patience import passes, patiently
from streams.settings import Settings

PASSING = [
    BrokerNotAvailableError(),
    ConnectionResetError(),
    GroupCoordinatorNotAvailableError(),
    InvalidReplicationFactorError(),
    KafkaConnectionError(),
    KafkaTimeoutError(),
    KafkaUnreachable(),
    NodeNotReadyError(),
    NotEnoughReplicasError(),
    TimeoutError(),
]
LASTING = [AttributeError("ours"), MessageSizeTooLargeError(), OSError("disk full"), TopicAuthorizationFailedError()]


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the user is told. Every look at the clock is a second, and no try waits for the next."""
    said: list[str] = []
    clock = iter(range(10**6))
    monkeypatch.setattr(patience, "monotonic", lambda: float(next(clock)))
    monkeypatch.setattr(patience, "TRY_SECONDS", 0.0)
    monkeypatch.setattr(patience.tell, "warning", said.append)
    return said


def fails(error: Exception, times: int) -> Callable[[], Awaitable[int]]:
    """A question that fails so many times, and is then answered with the number of tries."""
    tries = 0

    async def ask() -> int:
        nonlocal tries
        tries += 1
        if tries <= times:
            raise error
        return tries

    return ask


@pytest.mark.parametrize("error", PASSING, ids=repr)
def test_errors_of_an_absent_or_troubled_broker_pass(error: Exception) -> None:
    assert passes(error)


@pytest.mark.parametrize("error", LASTING, ids=repr)
def test_what_the_broker_refuses_and_what_the_code_does_wrong_stays(error: Exception) -> None:
    assert not passes(error)


def test_error_that_faust_wraps_is_seen_through() -> None:
    wrapped = ProducerSendError("Error while sending")
    wrapped.__cause__ = KafkaConnectionError()
    assert passes(wrapped)


async def test_passing_error_is_waited_out_and_a_short_one_is_not_told(told: list[str]) -> None:
    assert await patiently(Settings(), fails(NodeNotReadyError(), 3)) == 4
    assert told == []


async def test_long_trouble_is_told_once_and_by_and_by_it_is_an_error(told: list[str]) -> None:
    with pytest.raises(KafkaUnreachable, match=r"127\.0\.0\.1:9092 is not ready \(NodeNotReadyError\)"):
        await patiently(Settings(), fails(NodeNotReadyError(), 10**6))
    [line] = told
    assert "NodeNotReadyError" in line
    assert "Trying for 30 s" in line


async def test_what_does_not_pass_is_an_error_at_once() -> None:
    with pytest.raises(MessageSizeTooLargeError):
        await patiently(Settings(), fails(MessageSizeTooLargeError(), 1))


async def test_lack_of_descriptors_is_not_taken_for_a_broker_in_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left() -> None:
        raise FilesExhausted

    monkeypatch.setattr(patience, "see_files_left", none_left)
    with pytest.raises(FilesExhausted):
        await patiently(Settings(), fails(NodeNotReadyError(), 1))


def test_every_error_that_aiokafka_calls_retriable_passes() -> None:
    retriable = {e for e in _kinds(KafkaError) if e.retriable}
    assert NodeNotReadyError in retriable
    assert all(passes(kind()) for kind in retriable)


def _kinds(kind: type[KafkaError]) -> set[type[KafkaError]]:
    return {kind}.union(*(_kinds(under) for under in kind.__subclasses__()))
