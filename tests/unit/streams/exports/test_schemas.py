import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from claimwire import Item, Ledger
from claimwire.verdict_json import as_json
from claimwire.verdicts import Verdict
from streams.codecs import encode
from streams.exports.schemas import asyncapi, claim_schema, event_schema, verdict_schema
from streams.kafka.topics import TOPICS
from tests.unit.builders import extracted, seed_items
from tests.unit.claimwire.test_verdicts import SEEDS, verdicts
from tests.unit.wires import wires

SCHEMAS = Path(__file__).parents[4] / "docs" / "schemas"


def validator(schema: dict[str, Any]) -> Draft202012Validator:
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=FormatChecker())


EVENT, CLAIM, VERDICT = validator(event_schema()), validator(claim_schema()), validator(verdict_schema())


def told(items: list[Item]) -> tuple[list[Any], list[Any]]:
    """Events and claims of a ledger, as JSON."""
    made = Ledger()
    events = [event for version in items for event in made.add(version, extracted(version))]
    return [orjson.loads(encode(event)) for event in events], [orjson.loads(encode(c)) for c in made.claims()]


@given(wires)
def test_whatever_the_ledger_tells_is_as_the_schemas_say(items: list[Item]) -> None:
    events, claims = told(items)
    for event in events:
        EVENT.validate(event)
    for claim in claims:
        CLAIM.validate(claim)


@given(verdicts())
def test_whatever_verdicts_make_of_the_ledger_is_as_the_schemas_say(given: list[Verdict]) -> None:
    made = Ledger()
    events = [event for version in SEEDS for event in made.add(version, extracted(version))]
    events += [event for v in given for event in made.rule(v)]
    for event in events:
        EVENT.validate(orjson.loads(encode(event)))
    for claim in made.claims():
        CLAIM.validate(orjson.loads(encode(claim)))
    for v in given:
        VERDICT.validate(as_json(v))


def test_schemas_name_every_field() -> None:
    events, claims = told(seed_items())
    assert set(event_schema()["properties"]) == set(events[0])
    assert set(claim_schema()["properties"]) == set(claims[0])
    assert set(claim_schema()["$defs"]["EvidenceLine"]["properties"]) == set(claims[0]["evidence"][0])


@pytest.mark.parametrize("field", ["id", "claim", "previous", "status", "cause", "sequence"])
def test_event_without_a_field_is_none(field: str) -> None:
    [[event, *_], _] = told(seed_items())
    del event[field]
    with pytest.raises(ValidationError):
        EVENT.validate(event)


@pytest.mark.parametrize(
    ("file", "schema"),
    [
        ("claim.status.changed.v1.json", event_schema()),
        ("claim.v1.json", claim_schema()),
        ("verdict.v1.json", verdict_schema()),
        ("asyncapi.json", asyncapi()),
    ],
)
def test_files_in_the_docs_are_what_the_code_gives(file: str, schema: dict[str, Any]) -> None:
    assert json.loads((SCHEMAS / file).read_text("utf8")) == schema


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    document = asyncapi()
    found = list(references(document))
    assert found
    for reference in found:
        node: Any = document
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]


def test_asyncapi_document_has_every_topic_and_the_direction_of_each() -> None:
    document = asyncapi()
    assert set(document["channels"]) == {topic.name for topic in TOPICS}
    received = [name for name, does in document["operations"].items() if does["action"] == "receive"]
    assert received == ["receive.news.items", "receive.claims.verdicts"]
    for topic in TOPICS:
        configuration = document["channels"][topic.name]["bindings"]["kafka"]["topicConfiguration"]
        assert configuration["retention.ms"] == topic.retention_ms
