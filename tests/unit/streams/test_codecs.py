from typing import Any

import orjson
import pytest
from hypothesis import given
from pydantic import TypeAdapter

from claimwire import Item, Ledger
from claimwire.claim_state import ClaimState
from claimwire.claims import ClaimChange, PartWithdrawn, by_claim
from claimwire.judging import judge
from claimwire.linking import SubjectLinks
from claimwire.statements import Statement
from claimwire.subject_updates import take
from claimwire.versions import Known, SubjectChange, revise
from streams.codecs import (
    CLAIM_CHANGE,
    HELD,
    KNOWN,
    STATUS_CHANGED,
    SUBJECT_CHANGES,
    SUBJECT_ROW,
    Undecodable,
    decode,
    decode_changes,
    decode_item,
    encode,
    event_headers,
    reject_headers,
)
from tests.unit.builders import extracted, item, ninjs, seed_items, wire
from tests.unit.wires import wires

STATEMENT = TypeAdapter(Statement)
KINDS = [KNOWN, STATEMENT, CLAIM_CHANGE, STATUS_CHANGED, SUBJECT_ROW, HELD]


def check_round_trips(items: list[Item]) -> None:
    known: dict[str, Known] = {}
    subjects: dict[str, SubjectLinks] = {}
    states: dict[str, ClaimState] = {}
    for version in items:
        known[version.uri], changes = revise(known.get(version.uri), version, extracted(version))
        check_round_trip(KNOWN, known[version.uri])
        for statement in extracted(version):
            check_round_trip(STATEMENT, statement)
        for change in changes:
            check_round_trip(SUBJECT_CHANGES, change)
            links = subjects.setdefault(change.subject, SubjectLinks(change.subject))
            taken = take(links, [change], {})
            for joined in by_claim(taken.told):
                check_round_trip(CLAIM_CHANGE, joined)
                claim = joined.claim
                judgement = judge(states.get(claim) or ClaimState(id=claim), joined)
                states[claim] = judgement.state
                for key in judgement.kept:
                    check_round_trip(HELD, judgement.state.held[key])
                if judgement.event:
                    check_round_trip(STATUS_CHANGED, judgement.event)
            for row in taken.rows.values():
                check_round_trip(SUBJECT_ROW, row)


@given(wires)
def test_changes_of_a_subject_may_stand_in_one_record(items: list[Item]) -> None:
    by_subject: dict[str, list[SubjectChange]] = {}
    for version in items:
        for change in revise(None, version, extracted(version))[1]:
            by_subject.setdefault(change.subject, []).append(change)
    for changes in by_subject.values():
        assert decode_changes(encode(changes)) == changes
        assert decode_changes(encode(changes[0])) == changes[:1]


@pytest.mark.parametrize("data", [b"[]", b"[1]", b"null"])
def test_record_of_no_change_is_undecodable(data: bytes) -> None:
    with pytest.raises(Undecodable):
        decode_changes(data)


def test_record_of_two_subjects_is_undecodable() -> None:
    version = item("Russian forces have captured Pokrovsk, Moscow said. Ukraine denied that Kyiv had fallen.")
    changes = revise(None, version, extracted(version))[1]
    assert len({change.subject for change in changes}) > 1
    with pytest.raises(Undecodable, match="one subject"):
        decode_changes(encode(changes))


def check_round_trip(kind: TypeAdapter[Any], value: Any) -> None:
    data = encode(value)
    assert decode(kind, data) == value
    assert encode(decode(kind, data)) == data


def test_values_of_the_seeds_come_back_as_they_were() -> None:
    check_round_trips(seed_items())


@given(wires)
def test_values_of_any_wire_come_back_as_they_were(items: list[Item]) -> None:
    check_round_trips(items)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("data", [None, b"", b"{", b"null", b"[]", b"{}", b'"x"', b"\xff", b'{"id": 3}'])
