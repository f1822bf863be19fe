"""Codecs: values of the library to bytes and back, every value checked on its way in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from claimwire.claim_state import VERDICT, Held, HeldVerdict, Row
from claimwire.claims import ClaimChange
from claimwire.items import Item, UnreadableItem
from claimwire.linking.subject_rows import SubjectRow
from claimwire.status_events import StatusChanged
from claimwire.statuses import Status
from claimwire.times import format_time
from claimwire.verdict_json import from_json
from claimwire.verdicts import UnreadableVerdict, Verdict
from claimwire.versions import Known, SubjectChange
from streams.carried_headers import Headers

Value = TypeVar("Value")

EVENT_TYPE = "org.claimwire.claim.status.changed.v1"
EVENT_SOURCE = "/claimwire/judge"
DATASCHEMA = "urn:claimwire:schema:claim.status.changed:v1"
JSON = "application/json"
LONG_NUMBER = re.compile(rb"\d{19}")
"""What may be beyond 64 bits."""

LEFT = "left"
"""Header of a rejected record that is too large to be copied: its bytes, which stay where it stood."""

LONGEST_REASON = 500
"""Characters of a reason. It may quote what it is about, and that may be of any length."""


LARGEST_VERDICT = 64 * 1024
"""Bytes of a verdict, of which the statement that it carries is the most."""


class Undecodable(ValueError):
    """The bytes are not what their topic holds; the message says why."""


@dataclass(frozen=True, slots=True)
class HeldStatus:
    """How a claim stood when a part of it was kept; the rest of the bytes is skipped."""

    status: Status | None
    sequence: int


SUBJECT_CHANGES: TypeAdapter[SubjectChange | list[SubjectChange]] = TypeAdapter(SubjectChange | list[SubjectChange])
CLAIM_CHANGE = TypeAdapter(ClaimChange)
STATUS_CHANGED = TypeAdapter(StatusChanged)
KNOWN = TypeAdapter(Known)
SUBJECT_ROW = TypeAdapter(SubjectRow)
SUBJECT_ROWS = TypeAdapter(dict[str, SubjectRow])
PAGES = TypeAdapter(int)
HELD = TypeAdapter(Held)
HELD_VERDICT = TypeAdapter(HeldVerdict)
HELD_STATUS = TypeAdapter(HeldStatus)


def encode(value: Any) -> bytes:
    """Any value of the library, as JSON."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def decode(kind: TypeAdapter[Value], data: bytes | None) -> Value:
    """The value that the bytes hold.

    Raises
    ------
    Undecodable
        If they are not JSON, or hold another thing, or a number that could not be written again.
    """
    try:
        value = kind.validate_json(data or b"")
        if LONG_NUMBER.search(data or b""):
            encode(value)
        return value
    except orjson.JSONEncodeError as error:
        raise Undecodable(str(error)) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Undecodable(f"{where}: {first['msg']}" if where else first["msg"]) from None


def decode_changes(data: bytes | None) -> list[SubjectChange]:
    """What a record of ``news.statements`` holds: one change of its subject, or several that are taken in at once.

    Raises
    ------
    Undecodable
        If it is neither, or of several subjects.
    """
    held = decode(SUBJECT_CHANGES, data)
    changes = held if isinstance(held, list) else [held]
    if len({change.subject for change in changes}) != 1:
        raise Undecodable("its changes are not those of one subject")
    return changes


def status_in(rows: Iterable[bytes]) -> Status | None:
    """How a claim stands, by the rows that `judge` keeps of its parts."""
    return max((decode(HELD_STATUS, row) for row in rows), key=lambda held: held.sequence).status


def decode_item(data: bytes | None) -> Item:
    """The item version in a record of ``news.items``. Of a field given twice the last counts, as JSON is mostly read.

    Raises
    ------
    Undecodable
        If the bytes are not JSON, or no ninjs 3 item.
    """
    try:
        return Item.from_ninjs(orjson.loads(data or b""))
    except orjson.JSONDecodeError as error:
        raise Undecodable(f"not JSON: {error}") from None
    except UnreadableItem as error:
        raise Undecodable(f"no ninjs 3 item: {error}") from None


def decode_verdict(data: bytes | None) -> Verdict:
    """The verdict that JSON holds.

    Raises
    ------
    Undecodable
        If the bytes are too many, not JSON, or no verdict.
    """
    if len(data or b"") > LARGEST_VERDICT:
        raise Undecodable(f"a verdict of {len(data or b''):,} bytes: at most {LARGEST_VERDICT:,} are read")
    try:
        return from_json(orjson.loads(data or b""))
    except orjson.JSONDecodeError as error:
        raise Undecodable(f"not JSON: {error}") from None
    except UnreadableVerdict as error:
        raise Undecodable(f"no verdict: {error}") from None


def decode_keyed_verdict(key: bytes | None, data: bytes | None) -> Verdict:
    """What a record of ``claims.verdicts`` holds, which stands under the claim that it speaks of.

    Raises
    ------
    Undecodable
        If it holds no verdict, or stands under another key.
    """
    verdict = decode_verdict(data)
    if key != verdict.claim.encode():
        raise Undecodable("its key is not the id of the claim that it speaks of")
    return verdict


def decode_row(key: str, data: bytes) -> Row:
    """What `judge` keeps of a claim under a key: a part in it, or a verdict on it."""
    return decode(HELD_VERDICT, data) if key.startswith(VERDICT) else decode(HELD, data)


def event_headers(event: StatusChanged) -> Headers:
    """The CloudEvents attributes of a status change, as Kafka headers (binary content mode)."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": event.id,
        "ce_source": EVENT_SOURCE,
        "ce_type": EVENT_TYPE,
        "ce_dataschema": DATASCHEMA,
        "ce_subject": event.claim.id,
        "ce_time": format_time(event.time),
        "content-type": JSON,
    }
    return [(name, value.encode()) for name, value in attributes.items()]


def reject_headers(reason: str, stage: str, where: Mapping[str, str]) -> Headers:
    """Why a record was rejected, at which stage, and where it stood."""
    told = reason if len(reason) <= LONGEST_REASON else f"{reason[:LONGEST_REASON]}…"
    named = {"reason": told, "stage": stage, **where}
    return [(name, value.encode("utf8", "replace")) for name, value in named.items()]
