"""Shadow ledgers: whole ledgers beside the one that readers read, made again from the same items.

All ledgers share `news.items` and `claims.verdicts`. Each shadow has its own consumer group, tables and other
topics, whose names begin with its name.
"""

import asyncio
import time

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import CommitFailedError, GroupIdNotFound, NonEmptyGroup, for_code
from aiokafka.protocol.admin import DeleteGroupsRequest

from streams.errors import LedgerUnfit
from streams.kafka.client import administrator, changelog_name, consumer, ensure_topics, progress, topic_name
from streams.kafka.ledger_pointer import point_at, promoted
from streams.kafka.topics import CHANGELOGS, ITEMS, TOPICS, Topic
from streams.replay.ledger_progress import PATH, state, workers_of
from streams.replay.stretches import Stretch
from streams.settings import MAIN, Settings

CATCH_UP_SECONDS = 5.0
"""How long `promote` lets a shadow finish what had arrived when the command began."""

GONE_SECONDS = 20.0
POLL_SECONDS = 0.25


async def begin(settings: Settings, start: Stretch | None) -> bool:
    """Make the topics of a shadow, and set where it begins.

    Parameters
    ----------
    start
        The offset of each partition to begin at; None for the first.

    Returns
    -------
    bool
        Whether the shadow is new. A shadow that has begun goes on from where it is.

    Raises
    ------
    LedgerUnfit
        If the name is that of another stream on the broker.
    """
    async with administrator(settings) as admin:
        topics = set(await admin.list_topics())
        if f"{settings.own_prefix}{ITEMS.name}" in topics:
            raise LedgerUnfit(
                f"{settings.own_prefix} is the prefix of another stream at {settings.broker}, which has items of its "
                f"own. Take another name."
            )
        begun = bool(await admin.list_consumer_group_offsets(settings.application))
    await ensure_topics(settings)
    if begun or start is None:
        return not begun
    return await _commit(settings, start)


async def _commit(settings: Settings, start: Stretch) -> bool:
    """Set the offsets at which the group begins. Returns False if another worker was first."""
    offsets = {TopicPartition(topic_name(settings, ITEMS), n): taken.start for n, taken in start.items()}
    async with consumer(settings, settings.application) as reader:
        reader.assign(list(offsets))
        try:
            await reader.commit(offsets)
        except CommitFailedError:
            return False
    return True


async def promote(settings: Settings) -> None:
    """Move the readers over to the ledger of the settings.

    Raises
    ------
    LedgerUnfit
        If no worker runs for it, or it has not finished what has arrived.
    """
    found = await state(settings)
    if not found.workers:
        raise LedgerUnfit(
            f"no worker runs for the ledger {found.name}, so it would stand still. Start one: {_start(found.name)}"
        )
    behind = await _behind(settings)
    if behind:
        topic, lag = behind
        share = f", {(await state(settings)).share:.0%} of the items are in" if topic is ITEMS else ""
        raise LedgerUnfit(
            f"the ledger {found.name} has not caught up: {lag} records of {topic_name(settings, topic)} are "
            f"left{share}. `claimwire replay status {found.name}` shows how it goes on."
        )
    await point_at(settings, found.name)


def _start(name: str) -> str:
    return "`CLAIMWIRE_LEDGER=main claimwire worker`" if name == MAIN else f"`claimwire replay --into {name}`"


async def _behind(settings: Settings) -> tuple[Topic, int] | None:
    """What is left, after a wait, of what had arrived before the wait. Newer items do not count."""
    deadline = time.monotonic() + CATCH_UP_SECONDS
    for topic in PATH:
        asked = (await progress(settings, [topic]))[topic]
        reached = asked
        while lag := sum(max(p.end - reached[n].done, 0) for n, p in asked.items()):
            if time.monotonic() > deadline:
                return topic, lag
            await asyncio.sleep(POLL_SECONDS)
            reached = (await progress(settings, [topic]))[topic]
    return None


async def drop(settings: Settings) -> list[str]:
    """Delete the topics and the consumer group of a ledger, and nothing that others share.

    Returns
    -------
    list of str
        The names of the topics.

    Raises
    ------
    LedgerUnfit
        If readers read it, or a worker runs for it.
    """
    name = settings.ledger or MAIN
    if await promoted(settings) == name:
        raise LedgerUnfit(f"the ledger {name} is the one that readers read. Promote another one first.")
    own = [topic_name(settings, t) for t in TOPICS if not t.shared]
    own += [changelog_name(settings, table) for table in CHANGELOGS]
    async with administrator(settings) as admin:
        await _delete_group(admin, settings)
        doomed = sorted({*own} & {*await admin.list_topics()})
        response = await admin.delete_topics(doomed)
        for topic, code in response.topic_error_codes:
            if code:
                raise LedgerUnfit(f"topic {topic} could not be deleted: {for_code(code).__name__}. Try again.")
        for _ in range(int(GONE_SECONDS / POLL_SECONDS)):
            if not {*doomed} & {*await admin.list_topics()}:
                break
            await asyncio.sleep(POLL_SECONDS)
    return doomed


async def _delete_group(admin: AIOKafkaAdminClient, settings: Settings) -> None:
    """Delete the consumer group. The broker refuses this while the group has members."""
    workers = await workers_of(admin, settings.application)
    if not workers:
        coordinator = await admin.find_coordinator(settings.application)
        response = await admin._send_request(DeleteGroupsRequest([settings.application]), coordinator)
        [(_, code)] = response.results
        if not code or for_code(code) is GroupIdNotFound:
            return
        if for_code(code) is not NonEmptyGroup:
            raise LedgerUnfit(
                f"group {settings.application} could not be deleted: {for_code(code).__name__}. Try again."
            )
        workers = await workers_of(admin, settings.application)
    who = ", ".join(f"{w.client} at {w.host}" for w in workers)
    raise LedgerUnfit(
        f"workers run for the ledger {settings.ledger}: {who}. Stop them first. A killed worker counts for ten "
        f"more seconds."
    )
