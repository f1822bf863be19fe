import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from types import SimpleNamespace

import pytest

from streams.codecs import Undecodable
from streams.engine.app import Event, Record, Streams
from streams.engine.batches import Agent, Batches, Handled, Stumbled, in_batches, in_step
from streams.kafka.topics import STATEMENTS
from streams.settings import Settings


async def arriving(waves: Iterable[Iterable[int]], handled: asyncio.Event) -> AsyncIterator[int]:
    """Events of which some wait from the first; of each further wave none comes before the last one was handled."""
    for wave in waves:
        for event in wave:
            yield event
        await handled.wait()
        handled.clear()


def batches(waves: Iterable[Iterable[int]], most: int) -> list[list[int]]:
    async def gathered() -> list[list[int]]:
        handled = asyncio.Event()
        found = []
        async for batch in in_batches(arriving(waves, handled), most):
            found.append(batch)
            handled.set()
        return found

    return asyncio.run(gathered())


def test_what_waits_is_one_batch_and_what_comes_later_another() -> None:
    assert batches([range(3), range(3, 4), range(4, 6)], 10) == [[0, 1, 2], [3], [4, 5]]


def test_batch_is_no_larger_than_asked_for() -> None:
    assert batches([range(7)], 3) == [[0, 1, 2], [3, 4, 5], [6]]


def test_one_at_a_time_is_a_batch_each() -> None:
    assert batches([range(3)], 1) == [[0], [1], [2]]


def test_no_events_are_no_batch() -> None:
    assert batches([], 3) == []


def test_what_the_events_raise_is_raised() -> None:
    async def broken() -> AsyncIterator[int]:
        yield 1
        raise ConnectionError

    async def read() -> None:
        async for _ in in_batches(broken(), 1):
            pass

    with pytest.raises(ConnectionError):
        asyncio.run(read())


def test_writes_of_several_go_on_in_step_each_in_its_order() -> None:
    ways = [[{"a": 1}, {"a": 2}, {"b": 3}], [{"c": 1}], []]
    assert list(in_step(ways)) == [{"a": 1, "c": 1}, {"a": 2}, {"b": 3}]


class Broker(Streams):
    """What an agent works with, but for the broker: what is sent is noted in its place."""

    def __init__(self, done: list[str]) -> None:
        super().__init__(Settings(), 1, on_fatal=lambda _: None)
        self.done = done

    async def send_ready(self, records: Sequence[Record]) -> None:
        self.done += [f"sent {(record.value or b'').decode()}" for record in records]


class Doubling(Agent[str]):
    """Says each word twice, and remembers it. It reads no digits, and stumbles over x."""

    name = "doubling"

    def __init__(self, done: list[str]) -> None:
        self.done, self.new = done, list[str]()

    async def read(self, event: Event) -> str:
        word: str = event.value.decode()
        await asyncio.sleep(0.001 * (5 - len(word)))  # the first are not the first to be read
        if word.isdigit():
            raise Undecodable("no word")
        return word

    async def take(self, event: Event, read: str) -> Handled:
        self.new.append(read)
        if read == "x":
            raise Stumbled("x")
        return Handled([Record(STATEMENTS, b"", read.encode() * 2)], lambda: self.done.append(f"counted {read}"))

    async def keep(self) -> None:
        self.done += [f"kept {word}" for word in self.new]
        self.forget()

    def forget(self) -> None:
        self.new.clear()


def handled(words: Iterable[str]) -> list[str]:
    """What is done, in its order, over a batch of such records."""
    done: list[str] = []
    messages = (
        SimpleNamespace(topic="t", partition=0, offset=n, key=None, value=word.encode(), headers=[], timestamp=0)
        for n, word in enumerate(words)
    )
    events = [SimpleNamespace(message=message, value=message.value) for message in messages]
    asyncio.run(Batches(Broker(done), Doubling(done)).handle(events))
    return done


def test_all_that_follows_from_a_batch_is_sent_before_anything_is_kept_in_the_order_of_its_records() -> None:
    assert handled(["a", "bb"]) == ["sent aa", "sent bbbb", "kept a", "kept bb", "counted a", "counted bb"]


def test_record_that_cannot_be_read_is_rejected_in_its_place_and_the_others_are_handled() -> None:
    assert handled(["a", "7", "b"]) == ["sent aa", "sent 7", "sent bb", "kept a", "kept b", "counted a", "counted b"]


def test_where_one_stumbles_it_is_rejected_and_what_was_taken_in_before_it_is_kept_once() -> None:
    a, b = (["sent " + word * 2, "kept " + word, "counted " + word] for word in ("a", "b"))
    assert handled(["a", "x", "b"]) == [*a, "sent x", *b]
