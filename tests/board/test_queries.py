"""Queries, held against the same questions asked of the ledger itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from board.filters import Filters
from board.queries import ClaimRow, claim, claims
from board.store import BoardStore
from claimwire.history import as_of
from claimwire.statements import AGAINST, IN_FAVOUR
from claimwire.times import parse_time
from streams.codecs import encode
from streams.kafka.topics import SNAPSHOTS, STATUS
from tests.board.records import Log, Story, take

Claim = dict[str, Any]


@pytest.fixture
def told(store: BoardStore, story: Story) -> BoardStore:
    """A store that has taken the story in."""
    take(store, story.log.records)
    return store


def all_pages(store: BoardStore, filters: Filters, limit: int) -> list[ClaimRow]:
    rows: list[ClaimRow] = []
    page = claims(store, filters, limit=limit)
    rows += page.rows
    while page.next:
        page = claims(store, filters, after=page.next, limit=limit)
        rows += page.rows
    return rows


def last_changes(story: Story) -> list[str]:
    """The claims in the order of their last status events, the last first."""
    last = {(r.key or b"").decode(): r.at for r in story.log.records if r.topic == STATUS}
    return sorted((c["id"] for c in story.ledger), key=lambda claim: -last[claim])


def side_of(story: Story) -> str:
    """The side that claims most."""
    sides = [c["side"] for c in story.ledger]
    return max(set(sides), key=sides.count)


ASKED: dict[str, Callable[[Claim], Filters]] = {
    "all": lambda c: Filters(),
    "status": lambda c: Filters(status=(c["status"],)),
    "one of two statuses": lambda c: Filters(status=(c["status"], "refuted")),
    "side": lambda c: Filters(side=c["side"]),
    "about": lambda c: Filters(about=c["about"][0]),
    "subject": lambda c: Filters(subject=c["subject"]),
    "place": lambda c: Filters(place=c["outcome"]["place"]),
    "outlet": lambda c: Filters(outlet=c["evidence"][0]["outlet"]),
    "since": lambda c: Filters(since=parse_time(c["updated"])),
    "until": lambda c: Filters(until=parse_time(c["updated"])),
    "several": lambda c: Filters(
        status=(c["status"],), side=c["side"], about=c["about"][0], outlet=c["evidence"][0]["outlet"]
    ),
    "nothing": lambda c: Filters(side="Nobody"),
}


def fits(c: Claim, f: Filters) -> bool:
    return all(
        (
            not f.status or c["status"] in f.status,
            not f.side or c["side"] == f.side,
            not f.about or f.about in c["about"],
            not f.subject or c["subject"] == f.subject,
            not f.place or bool(c["outcome"] and c["outcome"]["place"] == f.place),
            not f.outlet or f.outlet in {line["outlet"] for line in c["evidence"]},
            not f.since or parse_time(c["updated"]) >= f.since,
            not f.until or parse_time(c["updated"]) <= f.until,
        )
    )


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("limit", [1, 4, 1000])
def test_pages_hold_what_is_asked_for_once_and_in_the_order_of_the_last_change(
    told: BoardStore, story: Story, kind: str, limit: int
) -> None:
    example = next(c for c in story.ledger if c["about"] and c["outcome"] and c["outcome"]["place"])
    filters = ASKED[kind](example)
    wanted = {c["id"] for c in story.ledger if fits(c, filters)}
    assert bool(wanted) == (kind != "nothing")
    assert [row.id for row in all_pages(told, filters, limit)] == [id for id in last_changes(story) if id in wanted]


def test_row_of_a_claim_says_what_its_snapshot_says(told: BoardStore, story: Story) -> None:
    rows = {row.id: row for row in claims(told, Filters(), limit=1000).rows}
    for c in story.ledger:
        row, relations = rows[c["id"]], [line["relation"] for line in c["evidence"]]
        assert (row.status, row.word, row.gone) == (c["status"], c["status"], "")
        assert (row.text, row.headline) == (c["text"], c["headline"])
        assert (row.claimant, row.side, row.subject) == (c["claimant"], c["side"], c["subject"])
        assert (row.sources, row.published, row.updated) == (
            c["sources"], parse_time(c["published"]), parse_time(c["updated"]),
        )  # fmt: skip
        assert (row.decided_by.kind, row.decided_by.name) == (c["decided_by"]["kind"], c["decided_by"]["name"])
        assert row.for_ == sum(r in IN_FAVOUR for r in relations)
        assert row.against == sum(r in AGAINST for r in relations)


def test_claims_that_are_gone_are_listed_where_they_are_asked_for_and_nowhere_else(
    told: BoardStore, story: Story
) -> None:
    gone = claims(told, Filters(status=("withdrawn", "superseded", "dropped", "set_aside")), limit=1000).rows
    assert {row.id for row in gone} == story.gone()
    assert all(row.gone and row.updated is None for row in gone)
    assert not {row.id for row in claims(told, Filters(status=("retracted",)), limit=1000).rows} & story.gone()
    [some, *_] = gone
    assert some.id in {row.id for row in claims(told, Filters(status=(some.gone,), side=some.side), limit=1000).rows}


@pytest.mark.parametrize("hours", [0, 6, 30, 24 * 365])
@pytest.mark.parametrize("limit", [3, 1000])
def test_claims_as_of_a_moment_are_those_of_the_ledger_as_of_it(
    told: BoardStore, story: Story, hours: int, limit: int
) -> None:
    moment = min(parse_time(c["since"]) for c in story.ledger) + timedelta(hours=hours)
    then = {c["id"]: past for c in story.ledger if (past := as_of(c, moment))}
    rows = all_pages(told, Filters(as_of=moment), limit)
    assert {row.id: (row.status, row.sources) for row in rows} == {
        id: (c["status"], c["sources"]) for id, c in then.items()
    }
    for status in {c["status"] for c in then.values()}:
        found = all_pages(told, Filters(as_of=moment, status=(status,), side=side_of(story)), limit)
        assert {row.id for row in found} == {
            id for id, c in then.items() if c["status"] == status and c["side"] == side_of(story)
        }


def test_claim_as_of_a_moment_is_the_snapshot_as_of_it_with_what_was_told_until_then(
    told: BoardStore, story: Story
) -> None:
    one = max(story.ledger, key=lambda c: len(c["evidence"]))
    moment = parse_time(one["since"])
    held, whole = claim(told, one["id"], moment), claim(told, one["id"])
    past = as_of(one, moment)
    assert held is not None
    assert whole is not None
    assert past is not None
    assert {name: held[name] for name in past} == past
    assert len(held["evidence"]) < len(whole["evidence"])
    assert all(change.time <= moment for change in held["changes"])
    assert claim(told, one["id"], moment - timedelta(seconds=1)) is None


def test_claim_is_known_by_how_its_id_begins_where_no_other_begins_so(store: BoardStore, story: Story) -> None:
    first = story.ledger[0]
    ids = ["abcd" + "0" * 16, "abce" + "0" * 16, "abce1" + "0" * 15]
    log = Log()
    for id in ids:
        log.write(SNAPSHOTS, id, {**first, "id": id})
    take(store, log.records)
    known = [
        (asked, (found := claim(store, asked)) and found["id"]) for asked in ("abcd", "ABCD0", "abce", "abc", ids[1])
    ]
    assert known == [("abcd", ids[0]), ("ABCD0", ids[0]), ("abce", None), ("abc", None), (ids[1], ids[1])]


def test_claim_tells_of_verdicts_before_the_ledger_does(told: BoardStore, story: Story) -> None:
    given = {v["id"] for c in story.ledger for v in c["verdicts"]}
    assert given
    for c in story.ledger:
        held = claim(told, c["id"])
        assert held is not None
        assert {v["id"] for v in c["verdicts"]} <= {v.id for v in held["given"]}


def with_words(story: Story, *said: tuple[str, str]) -> Log:
    """Claims with these texts, of which these words are said."""
    log, like = Log(), story.ledger[0]
    for number, (text, quote) in enumerate(said):
        line = {**like["evidence"][0], "quote": quote, "speaker": "Somebody"}
        id = f"{number:020x}"
        log.write(SNAPSHOTS, id, {**like, "id": id, "text": text, "claimant": "He", "side": "Them", "evidence": [line]})
    return log


def test_words_are_found_whatever_their_case_accents_and_marks_and_all_of_them_must_be_there(
    store: BoardStore, story: Story
) -> None:
    take(
        store, with_words(story, ("Troops took Kyjív's bridge", "x"), ("Troops left", "a bridge-head in Kyjiv")).records
    )

    def found(words: str) -> list[str]:
        return [row.text for row in claims(store, Filters(words=words)).rows]

    assert found("KYJIV bridge") == ["Troops took Kyjív's bridge", "Troops left"]
    assert found("kyjív took") == ["Troops took Kyjív's bridge"]
    assert found('"bridge head"') == ["Troops left"]
    assert found("“head bridge”") == []
    assert found("nowhere") == []
    assert found("?!") == []
    assert found("' OR 1=1 -- * NEAR( AND") == []


def test_claim_is_found_by_its_headline(store: BoardStore, story: Story) -> None:
    log = Log()
    log.write(SNAPSHOTS, "0" * 20, {**story.ledger[0], "id": "0" * 20, "headline": "Smelter for sale"})
    take(store, log.records)
    [row] = claims(store, Filters(words="smelter")).rows
    assert row.highlight is not None
    assert row.highlight.text == "Smelter for sale"


def test_what_a_claim_says_comes_before_what_is_said_of_it_and_both_are_marked(store: BoardStore, story: Story) -> None:
    take(store, with_words(story, ("A bridge fell", "seen"), ("It rained", "no bridge fell")).records)
    rows = claims(store, Filters(words="bridge")).rows
    assert [row.text for row in rows] == ["A bridge fell", "It rained"]
    marked = [row.highlight for row in rows]
    assert [(h.text, [h.text[s:e] for s, e in h.marks]) for h in marked if h] == [
        ("A bridge fell", ["bridge"]),
        ("no bridge fell", ["bridge"]),
    ]


@pytest.mark.parametrize("kind", ASKED)
@pytest.mark.parametrize("limit", [2, 1000])
def test_words_are_asked_together_with_all_else_and_page_by_page(
    told: BoardStore, story: Story, kind: str, limit: int
) -> None:
    example = next(c for c in story.ledger if c["about"] and c["outcome"] and c["outcome"]["place"])
    filters = replace(ASKED[kind](example), words=example["text"].split()[-1])
    held = {row.id for row in claims(told, Filters(words=filters.words), limit=1000).rows}
    wanted = {c["id"] for c in story.ledger if c["id"] in held and fits(c, filters)}
    found = [row.id for row in all_pages(told, filters, limit)]
    assert len(found) == len(set(found))
    assert set(found) == wanted
    assert bool(wanted) == (kind != "nothing")


def test_words_that_no_longer_stand_in_a_claim_do_not_find_it(store: BoardStore, story: Story) -> None:
    log = with_words(story, ("A bridge fell", "x"))
    id = f"{0:020x}"
    changed = {**story.ledger[0], "id": id, "text": "A dam fell"}
    log.write(SNAPSHOTS, id, encode(changed))
    take(store, log.records, batch=1)
    assert [row.text for row in claims(store, Filters(words="dam")).rows] == ["A dam fell"]
    assert claims(store, Filters(words="bridge")).rows == []
    log.write(SNAPSHOTS, id, None)
    take(store, log.records)
    assert claims(store, Filters(words="dam")).rows == []


@pytest.mark.parametrize("filters", [Filters(), Filters(words="they")])
def test_a_place_in_the_list_that_is_none_is_refused(store: BoardStore, filters: Filters) -> None:
    with pytest.raises(ValueError):
        claims(store, filters, after="x.y")


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_claims_that_say_the_words_come_first_and_each_kind_newest_first(
    store: BoardStore, story: Story, limit: int
) -> None:
    said = [("A bridge fell", "x"), ("It rained", "a bridge"), ("The bridge", "bridge"), ("Snow", "the bridge, bridge")]
    take(store, with_words(story, *said).records)
    rows = all_pages(store, Filters(words="bridge"), limit)
    assert [row.text for row in rows] == ["The bridge", "A bridge fell", "Snow", "It rained"]
