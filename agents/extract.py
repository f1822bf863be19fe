"""extract: item versions to statements at their subjects."""

import claimwire
from claimwire.records import remark
from claimwire.versions import StatementChange, revise
from streams.app import Event, Record, Streams
from streams.codecs import KNOWN, Undecodable, decode, decode_item, encode
from streams.tables import ITEM_TABLE
from streams.topics import ITEMS, REMARKS, STATEMENTS


def extract(streams: Streams) -> None:
    """Register the agent."""
    known = streams.table(ITEM_TABLE)

    async def handle(event: Event) -> None:
        try:
            item = decode_item(event.value)
            statements = claimwire.extract(item)
        except Undecodable as error:
            await streams.reject(event, "extract", str(error))
            return
        except Exception as error:  # a fault of ours must not stop the wire
            await streams.reject(event, "extract", f"{type(error).__name__}: {error}")
            return
        key = item.uri.encode()
        row = known.read(key)
        before = decode(KNOWN, row) if row else None
        after, changes = revise(before, item, statements)
        await streams.send([_record(c) for c in changes])
        if changes or not before:
            await known.put(key, encode(after))
        streams.metrics.extracted(before, after, changes)

    streams.agent("extract", ITEMS, handle)


def _record(change: StatementChange) -> Record:
    """A remark on a record goes past the links; its topic keeps the last word on each."""
    if change.of_a_record:
        value = encode(remark(change.statement)) if change.statement else None
        return Record(REMARKS, f"{change.subject} {change.id}".encode(), value)
    return Record(STATEMENTS, change.subject.encode(), encode(change))