def test_other_bytes_are_undecodable(kind: TypeAdapter[Any], data: bytes | None) -> None:
    with pytest.raises(Undecodable):
        decode(kind, data)


def test_number_that_cannot_be_written_again_is_undecodable() -> None:
    good = encode(Known(order=(7, "", "")))
    assert decode(KNOWN, good.replace(b"7", b"9" * 19)).order[0] == int("9" * 19)
    with pytest.raises(Undecodable, match="64-bit"):
        decode(KNOWN, good.replace(b"7", b"9" * 21))


def test_reason_names_the_place_in_the_value() -> None:
    [event] = Ledger().add(item("Russian forces have captured Pokrovsk, Russia said."))
    wrong = orjson.loads(encode(event))
    wrong["cause"]["relation"] = "shouts"
    with pytest.raises(Undecodable, match=r"^cause\.relation: "):
        decode(STATUS_CHANGED, orjson.dumps(wrong))


def test_item_of_a_record_is_read() -> None:
    assert decode_item(orjson.dumps(ninjs("They took it."))) == item("They took it.")


@pytest.mark.parametrize(
    ("data", "reason"), [(None, "not JSON"), (b"{", "not JSON"), (b"[]", "no ninjs 3"), (b'{"uri": "u"}', "no ninjs 3")]
)
def test_record_that_is_no_item_is_undecodable(data: bytes | None, reason: str) -> None:
    with pytest.raises(Undecodable, match=reason):
        decode_item(data)


def test_status_change_has_the_attributes_of_a_cloud_event() -> None:
    first, second = wire(
        "Russian forces have captured Pokrovsk, Russia said.", "Ukraine denied that Pokrovsk had fallen."
    )
    made = Ledger()
    made.add(first)
    [event] = made.add(second)
    headers = dict(event_headers(event))
    assert headers == {
        "ce_specversion": b"1.0",
        "ce_id": event.id.encode(),
        "ce_source": b"/claimwire/judge",
        "ce_type": b"org.claimwire.claim.status.changed.v1",
        "ce_dataschema": b"urn:claimwire:schema:claim.status.changed:v1",
        "ce_subject": event.claim.id.encode(),
        "ce_time": b"2025-12-01T13:00:00Z",
        "content-type": b"application/json",
    }


def test_event_of_a_release_that_did_not_tell_when_words_were_withdrawn_is_read() -> None:
    taken = "Russian forces have captured Pokrovsk, Russia said."
    made = Ledger()
    made.add(item(taken, version="1"))
    [gone] = made.add(item("", version="2", pubStatus="canceled", versionCreated="2025-12-03T15:00:00Z"))
    assert dict(event_headers(gone))["ce_time"] == b"2025-12-03T15:00:00Z"
    old = orjson.loads(encode(gone))
    assert old["cause"]["due_to"].pop("version_created") == "2025-12-03T15:00:00Z"
    read = decode(STATUS_CHANGED, orjson.dumps(old))
    assert (read.id, read.time) == (gone.id, gone.cause.published)


def test_reason_that_quotes_a_long_text_is_cut() -> None:
    headers = dict(reject_headers("no such status " + "x" * 10_000, "extract", {}))
    assert headers["reason"].startswith(b"no such status xxx")
    assert len(headers["reason"]) < 600


def test_reasons_of_a_rejection_are_headers_whatever_they_hold() -> None:
    headers = dict(reject_headers("bad \ud800", "extract", {"topic": "news.items", "offset": "7"}))
    assert headers == {"reason": b"bad ?", "stage": b"extract", "topic": b"news.items", "offset": b"7"}


def test_part_withdrawn_is_told_apart_from_evidence() -> None:
    part = PartWithdrawn(claim="c", statement="s", subject="place:town", revision=2, due_to=item("Words.").origin)
    told = ClaimChange(claim="c", parts=(part,))
    assert decode(CLAIM_CHANGE, encode(told)) == told
