import json
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item
from claimwire.statuses import Status
from claimwire.verdicts import Bears, HasStatus, IsOneWith, Maker, MakerKind, Says, UnreadableVerdict, Verdict, verdict
from streams.replay.difference import Difference, ItemVersion, difference, ruled_beyond
from tests.unit.builders import NOON, claims_of, item, seed_items, wire, written_with
from tests.unit.wires import versions, wires

CLAIM = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."
DENIAL = "Ukraine denied that Pokrovsk had fallen."
OTHER = "Russian forces have captured Siversk, the Russian Defence Ministry said."


def ledger(items: list[Item]) -> list[dict[str, Any]]:
    return [told for told in claims_of(items) if "evidence" in told]  # and no remarks


def taken(items: list[Item]) -> set[ItemVersion]:
    return {(i.uri, i.order[0]) for i in items}


def compared(live: list[Item], replayed: list[Item], **more: Any) -> Difference:
    return difference(ledger(live), ledger(replayed), taken(replayed), **more)


def counts(found: Difference) -> tuple[int, int, int, int, int]:
    return len(found.new), len(found.gone), len(found.changed), found.same, found.beyond


@given(wires)
def test_all_items_over_the_same_code_change_nothing(items: list[Item]) -> None:
    found = compared(items, items)
    assert counts(found) == (0, 0, 0, len(ledger(items)), 0)


@given(st.lists(versions, unique_by=lambda v: v.uri, max_size=5), st.data())
def test_part_of_the_items_changes_nothing_either_where_each_has_one_version(items: list[Item], data: Any) -> None:
    part = [i for i in items if data.draw(st.booleans())]
    found = compared(items, part)
    assert (found.new, found.gone, found.changed) == ([], [], [])
    ids = {c["id"] for c in (*ledger(part), *ledger(items))}
    assert found.same + found.beyond <= len(ids)


PLACES = ("okhtyrka", "siversk", "valuyki")
RULED = [item for item in seed_items() if any(place in item.body.casefold() for place in PLACES)]
"""Some of the seeds, with claims that are one."""

IDS = [claim["id"] for claim in ledger(RULED)]
ANNA = Maker(kind=MakerKind.PERSON, name="Anna")


def ruled(items: list[Item], verdicts: Iterable[Verdict]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written_with([*items, *verdicts])]


def said(claim: str, says: Says, hours: float = 0) -> Verdict:
    return verdict(claim, says, ANNA, "", NOON + timedelta(hours=hours))


@st.composite
def rulings(draw: st.DrawFn) -> list[Verdict]:
    """Verdicts of every kind but that a claim is none: what stands on such a claim is not in the ledger."""
    statements = [e["statement"] for c in ledger(RULED) for e in c["evidence"]]
    says = st.one_of(
        st.builds(IsOneWith, into=st.sampled_from(IDS)),
        st.builds(HasStatus, status=st.sampled_from(list(Status))),
        st.builds(Bears, statement=st.sampled_from(statements), relation=st.none()),
    )
    found = []
    for _ in range(draw(st.integers(0, 5))):
        with suppress(UnreadableVerdict):
            found.append(said(draw(st.sampled_from(IDS)), draw(says), draw(st.integers(0, 9))))
    return found


@given(rulings(), st.data())
def test_verdicts_change_nothing_where_all_are_replayed_and_part_of_them_neither(
    verdicts: list[Verdict], data: Any
) -> None:
    live = ruled(RULED, verdicts)
    whole = difference(live, ruled(RULED, verdicts), taken(RULED), (), ruled_beyond(verdicts, {v.id for v in verdicts}))
    assert counts(whole) == (0, 0, 0, len(live), 0)
    until = data.draw(st.integers(0, 9))
    known = [v for v in verdicts if v.time <= NOON + timedelta(hours=until)]
    part = [i for i in RULED if data.draw(st.booleans())]
    beyond = ruled_beyond(verdicts, {v.id for v in known})
    found = difference(live, ruled(part, known), taken(part), (), beyond)
    assert (found.new, found.gone, found.changed) == ([], [], [])


