import json
from datetime import timedelta

import pytest

from claimwire.statuses import Status
from claimwire.verdict_weighing import Trusted
from claimwire.verdicts import Bears, HasStatus, IsNoClaim, IsOneWith, Maker, MakerKind, Says, Verdict, verdict
from streams.desk.ledger_index import LedgerIndex, the_one
from streams.errors import UserError
from tests.unit.builders import NOON, seed_items, written_with

ANNA = Maker(kind=MakerKind.PERSON, name="Anna")
SEEDS = seed_items()[:12]
BASE = [json.loads(line) for line in written_with(SEEDS)]
ONE, TWO, THREE, *_ = (c["id"] for c in BASE)


def made(claim: str, says: Says, hours: float = 0) -> Verdict:
    return verdict(claim, says, ANNA, "", NOON + timedelta(hours=hours))


def index(*verdicts: Verdict, trusted: Trusted | None = None) -> LedgerIndex:
    claims = map(json.loads, written_with([*SEEDS, *verdicts]))
    return LedgerIndex(claims, verdicts, trusted or Trusted())


def test_one_id_is_found_by_its_beginning_and_several_are_told() -> None:
    assert the_one(" AB1", ["ab12", "ab2", "cd"], "claim", "Look.") == "ab12"
    with pytest.raises(UserError, match=r"2 claims begin with 'ab': ab12, ab2\. Look\."):
        the_one("ab", ["ab2", "ab12", "cd"], "claim", "Look.")
    with pytest.raises(UserError, match=r"no claim begins with 'e'\. Look\."):
        the_one("e", ["ab2"], "claim", "Look.")


def test_path_leads_to_the_claim_that_lives_and_ends_where_verdicts_lead_in_a_ring() -> None:
    chain = [made(ONE, IsOneWith(into=TWO)), made(TWO, IsOneWith(into=THREE))]
    assert index(*chain).path(ONE) == [ONE, TWO, THREE]
    ring = [*chain, made(THREE, IsOneWith(into=ONE))]
    assert index(*ring).path(ONE) == [ONE, TWO, THREE]


def test_verdicts_that_do_not_count_take_no_claim_away() -> None:
    aside = made(ONE, IsNoClaim())
    found = LedgerIndex(BASE, [aside], Trusted(("model",)))
    assert found.claim(ONE[:8]) == ONE
    assert found.ruled(ONE).no_claim is None
    assert index(aside).ruled(ONE).no_claim == aside


def test_claim_that_a_verdict_took_away_is_found_where_it_may_be() -> None:
    found = index(made(ONE, IsNoClaim()))
    assert found.claim_or_gone(ONE[:8]) == ONE
    with pytest.raises(UserError, match="set aside"):
        found.claim(ONE[:8])


def test_statement_that_was_taken_out_is_still_one_that_was_joined() -> None:
    claim = next(c for c in BASE if len(c["evidence"]) > 1)
    last = claim["evidence"][-1]["statement"]
    found = index(made(claim["id"], Bears(statement=last, relation=None)))
    assert last in found.joined(claim["id"])
    assert last in found.statements_of(claim["id"])


def test_last_verdict_on_a_claim_is_the_one_made_last() -> None:
    said = [made(ONE, HasStatus(status=Status.REFUTED), hours) for hours in (3, 1, 2)]
    assert index(*said).last_on(ONE) == said[0].time
    assert index(*said).last_on(TWO) is None
