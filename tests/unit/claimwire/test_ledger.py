import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimwire import Item, Ledger, StatusChanged
from claimwire.items import latest_versions
from claimwire.publication_order import in_order
from claimwire.statuses import Status
from tests.unit.builders import NOON, extracted, item, ledger_of, ninjs, seed_items, wire, written
from tests.unit.wires import sentences, versions, wires

SEEDS = seed_items()

TAKEN = "Russian forces have captured Pokrovsk, General Valery Gerasimov said."
DENIED = "Ukraine denied that Pokrovsk had fallen."


def orders(items: list[Item]) -> st.SearchStrategy[list[Item]]:
    """All of them in any order, some of them more than once."""
    again = st.lists(st.sampled_from(items), max_size=4)
    return again.flatmap(lambda extra: st.permutations([*items, *extra]))


def events_of(items: Iterable[Item]) -> dict[str, list[StatusChanged]]:
    """What a ledger tells of each claim."""
    made, events = Ledger(), defaultdict(list)
    for version in items:
        for event in made.add(version, extracted(version)):
            events[event.claim.id].append(event)
    return events


@given(orders(SEEDS))
def test_seeds_in_any_order_and_number_give_the_same_claims(arrived: list[Item]) -> None:
    assert written(arrived) == written(SEEDS)


@given(st.integers(0, len(SEEDS)), st.data())
def test_prefix_and_then_all_the_rest_gives_the_same_claims(cut: int, data: st.DataObject) -> None:
    rest = data.draw(st.permutations(SEEDS[cut:]))
    assert written([*SEEDS[:cut], *rest]) == written(SEEDS)


@pytest.mark.parametrize("late", range(len(SEEDS)))
def test_each_seed_may_come_last(late: int) -> None:
    assert written([*SEEDS[:late], *SEEDS[late + 1 :], SEEDS[late]]) == written(SEEDS)


@pytest.mark.parametrize("early", range(len(SEEDS)))
def test_each_seed_may_come_first(early: int) -> None:
    assert written([SEEDS[early], *SEEDS]) == written(SEEDS)


@given(orders(SEEDS))
def test_seeds_put_in_order_first_give_the_same_claims(arrived: list[Item]) -> None:
    assert written([arrived[place] for place in in_order(arrived)]) == written(SEEDS)


def test_only_the_latest_version_of_an_item_counts() -> None:
    assert written(SEEDS) == written(latest_versions(SEEDS).values())


@given(wires.flatmap(lambda items: st.tuples(st.just(items), orders(items))))
def test_ledger_is_a_function_of_the_set_of_items(wire_and_arrival: tuple[list[Item], list[Item]]) -> None:
    items, arrived = wire_and_arrival
    assert written(arrived) == written(items)


@given(wires)
def test_versions_that_no_longer_count_leave_no_trace_but_since_when_something_is_said(wire: list[Item]) -> None:
    first = {i.uri: min(other.published for other in wire if other.uri == i.uri) for i in wire}
    items = [replace(i, published=first[i.uri]) for i in wire]
    assert written(items) == written(latest_versions(reversed(items)).values())


@given(wires.flatmap(orders))
def test_events_of_a_claim_have_no_gaps_and_end_at_its_status(arrived: list[Item]) -> None:
    made = ledger_of(arrived)
    status = {claim["id"]: claim["status"] for claim in made.claims()}
    events = events_of(arrived)
    assert set(status) <= set(events)
    for claim, told in events.items():
        assert [e.sequence for e in told] == list(range(1, len(told) + 1))
        assert [e.previous for e in told] == [None, *(e.status for e in told[:-1])]
        assert told[-1].status == status.get(claim, Status.RETRACTED)
        assert len({e.id for e in told}) == len(told)


@given(wires.flatmap(orders))
def test_feeding_the_same_items_again_changes_and_tells_nothing(arrived: list[Item]) -> None:
    made = ledger_of(arrived)
    before = list(made.claims())
    assert [event for version in arrived for event in made.add(version, extracted(version))] == []
    assert list(made.claims()) == before


