import pytest

from board.web.sentences import DOES, LEFT, concludes, speaker, stands_with, what_happened, who, would_change
from claimwire import Ledger
from claimwire.statements import AGAINST, Relation
from claimwire.status_events import Gone
from claimwire.statuses import Status
from tests.unit.builders import extracted, wire


def test_every_relation_and_every_leave_has_words() -> None:
    assert set(DOES) == set(Relation)
    assert set(LEFT) == set(Gone)


def test_change_is_told_by_whose_word_it_was() -> None:
    items = wire("Russian forces have taken Pokrovsk, Gerasimov said.", "Ukraine denied that Pokrovsk had fallen.")
    ledger = Ledger()
    events = [event for item in items for event in ledger.add(item, extracted(item))]
    assert [what_happened(e) for e in events] == ["Russia claims it, as told by Outlet 0", "Ukraine denies it"]


@pytest.mark.parametrize("relation", list(Relation))
def test_who_denies_or_contradicts_stands_against_it_and_nobody_else(relation: Relation) -> None:
    assert (stands_with(relation) == "says_not") == (relation in AGAINST)


@pytest.mark.parametrize("status", list(Status))
def test_status_that_would_come_about_is_another_one(status: Status) -> None:
    claim = {"status": status, "gone": "", "implied": False}
    assert concludes(claim).endswith(".")
    assert status not in dict(would_change(claim))


def test_nothing_is_told_that_cannot_happen() -> None:
    assert "retracted" not in dict(would_change({"status": "unverified", "gone": "", "implied": True}))
    assert would_change({"status": "retracted", "gone": "superseded"}) == []
    assert would_change({"status": "refuted", "gone": "", "decided_by": {"verdict": "1"}}) == []


def test_sides_are_named_as_people_write_them() -> None:
    assert who("outlet:Meridian Wire") == "Meridian Wire"
    assert who("media:Russia") == "the press of Russia"
    assert who("unnamed") == "an unnamed speaker"
    assert speaker("the corps, ", "Ukraine") == "the corps"
    assert speaker("", "Ukraine") == "Ukraine"
