"""extract: item versions to statements at their subjects."""

from claimwire.records import remark
from claimwire.versions import SubjectChange, revise
from streams.app import Event, Record, Streams
from streams.codecs import KNOWN, Undecodable, decode, encode
from streams.intake import statements_or_reason, take_in
from streams.topics import ITEM_TABLE, ITEMS, REMARKS, STATEMENTS


def extract(streams: Streams) -> None:
    """Register the agent."""
    known = streams.table(ITEM_TABLE)

    async def handle(event: Event) -> None:
        try:
            item = take_in(event.key, event.value, streams.settings)
        except Undecodable as error:
            await streams.reject(event, "extract", str(error))
            return
        statements, reason = statements_or_reason(item, streams.settings)
        if reason:  # what it says is not known: no more is it known that earlier words still hold
            await streams.reject(event, "extract", reason)
        key = item.uri.encode()
        row = known.read(key)
        before = decode(KNOWN, row) if row else None
        after, changes = revise(before, item, statements)
        await streams.send([record for change in changes for record in _records(change)])
        if changes or after != before:
            await known.put(key, encode(after))
        streams.metrics.extracted(before, after, changes)

    streams.agent("extract", ITEMS, handle)


def _records(change: SubjectChange) -> list[Record]:
    """Remarks on a record go past the links, one by one; their topic keeps the last word on each."""
    if not change.of_a_record:
        return [Record(STATEMENTS, change.subject.encode(), encode(change))]
    said: dict[str, bytes | None] = dict.fromkeys(change.withdrawn) | {s.id: encode(remark(s)) for s in change.said}
    return [Record(REMARKS, f"{change.subject} {id}".encode(), value) for id, value in said.items()]
