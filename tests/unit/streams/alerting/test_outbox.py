from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Ledger, StatusChanged
from streams.alerting.outbox import HOUR, RETRY_AFTER, Outbox, admit, delivered, due, failed, release
from streams.alerting.rules import Rule
from tests.unit.builders import NOON, item

[EVENT] = Ledger().add(item("Russian forces have captured Pokrovsk, Russia said."))


def event(n: int) -> StatusChanged:
    return replace(EVENT, id=f"e{n}")


def rule(**fields: object) -> Rule:
    return Rule.model_validate({"name": "r", **fields})


def told(outbox: Outbox) -> list[list[str]]:
    """The events of each message on its way."""
    return [[e.id for e in delivery.message.events] for delivery in outbox.deliveries]


def run(asks: Rule, arrivals: Sequence[datetime]) -> Outbox:
    """Take an event in at each of these moments."""
    outbox = Outbox()
    for n, now in enumerate(arrivals):
        outbox = admit(asks, release(asks, outbox, now, 1), event(n), now, 1)
    return outbox


def test_without_limits_each_change_goes_at_once_to_each_channel() -> None:
    outbox = admit(rule(), Outbox(), event(0), NOON, 2)
    assert told(outbox) == [["e0"], ["e0"]]
    assert [d.channel for d in due(outbox, NOON)] == [0, 1]
    assert len({d.message.id for d in outbox.deliveries}) == 1


def test_what_is_more_than_the_hour_takes_goes_in_one_digest_when_it_may() -> None:
    asks = rule(at_most=2)
    outbox = run(asks, [NOON + timedelta(minutes=n) for n in range(5)])
    assert told(outbox) == [["e0"], ["e1"]]
    assert [e.id for e in outbox.held] == ["e2", "e3", "e4"]
    assert release(asks, outbox, NOON + HOUR - timedelta(seconds=1), 1) == outbox
    later = release(asks, outbox, NOON + HOUR, 1)
    assert told(later) == [["e0"], ["e1"], ["e2", "e3", "e4"]]
    assert later.held == ()


def test_in_quiet_hours_nothing_goes_and_all_of_it_goes_in_one_digest_after_them() -> None:
    asks = rule(quiet="13:00-15:00", timezone="Europe/Kyiv")  # 11:00 to 13:00 in UTC
    outbox = run(asks, [NOON, NOON + timedelta(minutes=5)])
    assert told(outbox) == []
    assert told(release(asks, outbox, NOON + HOUR, 1)) == [["e0", "e1"]]


@given(
    st.lists(st.integers(0, 5000), min_size=1, max_size=40).map(sorted),
    st.integers(1, 4),
    st.booleans(),
)
def test_no_hour_has_more_than_its_share_and_nothing_is_lost_or_doubled(
    minutes: list[int], at_most: int, quiet: bool
) -> None:
    asks = rule(at_most=at_most, **({"quiet": "22:00-06:00"} if quiet else {}))
    moments = [NOON + timedelta(minutes=m) for m in minutes]
    outbox = run(asks, moments)
    for _ in range(40):
        moments.append(moments[-1] + HOUR)
        outbox = release(asks, outbox, moments[-1], 1)
    made = [d.message.made for d in outbox.deliveries]
    for moment in made:
        assert sum(moment <= other < moment + HOUR for other in made) <= at_most
        assert not (asks.quiet and asks.quiet.holds(moment))
    assert [id for events in told(outbox) for id in events] == [f"e{n}" for n in range(len(minutes))]
    assert outbox.held == ()


def test_message_has_the_same_id_whenever_it_is_made_and_another_one_for_other_events() -> None:
    asks = rule()
    one, again = (admit(asks, Outbox(), event(0), NOON + timedelta(hours=h), 1).deliveries[0].message for h in (0, 5))
    other = admit(asks, Outbox(), event(1), NOON, 1).deliveries[0].message
    elsewhere = admit(rule(name="s"), Outbox(), event(0), NOON, 1).deliveries[0].message
    assert one.id == again.id
    assert len({one.id, other.id, elsewhere.id}) == 3


def test_delivery_that_fails_is_tried_again_with_growing_pauses_and_then_is_dead() -> None:
    outbox, now = admit(rule(), Outbox(), event(0), NOON, 1), NOON
    for pause in RETRY_AFTER:
        [delivery] = due(outbox, now)
        outbox, dead = failed(outbox, delivery, now)
        assert not dead
        assert due(outbox, now + pause - timedelta(seconds=1)) == []
        now += pause
    [last] = due(outbox, now)
    outbox, dead = failed(outbox, last, now)
    assert dead
    assert outbox.deliveries == ()
    assert list(RETRY_AFTER) == sorted(RETRY_AFTER)


def test_delivered_message_is_struck_off_for_its_channel_alone() -> None:
    outbox = admit(rule(), Outbox(), event(0), NOON, 2)
    left = delivered(outbox, outbox.deliveries[0])
    assert [d.channel for d in left.deliveries] == [1]


@pytest.mark.parametrize("at_most", [1, None])
def test_outbox_knows_what_waits_and_what_is_on_its_way(at_most: int | None) -> None:
    outbox = run(rule(at_most=at_most), [NOON, NOON])
    assert outbox.holds("e0")
    assert outbox.holds("e1")
    assert not outbox.holds("e2")
