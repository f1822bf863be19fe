import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pytest

from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.verdict_json import as_json
from claimwire.verdict_weighing import rulings
from claimwire.verdicts import (
    Bears,
    CarriedStatement,
    Comments,
    HasStatus,
    IsNoClaim,
    IsOneWith,
    Maker,
    MakerKind,
    Says,
    Undoes,
    Verdict,
    verdict,
)
from streams.desk.ledger_index import LedgerIndex
from streams.desk.requests import Desk
from streams.errors import UserError
from tests.unit.builders import NOON, seed_items, statement, written_with

ANNA, BEN = (Maker(kind=MakerKind.PERSON, name=name) for name in ("Anna", "Ben"))
SEEDS = seed_items()[:12]
BASE = [json.loads(line) for line in written_with(SEEDS)]
CLAIM = max(BASE, key=lambda c: len(c["evidence"]))
ONE, TWO, THREE = [c["id"] for c in BASE if c is not CLAIM][:3]
JOINED = CLAIM["evidence"][-1]["statement"]
ELSEWHERE = next(c for c in BASE if c["id"] == ONE)["evidence"][0]["statement"]


def desk(verdicts: Iterable[Verdict] = (), claims: Iterable[Mapping[str, Any]] | None = None) -> Desk:
    """Anna's desk, at the ledger of the seeds and these verdicts."""
    given = list(verdicts)
    shown = [json.loads(line) for line in written_with([*SEEDS, *given])] if claims is None else claims
    return Desk(LedgerIndex(shown, given), ANNA)


def asked(claim: str, kind: str, **says: Any) -> dict[str, Any]:
    return {"claim": claim, "says": {"kind": kind, **says}, "reason": "seen it"}


def made(claim: str, says: Says, maker: Maker = BEN, hours: float = -1) -> Verdict:
    return verdict(claim, says, maker, "seen it", NOON + timedelta(hours=hours))


@pytest.mark.parametrize(
    ("request_", "says"),
    [
        (asked(CLAIM["id"][:6].upper(), "status", status="refuted"), HasStatus(status=Status.REFUTED)),
        (asked(CLAIM["id"][:6], "no_claim"), IsNoClaim()),
        (asked(CLAIM["id"][:6], "comment"), Comments()),
        (asked(CLAIM["id"][:6], "merge", into=ONE[:6]), IsOneWith(into=ONE)),
        (
            asked(CLAIM["id"][:6], "statement", statement=JOINED[:6], relation="partly"),
            Bears(statement=JOINED, relation=Relation.PARTLY),
        ),
        (
            asked(CLAIM["id"][:6], "statement", statement=JOINED[:6], relation=None),
            Bears(statement=JOINED, relation=None),
        ),
    ],
)
def test_short_ids_are_made_whole_and_time_and_maker_are_filled_in(request_: dict[str, Any], says: Says) -> None:
    whole = verdict(CLAIM["id"], says, ANNA, "seen it", NOON)
    assert desk().verdict(request_, NOON) == whole
    assert desk().verdict({**request_, "id": None, "time": None, "maker": None}, NOON) == whole


def test_maker_and_time_that_are_told_are_taken() -> None:
    told = {**asked(ONE, "no_claim"), "maker": {"kind": "model", "name": "small", "version": "2"}}
    found = desk().verdict({**told, "time": "2025-12-05T10:00:00Z"}, NOON)
    assert (str(found.maker), found.time.day) == ("model small (2)", 5)


def test_statement_of_another_claim_is_carried() -> None:
    found = desk().verdict(asked(CLAIM["id"], "statement", statement=ELSEWHERE[:8], relation="denies"), NOON)
    assert isinstance(found.says, Bears)
    assert found.says.carried
    assert found.says.carried.statement == ELSEWHERE
    [ruled] = [json.loads(line) for line in written_with([*SEEDS, found]) if json.loads(line)["id"] == CLAIM["id"]]
    assert ELSEWHERE in {e["statement"] for e in ruled["evidence"]}


def test_statement_that_a_verdict_has_brought_is_carried_again() -> None:
    first = desk().verdict(asked(CLAIM["id"], "statement", statement=ELSEWHERE, relation="denies"), NOON)
    for claims in (None, BASE):  # whether or not the ledger has seen it yet
        again = asked(CLAIM["id"], "statement", statement=ELSEWHERE, relation="confirms")
        second = desk([first], claims).verdict(again, NOON)
        assert isinstance(second.says, Bears)
        assert second.says.carried


def test_statement_that_no_claim_shows_is_asked_for_and_carried_once_it_is_found() -> None:
    here = desk()
    request = asked(CLAIM["id"], "statement", statement="E3E3", relation="denies")
    assert here.missing(request) == "e3e3"
    assert not here.missing(asked(CLAIM["id"], "statement", statement=ELSEWHERE, relation="denies"))
    with pytest.raises(UserError, match="no statement begins with 'E3E3'"):
        here.verdict(request, NOON)
    here.said["e3" * 10] = CarriedStatement.of(statement(id="e3" * 10))
    found = here.verdict(request, NOON)
    assert isinstance(found.says, Bears)
    assert found.says.carried == here.said["e3" * 10]


