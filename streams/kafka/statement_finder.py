"""The statement finder looks on their topic for statements that no claim shows."""

from collections.abc import Collection

from claimwire.verdicts import CarriedStatement
from streams.codecs import Undecodable, decode_changes
from streams.kafka.client import read_to_end
from streams.kafka.topics import STATEMENTS
from streams.settings import Settings


async def find_statements(settings: Settings, beginnings: Collection[str]) -> dict[str, CarriedStatement]:
    """The statements whose ids begin so and that their items still make, by id. This reads the whole topic."""
    wanted = tuple(beginnings)
    if not wanted:
        return {}
    said: dict[tuple[str, str], CarriedStatement] = {}
    async for record in read_to_end(settings, STATEMENTS):
        if not any(begins.encode() in (record.value or b"") for begins in wanted):
            continue
        try:
            changes = decode_changes(record.value)
        except Undecodable:
            continue
        for change in changes:
            for id in change.withdrawn:
                said.pop((change.subject, id), None)
            said |= {(change.subject, s.id): CarriedStatement.of(s) for s in change.said if s.id.startswith(wanted)}
    return {id: statement for (_, id), statement in said.items()}