@given(wires)
def test_claim_is_opened_by_the_statement_that_it_is_named_after(items: list[Item]) -> None:
    statements = {s.id for version in items for s in extracted(version)}
    for claim in ledger_of(items).claims():
        assert claim["id"] in statements
        assert claim["id"] in {line["statement"] for line in claim["evidence"]}


def check_every_order(items: list[Item]) -> list[bytes]:
    """The claims, which every order of arrival gives."""
    given_by = {tuple(written(order)) for order in permutations(items)}
    assert len(given_by) == 1
    return list(given_by.pop())


def test_denial_that_arrives_before_its_claim_still_joins_it() -> None:
    claims = check_every_order(wire(TAKEN, DENIED))
    assert len(claims) == 1
    assert b'"status":"disputed"' in claims[0]


def test_killed_item_says_nothing_even_where_the_kill_comes_first() -> None:
    killed = item(TAKEN, version="2", pubStatus="canceled")
    assert check_every_order([item(TAKEN, version="1"), killed]) == []


def test_kill_retracts_what_the_item_claimed() -> None:
    [[first, last]] = events_of([item(TAKEN, version="1"), item("", version="2", pubStatus="canceled")]).values()
    assert (first.previous, first.status) == (None, Status.UNVERIFIED)
    assert (last.previous, last.status) == (Status.UNVERIFIED, Status.RETRACTED)


def words_on(made: Ledger) -> dict[str, set[tuple[str, str]]]:
    """Of each claim, the statements that bear on it, and how."""
    return {
        claim["id"]: {(line["statement"], line["relation"]) for line in claim["evidence"]} for claim in made.claims()
    }


def check_no_flicker(items: Iterable[Item], version: Item) -> None:
    """A version tells nothing of claims whose evidence it leaves as it was, and lets none come back to its status.

    A claim that a version moves to another subject is told as it leaves the one and as it comes to the other.
    """
    made = ledger_of(items)
    before, homes = words_on(made), {claim["id"]: claim["subject"] for claim in made.claims()}
    told = defaultdict(list)
    for event in made.add(version, extracted(version)):
        told[event.claim.id].append(event)
    after = words_on(made)
    moved = {claim["id"] for claim in made.claims() if homes.get(claim["id"], claim["subject"]) != claim["subject"]}
    for claim, events in ((claim, events) for claim, events in told.items() if claim not in moved):
        assert before.get(claim) != after.get(claim), events
        assert events[0].previous != events[-1].status, events


SPOKEN = [version for version in latest_versions(SEEDS).values() if version.speaks]


@pytest.mark.parametrize("version", SPOKEN, ids=lambda version: version.uri.rpartition("/")[2])
def test_version_without_one_of_its_sentences_leaves_other_claims_alone(version: Item) -> None:
    said = re.split(r"(?<=[.”])\s+", version.body)
    for dropped in range(len(said)):
        body = " ".join(said[:dropped] + said[dropped + 1 :])
        check_no_flicker(SEEDS, replace(version, body=body, order=(version.version + 1, "", "")))


@given(wires, st.lists(sentences, min_size=1, max_size=4), st.data())
def test_version_with_another_sentence_leaves_other_claims_alone(
    items: list[Item], said: list[str], data: st.DataObject
) -> None:
    dropped = data.draw(st.integers(0, len(said) - 1))
    new = data.draw(sentences)
    first, second = (
        item("\n\n".join(body), uri="urn:revised", version=str(number), firstCreated=NOON.isoformat())
        for number, body in ((1, said), (2, [*said[:dropped], new, *said[dropped + 1 :]]))
    )
    check_no_flicker([*items, first], second)


@pytest.mark.parametrize("status", ["usable", "canceled", "withheld"])
def test_withdrawal_names_the_version_that_brought_it_about(status: str) -> None:
    second = item("", version="2", pubStatus=status)
    [[_, gone]] = events_of([item(TAKEN, version="1"), second]).values()
    assert (gone.cause.version, gone.cause.withdrawn) == (1, True)
    assert gone.cause.due_to == second.origin


@pytest.mark.parametrize("status", ["usable", "canceled", "withheld"])
def test_change_by_a_withdrawal_has_the_time_of_the_version_that_withdrew(status: str) -> None:
    second = item("", version="2", pubStatus=status, versionCreated="2025-12-03T15:00:00Z")
    [[told, gone]] = events_of([item(TAKEN, version="1"), second]).values()
    assert (told.time, gone.time) == (NOON, second.version_created)
    assert gone.cause.published == NOON


