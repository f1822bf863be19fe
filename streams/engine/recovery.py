"""Recovery: the order in which a worker prepares its tables, offsets and streams after a start or a rebalance.

After a recovery Faust resumes the source partitions, then seeks, then empties the streams' queues.
It throws away what was fetched in between. When these records are fetched again, it throws them away
as "already read", and the commit skips them: ordinary restarts lost 19 of 240 events for good.
The order here is: seek, empty, then resume.
"""

import asyncio
from typing import Any

from aiokafka import TopicPartition
from faust.tables.recovery import Recovery as FaustRecovery

from streams.engine.changelog_reader import catch_up

RECOVERY_STEP_SECONDS = 120.0


class Recovery(FaustRecovery):
    """Recovery that reads changelogs in batches, and loses no event in its last step."""

    async def _wait(self, coro: Any, timeout: Any = None) -> None:
        """Wait longer than Faust does, and then fail, so that the worker ends and another begins.

        After its timeout Faust goes on without the ends of the changelogs, as if these were empty. Or it takes the
        timeout for its own end, and never recovers again.
        """
        async with asyncio.timeout(RECOVERY_STEP_SECONDS):
            await super()._wait(coro)

    async def _build_offsets(self, consumer: Any, tps: Any, destination: Any, title: str) -> None:
        """Read the changelogs of the coming active partitions. Faust then finds them up to date."""
        if title == "active" and tps:
            tables = {tp: self.tp_to_table[tp] for tp in tps}
            stores = {TopicPartition(tp.topic, tp.partition): table.data for tp, table in tables.items()}
            last = {partition: self.active_highwaters[partition] for partition in stores}
            await catch_up(next(iter(tables.values())).settings, stores, last)
            for tp, table in tables.items():
                destination[tp] = table.persisted_offset(tp)
        await super()._build_offsets(consumer, tps, destination, title)

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        """Notify the tables, seek, empty the queues, and only then take events again."""
        app, consumer = self.app, self.app.consumer
        await app.on_rebalance_complete.send()
        self._set_recovery_ended()
        # Faust ignores what a table's callback raises, but an index that failed to build must end the worker.
        await asyncio.gather(
            *(
                table.on_recovery_completed(self.actives_for_table[table], self.standbys_for_table[table])
                for table in self.tables.values()
            )
        )
        assignment = consumer.assignment()
        if app.consumer_generation_id != generation_id:
            return
        if assignment:
            await self._wait(consumer.perform_seek())
            await self._wait(self._seek_uncommitted(consumer, assignment))
        self.completed.set()
        app.flow_control.resume()
        consumer.resume_partitions({tp for tp in assignment if not self._is_changelog_tp(tp)})
        consumer.resume_flow()
        await app._fetcher.maybe_start()
        self.tables.on_actives_ready()
        if not app.assignor.assigned_standbys():
            self.tables.on_standbys_ready()
        app.on_rebalance_end()

    async def _seek_uncommitted(self, consumer: Any, assignment: Any) -> None:
        """Also seek the partitions without a commit.

        Records fetched from them meanwhile are thrown away, and aiokafka's "seek to committed" leaves the position
        behind these. So the first records of a new partition were lost.
        """
        sources = {tp for tp in assignment if not self._is_changelog_tp(tp)}
        uncommitted = [tp for tp in sources if not consumer._committed_offset.get(tp)]
        if uncommitted:
            for tp, start in (await consumer.earliest_offsets(*uncommitted)).items():
                await consumer.seek(tp, start)
