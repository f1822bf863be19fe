from random import Random

import pytest

from board.arrival_order import ArrivalOrder
from board.projection import LedgerRecord
from streams.kafka.topics import STATUS


def record(partition: int, offset: int, at: int) -> LedgerRecord:
    return LedgerRecord(topic=STATUS, partition=partition, offset=offset, at=at, key=b"", value=b"")


def test_nothing_is_told_while_a_partition_has_more_to_come_that_may_be_earlier() -> None:
    order = ArrivalOrder(10)
    order.add([record(0, 0, 5), record(0, 1, 7)])
    assert order.take({1}) == []
    order.add([record(1, 0, 6)])
    assert [r.at for r in order.take({1})] == [5, 6]
    assert order.take({1}) == []
    assert [r.at for r in order.take(set())] == [7]


def test_records_of_a_partition_keep_their_order_though_their_times_do_not() -> None:
    order = ArrivalOrder(10)
    order.add([record(0, 0, 9), record(0, 1, 3), record(1, 0, 4)])
    assert [(r.partition, r.offset) for r in order.take(set())] == [(1, 0), (0, 0), (0, 1)]


def test_partition_is_full_with_so_many_and_not_before() -> None:
    order = ArrivalOrder(2)
    order.add([record(0, 0, 1)])
    assert not order.full(0)
    order.add([record(0, 1, 2)])
    assert order.full(0)
    assert not order.full(1)


@pytest.mark.parametrize("seed", range(20))
def test_order_is_the_same_however_the_records_come_in(seed: int) -> None:
    chance = Random(seed)
    lanes = {n: [record(n, i, at) for i, at in enumerate(sorted(chance.sample(range(60), 12)))] for n in range(3)}
    whole = ArrivalOrder(100)
    whole.add(r for lane in lanes.values() for r in lane)
    wanted = whole.take(set())
    order, told, left = ArrivalOrder(100), [], {n: list(lane) for n, lane in lanes.items()}
    while any(left.values()):
        number = chance.choice([n for n, lane in left.items() if lane])
        size = chance.randint(1, 4)
        order.add(left[number][:size])
        del left[number][:size]
        told += order.take({n for n, lane in left.items() if lane})
    assert told + order.take(set()) == wanted
