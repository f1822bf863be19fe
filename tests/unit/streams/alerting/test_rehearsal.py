from dataclasses import replace
from datetime import timedelta

from claimwire import Ledger
from streams.alerting.rehearsal import Told, rehearse
from streams.alerting.rules import Rule
from tests.unit.builders import NOON, item

[EVENT] = Ledger().add(item("Russian forces have captured Pokrovsk, Russia said."))


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
