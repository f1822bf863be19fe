from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Ledger, StatusChanged
from streams.alerting.outbox import (
    HOUR,
    MOST_IN_A_DIGEST,
    RETRY_AFTER,
    Outbox,
    admit,
    delivered,
    due,
    failed,
    is_last,
    release,
)
from streams.alerting.rules import Rule
from tests.unit.builders import NOON, item

ONE, TWO = ("a",), ("a", "b")
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
        outbox = admit(asks, release(asks, outbox, now, ONE), event(n), now, ONE)
    return outbox


def test_without_limits_each_change_goes_at_once_to_each_channel() -> None:
    outbox = admit(rule(), Outbox(), event(0), NOON, TWO)
    assert told(outbox) == [["e0"], ["e0"]]
    assert [d.channel for d in due(outbox, NOON)] == [*TWO]
    assert len({d.message.id for d in outbox.deliveries}) == 1


def test_what_is_more_than_the_hour_takes_goes_in_one_digest_when_it_may() -> None:
    asks = rule(at_most=2)
    outbox = run(asks, [NOON + timedelta(minutes=n) for n in range(5)])
    assert told(outbox) == [["e0"], ["e1"]]
    assert [e.id for e in outbox.held] == ["e2", "e3", "e4"]
    assert release(asks, outbox, NOON + HOUR - timedelta(seconds=1), ONE) == outbox
    later = release(asks, outbox, NOON + HOUR, ONE)
    assert told(later) == [["e0"], ["e1"], ["e2", "e3", "e4"]]
    assert later.held == ()


def test_in_quiet_hours_nothing_goes_and_all_of_it_goes_in_one_digest_after_them() -> None:
    asks = rule(quiet="13:00-15:00", timezone="Europe/Kyiv")  # 11:00 to 13:00 in UTC
    outbox = run(asks, [NOON, NOON + timedelta(minutes=5)])
    assert told(outbox) == []
    assert told(release(asks, outbox, NOON + HOUR, ONE)) == [["e0", "e1"]]


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
        outbox = release(asks, outbox, moments[-1], ONE)
    made = [d.message.made for d in outbox.deliveries]
    for moment in made:
        assert sum(moment <= other < moment + HOUR for other in made) <= at_most
        assert not (asks.quiet and asks.quiet.holds(moment))
    assert [id for events in told(outbox) for id in events] == [f"e{n}" for n in range(len(minutes))]
    assert outbox.held == ()


def test_message_has_the_same_id_whenever_it_is_made_and_another_one_for_other_events() -> None:
    asks = rule()
    one, again = (admit(asks, Outbox(), event(0), NOON + timedelta(hours=h), ONE).deliveries[0].message for h in (0, 5))
    other = admit(asks, Outbox(), event(1), NOON, ONE).deliveries[0].message
    elsewhere = admit(rule(name="s"), Outbox(), event(0), NOON, ONE).deliveries[0].message
    assert one.id == again.id
    assert len({one.id, other.id, elsewhere.id}) == 3


def test_delivery_that_fails_is_tried_again_with_growing_pauses_up_to_its_last_try() -> None:
    outbox, now = admit(rule(), Outbox(), event(0), NOON, ONE), NOON
    for pause in RETRY_AFTER:
        [delivery] = due(outbox, now)
        assert not is_last(delivery)
        outbox = failed(outbox, delivery, now)
        assert due(outbox, now + pause - timedelta(seconds=1)) == []
        now += pause
    [last] = due(outbox, now)
    assert is_last(last)
    assert list(RETRY_AFTER) == sorted(RETRY_AFTER)


@pytest.mark.parametrize("asked", [0, 1, 6, 10**5, 10**7])
def test_receiver_can_lengthen_each_pause_up_to_the_longest_and_shorten_none(asked: int) -> None:
    outbox, now = admit(rule(), Outbox(), event(0), NOON, ONE), NOON
    for tries, planned in enumerate(RETRY_AFTER, start=1):
        outbox = failed(outbox, outbox.deliveries[0], now, timedelta(seconds=asked))
        [waiting] = outbox.deliveries
        pause = waiting.due - now
        assert pause == max(planned, min(timedelta(seconds=asked), RETRY_AFTER[-1]))
        assert waiting.tries == tries
        now = waiting.due
    assert is_last(waiting)


def test_digest_that_would_be_too_large_is_told_in_several() -> None:
    asks = rule(at_most=1)
    outbox = run(asks, [NOON] * (MOST_IN_A_DIGEST + 3))
    outbox = release(asks, outbox, NOON + HOUR, ONE)
    assert [len(events) for events in told(outbox)] == [1, MOST_IN_A_DIGEST]
    assert [len(events) for events in told(release(asks, outbox, NOON + 2 * HOUR, ONE))] == [1, MOST_IN_A_DIGEST, 2]


def test_delivered_message_is_struck_off_for_its_channel_alone() -> None:
    outbox = admit(rule(), Outbox(), event(0), NOON, TWO)
    left = delivered(outbox, outbox.deliveries[0])
    assert [d.channel for d in left.deliveries] == ["b"]
