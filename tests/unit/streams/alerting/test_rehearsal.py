from dataclasses import replace
from datetime import timedelta

from claimwire import Ledger, Status
from claimwire.status_events import Gone
from streams.alerting.rehearsal import Told, rehearse
from streams.alerting.rules import Rule
from tests.unit.builders import NOON, item

[OPENED] = Ledger().add(item("Russian forces have captured Pokrovsk, Russia said."))
EVENT = replace(OPENED, previous=Status.DISPUTED)
"""Of a claim that has stood for long."""


def stretch(*minutes: int) -> list[Told]:
    return [(NOON + timedelta(minutes=m), replace(EVENT, id=f"e{m}")) for m in minutes]


def told(asks: dict[str, object], events: list[Told]) -> list[tuple[int, list[str]]]:
    """When each message goes, in minutes from noon, and what it tells."""
    rule = Rule.model_validate({"name": "r", **asks})
    return [
        (round((m.made - NOON) / timedelta(minutes=1)), [e.id for e in m.events]) for m in rehearse(rule, events, {})
    ]


def test_each_change_that_a_rule_asks_for_would_have_been_told() -> None:
    assert told({"to": ["unverified"]}, stretch(0, 7)) == [(0, ["e0"]), (7, ["e7"])]
    assert told({"to": ["refuted"]}, stretch(0, 7)) == []


def test_digest_would_have_gone_out_when_the_hour_was_over() -> None:
    assert told({"at_most": 1}, stretch(0, 7, 9, 200)) == [(0, ["e0"]), (60, ["e7", "e9"]), (200, ["e200"])]


def test_what_happened_last_and_in_quiet_hours_would_have_been_told_after_them() -> None:
    assert told({"quiet": "11:00-14:00"}, stretch(0, 7)) == [(120, ["e0", "e7"])]


def at(second: int, sequence: int, status: Status, **fields: object) -> Told:
    """A change of the new claim, so many seconds after noon."""
    changed = replace(OPENED, id=f"e{sequence}", sequence=sequence, status=status, **fields)  # type: ignore[arg-type]
    return NOON + timedelta(seconds=second), changed


def test_first_minute_of_a_claim_would_have_been_told_as_it_ended_and_what_came_later_at_once() -> None:
    events = [
        at(0, 1, Status.UNVERIFIED),
        at(20, 2, Status.DISPUTED, previous=Status.UNVERIFIED),
        at(120, 3, Status.CONFIRMED, previous=Status.DISPUTED),
    ]
    assert told({}, events) == [(1, ["e2"]), (2, ["e3"])]
    assert told({"to": ["unverified"]}, events) == []


def test_claim_that_comes_and_goes_within_a_minute_would_have_alerted_nobody() -> None:
    opened = at(0, 1, Status.UNVERIFIED)
    gone = {"previous": Status.UNVERIFIED, "gone": Gone.WITHDRAWN}
    assert told({}, [opened, at(59, 2, Status.RETRACTED, **gone)]) == []
    assert told({}, [opened, at(60, 2, Status.RETRACTED, **gone)]) == [(1, ["e1"]), (1, ["e2"])]
