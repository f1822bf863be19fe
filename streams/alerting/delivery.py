"""Delivery: takes the changes that rules ask for, sends them when they may go, and retries until they arrive or die."""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from claimwire.status_events import StatusChanged
from streams.alerting.channels import Undelivered, channels_of
from streams.alerting.messages import Ended, payload, title
from streams.alerting.outbox import (
    Delivery,
    Outbox,
    delivered,
    due,
    failed,
    is_last,
    overtake,
    release,
    take_in,
    undoes,
)
from streams.alerting.rows import TakenRow, change_key, restored, writes
from streams.alerting.rules import Rule
from streams.alerting.settling import OVERTAKES, settles_until
from streams.codecs import STATUS_CHANGED, Undecodable, decode, encode
from streams.engine.app import Event, Record, Streams
from streams.kafka.topics import ALERTS, LARGEST, MATCHES, OUTBOX_TABLE

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.5
"""Time between checks whether something may go or is to be retried."""

AT_ONCE = 4
"""Tries of one channel at the same time. A channel that hangs delays only its own messages."""

GONE = "the rule names this channel no more"


@dataclass(slots=True)
class Box:
    """An outbox of this worker, and its partition."""

    partition: int
    outbox: Outbox


class Deliverer:
    """The outboxes of the rules in this worker's partitions.

    Each change to an outbox is made under its lock, and is written before it counts. So a message is in the table
    before it is sent, and leaves the table once its channel took it. After a crash in between it is sent again, with
    the same id.

    Raises
    ------
    SettingsInvalid
        If a rule names a channel that does not exist.
    """

    def __init__(self, streams: Streams, rules: Sequence[Rule]) -> None:
        self._streams = streams
        self._table = streams.table(OUTBOX_TABLE)
        self._rules = {rule.name: rule for rule in rules}
        self._channels = {rule.name: {channel.name: channel for channel in channels_of(rule)} for rule in rules}
        self._locks = {rule.name: asyncio.Lock() for rule in rules}
        self._boxes: dict[str, Box] = {}
        self._settled = asyncio.Event()
        self._news = asyncio.Event()
        self._under_way: set[tuple[str, str, str]] = set()
        self._table.on_recover(self._take_up)

    async def take(self, event: Event) -> None:
        """Take a change that a rule asks for, or that overtakes one. A change taken before does nothing."""
        rule = self._rules.get((event.key or b"").decode("utf8", "replace"))
        try:
            changed = decode(STATUS_CHANGED, event.value)
        except Undecodable as error:
            await self._streams.reject(event, "deliver", str(error))
            return
        if rule is None:  # it was removed from the file meanwhile
            return
        async with self._locks[rule.name]:
            box = self._boxes.setdefault(rule.name, Box(event.message.partition, Outbox()))
            await self._turn(rule, box, await self._taken_in(rule, box.outbox, changed, event.message))
        self._news.set()

    async def _taken_in(self, rule: Rule, outbox: Outbox, changed: StatusChanged, message: Any) -> Outbox:
        """The outbox with a change, now recorded, and without those that it overtakes."""
        headers, key = dict(message.headers or ()), change_key(rule.name, changed.id)
        until = settles_until(headers)
        known = self._table.read(message.partition, key) is not None
        silent = OVERTAKES in headers or undoes(outbox, changed, until)
        if not known:
            row = TakenRow(offset=message.offset, event=changed, until=until)
            await self._table.put_all({message.partition: {key: encode(None if silent else row)}})
        if known or silent:
            return overtake(outbox, changed)
        return take_in(rule, outbox, changed, until, _now(), [*self._channels[rule.name]])

    async def run(self) -> None:
        """Deliver until cancelled."""
        try:
            async with asyncio.TaskGroup() as tries:
                await self._deliver(tries)
        except ExceptionGroup as group:  # the first one shows whether the broker is away
            first = group.exceptions[0]
            raise first from first.__cause__

    async def _deliver(self, tries: asyncio.TaskGroup) -> None:
        while True:
            await self._settled.wait()
            for name in [*self._boxes]:
                await self._release(self._rules[name])
                for delivery in self._next(name):
                    self._under_way.add(_place(delivery))
                    tries.create_task(self._try(self._rules[name], delivery))
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._news.wait()
            self._news.clear()

    async def halt(self) -> None:
        """Give up all outboxes. Nothing is written to them from now on."""
        self._settled.clear()
        self._boxes.clear()
        for lock in self._locks.values():
            async with lock:  # wait for whoever is writing
                pass

    async def _take_up(self) -> None:
        """Read this worker's outboxes after a rebalance."""
        await self.halt()
        for partition in self._streams.partitions(MATCHES):
            for name in self._rules:
                if rows := self._table.group(partition, name.encode()):
                    self._boxes[name] = Box(partition, restored(name, rows, _now()))
        self._settled.set()

    async def _release(self, rule: Rule) -> None:
        async with self._locks[rule.name]:
            channels = [*self._channels[rule.name]]
            while box := self._boxes.get(rule.name):
                after = release(rule, box.outbox, _now(), channels)
                if after is box.outbox:
                    break
                await self._turn(rule, box, after)

    async def _turn(self, rule: Rule, box: Box, after: Outbox) -> None:
        """Write the new state of an outbox, then adopt it."""
        if after is not box.outbox:
            for rows in writes(rule.name, box.outbox, after):
                await self._table.put_all({box.partition: rows})
            box.outbox = after

    def _next(self, name: str) -> Iterator[Delivery]:
        """The deliveries to try now, as far as their channels have room."""
        box = self._boxes.get(name)
        busy = [channel for rule, _, channel in self._under_way if rule == name]
        for delivery in due(box.outbox, _now()) if box else ():
            if _place(delivery) not in self._under_way and busy.count(delivery.channel) < AT_ONCE:
                busy.append(delivery.channel)
                yield delivery

    async def _try(self, rule: Rule, delivery: Delivery) -> None:
        try:
            refusal = await self._send(delivery)
            await self._settled.wait()  # wait out a rebalance, so as not to send twice
            async with self._locks[rule.name]:
                box = self._boxes.get(rule.name)
                if not box or delivery not in box.outbox.deliveries:
                    return  # another worker has it by now
                if refusal and str(refusal) != GONE and not is_last(delivery):
                    await self._turn(rule, box, failed(box.outbox, delivery, _now(), refusal.after))
                    return
                await self._tell(delivery, refusal)
                await self._turn(rule, box, delivered(box.outbox, delivery))
        finally:
            self._under_way.discard(_place(delivery))
            self._news.set()

    async def _send(self, delivery: Delivery) -> Undelivered | None:
        """Give a message to its channel and return why it was not taken, if so."""
        channel = self._channels[delivery.message.rule].get(delivery.channel)
        if channel is None:
            return Undelivered(GONE)
        try:
            await channel.deliver(delivery.message)
        except Undelivered as refusal:
            return refusal
        return None

    async def _tell(self, delivery: Delivery, refusal: Undelivered | None) -> None:
        """Record how a delivery ended."""
        value = outcome(delivery, str(refusal or ""), _now())
        if refusal:
            m = delivery.message
            log.warning(
                "%s: %s not delivered to %s: %s", m.rule, m.id, delivery.channel, refusal, extra={"rule": m.rule}
            )
        await self._streams.send([Record(ALERTS, delivery.message.events[0].claim.id.encode(), value)])


def outcome(delivery: Delivery, refusal: str, now: datetime) -> bytes:
    """How a delivery ended, as a record of `claims.alerts`."""
    message = delivery.message
    ended = Ended(
        id=message.id,
        rule=message.rule,
        title=title(message),
        channel=delivery.channel,
        outcome="dead" if refusal else "delivered",
        reason=refusal,
        tries=delivery.tries + 1,
        made=message.made,
        ended=now,
        events=tuple(event.id for event in message.events),
        message=payload(message) if refusal else None,
    )
    value = encode(ended)
    return value if len(value) < LARGEST // 2 else encode(replace(ended, message=None))


def _place(delivery: Delivery) -> tuple[str, str, str]:
    """The key that identifies a delivery."""
    return delivery.message.rule, delivery.message.id, delivery.channel


def _now() -> datetime:
    return datetime.now(UTC)
