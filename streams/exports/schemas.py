"""Schemas, on which consumers may rely, generated from the code that writes the values.

There are JSON Schemas (2020-12) of status changes, snapshots and verdicts, and an AsyncAPI 3 document of all topics.
``docs/schemas/`` holds them as files, and a test keeps these up to date.
"""

import inspect
import re
from importlib.metadata import version
from typing import Any

from pydantic import TypeAdapter
from pydantic.dataclasses import dataclass

from claimwire.claims import DecidedBy
from claimwire.statements import Act, Outcome, Part, Relation
from claimwire.status_events import StatusChanged
from claimwire.statuses import Status
from claimwire.verdicts import Verdict
from streams.alerting.messages import Ended
from streams.carried_headers import ARRIVED
from streams.codecs import DATASCHEMA, EVENT_SOURCE, EVENT_TYPE, JSON
from streams.kafka.topics import ALERTS, ITEMS, MATCHES, SNAPSHOTS, STATUS, TOPICS, VERDICTS, Topic

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
CLAIM_SCHEMA = "urn:claimwire:schema:claim:v1"
VERDICT_SCHEMA = "urn:claimwire:schema:verdict:v1"

RECEIVED = frozenset({ITEMS, VERDICTS})
"""Topics that others write."""

FIELDS = re.compile(r"^(\w[\w, ]*)\n((?:    .*(?:\n|$))+)", re.M)


@dataclass
class EvidenceLine:
    """A statement that bears on the claim.

    Attributes
    ----------
    statement
        Its id.
    item, version
        The item version that makes it.
    part, start, end
        Where the quote is, in code points of the headline or the body; the end is exclusive.
    recalled
        Whether the item only recalls it as said before.
    why
        Why it was joined, in words.
    read_as
        The relation that the reading gave it; null if a verdict joined it.
    verdict
        Id of the verdict that says how it bears on the claim; empty if the reading says it.
    """

    statement: str
    item: str
    version: int
    part: Part
    start: int
    end: int
    relation: Relation
    act: Act
    speaker: str
    side: str
    outlet: str
    quote: str
    published: str
    recalled: bool
    why: list[str]
    read_as: Relation | None
    verdict: str


@dataclass
class Claim:
    """The whole claim, as `claims.snapshots` and `claimwire claims --json` hold it.

    Attributes
    ----------
    sources
        How many sources the status rests on.
    headline
        Of the item that put it forward, so that a reader knows what the words are about. Empty where the claim itself
        is the headline, or where only an answer made a claim of it.
    favours
        The sides in `about` whose interest the claim serves.
    outcome
        What is said to have happened, as a coded outcome; null if no code covers it.
    event_types
        What other schemes of events (ACLED, PLOVER) call the outcome.
    published
        When the statement that opened the claim was published.
    since
        Since when it is a claim: many sentences become claims only when they are answered.
    updated
        When its last evidence was published.
    decided_by
        Whose word decides what the claim is.
    verdicts
        All verdicts on it that count, the earliest first, including those undone or overruled since.
    evidence
        In the order of publication.
    set_aside
        What the reading joined to it and a verdict removed again.
    """

    id: str
    status: Status
    sources: int
    text: str
    headline: str
    claimant: str
    side: str
    about: list[str]
    favours: list[str]
    subject: str
    outcome: Outcome | None
    event_types: dict[str, str]
    implied: bool
    published: str
    since: str
    updated: str
    decided_by: DecidedBy
    verdicts: list[Verdict]
    evidence: list[EvidenceLine]
    set_aside: list[EvidenceLine]


def event_schema() -> Schema:
    """JSON Schema of an event's data."""
    return {"$schema": DIALECT, "$id": DATASCHEMA, **_schema(StatusChanged, "#/$defs/{model}")}


def claim_schema() -> Schema:
    """JSON Schema of a snapshot."""
    return {"$schema": DIALECT, "$id": CLAIM_SCHEMA, **_schema(Claim, "#/$defs/{model}")}


def verdict_schema() -> Schema:
    """JSON Schema of a verdict."""
    return {"$schema": DIALECT, "$id": VERDICT_SCHEMA, **_schema(Verdict, "#/$defs/{model}")}


