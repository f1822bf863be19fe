"""Each repair is needed, and repairs: what is asked goes wrong with Faust alone, and right with ours.

A test whose first half fails after an upgrade says that upstream has mended it, and that the repair may go. Faust's
other parts are recorders here: what counts is what it calls, in which order. `tests/stream` and `tests/faults` run the
whole on a real Kafka.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from typing import Any
from unittest.mock import AsyncMock, MagicMock

import faust
import pytest
from aiokafka import TopicPartition
from faust.tables.manager import TableManager as FaustTableManager
from faust.transport.drivers import aiokafka as driver

from streams.engine import faust_patches
from streams.engine.faust_patches import FETCH_WAIT_MS, MembershipLapsed, TableManager
from streams.kafka.patience import passes

HERE = TopicPartition("news.items", 0)


async def test_tables_start_without_a_pause() -> None:
    slept: dict[type, list[float]] = {}
    for kind in (FaustTableManager, TableManager):
        at = MagicMock(should_stop=True)
        at.sleep = AsyncMock()
        await kind.on_start(at)
        slept[kind] = [call.args[0] for call in at.sleep.await_args_list]
    assert slept == {FaustTableManager: [1.0], TableManager: []}


def application(transport: type[driver.Transport]) -> faust.App:
    """An application that never reaches a broker."""
    app = faust.App("alone", broker="kafka://127.0.0.1:9", loop=asyncio.get_running_loop())
    app.transport = app.producer_transport = transport(app.conf.broker_consumer, app)
    return app


@pytest.fixture
async def threads() -> AsyncIterator[tuple[Any, Any]]:
    """The consumer threads of Faust and of ours, neither of which runs."""
    alone, ours = (application(kind).consumer._thread for kind in (driver.Transport, faust_patches.Transport))
    yield alone, ours
    alone.thread_loop.close()
    ours.thread_loop.close()


async def test_a_fetch_waits_for_a_fifth_of_a_second_at_most(threads: tuple[Any, Any]) -> None:
    made = [thread._create_worker_consumer(thread.app.transport) for thread in threads]
    assert [consumer._fetch_max_wait_ms for consumer in made] == [1500, FETCH_WAIT_MS]
    for consumer in made:
        consumer._closed = True  # neither was started


def joining(thread: Any, shown: list[set[str]]) -> tuple[Any, AsyncMock]:
    """The coordinator of a consumer whose broker shows these topics at one look after another, and its joining."""
    client = MagicMock(force_metadata_update=AsyncMock())
    client.cluster.unauthorized_topics = {"hidden"}
    client.cluster.topics = lambda **_: shown[min(client.force_metadata_update.await_count, len(shown) - 1)]
    coordinator = MagicMock(ensure_active_group=AsyncMock(), _closing=asyncio.get_running_loop().create_future())
    thread._create_consumer = lambda **_: MagicMock(start=AsyncMock(), _client=client, _coordinator=coordinator)
    return coordinator, coordinator.ensure_active_group


async def test_the_group_is_joined_once_the_topics_are_known(
    threads: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faust_patches, "TRY_SECONDS", 0.0)
    subscription = MagicMock(topics=frozenset({"news.items", "hidden"}), active=True)
    looks = []
    for thread in threads:
        coordinator, join = joining(thread, [set(), set(), {"news.items"}])
        await thread.on_start()
        await coordinator.ensure_active_group(subscription, None)
        join.assert_awaited_once_with(subscription, None)
        looks.append(thread._consumer._client.force_metadata_update.await_count)
    assert looks == [0, 2]


async def test_a_worker_whose_topics_are_not_shown_for_long_ends_so_that_another_begins(
    threads: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faust_patches, "PATIENCE_SECONDS", 0.0)
    _, ours = threads
    ours.app.worker = MagicMock()
    coordinator, join = joining(ours, [set()])
    await ours.on_start()
    await coordinator.ensure_active_group(MagicMock(topics=frozenset({"news.items"}), active=True), None)
    await asyncio.sleep(0)
    join.assert_not_awaited()
    [[error], _] = ours.app.worker.fatal.call_args
    assert passes(error)
    assert "news.items" in str(error)


async def test_a_broker_without_any_in_service_is_waited_for(
    threads: tuple[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(faust_patches, "TRY_SECONDS", 0.0)
    looks = []
    for thread in threads:
        joining(thread, [set()])
        consumer = thread._create_consumer()
        thread._create_consumer = lambda consumer=consumer, **_: consumer
        look = consumer._client.force_metadata_update
        consumer._client.get_random_node = lambda look=look: 1 if look.await_count > 1 else None
        await thread.on_start()
        looks.append(look.await_count)
    assert looks == [0, 2]


async def test_the_set_of_partitions_to_fetch_is_the_one_of_now(threads: tuple[Any, Any]) -> None:
    active = {HERE}
    given = []
    for thread in threads:
        thread._consumer = MagicMock()
        thread.call_thread = AsyncMock()
        await thread.getmany(active, 1.0)
        given.append(thread.call_thread.await_args.args[2])
    alone, ours = given
    assert alone is active
    assert ours == active
    assert ours is not active


async def test_a_fetch_during_a_rebalance_comes_back_at_once(threads: tuple[Any, Any]) -> None:
    timeouts = []
    for thread in threads:
        thread._consumer = MagicMock()
        thread.call_thread = AsyncMock()
        thread.app.rebalancing = True
        await thread.getmany({HERE}, 1.0)
        timeouts.append(thread.call_thread.await_args.kwargs["timeout"])
    assert timeouts == [1.0, faust_patches.RECOVERY_FETCH_SECONDS]


async def test_what_is_acknowledged_is_known_until_it_is_committed() -> None:
    known = []
    for kind in (driver.Consumer, faust_patches._Consumer):
        at = MagicMock(_acked=defaultdict(list, {HERE: [7]}), _active_partitions={HERE}, _paused_partitions=set())

        async def commit(_: Any, at: Any = at) -> None:
            known.append(dict(at._acked))

        at._on_partitions_revoked = commit
        for kept in ("_gap", "_acked_index", "_read_offset", "_committed_offset"):
            setattr(at, kept, {})
        at.transition_with = None
        await getattr(kind.on_partitions_revoked, "__wrapped__", kind.on_partitions_revoked)(at, {HERE})
        assert not at._acked
    assert known == [{}, {HERE: [7]}]


async def test_a_worker_without_partitions_waits_for_moments_only() -> None:
    alone, ours = MagicMock(flow_active=True), MagicMock(flow_active=True)
    for at in (alone, ours):
        at.app.client_only = False
        at._get_active_partitions.return_value = set()
        at.sleep = AsyncMock()
    await driver.Consumer._wait_next_records(alone, 1.0)
    await faust_patches._Consumer._wait_next_records(ours, 1.0)
    alone.sleep.assert_awaited_once_with(1)
    ours.sleep.assert_not_awaited()


async def test_nothing_is_produced_without_membership() -> None:
    sent = []
    for transport in (driver.Transport, faust_patches.Transport):
        app = application(transport)
        app.consumer = MagicMock()
        app.consumer.still_member = AsyncMock(side_effect=MembershipLapsed)
        kafka, batch = MagicMock(), MagicMock()
        kafka.start = AsyncMock()
        send = kafka._sender._send_produce_req = AsyncMock()
        app.producer._new_producer = lambda kafka=kafka: kafka
        await app.producer.on_start()
        await kafka._sender._send_produce_req(1, {HERE: batch})
        sent.append((send.await_count, batch.failure.call_count))
    assert sent == [(1, 0), (0, 1)]


async def test_once_membership_has_lapsed_no_batch_waits_for_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    slept = AsyncMock()
    monkeypatch.setattr(faust_patches, "HEARTBEAT_PATIENCE", 0.0)
    at = MagicMock(_lapsed=False)
    at._thread.member_until = 0.0
    with pytest.raises(MembershipLapsed):
        await faust_patches._Consumer.still_member(at)
    monkeypatch.setattr(faust_patches, "HEARTBEAT_PATIENCE", 1e9)
    monkeypatch.setattr(asyncio, "sleep", slept)
    with pytest.raises(MembershipLapsed):
        await faust_patches._Consumer.still_member(at)
    slept.assert_not_awaited()
