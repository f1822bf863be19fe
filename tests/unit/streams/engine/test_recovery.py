"""Each step of Faust's recovery that ours changes goes wrong with Faust alone, and right with ours.

`test_faust_patches` says how such tests are read.
"""

import asyncio
from typing import Any
from unittest.mock import AsyncMock, MagicMock

import faust
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from faust.tables.recovery import Recovery as FaustRecovery
from faust.tables.recovery import ServiceStopped

from streams.engine import recovery
from streams.engine.recovery import Recovery

HERE = TopicPartition("news.items", 0)


def recovering() -> MagicMock:
    """A recovery at its last step, with one source partition, of which nothing is committed."""
    at = MagicMock()
    at.app.consumer_generation_id = 0
    at.app.on_rebalance_complete.send = AsyncMock()
    at.app._fetcher.maybe_start = AsyncMock()
    at.app.consumer.assignment.return_value = {HERE}
    at.app.consumer._committed_offset = {}
    at.app.consumer.earliest_offsets = AsyncMock(return_value={HERE: 0})
    at.app.consumer.seek = AsyncMock()
    at.consumer = at.app.consumer
    at._is_changelog_tp.return_value = False

    async def wait(awaited: Any, **_: Any) -> None:
        if asyncio.iscoroutine(awaited):
            await awaited

    at._wait = wait
    at._seek_uncommitted = lambda *given: Recovery._seek_uncommitted(at, *given)
    at.tables.values.return_value = []
    return at


def order(at: MagicMock, *steps: str) -> list[str]:
    return [name for name, *_ in at.mock_calls if name in steps]


RESUME, SEEK = "app.consumer.resume_partitions", "app.consumer.perform_seek"


async def test_partitions_are_sought_before_they_are_resumed() -> None:
    alone, ours = recovering(), recovering()
    await FaustRecovery.on_recovery_completed(alone)
    await Recovery.on_recovery_completed(ours)
    assert order(alone, RESUME, SEEK) == [RESUME, SEEK]
    assert order(ours, RESUME, SEEK) == [SEEK, RESUME]


async def test_what_a_table_raises_at_the_end_of_recovery_is_not_swallowed() -> None:
    alone, ours = recovering(), recovering()
    for at in (alone, ours):
        table = MagicMock()
        table.on_recovery_completed = AsyncMock(side_effect=RuntimeError("the index"))
        at.tables.values.return_value = [table]
    await FaustRecovery.on_recovery_completed(alone)
    with pytest.raises(RuntimeError, match="the index"):
        await Recovery.on_recovery_completed(ours)


async def test_a_partition_without_a_commit_is_sought_too() -> None:
    kafka = AIOKafkaConsumer(bootstrap_servers="127.0.0.1:9", group_id="g")
    kafka.assign([HERE])
    kafka.committed = AsyncMock(return_value=None)
    kafka._fetcher = MagicMock()
    await kafka.seek_to_committed(HERE)
    kafka._fetcher.seek_to.assert_not_called()
    kafka._closed = True  # it was never started
    ours = recovering()
    await Recovery.on_recovery_completed(ours)
    ours.app.consumer.seek.assert_awaited_once_with(HERE, 0)


async def test_a_step_of_recovery_that_takes_too_long_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    app = faust.App("alone", broker="kafka://127.0.0.1:9", loop=asyncio.get_running_loop())
    with pytest.raises(ServiceStopped):  # as if it had been told to stop
        await FaustRecovery(app, app.tables)._wait(asyncio.Event(), timeout=0.01)
    monkeypatch.setattr(recovery, "RECOVERY_STEP_SECONDS", 0.01)
    with pytest.raises(TimeoutError):
        await Recovery(app, app.tables)._wait(asyncio.Event())


async def test_recovery_does_not_read_changelogs_record_by_record() -> None:
    for kind, reads in ((FaustRecovery, False), (Recovery, True)):
        assert ("catch_up" in kind._build_offsets.__code__.co_names) is reads