def test_claims_hang_on_later_verdicts_on_them_and_on_those_that_go_on_under_them() -> None:
    one, two, three, four = IDS[:4]
    early = [
        said(one, IsOneWith(into=two)),
        said(two, IsOneWith(into=three)),
        said(four, HasStatus(status=Status.REFUTED)),
    ]
    late = said(one, Bears(statement="e3" * 10, relation=None), 1)
    within = {v.id for v in early}
    assert ruled_beyond([*early, late], within) == {one, two, three}
    assert ruled_beyond(early, within) == set()


def test_statement_that_a_verdict_has_taken_out_still_ties_its_claim_to_its_item() -> None:
    claim, denial = wire(CLAIM, DENIAL)
    [before] = ledger([claim, denial])
    out = said(before["id"], Bears(statement=before["evidence"][-1]["statement"], relation=None))
    found = difference(ruled([claim, denial], [out]), ruled([claim], [out]), taken([claim]))
    assert counts(found) == (0, 0, 0, 0, 1)


def test_item_that_the_live_ledger_has_not_seen_is_new() -> None:
    first, second = wire(CLAIM, OTHER)
    found = compared([first], [first, second])
    assert counts(found) == (1, 0, 0, 1, 0)
    assert found.new == ledger([second])


def test_answer_that_the_live_ledger_has_not_seen_changes_its_claim_and_is_named() -> None:
    claim, denial = wire(CLAIM, DENIAL)
    found = compared([claim], [claim, denial])
    assert counts(found) == (0, 0, 1, 0, 0)
    [changed] = found.changed
    assert (changed.live["status"], changed.replayed["status"]) == ("unverified", "disputed")
    assert [e["relation"] for e in changed.joined] == ["denies"]
    assert not changed.withdrawn
    assert "status" in changed.fields


def test_claim_that_the_replay_no_longer_finds_is_gone() -> None:
    one, other = wire(CLAIM, OTHER)
    live = ledger([one, other])
    found = difference(live, ledger([one]), taken([one, other]))  # an extractor that finds nothing in the other
    assert counts(found) == (0, 1, 0, 1, 0)
    assert [c["text"] for c in found.gone] == [c["text"] for c in ledger([other])]


def test_evidence_read_otherwise_is_named_by_its_fields() -> None:
    [one] = wire(CLAIM)
    [claim] = ledger([one])
    [opening] = claim["evidence"]
    moved = {**claim, "evidence": [{**opening, "start": opening["start"] + 1, "why": ["another"]}]}
    found = difference([claim], [moved], taken([one]))
    [changed] = found.changed
    assert changed.altered == {opening["statement"]: ["start", "why"]}
    assert (changed.joined, changed.withdrawn, changed.fields) == ([], [], [])


def test_claim_with_evidence_from_elsewhere_is_counted_and_not_compared() -> None:
    claim, denial, other = wire(CLAIM, DENIAL, OTHER)
    assert counts(compared([claim, denial, other], [claim, other])) == (0, 0, 0, 1, 1)


def test_statement_that_bears_on_an_earlier_claim_outside_opens_nothing_new() -> None:
    earlier, repeated = wire(CLAIM, CLAIM)
    assert len(ledger([earlier, repeated])) == 1
    assert ledger([repeated])[0]["id"] != ledger([earlier])[0]["id"]
    assert counts(compared([earlier, repeated], [repeated])) == (0, 0, 0, 0, 2)


def test_version_from_elsewhere_is_another_item() -> None:
    first = item(CLAIM, version="1")
    second = item(f"{CLAIM}\n\n{OTHER}", version="2")
    found = compared([first, second], [first])
    assert (found.gone, found.changed, found.same) == ([], [], 0)
    assert found.beyond >= 1


def test_claims_that_the_stretch_does_not_touch_are_not_counted() -> None:
    one, other = wire(CLAIM, OTHER)
    assert counts(compared([one, other], [one])) == (0, 0, 0, 1, 0)


def test_subjects_limit_what_is_told() -> None:
    first, second = wire(CLAIM, OTHER)
    [subject] = {c["subject"] for c in ledger([second])}
    assert counts(compared([], [first, second], subjects=[subject])) == (1, 0, 0, 0, 0)
    assert counts(compared([first, second], [first, second], subjects=[subject])) == (0, 0, 0, 1, 0)
    assert counts(compared([first], [first, second], subjects=["place:none"])) == (0, 0, 0, 0, 0)
