"""The plugin that kills the worker's process at a named point: it is loaded there as if it were one more agent.

What it is to do stands in a file, which it removes before it does so: the next process lives.
"""

import asyncio
import json
import os
import signal
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from faust import Stream
from faust.transport.consumer import Consumer

from claimwire.keeping import of_journal
from streams.app import Record, Streams
from streams.kafka import topic_name
from streams.stores import GROUP_ENDS
from streams.tables import AckedTable, Rows, by_partition
from streams.topics import SUBJECT_TABLE, TOPICS

ORDER = Path(os.environ["STRIKE"])
"""Where a strike stands, as JSON, while it is ordered."""

Told = tuple[set[str], tuple[Any, ...] | None]
"""What a step is of; and its arguments for all but the last of several records, None where it has but one."""


def striker(streams: Streams) -> None:
    """Watch what the agents do."""
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
            order, (of, some) = _order(), told(*args)
            if not order or order["step"] != step or order["of"] not in of or (order["when"] == "midway" and not some):
                return await do(*args, **options)
            self._times += 1
            if self._times < order["time"]:
                return await do(*args, **options)
            if order["when"] == "after":
                await do(*args, **options)
            elif order["when"] == "midway":
                await do(*some, **options)
            if not order["repeats"]:
                await self._app.consumer.force_commit()
            _strike()
            return await asyncio.Event().wait()

        return watched

    def unless_held(self, commit: Callable[..., Any]) -> Callable[..., Any]:
        """Commit nothing while everything is to be repeated."""

        async def held(*args: Any, **options: Any) -> bool:
            order = _order()
            if order and order["repeats"]:
                return False
            done: bool = await commit(*args, **options)
            return done

        return held

    def acknowledged(self, stream: Any, event: Any) -> Told:
        """The topic of the record that counts as read now."""
        return {self._topics[event.message.topic]}, None


def _order() -> dict[str, Any] | None:
    try:
        order: dict[str, Any] = json.loads(ORDER.read_bytes())
    except FileNotFoundError:
        return None
    return order


def _strike() -> None:
    ORDER.unlink()
    os.kill(os.getpid(), signal.SIGKILL)


def _sent(streams: Streams, records: Sequence[Record]) -> Told:
    return {record.topic.name for record in records}, (streams, records[:-1]) if len(records) > 1 else None


def _written(table: AckedTable, rows: Rows) -> Told:
    keys = [(partition, key) for partition, each in rows.items() for key in each]
    some = (table, by_partition({place: rows[place[0]][place[1]] for place in keys[:-1]})) if len(keys) > 1 else None
    if table.name == SUBJECT_TABLE and any(of_journal(key.partition(GROUP_ENDS)[2].decode()) for _, key in keys):
        return {"journal"}, some
    return ({table.name} if keys else set()), some
