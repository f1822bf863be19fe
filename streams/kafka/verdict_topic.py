"""The verdict topic: reads all its verdicts, and sends verdicts to it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from claimwire.verdicts import Verdict
from streams.codecs import Undecodable, decode_keyed_verdict
from streams.kafka.client import producer, read_to_end, topic_name
from streams.kafka.topics import VERDICTS
from streams.settings import Settings
from streams.verdict_files import line_of


@dataclass(frozen=True, slots=True)
class ArrivedVerdict:
    """A verdict, and when the broker received it."""

    verdict: Verdict
    arrived: datetime


async def read_verdicts(settings: Settings) -> list[ArrivedVerdict]:
    """The verdicts of the topic, partition by partition. Records that hold none were rejected, and are skipped."""
    found = []
    async for record in read_to_end(settings, VERDICTS):
        try:
            verdict = decode_keyed_verdict(record.key, record.value)
        except Undecodable:
            continue
        found.append(ArrivedVerdict(verdict, datetime.fromtimestamp(record.timestamp / 1000, UTC)))
    return found


async def send_verdicts(settings: Settings, verdicts: Iterable[Verdict]) -> None:
    """Send verdicts, those on one claim in their order. On return the broker has acknowledged all."""
    async with producer(settings) as out:
        sendings = [await out.send(topic_name(settings, VERDICTS), line_of(v), key=v.claim.encode()) for v in verdicts]
        for sending in sendings:
            await sending
