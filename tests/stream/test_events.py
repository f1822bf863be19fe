import json
from datetime import datetime

from jsonschema import Draft202012Validator, FormatChecker

from streams.codecs import decode_changes
from streams.exports.schemas import claim_schema, event_schema
from tests.stream.harness import Stream, assert_paths_end_in, paths_of_claims, seeds


def test_status_changes_are_cloudevents_in_binary_mode(fed: Stream) -> None:
    records = fed.records("claims.status")
    assert records
    for record in records:
        names = [name for name, _ in record.headers]
        assert len(names) == len(set(names))
        headers = {name: value.decode() for name, value in record.headers}
        event = json.loads(record.value)
        assert headers["ce_specversion"] == "1.0"
        assert headers["ce_id"] == event["id"]
        assert headers["ce_source"]
        assert headers["ce_type"]
        assert headers["ce_subject"] == event["claim"]["id"] == record.key.decode()
        assert datetime.fromisoformat(headers["ce_time"]).tzinfo is not None
        assert headers["content-type"] == "application/json"
        assert headers["ce_dataschema"] == event_schema()["$id"]
    assert len({dict(r.headers)["ce_source"] for r in records}) == 1
    assert len({dict(r.headers)["ce_type"] for r in records}) == 1


def test_status_changes_lead_to_the_ledger(fed: Stream, seed_ledger: list[bytes]) -> None:
    records = fed.records("claims.status")
    assert_paths_end_in(seed_ledger, records)
    statuses = {event["status"] for path in paths_of_claims(records).values() for event in path}
    assert statuses == {"unverified", "corroborated", "disputed", "confirmed", "refuted", "contested", "retracted"}


def test_what_consumers_read_is_as_the_schemas_say(fed: Stream) -> None:
    for schema, topic in ((event_schema(), "claims.status"), (claim_schema(), "claims.snapshots")):
        values = [json.loads(r.value) for r in fed.records(topic) if r.value is not None]
        assert values
        for value in values:
            Draft202012Validator(schema, format_checker=FormatChecker()).validate(value)


def test_snapshots_are_the_ledger_by_claim_id(fed: Stream, seed_ledger: list[bytes]) -> None:
    latest = {record.key: record.value for record in fed.records("claims.snapshots")}
    assert sorted(value for value in latest.values() if value is not None) == seed_ledger
    for key, value in latest.items():
        assert value is None or json.loads(value)["id"] == key.decode()


def test_claim_of_a_killed_item_ends_retracted_with_a_tombstone(fed: Stream) -> None:
    kill = next(item for item in seeds() if item["pubStatus"] == "canceled")
    opened = {
        claim: path
        for claim, path in paths_of_claims(fed.records("claims.status")).items()
        if path[0]["cause"]["item"] == kill["uri"]
    }
    assert opened
    latest = {record.key.decode(): record.value for record in fed.records("claims.snapshots")}
    for claim, path in opened.items():
        assert path[-1]["status"] == "retracted"
        assert path[-1]["cause"]["withdrawn"] is True
        assert claim in latest
        assert latest[claim] is None


def test_keys_are_those_of_the_table_of_topics(fed: Stream) -> None:
    assert {r.key.decode() for r in fed.records("news.items")} == {item["uri"] for item in seeds()}
    assert all(r.key.decode() == decode_changes(r.value)[0].subject for r in fed.records("news.statements"))
    assert all(r.key.decode() == json.loads(r.value)["claim"] for r in fed.records("claims.evidence"))
