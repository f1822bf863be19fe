"""What is told of a claim does not hang on the order in which partitions were read."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from claimwire import Item, Ledger, Status
from claimwire.status_events import Gone
from streams.alerting.rehearsal import rehearse
from streams.alerting.rules import Rule
from streams.alerting.settling import (
    SETTLES,
    SETTLES_IN,
    Newcomers,
    settles_until,
    settling_headers,
)
from tests.unit.builders import NOON, item, ledger_of, seed_items
from tests.unit.partitions import Partitions

SECOND = timedelta(seconds=1)
[OPENED] = Ledger().add(item("Russian forces have captured Pokrovsk, Russia said."))
DISPUTED = replace(OPENED, id="disputed", sequence=2, previous=Status.UNVERIFIED, status=Status.DISPUTED)

ALL = Rule.model_validate({"name": "all"})
FAILED = Rule.model_validate({"name": "failed", "to": ["refuted", "retracted", "disputed"]})


def alerted(items: list[Item], rule: Rule, random: Random, number: int) -> list[tuple[str, str]]:
    """The claims of which a rule would have told, and as what, when all items come within a minute."""
    partitions = Partitions(number, random)
    partitions.run(items)
    once = {event.id: event for event in partitions.told}  # what comes again is known by its id
    events = [(NOON + n * SETTLES_IN / 10**4, event) for n, event in enumerate(once.values())]
    assert len(events) < 10**4
    told = [event for message in rehearse(rule, events, {}) for event in message.events]
    return sorted((event.claim.id, event.word) for event in told)


@pytest.mark.parametrize("seed", range(12))
def test_items_in_any_order_over_any_partitions_and_doubled_alert_the_same(seed: int) -> None:
    random, items = Random(seed), seed_items()
    expected = sorted((claim["id"], str(claim["status"])) for claim in ledger_of(items).claims())
    fed = random.sample(items * 2, 2 * len(items)) if seed else items
    number = random.choice((1, 4, 16))
    assert alerted(fed, ALL, random, number) == expected
    asked = [(id, status) for id, status in expected if status in FAILED.status]
    assert alerted(fed, FAILED, random, number) == asked


def test_claim_is_new_for_a_minute_from_when_it_is_first_heard_of() -> None:
    newcomers = Newcomers()
    assert newcomers.settles(OPENED, NOON) == NOON + SETTLES_IN
    assert newcomers.settles(DISPUTED, NOON + 59 * SECOND) == NOON + SETTLES_IN
    assert newcomers.settles(OPENED, NOON + 59 * SECOND) == NOON + SETTLES_IN, "told again"
    assert newcomers.settles(DISPUTED, NOON + SETTLES_IN) is None


def test_words_withdrawn_settle_however_old_the_claim() -> None:
    withdrawn = replace(DISPUTED, cause=replace(DISPUTED.cause, withdrawn=True))
    assert Newcomers().settles(withdrawn, NOON) == NOON + SETTLES_IN
    assert Newcomers().settles(DISPUTED, NOON) is None


def test_claim_came_and_went_only_if_it_is_gone_while_it_is_new() -> None:
    newcomers, gone = Newcomers(), replace(DISPUTED, gone=Gone.WITHDRAWN)
    assert not newcomers.came_and_went(gone)
    newcomers.settles(OPENED, NOON)
    assert newcomers.came_and_went(gone)
    assert not newcomers.came_and_went(DISPUTED)
    newcomers.settles(gone, NOON + SETTLES_IN)
    assert not newcomers.came_and_went(gone)


def test_headers_say_until_when_a_match_waits() -> None:
    assert settles_until(dict(settling_headers(NOON))) == NOON
    assert settling_headers(None) == []
    assert settles_until({}) is None
    assert settling_headers(NOON)[0][0] == SETTLES