def test_later_word_is_later_whatever_the_clock_says() -> None:
    ahead = made(ONE, HasStatus(status=Status.REFUTED), hours=5)
    found = desk([ahead]).verdict(asked(ONE, "status", status="confirmed"), NOON)
    assert rulings([ahead, found]).status == found
    undoing = desk([ahead]).verdict({"says": {"kind": "undo", "verdict": ahead.id[:7]}}, NOON)
    assert rulings([ahead, undoing]).status is None


def test_undoing_needs_no_claim_and_finds_one_that_has_left_the_ledger() -> None:
    aside = made(ONE, IsNoClaim())
    found = desk([aside]).verdict({"says": {"kind": "undo", "verdict": aside.id[:7]}}, NOON)
    assert (found.claim, found.says) == (ONE, Undoes(verdict=aside.id))


def test_merge_into_a_claim_that_goes_on_elsewhere_is_into_the_one_that_lives() -> None:
    path = [made(ONE, IsOneWith(into=TWO)), made(TWO, IsOneWith(into=THREE))]
    found = desk(path).verdict(asked(CLAIM["id"], "merge", into=ONE[:8]), NOON)
    assert found.says == IsOneWith(into=THREE)
    undone = made(TWO, Undoes(verdict=path[1].id), hours=0)
    assert desk([*path, undone]).verdict(asked(CLAIM["id"], "merge", into=ONE), NOON).says == IsOneWith(into=TWO)


def test_verdicts_of_one_file_are_checked_against_each_other() -> None:
    here = desk()
    here.verdict(asked(ONE, "merge", into=TWO), NOON)
    here.verdict(asked(TWO, "merge", into=THREE), NOON)
    with pytest.raises(UserError, match="in a ring"):
        here.verdict(asked(THREE, "merge", into=ONE), NOON)
    assert here.verdict(asked(CLAIM["id"], "merge", into=ONE), NOON).says == IsOneWith(into=THREE)


def test_whole_verdict_is_taken_as_it_is_and_known_afterwards() -> None:
    here, whole = desk(), as_json(made(ONE, IsOneWith(into=TWO)))
    assert not here.was_made(whole)
    assert as_json(here.verdict(whole, NOON)) == whole
    assert here.was_made(whole)
    assert not any(here.was_made({**whole, "id": id}) for id in ([], {}, 7))
    ring = as_json(made(TWO, IsOneWith(into=ONE), hours=1))
    with pytest.raises(UserError, match="in a ring"):
        here.verdict(ring, NOON)


ASIDE, MERGED = made(ONE, IsNoClaim()), made(TWO, IsOneWith(into=THREE))
STATUS = made(THREE, HasStatus(status=Status.REFUTED))
UNDONE = made(THREE, Undoes(verdict=STATUS.id), hours=0)


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (asked("", "no_claim"), "claim is missing"),
        (asked("zz", "no_claim"), "no claim begins with 'zz'.*claimwire claims"),
        ({"claim": CLAIM["id"]}, "says"),
        ({"claim": CLAIM["id"], "says": "no"}, "says"),
        (asked(CLAIM["id"], "guess"), "statement, merge, no_claim, status, undo or comment"),
        (asked(ONE, "status", status="refuted"), f"was set aside by person Ben.*undo {ASIDE.id}"),
        (asked(TWO, "status", status="refuted"), f"goes on as {THREE}.*undo {MERGED.id}"),
        (asked(CLAIM["id"], "merge", into=ONE), "was set aside"),
        (asked(CLAIM["id"], "merge", into=CLAIM["id"]), "under itself"),
        (asked(THREE, "merge", into=TWO), "in a ring.*verdict list"),
        (asked(CLAIM["id"], "statement", statement="zz", relation="denies"), "no statement begins with 'zz'"),
        (asked(CLAIM["id"], "statement", statement=ELSEWHERE, relation=None), "no statement of claim"),
        (asked(CLAIM["id"], "statement", statement=CLAIM["id"], relation="denies"), "say that the claim is none"),
        (asked(CLAIM["id"], "statement", statement=JOINED, relation="hates"), "relation is 'hates'"),
        (asked(CLAIM["id"], "statement", statement=JOINED), "relation is missing"),
        ({**asked(CLAIM["id"], "status", status="refuted"), "reason": " "}, "with a reason"),
        (asked(CLAIM["id"], "status", status="hoax"), "status is 'hoax'"),
        (asked("", "undo", verdict="zz"), "no verdict begins with 'zz'.*verdict list"),
        (asked("", "undo", verdict=STATUS.id), f"undone already, by person Ben.*undo {UNDONE.id}"),
        ({**asked(CLAIM["id"], "no_claim"), "time": "yesterday"}, "RFC 3339"),
        (as_json(made("c1" * 10, IsNoClaim())), "holds no claim c1c1"),
        (as_json(made(CLAIM["id"], IsOneWith(into="c1" * 10))), "holds no claim c1c1"),
        (as_json(made(CLAIM["id"], Bears(statement="e3" * 10, relation=Relation.DENIES))), "Leave out the id"),
    ],
)
def test_what_cannot_be_done_is_told_with_the_remedy(request_: dict[str, Any], why: str) -> None:
    with pytest.raises(UserError, match=why):
        desk([ASIDE, MERGED, STATUS, UNDONE]).verdict(request_, NOON)