def test_change_by_a_kill_without_a_time_has_the_time_of_the_words() -> None:
    kill = ninjs("", version="2", pubStatus="canceled")
    del kill["versionCreated"]
    [[_, gone]] = events_of([item(TAKEN, version="1"), Item.from_ninjs(kill)]).values()
    assert gone.time == NOON


def test_new_evidence_is_due_to_its_own_version() -> None:
    [told] = events_of(wire(TAKEN, DENIED)).values()
    assert [(e.cause.due_to.item, e.cause.due_to.version) for e in told] == [(e.cause.item, 0) for e in told]


def test_answer_that_moves_to_an_earlier_claim_does_so_due_to_the_item_that_tells_it() -> None:
    claim, denial = wire(TAKEN, DENIED)
    implied = next(told for told in events_of([denial, claim]).values() if told[0].claim.implied)
    assert (implied[-1].cause.item, implied[-1].cause.due_to) == (denial.uri, claim.origin)
    assert implied[-1].time == denial.published, "nothing moves before it is said"


def test_claim_of_a_killed_item_goes_on_under_who_repeated_it() -> None:
    first, second = wire(TAKEN, TAKEN)
    made = ledger_of([first, second])
    killed = item("", uri=first.uri, version="9", pubStatus="canceled")
    [heir, gone] = sorted(made.add(killed), key=lambda e: e.status == Status.RETRACTED)
    assert gone.superseded_by == heir.claim.id
    assert [claim["id"] for claim in made.claims()] == [heir.claim.id]


def test_sentence_whose_place_a_new_version_corrects_stays_a_claim() -> None:
    sentence = "Russian forces have taken the city, General Gerasimov said."
    claims = check_every_order(
        [
            item(sentence, "Fighting near Pokrovsk, Ukraine", version="1"),
            item(sentence, "Fighting near Kupyansk, Ukraine", version="2"),
        ]
    )
    assert len(claims) == 1
    assert b"kupyansk.ua" in claims[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"outlet": "Meridian"}, {"outlet": "Northgate"}),
        ({"firstCreated": "2025-11-01T00:00:00Z"}, {"firstCreated": "2025-11-02T00:00:00Z"}),
        ({"language": "en"}, {"language": "de"}),
        ({"headline": "Pokrovsk"}, {"headline": "Kupyansk"}),
        ({"pubStatus": "usable"}, {"pubStatus": "withheld"}),
    ],
)
def test_versions_that_their_publisher_did_not_tell_apart_give_one_ledger(
    one: dict[str, str], other: dict[str, str]
) -> None:
    check_every_order([item(TAKEN, **one), item(TAKEN, **other)])


def test_implied_claim_gives_way_to_the_claim_itself() -> None:
    events = events_of(reversed(wire(TAKEN, DENIED)))
    [claim] = ledger_of(wire(TAKEN, DENIED)).claims()
    implied = next(told for id, told in events.items() if id != claim["id"])
    assert implied[0].claim.implied
    assert (implied[-1].status, implied[-1].superseded_by) == (Status.RETRACTED, claim["id"])


def test_answer_after_the_window_does_not_join() -> None:
    first, second = wire(TAKEN, DENIED, hours=24 * 46)
    claims = check_every_order([first, second])
    assert len(claims) == 2


@example(["urn:0"])
@given(st.lists(st.sampled_from([f"urn:{i}" for i in range(4)]), min_size=1))
def test_repetitions_in_other_items_join_one_claim(uris: list[str]) -> None:
    items = [item(TAKEN, uri=uri) for uri in uris]
    [claim] = ledger_of(items).claims()
    assert len(claim["evidence"]) == len(set(uris))


@given(st.lists(versions, min_size=1, max_size=4))
def test_adding_statements_extracted_before_is_the_same_as_extracting_them(items: list[Item]) -> None:
    made = Ledger()
    for version in items:
        made.add(version)
    assert list(made.claims()) == list(ledger_of(items).claims())
