"""Packing: JSON as the store keeps it, compressed."""

import zlib
from typing import Any

import orjson

KNOWN = (
    b'{"id":"","claim":"","says":{"statement":"","relation":null,"carried":null,"kind":"statement"},"maker":{"kind":'
    b'"person","name":"","version":""},"reason":"","time":"2026-01-01T00:00:00Z"}'
    b'{"id":"","status":"disputed","sources":1,"text":"","claimant":"","side":"","about":[""],"favours":[""],'
    b'"subject":"place:","outcome":{"code":"","actor":"","target":"","place":"","negated":false,"partial":false,'
    b'"count":null},"event_types":{"acled":"","plover":""},"implied":false,"published":"2026-01-01T00:00:00Z","since":'
    b'"2026-01-01T00:00:00Z","updated":"2026-01-01T00:00:00Z","decided_by":{"kind":"reading","name":"","version":"",'
    b'"reason":"","verdict":""},"verdicts":[],"evidence":[{"statement":"","item":"https://","version":1,"part":'
    b'"headline","start":0,"end":0,"relation":"repeats","act":"asserts","speaker":"","side":"","outlet":"","quote":"",'
    b'"published":"2026-01-01T00:00:00Z","recalled":false,"why":["outcome "," agrees ","place ","0 days"],"read_as":'
    b'"repeats","verdict":""}],"set_aside":[]}'
    b'{"id":"","sequence":1,"claim":{"id":"","text":"","claimant":"","side":"","about":["",""],"subject":"place:",'
    b'"outcome":"","place":{"key":"","name":"","country":"","latitude":,"longitude":},"implied":false,"published":'
    b'"2026-01-01T00:00:00Z"},"previous":null,"status":"unverified","cause":{"relation":"asserts","withdrawn":false,'
    b'"speaker":"","side":"","quote":"","item":"https://","version":1,"part":"body","start":0,"end":0,"outlet":"",'
    b'"published":"2026-01-01T00:00:00Z","urgency":3,"due_to":{"item":"https://","version":1,"pub_status":"usable"}},'
    b'"sources":1,"gone":null,"superseded_by":"","decided_by":{"kind":"reading","name":"","version":"","reason":"",'
    b'"verdict":""},"verdict":null}'
)
"""What stands in most values: verdicts, snapshots and events. Stored values refer to it, so it must stay as it is."""

EMPTY = zlib.compressobj(1, zdict=KNOWN)


def pack(value: bytes) -> bytes:
    """JSON as the store keeps it."""
    packing = EMPTY.copy()
    return packing.compress(value) + packing.flush()


def unpack(kept: bytes) -> Any:
    """The value that the store keeps as these bytes."""
    return orjson.loads(zlib.decompressobj(zdict=KNOWN).decompress(kept))
