from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Status
from claimwire.items import Item
from claimwire.track_records import ENDINGS, track_records, wilson
from tests.unit.builders import item, ledger_of


def claims(side: str, *statuses: str) -> list[dict[str, Any]]:
    return [{"side": side, "status": status} for status in statuses]


def remark(of: str, published: str = "2025-12-01T12:00:00Z", start: int = 0) -> dict[str, Any]:
    return {"of": of, "published": published, "item": "urn:one", "start": start, "quote": f"{of} {start}"}


def test_every_status_counts_in_one_way() -> None:
    assert set(ENDINGS) == set(Status)


def test_record_counts_how_the_claims_of_a_side_ended() -> None:
    told = claims("Russia", "confirmed", "corroborated", "refuted", "retracted", "disputed", "contested", "unverified")
    [record] = track_records([*told, *claims("Russia", "confirmed")])
    assert (record.claims, record.settled) == (8, 5)
    assert record.endings == {"borne_out": 3, "failed": 2, "open": 3}
    assert record.statuses == {status.value: 2 if status is Status.CONFIRMED else 1 for status in Status}
    assert record.share
    assert record.share.borne_out == 0.6


def test_dispute_settles_nothing() -> None:
    [record] = track_records(claims("Russia", "disputed", "unverified", "contested"))
    assert record.share is None


def test_claims_that_nobody_is_known_to_have_made_are_on_no_record() -> None:
    assert track_records([*claims("reports", "disputed"), *claims("unnamed", "refuted")]) == []


PRISONERS = (
    "Russian forces have captured the town of Pokrovsk and taken 52 prisoners, the Russian Defence Ministry said."
)


@pytest.mark.parametrize(
    "correction",
    [
        item(PRISONERS.replace("52", "25"), "CORRECTED-Russia says it took a town", uri="urn:two"),
        item(PRISONERS.replace("52", "25"), version="2"),
        item(PRISONERS.replace("have captured", "captured"), version="2"),
    ],
    ids=["an item of its own", "a version with another number", "a version in other words"],
)
def test_correction_of_a_detail_is_no_failure_of_who_is_quoted(correction: Item) -> None:
    [record] = track_records(ledger_of([item(PRISONERS), correction]).claims())
    assert (record.side, record.claims, record.endings["failed"]) == ("Russia", 1, 0)


def test_most_settled_come_first_then_most_claims_then_by_name() -> None:
    told = [
        *claims("A", *["unverified"] * 3),
        *claims("C", "refuted"),
        *claims("B", "refuted"),
        *claims("D", "disputed"),
    ]
    assert [r.side for r in track_records(told)] == ["B", "C", "A", "D"]


def test_remarks_stand_with_their_side_by_publication() -> None:
    told = [remark("Russia", start=9), remark("Iraq"), remark("Russia", "2025-11-30T12:00:00Z", 5), remark("Russia")]
    records = {r.side: r for r in track_records(claims("Russia", "disputed"), told)}
    assert [r["start"] for r in records["Russia"].remarks] == [5, 0, 9]
    assert records["Iraq"].claims == 0


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (3, 4, 0.3006, 0.9544), (45, 60, 0.6277, 0.8422)],
)
def test_bounds_are_those_of_wilson(hits: int, of: int, low: float, high: float) -> None:
    share = wilson(hits, of)
    assert (share.low, share.high) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_bounds_hold_the_share_and_narrow_with_more_claims(counted: tuple[int, int]) -> None:
    hits, of = counted
    share, more = wilson(hits, of), wilson(10 * hits, 10 * of)
    assert 0 <= share.low <= share.borne_out <= share.high <= 1
    assert more.high - more.low < share.high - share.low


SAID = "Russia's claims have often proved premature."


def version(number: int, body: str, **fields: Any) -> Item:
    return item(body, version=str(number), **fields)


def test_remark_goes_with_the_version_that_makes_it() -> None:
    one, other = version(1, f"{SAID} It rained."), version(2, "It rained.")
    assert [r["quote"] for r in ledger_of([one]).remarks()] == [SAID]
    for arrived in ([one, other], [other, one], [one, other, one]):
        assert list(ledger_of(arrived).remarks()) == []


def test_remark_of_a_killed_item_is_gone() -> None:
    assert list(ledger_of([version(1, SAID), version(2, "", pubStatus="canceled")]).remarks()) == []


def test_remark_that_a_correction_puts_on_another_side_is_on_that_one_only() -> None:
    meant = "\n\nIts claims have often proved premature."
    one, other = (version(n, f"{who} said it had sunk a tanker.{meant}") for n, who in ((1, "Iran"), (2, "Iraq")))
    for arrived in ([one, other], [other, one]):
        assert [r["of"] for r in ledger_of(arrived).remarks()] == ["Iraq"]
