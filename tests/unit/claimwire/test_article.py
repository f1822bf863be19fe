"""A real article of 2 December 2025, read the way ``claimwire ingest`` reads it."""

from pathlib import Path
from typing import Any

import pytest

from claimwire import Item, Status
from streams.feeds import Document, read_paths
from tests.unit.builders import extracted, ledger_of


@pytest.fixture
def version(article: Path) -> Item:
    [document] = read_paths([article])
    assert isinstance(document, Document)
    return Item.from_ninjs(document.ninjs)


@pytest.fixture
def claims(version: Item) -> list[dict[str, Any]]:
    return list(ledger_of([version]).claims())


def claim(claims: list[dict[str, Any]], code: str, place: str, actor: str) -> dict[str, Any]:
    def fits(c: dict[str, Any]) -> bool:
        o = c["outcome"]
        return bool(o) and (o.code, o.place, o.actor, o.negated) == (code, place, actor, False)

    [found] = [c for c in claims if fits(c)]
    return found


def answers(claim: dict[str, Any], side: str, *relations: str) -> list[str]:
    return [e["quote"] for e in claim["evidence"] if e["side"] == side and e["relation"] in relations]


def test_capture_of_pokrovsk_is_disputed(claims: list[dict[str, Any]]) -> None:
    taken = claim(claims, "captured", "pokrovsk.ua", "Russia")
    assert (taken["side"], taken["status"]) == ("Russia", Status.DISPUTED)
    assert any("officials denied" in quote for quote in answers(taken, "Ukraine", "denies"))
    against = answers(taken, "Ukraine", "contradicts", "denies")
    assert any("northern part" in quote for quote in against)
    assert any("7th Rapid Response Corps" in quote for quote in against)


def test_gerasimov_repeats_the_capture_of_pokrovsk(claims: list[dict[str, Any]]) -> None:
    taken = claim(claims, "captured", "pokrovsk.ua", "Russia")
    assert any("Gerasimov" in quote for quote in answers(taken, "Russia", "asserts", "repeats"))


def test_encirclement_of_kupyansk_is_refuted_by_the_outlet(claims: list[dict[str, Any]]) -> None:
    encircled = claim(claims, "encircled", "kupyansk.ua", "Russia")
    assert (encircled["side"], encircled["status"]) == ("Russia", Status.REFUTED)
    assert any("untrue" in e["quote"] for e in encircled["evidence"] if e["side"].startswith("outlet:"))


def test_capture_of_kupyansk_is_disputed(claims: list[dict[str, Any]]) -> None:
    taken = claim(claims, "captured", "kupyansk.ua", "Russia")
    assert taken["status"] == Status.DISPUTED
    assert answers(taken, "Ukraine", "contradicts", "denies")


def test_advance_is_confirmed_or_contested(claims: list[dict[str, Any]]) -> None:
    advancing = claim(claims, "advanced", "", "Russia")
    assert advancing["status"] in (Status.CONFIRMED, Status.CONTESTED)
    assert answers(advancing, "Ukraine", "confirms")


def test_there_are_four_claims(claims: list[dict[str, Any]]) -> None:
    own = [c for c in claims if c["outcome"].code != "cleared"]
    assert len(own) == 4


def test_schedule_hedged_date_and_peace_plan_are_no_claims(claims: list[dict[str, Any]]) -> None:
    quotes = [e["quote"] for c in claims for e in c["evidence"]]
    for words in ("scheduled", "reportedly", "peace plan", "sixth", "thank you", "struggling", "turned out"):
        assert [quote for quote in quotes if words in quote] == []


def test_quotes_are_words_of_the_article(version: Item) -> None:
    statements = extracted(version)
    assert statements
    assert all(version.body[s.start : s.end] == s.quote for s in statements)


def test_sentence_on_the_record_is_a_remark_on_it(version: Item) -> None:
    [found] = ledger_of([version]).remarks()
    assert found["of"] == "Russia"
    assert "premature or outright false" in found["quote"]
