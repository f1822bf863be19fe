from dataclasses import replace

import orjson

from claimwire import Ledger
from streams.alerting.messages import LONGEST_TITLE, MOST_TOLD, payload, text, title
from streams.alerting.outbox import Message
from streams.codecs import encode
from tests.unit.builders import NOON, item

[EVENT] = Ledger().add(item("Russian forces have captured Pokrovsk, General Gerasimov said."))
ONE = Message(id="m", rule="front line", events=(EVENT,), made=NOON)
MANY = replace(ONE, events=tuple(replace(EVENT, id=str(n)) for n in range(MOST_TOLD + 2)))


def test_alert_of_one_change_tells_the_change_who_said_so_and_where_to_look() -> None:
    assert title(ONE) == "unverified: Russian forces have captured Pokrovsk"
    for part in ("new → unverified", "Gerasimov", "Meridian", "2025-12-01T12:00:00Z", "urn:one", EVENT.claim.id):
        assert part in text(ONE)


def test_alert_tells_the_headline_where_there_is_one() -> None:
    told = replace(EVENT, claim=replace(EVENT.claim, headline="Battle for Pokrovsk"))
    assert "in: Battle for Pokrovsk" in text(replace(ONE, events=(told,))).splitlines()
    assert "in: " not in text(ONE)


def test_title_is_one_line_of_bounded_length() -> None:
    long = replace(EVENT, claim=replace(EVENT.claim, text="They took\nthe city. " * 40))
    made = title(replace(ONE, events=(long,)))
    assert len(made) == LONGEST_TITLE
    assert "\n" not in made


def test_digest_counts_what_it_does_not_tell() -> None:
    assert title(MANY) == f"front line: {MOST_TOLD + 2} claims changed"
    assert text(MANY).count("claimwire show") == MOST_TOLD
    assert "and 2 more" in text(MANY)


def test_payload_holds_every_event_whole() -> None:
    made = orjson.loads(encode(payload(MANY)))
    assert (made["type"], made["timestamp"]) == ("org.claimwire.alert.v1", "2025-12-01T12:00:00Z")
    assert made["data"]["rule"] == "front line"
    assert made["data"]["events"] == [orjson.loads(encode(event)) for event in MANY.events]
