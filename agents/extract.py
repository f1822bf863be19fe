"""extract: item versions to statements at their subjects."""

from claimwire.records import remark
from claimwire.versions import StatementChange, revise
from streams.app import Event, Record, Streams
from streams.codecs import KNOWN, Undecodable, decode, encode
from streams.intake import take_in
from streams.tables import ITEM_TABLE
from streams.topics import ITEMS, REMARKS, STATEMENTS


def extract(streams: Streams) -> None:
    """Register the agent."""
    known = streams.table(ITEM_TABLE)

    async def handle(event: Event) -> None:
        try:
            item, statements = take_in(event.value, streams.settings)
            if event.key != item.uri.encode():
                raise Undecodable("its key is not the item's uri: versions of an item would miss each other")
        except Undecodable as error:
            await streams.reject(event, "extract", str(error))
            return
        except Exception as error:  # a fault of ours must not stop the wire
            await streams.reject(event, "extract", f"{type(error).__name__}: {error}")
            return
        key = item.uri.encode()
        before = known.read(key)
        after, changes = revise(decode(KNOWN, before) if before else None, item, statements)
        await streams.send([_record(c) for c in changes])
        if changes or not before:
            await known.put(key, encode(after))

    streams.agent("extract", ITEMS, handle)


def _record(change: StatementChange) -> Record:
    """A remark on a record goes past the links; its topic keeps the last word on each."""
    if change.of_a_record:
        value = encode(remark(change.statement)) if change.statement else None
        return Record(REMARKS, f"{change.subject} {change.id}".encode(), value)
    return Record(STATEMENTS, change.subject.encode(), encode(change))
