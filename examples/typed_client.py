"""A small typed client: status changes as typed dictionaries, each once.

``python examples/typed_client.py [BROKER [TOPIC]]`` prints what was disputed, refuted or taken back, and by whom.
Copy the file: it needs aiokafka, and nothing of claimwire.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Literal, TypedDict

from aiokafka import AIOKafkaConsumer

Status = Literal["unverified", "corroborated", "disputed", "confirmed", "refuted", "contested", "retracted"]
Gone = Literal["withdrawn", "superseded", "dropped", "set_aside"]


class Place(TypedDict):
    """Where a claim plays; coordinates in degrees, where they are known."""

    key: str
    name: str
    country: str
    latitude: float | None
    longitude: float | None


class Claim(TypedDict):
    """What somebody says has happened. ``implied``: known only from answers to it.

    ``headline``: of the item that put it forward; may be empty.
    """

    id: str
    text: str
    claimant: str
    side: str
    about: list[str]
    subject: str
    outcome: str
    place: Place | None
    implied: bool
    published: str
    headline: str


class DueTo(TypedDict):
    """The item version that brought a change about: a correction or a kill, where the words were withdrawn.

    ``version_created``: its time, which is then the event's; ``None`` for new words and for a kill without a time.
    """

    item: str
    version: int
    pub_status: Literal["usable", "withheld", "canceled"]
    version_created: str | None


class Cause(TypedDict):
    """The statement whose coming or going changed the status."""

    relation: str
    withdrawn: bool
    speaker: str
    side: str
    quote: str
    item: str
    version: int
    part: Literal["headline", "body"]
    start: int
    end: int
    outlet: str
    published: str
    urgency: int | None
    due_to: DueTo


class Maker(TypedDict):
    """Who makes a verdict; ``version``: of a model and its prompt."""

    kind: Literal["person", "model"]
    name: str
    version: str


class VerdictNote(TypedDict):
    """A verdict; ``says``: what it says of the claim, in words that follow upon its maker's name."""

    id: str
    maker: Maker
    says: str
    reason: str
    time: str


class DecidedBy(TypedDict):
    """Whose word decides a status: ``reading``, or the maker of a verdict."""

    kind: str
    name: str
    version: str
    reason: str
    verdict: str


class StatusChanged(TypedDict):
    """One change. ``sequence`` counts those of its claim from 1; ``sources`` those on which the status rests.

    ``verdict`` is that of a person or a model which brought it about, if one did.

    ``gone``: why the claim has left the ledger. Nobody has taken it back if it was superseded, by the claim that goes
    on in its place, or dropped, since its item still says so, or set aside by a verdict; yet its status is then
    retracted, too.
    """

    id: str
    sequence: int
    sources: int
    claim: Claim
    previous: Status | None
    status: Status
    cause: Cause
    gone: Gone | None
    superseded_by: str
    decided_by: DecidedBy
    verdict: VerdictNote | None


async def status_changes(
    broker: str = "127.0.0.1:9092", topic: str = "claims.status", group: str | None = None
) -> AsyncIterator[StatusChanged]:
    """Status changes as they come: all from the beginning, or from where a group left off.

    A change that the stream delivers again is left out, and so is one older than the last of its claim.
    """
    latest: dict[str, int] = {}
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=broker, group_id=group, auto_offset_reset="earliest")
    async with consumer as records:
        async for record in records:
            event: StatusChanged = json.loads(record.value)
            if event["sequence"] > latest.get(event["claim"]["id"], 0):
                latest[event["claim"]["id"]] = event["sequence"]
                yield event


async def main(*arguments: str) -> None:
    """Print what was disputed, refuted or taken back."""
    async for event in status_changes(*arguments):
        if event["status"] in ("disputed", "refuted", "retracted") and event["gone"] in (None, "withdrawn"):
            by = event["cause"]["speaker"] or event["cause"]["outlet"]
            print(event["status"], event["claim"]["text"], by, sep="\t", flush=True)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
