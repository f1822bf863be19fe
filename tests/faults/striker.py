"""The plugin that kills the worker's process at a named point: it is loaded there as if it were one more agent.

It does so once a file orders it, and removes the file before it does: the next process lives.
"""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from faust import Stream
from faust.transport.consumer import Consumer

from claimwire.subject_updates import of_journal
from streams.engine import batches
from streams.engine.app import Record, Streams
from streams.engine.stores import GROUP_ENDS, group_of
from streams.engine.tables import AckedTable, Rows
from streams.kafka.client import topic_name
from streams.kafka.topics import SUBJECT_TABLE, TOPICS

STRIKE: dict[str, Any] = json.loads(os.environ["STRIKE"])
"""The fields of a `Strike`."""

ORDER = Path(os.environ["STRIKE_ORDER"])
"""Is there while the strike is ordered."""

GATHERED_SECONDS = 0.5
"""Longer than what follows from one batch takes to arrive where the next one is made."""

Told = tuple[set[str], tuple[Any, ...] | None]
"""What a step is of; and its arguments for a part of it, None where it has no parts."""


def striker(streams: Streams) -> None:
    """Watch what the agents do."""
    if STRIKE["gathered"]:
        batches.GATHER_SECONDS = GATHERED_SECONDS
    strikes = Strikes(streams)
    Streams.send_ready = strikes.watching("send", Streams.send_ready, _sent)
    AckedTable.put_all = strikes.watching("write", AckedTable.put_all, _written)
    Stream.ack = strikes.watching("ack", Stream.ack, strikes.acknowledged)
    Consumer.force_commit = strikes.unless_held(Consumer.force_commit)


class Strikes:
    """Counts the steps, and strikes when it is ordered."""

    def __init__(self, streams: Streams) -> None:
        self._app = streams.app
        self._topics = {topic_name(streams.settings, topic): topic.name for topic in TOPICS}
        self._times = 0

    def watching(self, step: str, do: Callable[..., Any], told: Callable[..., Told]) -> Callable[..., Any]:
        """The same step, which is struck where that is ordered."""

        async def watched(*args: Any, **options: Any) -> Any:
            if not self._strikes_at(step, *told(*args)):
                return await do(*args, **options)
            if STRIKE["when"] == "after":
                await do(*args, **options)
            elif STRIKE["when"] == "midway":
                await do(*told(*args)[1], **options)
            if not STRIKE["repeats"]:
                await self._app.consumer.force_commit()
            _strike()
            return await asyncio.Event().wait()

        return watched

    def unless_held(self, commit: Callable[..., Any]) -> Callable[..., Any]:
        """Commit nothing while everything is to be repeated."""

        async def held(*args: Any, **options: Any) -> bool:
            if STRIKE["repeats"] and _is_ordered():
                return False
            done: bool = await commit(*args, **options)
            return done

        return held

    def acknowledged(self, stream: Any, event: Any) -> Told:
        """The topic of the record that counts as read now."""
        return {self._topics[event.message.topic]}, None

    def _strikes_at(self, step: str, of: set[str], part: tuple[Any, ...] | None) -> bool:
        if STRIKE["step"] != step or STRIKE["of"] not in of or (STRIKE["when"] == "midway" and not part):
            return False
        if not _is_ordered():
            return False
        self._times += 1
        return self._times == STRIKE["time"]


def _is_ordered() -> bool:
    return ORDER.exists()


def _strike() -> None:
    ORDER.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


def _sent(streams: Streams, records: Sequence[Record]) -> Told:
    return {record.topic.name for record in records}, (streams, records[:1]) if len(records) > 1 else None


def _written(table: AckedTable, rows: Rows) -> Told:
    """Of rows that belong together, the first is a part: so of each subject that has several rows, or of each claim."""
    first = {partition: dict(_firsts(each)) for partition, each in rows.items()}
    return {_kind(table, key) for each in rows.values() for key in each}, (table, first) if first != rows else None


def _firsts(rows: Mapping[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
    groups = set[bytes]()
    for key, value in rows.items():
        if (group := group_of(key)) not in groups:
            groups.add(group)
            yield key, value


def _kind(table: AckedTable, key: bytes) -> str:
    id = key.partition(GROUP_ENDS)[2].decode()
    return "journal" if table.name == SUBJECT_TABLE and of_journal(id) else table.name
