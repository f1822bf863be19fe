from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from claimwire import Ledger, StatusChanged
from streams.alerting.outbox import HOUR, Outbox, Settling, admit, delivered, failed, is_last, release, take_in
from streams.alerting.rows import TakenRow, change_key, restored, writes
from streams.alerting.rules import Rule
from streams.codecs import encode
from tests.unit.builders import NOON, item

CHANNELS = ("webhook", "notify 1 (mailto)")
NAME = "front line"
Rows = dict[bytes, bytes]
[EVENT] = Ledger().add(item("Russian forces have captured Pokrovsk, Russia said."))


def event(n: int) -> StatusChanged:
    return replace(EVENT, id=f"e{n}")


def shape(outbox: Outbox, now: datetime) -> tuple[object, ...]:
    """What two outboxes must have in common to be one."""
    deliveries = sorted(outbox.deliveries, key=lambda d: (d.message.id, d.channel))
    settling = {s.event.id for s in outbox.settling if s.until > now}
    held = {event.id for event in outbox.held} | {s.event.id for s in outbox.settling if s.until <= now}
    return settling, held, sorted(made for made in outbox.sent if now - made < HOUR), deliveries


def step(rule: Rule, outbox: Outbox, now: datetime, random: Random) -> Outbox:
    """What the loop does to an outbox."""
    if not outbox.deliveries or random.random() < 0.3:
        return release(rule, outbox, now, CHANNELS)
    delivery = random.choice(outbox.deliveries)
    if random.random() < 0.5 or is_last(delivery):
        return delivered(outbox, delivery)
    return failed(outbox, delivery, now)


def written(rows: Rows, todo: Sequence[Rows], random: Random) -> tuple[Rows, Rows]:
    """The rows when all is written, and as a crash somewhere in between leaves them: batches in order, rows in none."""
    torn, whole = dict(rows), dict(rows)
    stop = random.randint(0, len(todo))
    for number, batch in enumerate(todo):
        whole |= batch
        if number < stop:
            torn |= batch
        elif number == stop:
            torn |= {key: row for key, row in batch.items() if random.random() < 0.5}
    return whole, torn


@given(st.integers(0, 10**6), st.sampled_from([None, 1, 3]), st.integers(1, 40))
def test_crash_between_any_two_writes_leaves_the_outbox_as_it_was_or_as_it_was_to_be(
    seed: int, at_most: int | None, steps: int
) -> None:
    random, rule = Random(seed), Rule.model_validate({"name": NAME, "at_most": at_most})
    rows: Rows = {}
    outbox, now = Outbox(), NOON
    for n in range(steps):
        now += timedelta(minutes=random.randint(0, 30))
        if random.random() < 0.5:
            claim = replace(EVENT.claim, id=random.choice("ab"))
            new, until = replace(event(n), claim=claim, sequence=n), now + timedelta(minutes=random.choice((1, 20)))
            if random.random() < 0.5:
                rows[change_key(NAME, new.id)] = encode(TakenRow(offset=n, event=new))
                before, after = replace(outbox, held=(*outbox.held, new)), admit(rule, outbox, new, now, CHANNELS)
            else:
                rows[change_key(NAME, new.id)] = encode(TakenRow(offset=n, event=new, until=until))
                before = replace(outbox, settling=(*outbox.settling, Settling(event=new, until=until)))
                after = take_in(rule, outbox, new, until, now, CHANNELS)
        else:
            before, after = outbox, step(rule, outbox, now, random)
        rows, torn = written(rows, writes(NAME, outbox, after), random)
        assert shape(restored(NAME, torn, now), now) in (shape(before, now), shape(after, now))
        assert shape(restored(NAME, rows, now), now) == shape(after, now)
        outbox = after


def test_change_that_went_out_leaves_a_row_by_which_it_is_known_and_nothing_of_its_words() -> None:
    rule = Rule.model_validate({"name": NAME})
    outbox = admit(rule, Outbox(), EVENT, NOON, CHANNELS)
    rows = {change_key(NAME, EVENT.id): encode(TakenRow(offset=1, event=EVENT))}
    for after in (outbox, delivered(outbox, outbox.deliveries[0]), Outbox(sent=(NOON,))):
        for batch in writes(NAME, outbox if after is not outbox else Outbox(), after):
            rows |= batch
        outbox = after
    assert rows[change_key(NAME, EVENT.id)] == b"null"
    assert len(b"".join(rows.values())) < 200


def test_rules_whose_names_begin_alike_do_not_mix() -> None:
    rows = {change_key("front line", "e1"): encode(TakenRow(offset=1, event=event(1)))}
    assert restored("front", rows, NOON) == Outbox()
