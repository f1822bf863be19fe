"""Codecs: values of the library to bytes and back, every value checked on its way in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import orjson
from pydantic import TypeAdapter, ValidationError

from claimwire.claims import EvidenceChange
from claimwire.items import Item, UnreadableItem
from claimwire.judging import ClaimState, StatusChanged
from claimwire.statuses import Status
from claimwire.times import format_time
from claimwire.versions import Known, StatementChange

Value = TypeVar("Value")
Headers = list[tuple[str, bytes]]

EVENT_TYPE = "org.claimwire.claim.status.changed.v1"
EVENT_SOURCE = "/claimwire/judge"
DATASCHEMA = "urn:claimwire:schema:claim.status.changed:v1"
JSON = "application/json"


class Undecodable(ValueError):
    """The bytes are not what their topic holds; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectRow:
    """A statement of a subject as `link` keeps it; withdrawn ones keep their order, against echoes.

    Attributes
    ----------
    revisions
        How often its part in each claim has changed, as told.
    """

    change: StatementChange
    revisions: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ClaimStatus:
    """A claim's state as far as it is counted; the rest of the bytes is skipped."""

    status: Status | None


STATEMENT_CHANGE = TypeAdapter(StatementChange)
EVIDENCE_CHANGE = TypeAdapter(EvidenceChange)
STATUS_CHANGED = TypeAdapter(StatusChanged)
KNOWN = TypeAdapter(Known)
SUBJECT_ROW = TypeAdapter(SubjectRow)
CLAIM_STATE = TypeAdapter(ClaimState)
CLAIM_STATUS = TypeAdapter(ClaimStatus)


def encode(value: Any) -> bytes:
    """Any value of the library, as JSON."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


def decode(kind: TypeAdapter[Value], data: bytes | None) -> Value:
    """The value that the bytes hold.

    Raises
    ------
    Undecodable
        If they are not JSON, or hold another thing.
    """
    try:
        return kind.validate_json(data or b"")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise Undecodable(f"{where}: {first['msg']}" if where else first["msg"]) from None


def decode_item(data: bytes | None) -> Item:
    """The item version in a record of ``news.items``.

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


def event_headers(event: StatusChanged) -> Headers:
    """The CloudEvents attributes of a status change, as Kafka headers (binary content mode)."""
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": event.id,
        "ce_source": EVENT_SOURCE,
        "ce_type": EVENT_TYPE,
        "ce_dataschema": DATASCHEMA,
        "ce_subject": event.claim.id,
        "ce_time": format_time(event.cause.published),
        "content-type": JSON,
    }
    return [(name, value.encode()) for name, value in attributes.items()]


def reject_headers(reason: str, stage: str, where: Mapping[str, str]) -> Headers:
    """Why a record was rejected, at which stage, and where it stood."""
    named = {"reason": reason, "stage": stage, **where}
    return [(name, value.encode("utf8", "replace")) for name, value in named.items()]
