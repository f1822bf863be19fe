"""How far the ledgers on a broker are, by the commits of their consumer groups."""

import re
from dataclasses import dataclass

from aiokafka.admin import AIOKafkaAdminClient

from streams.errors import LedgerUnfit
from streams.kafka.client import Progress, administrator, progress, read_to_end, topic_name
from streams.kafka.ledger_pointer import promoted
from streams.kafka.topics import EVIDENCE, ITEMS, SNAPSHOTS, STATEMENTS, VERDICTS, Topic
from streams.settings import LEDGER_NAME, MAIN, Settings

PATH: tuple[Topic, ...] = (ITEMS, STATEMENTS, VERDICTS, EVIDENCE)
"""The topics through which items and verdicts reach the ledger, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMember:
    """A live member of a ledger's consumer group."""

    client: str
    host: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerProgress:
    """How far a ledger is.

    Attributes
    ----------
    path
        The topics through which items and verdicts go, with how far each is read.
    """

    name: str
    current: bool
    workers: list[GroupMember]
    path: dict[Topic, Progress]

    @property
    def share(self) -> float:
        """The share of the items that the ledger has taken in, 0 to 1."""
        items = self.path[ITEMS]
        return (items.done - items.start) / (items.end - items.start) if items.end > items.start else 1.0

    @property
    def caught_up(self) -> bool:
        """Whether the ledger has finished everything that has arrived."""
        return not any(p.lag for p in self.path.values())


async def names(settings: Settings) -> list[str]:
    """The ledgers that the broker holds, shadows after the main one.

    The topics of another stream, with a prefix of its own, look like a shadow's, but they include items.
    """
    async with administrator(settings) as admin:
        topics = set(await admin.list_topics())
    pattern = re.compile(re.escape(settings.prefix) + f"({LEDGER_NAME.pattern})\\." + re.escape(SNAPSHOTS.name))
    found = sorted(
        m[1] for m in map(pattern.fullmatch, topics) if m and f"{settings.prefix}{m[1]}.{ITEMS.name}" not in topics
    )
    main = topic_name(settings.of_ledger(MAIN), SNAPSHOTS) in topics
    return ([MAIN] if main else []) + found


async def existing(settings: Settings, name: str) -> Settings:
    """The settings of a ledger that the broker holds.

    Raises
    ------
    LedgerUnfit
        If the broker holds no ledger of that name.
    """
    found = await names(settings)
    if name not in found:
        some = f"there are: {', '.join(found)}" if found else "there is none"
        raise LedgerUnfit(f"the broker at {settings.broker} holds no ledger {name!r}; {some}.")
    return settings.of_ledger(name)


async def state(settings: Settings) -> LedgerProgress:
    """How far the ledger of the settings is."""
    name = settings.ledger or MAIN
    async with administrator(settings) as admin:
        workers = await workers_of(admin, settings.application)
    path = await progress(settings, PATH)
    return LedgerProgress(
        name=name,
        current=await promoted(settings) == name,
        workers=workers,
        path={topic: _sum(partitions) for topic, partitions in path.items()},
    )


def _sum(partitions: dict[int, Progress]) -> Progress:
    return Progress(*(sum(getattr(p, name) for p in partitions.values()) for name in ("start", "done", "end")))


async def workers_of(admin: AIOKafkaAdminClient, group: str) -> list[GroupMember]:
    """The live members of a consumer group."""
    [response] = await admin.describe_consumer_groups([group])
    [described] = response.to_object()["groups"]
    return [GroupMember(client=m["client_id"], host=m["client_host"].removeprefix("/")) for m in described["members"]]


async def claims(settings: Settings) -> int:
    """How many claims the ledger holds."""
    last: dict[bytes, bool] = {}
    async for record in read_to_end(settings, SNAPSHOTS):
        last[record.key] = record.value is not None
    return sum(last.values())