def asyncapi() -> Schema:
    """AsyncAPI 3 document of the topics, seen from claimwire: it receives items and verdicts, and sends all else."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "claimwire",
            "version": version("claimwire"),
            "description": "Keeps the ledger of claims and denials in wire news on a live Kafka stream.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": JSON,
        "channels": {topic.name: _channel(topic) for topic in TOPICS},
        "operations": {_operation(topic): _does(topic) for topic in TOPICS},
        "components": {
            "messages": {topic.name: _message(topic) for topic in TOPICS},
            "schemas": components(StatusChanged, Claim, Verdict, Ended),
        },
    }


def components(*kinds: type) -> Schema:
    """The schemas of some classes by their names, and beside them the schemas to which they refer."""
    made: Schema = {}
    for kind in kinds:
        schema = _schema(kind, "#/components/schemas/{model}")
        made |= schema.pop("$defs", {}) | {kind.__name__: schema}
    return made


def _schema(kind: type, ref_template: str) -> Schema:
    made = TypeAdapter(kind).json_schema(mode="serialization", ref_template=ref_template)
    for schema in (made, *made.get("$defs", {}).values()):
        _describe_fields(schema)
    return made


def _describe_fields(schema: Schema) -> None:
    """Describe each field as the docstring does. All fields are required, and a consumer must tolerate new ones."""
    about, _, fields = inspect.cleandoc(schema.get("description", "")).partition("\n\nAttributes\n----------\n")
    schema["description"] = about
    for names, text in FIELDS.findall(fields):
        for name in names.split(", "):
            schema["properties"][name]["description"] = " ".join(text.split())
    if "properties" in schema:
        schema["required"] = list(schema["properties"])


def _operation(topic: Topic) -> str:
    return f"{'receive' if topic in RECEIVED else 'send'}.{topic.name}"


def _does(topic: Topic) -> Schema:
    return {
        "action": "receive" if topic in RECEIVED else "send",
        "channel": {"$ref": f"#/channels/{topic.name}"},
        "summary": f"written by {topic.written_by}",
    }


def _channel(topic: Topic) -> Schema:
    config = topic.config()
    return {
        "address": topic.name,
        "description": topic.value,
        "messages": {"message": {"$ref": f"#/components/messages/{topic.name}"}},
        "bindings": {
            "kafka": {
                "topic": topic.name,
                "topicConfiguration": {
                    "cleanup.policy": [config["cleanup.policy"]],
                    "retention.ms": int(config["retention.ms"]),
                    "max.message.bytes": int(config["max.message.bytes"]),
                },
                "bindingVersion": "0.5.0",
            }
        },
    }


def _message(topic: Topic) -> Schema:
    made: Schema = {
        "name": topic.name,
        "summary": topic.value,
        "bindings": {"kafka": {"key": {"type": "string", "description": topic.key}, "bindingVersion": "0.5.0"}},
    }
    if topic in (STATUS, MATCHES):
        made |= {"title": EVENT_TYPE, "headers": _event_headers(), "payload": _reference(StatusChanged)}
    elif topic is SNAPSHOTS:
        made |= {"payload": {"anyOf": [_reference(Claim), {"type": "null"}]}}
    elif topic is VERDICTS:
        made |= {"payload": _reference(Verdict)}
    elif topic is ALERTS:
        made |= {"payload": _reference(Ended)}
    return made


def _reference(kind: type) -> Schema:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def _event_headers() -> Schema:
    fixed = {
        "ce_specversion": "1.0",
        "ce_type": EVENT_TYPE,
        "ce_source": EVENT_SOURCE,
        "ce_dataschema": DATASCHEMA,
        "content-type": JSON,
    }
    properties: Schema = {name: {"type": "string", "const": value} for name, value in fixed.items()}
    properties["ce_id"] = {"type": "string", "description": "the same for every delivery of the same change"}
    properties["ce_subject"] = {"type": "string", "description": "the claim's id"}
    properties["ce_time"] = {"type": "string", "format": "date-time"}
    required = sorted(properties)
    properties[ARRIVED] = {"type": "string", "description": "when its item arrived, in milliseconds since 1970"}
    properties["traceparent"] = {
        "type": "string",
        "description": "W3C trace context of the sender, if traces are on",
    }
    return {"type": "object", "properties": properties, "required": required}
