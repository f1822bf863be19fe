import json
from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.status_events import StatusChanged
from claimwire.statuses import Status
from claimwire.verdicts import HasStatus, IsNoClaim, IsOneWith, Maker, MakerKind, Verdict, verdict
from streams.codecs import encode
from streams.replay.rebuild import rebuild
from streams.settings import Settings
from tests.unit.builders import NOON, final_statuses, seed_items, written_with

SEEDS = seed_items()[:12]
ANNA, MODEL = Maker(kind=MakerKind.PERSON, name="Anna"), Maker(kind=MakerKind.MODEL, name="small")
CLAIMS = [json.loads(line)["id"] for line in written_with(SEEDS)]


def ruled() -> list[Verdict]:
    """Verdicts on the seeds' claims, two of them on one."""
    said = [
        (CLAIMS[0], HasStatus(status=Status.REFUTED), ANNA),
        (CLAIMS[0], HasStatus(status=Status.CONFIRMED), MODEL),
        (CLAIMS[1], IsNoClaim(), MODEL),
        (CLAIMS[2], IsOneWith(into=CLAIMS[3]), ANNA),
    ]
    return [verdict(c, says, maker, "", NOON + timedelta(hours=n)) for n, (c, says, maker) in enumerate(said)]


def rebuilt(verdicts: list[Verdict], told: list[StatusChanged], **changed: str) -> list[bytes]:
    def failed(number: int, reason: str) -> None:
        raise AssertionError(f"item {number}: {reason}")

    made = rebuild(SEEDS, Settings(**changed), lambda: None, told=told.append, failed=failed, verdicts=verdicts)
    return [encode(claim) for claim in made.claims()]


def test_ledger_is_that_of_the_items_and_the_verdicts_and_its_events_lead_there() -> None:
    told: list[StatusChanged] = []
    claims = rebuilt(ruled(), told)
    assert claims == written_with([*SEEDS, *ruled()])
    ends = final_statuses(told)
    assert ends == dict.fromkeys(ends, "retracted") | {c["id"]: c["status"] for c in map(json.loads, claims)}
    assert {e.verdict.id for e in told if e.verdict} == {ruled()[n].id for n in (0, 2, 3)}


@settings(max_examples=5)
@given(st.randoms(use_true_random=False))
def test_ledger_is_the_same_in_whatever_order_the_verdicts_come(chance: Random) -> None:
    shuffled = [*ruled(), *ruled()[:2]]
    chance.shuffle(shuffled)
    assert rebuilt(shuffled, []) == written_with([*SEEDS, *ruled()])


def test_maker_whom_the_setting_leaves_out_changes_nothing() -> None:
    by_anna = [v for v in ruled() if v.maker == ANNA]
    assert rebuilt(ruled(), [], verdicts_from="person") == rebuilt(by_anna, [])
    assert rebuilt(ruled(), [], verdicts_from="") == written_with(SEEDS)
