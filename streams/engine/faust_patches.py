"""Repairs of Faust 0.15.3, without which a restart or a rebalance loses events. `recovery` repairs its recovery.

A worker may sleep for longer than its session (a closed laptop, a paused machine) while another takes
over. When it wakes up, it goes on with the records it had, and its writes cover the other's newer
state. In three such runs, 5 pieces of evidence were lost, and 3 withdrawn ones stayed. The repair
allows writes only after the group's coordinator has answered a recent heartbeat.

A consumer that joins the group before it knows the topics gets no partition of them, and aiokafka looks at the topics
again only after five minutes. One failed look was enough, such as at a broker that had just been out of service: the
worker was ready and read nothing. The repair joins the group only once the topics are known.

The other classes remove waits of whole seconds before the first event, and commit acknowledged
offsets before a partition is given up (without this, 187 of 848 events were handled twice).
"""

import asyncio
import logging
from time import monotonic
from typing import Any

from faust.tables.manager import TableManager as FaustTableManager
from faust.transport.drivers import aiokafka as driver

from streams.engine.recovery import Recovery
from streams.kafka.patience import PATIENCE_SECONDS, TOLD_SECONDS, TRY_SECONDS

log = logging.getLogger(__name__)

FETCH_WAIT_MS = 200
RECOVERY_FETCH_SECONDS = 0.05
IDLE_SECONDS = 0.02
MEMBER_SHARE = 0.8
"""Share of the session during which nobody else can have taken over after a heartbeat."""

HEARTBEAT_PATIENCE = 5.0


class MembershipLapsed(TimeoutError):
    """The group may have given this worker's partitions to another one. A new process must join the group."""


class TopicsUnseen(TimeoutError):
    """The broker does not show this worker some of its topics. A new process may do better."""


class TableManager(FaustTableManager):
    """Tables that start at once, while Faust sleeps for a second first."""

    _recovery: Recovery | None

    @property
    def recovery(self) -> Recovery:
        """The repaired recovery."""
        if self._recovery is None:
            self._recovery = Recovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery

    async def on_start(self) -> None:
        """Start the recovery."""
        await asyncio.sleep(0)
        if not self.should_stop:
            await self._update_channels()
            await self.recovery.start()


class _ConsumerThread(driver.AIOKafkaConsumerThread):
    member_until = 0.0

    async def on_start(self) -> None:
        """Note each heartbeat answered by the coordinator, and join the group only once the topics are known."""
        await super().on_start()
        await self._broker_in_service()
        coordinator: Any = self._consumer._coordinator
        self._note_heartbeats(coordinator)
        join = coordinator.ensure_active_group

        async def join_with_topics(subscription: Any, before: Any) -> Any:
            known = await self._topics_known(coordinator, subscription)
            return await join(subscription, before) if known else None

        coordinator.ensure_active_group = join_with_topics

    async def _broker_in_service(self) -> None:
        """Wait until the broker names one in service; aiokafka's coordinator would break. The watchdog waits less."""
        client: Any = self._consumer._client
        while client.get_random_node() is None:
            await asyncio.sleep(TRY_SECONDS)
            await client.force_metadata_update()

    async def _topics_known(self, coordinator: Any, subscription: Any) -> bool:
        """Wait until the client knows all topics of the subscription. It may be hidden from some for good.

        Returns
        -------
        bool
            False if they need not be known any more, or do not become known in time. Then the worker ends, and a new
            process makes topics that are gone.
        """
        client: Any = self._consumer._client
        began, told = monotonic(), False
        while subscription.active and not coordinator._closing.done():
            seen = client.cluster.topics(exclude_internal_topics=False) | client.cluster.unauthorized_topics
            unseen = ", ".join(sorted(subscription.topics - seen))
            if not unseen:
                return True
            waited = monotonic() - began
            if waited > PATIENCE_SECONDS:
                error = TopicsUnseen(f"the broker does not show {unseen}")
                self.parent_loop.call_soon_threadsafe(self.app.worker.fatal, error)
                return False
            if waited > TOLD_SECONDS and not told:
                told = True
                log.warning("the worker waits: the broker does not show %s", unseen)
            await client.force_metadata_update()
            await asyncio.sleep(TRY_SECONDS)
        return False

    def _note_heartbeats(self, coordinator: Any) -> None:
        beat = coordinator._do_heartbeat
        share = self.app.conf.broker_session_timeout * MEMBER_SHARE

        async def noted() -> bool:
            began = monotonic()
            known: bool = await beat()
            if known:
                self.member_until = began + share
            elif not coordinator.member_id:  # the coordinator says that it is no longer a member
                self.member_until = 0.0
            return known

        coordinator._do_heartbeat = noted

    def _create_worker_consumer(self, transport: Any) -> Any:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = FETCH_WAIT_MS  # Faust has 1500 and no setting for it
        return consumer

    async def getmany(self, active_partitions: Any, timeout: float) -> Any:
        if self.app.rebalancing:
            timeout = RECOVERY_FETCH_SECONDS
        # The set may change during the call, and an empty one would mean "all partitions".
        active = active_partitions if active_partitions is None else set(active_partitions)
        return await super().getmany(active, timeout)


class _Consumer(driver.Consumer):
    _lapsed = False

    def _new_consumer_thread(self) -> _ConsumerThread:
        return _ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    async def still_member(self) -> None:
        """Wait until it is certain that nobody else has taken over.

        Raises
        ------
        MembershipLapsed
            If no heartbeat is answered. Later calls raise it at once, so that waiting batches do not wait again.
        """
        deadline = monotonic() + HEARTBEAT_PATIENCE
        while self._lapsed or monotonic() > self._thread.member_until:
            if self._lapsed or monotonic() > deadline:
                self._lapsed = True
                raise MembershipLapsed("no heartbeat was answered for longer than another worker waits to take over")
            await asyncio.sleep(IDLE_SECONDS)

    async def on_partitions_revoked(self, revoked: Any) -> None:
        """Commit what is acknowledged, then forget it. Faust forgets first."""
        await self._on_partitions_revoked(revoked)
        for kept in (self._gap, self._acked, self._acked_index, self._read_offset, self._committed_offset):
            for partition in revoked:
                kept.pop(partition, None)
        self._active_partitions.difference_update(revoked)
        self._paused_partitions.difference_update(revoked)

    async def _wait_next_records(self, timeout: float) -> Any:
        if self.flow_active and not self._get_active_partitions():
            await asyncio.sleep(IDLE_SECONDS)
            return {}, self._get_active_partitions()
        return await super()._wait_next_records(timeout)


class _Producer(driver.Producer):
    async def on_start(self) -> None:
        """Send nothing without membership. The check is here, since an agent's records may wait in a batch."""
        await super().on_start()
        sender: Any = self._producer._sender
        send = sender._send_produce_req

        async def as_a_member(node: int, batches: dict[Any, Any]) -> None:
            try:
                await self.app.consumer.still_member()
            except MembershipLapsed as lapsed:
                for batch in batches.values():
                    batch.failure(lapsed)  # which ends the worker
                sender._in_flight.remove(node)
                sender._muted_partitions.difference_update(batches)
            else:
                await send(node, batches)

        sender._send_produce_req = as_a_member


class Transport(driver.Transport):
    """The transport with the repaired consumer and producer."""

    Consumer = _Consumer
    Producer = _Producer
