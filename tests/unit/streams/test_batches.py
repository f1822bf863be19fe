import asyncio
from collections.abc import AsyncIterator, Iterable

import pytest

from streams.batches import in_batches, in_step


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
