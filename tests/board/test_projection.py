import json
from random import Random

import pytest
from sqlalchemy import select

from board.filters import Filters
from board.projection import forget_lost, next_offsets, project
from board.queries import claim, claims
from board.store import BoardStore, StoreReplaced, replacement
from board.tables import changes
from streams.kafka.topics import SNAPSHOTS, STATUS, VERDICTS
from tests.board.records import Log, Story, contents, shuffled, take


def test_store_holds_the_claims_of_the_ledger_and_what_became_of_those_that_left_it(
    store: BoardStore, story: Story
) -> None:
    take(store, story.log.records)
    for each in story.ledger:
        held = claim(store, each["id"])
        assert held is not None
        assert {name: held[name] for name in each} == each
    assert sorted(row.id for row in claims(store, Filters(), limit=1000).rows) == [c["id"] for c in story.ledger]
    assert story.gone()
    for id in story.gone():
        held = claim(store, id)
        assert held is not None
        assert held["gone"] == held["changes"][-1].event.gone
        assert "evidence" not in held


@pytest.mark.parametrize("seed", range(3))
def test_contents_are_the_same_however_records_are_mixed_cut_into_batches_and_repeated(
    store: BoardStore, story: Story, seed: int
) -> None:
    take(store, story.log.records)
    whole = contents(store)
    chance, start = Random(seed), 0
    mixed = shuffled(story.log.records, chance)
    with replacement(store.url) as other:
        while start < len(mixed):
            end = start + chance.choice([1, 7, 60])
            take(other, mixed[max(0, start - chance.choice([0, 5])) : end])
            start = end
    assert contents(store) == whole


def test_store_made_of_what_the_broker_has_kept_is_the_same(store: BoardStore, story: Story) -> None:
    take(store, story.log.records)
    whole = contents(store)
    with replacement(store.url) as other:
        take(other, story.log.compacted())
    assert contents(store) == whole


def test_records_before_the_offsets_are_not_taken_in_again(store: BoardStore, story: Story) -> None:
    take(store, story.log.records)
    before = contents(store)
    last = project(store, store.stated("generation"), story.log.records)
    assert contents(store) == before
    assert last == len(before["changes"])
    with store.reading() as connection:
        assert next_offsets(connection)
        for (topic, partition), next in next_offsets(connection).items():
            assert next == 1 + max(
                r.offset for r in story.log.records if (r.topic.name, r.partition) == (topic, partition)
            )


def test_event_that_was_sent_twice_is_one_change_where_it_came_first(store: BoardStore, story: Story) -> None:
    log = Log()
    first, second, *_ = [r for r in story.log.records if r.topic == STATUS]
    for record in (first, second, first):
        log.write(STATUS, (record.key or b"").decode(), record.value)
    take(store, log.records)
    log.write(STATUS, (first.key or b"").decode(), first.value)
    take(store, log.records)
    with store.reading() as connection:
        assert connection.execute(select(changes.c.at).order_by(changes.c.seq)).scalars().all() == [0, 1]


def test_batch_that_breaks_leaves_neither_rows_nor_offsets(
    store: BoardStore, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(store, story.log.records[:20])
    before = contents(store)
    with store.reading() as connection:
        offsets = next_offsets(connection)

    def breaks(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("board.projection._write_verdicts", breaks)
        with pytest.raises(OSError, match="disk full"):
            take(store, story.log.records[20:])
    assert contents(store) == before
    with store.reading() as connection:
        assert next_offsets(connection) == offsets


def test_records_for_another_generation_of_the_store_are_refused(store: BoardStore, story: Story) -> None:
    with pytest.raises(StoreReplaced):
        project(store, "another", story.log.records)
    assert not contents(store)["changes"]


def test_what_is_no_record_of_its_topic_is_left_out_and_said_and_the_next_one_taken(
    store: BoardStore, story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    good = story.ledger[0]
    bad = {**good, "evidence": [{"relation": "denies"}]}
    log = Log()
    for topic in (STATUS, VERDICTS, SNAPSHOTS):
        for value in (b"", b"{", b"[]", b"{}", b"\xff"):
            log.write(topic, good["id"], value)
    log.write(STATUS, good["id"], None)
    log.write(SNAPSHOTS, good["id"], json.dumps({**good, "status": "hoax"}).encode())
    log.write(SNAPSHOTS, good["id"], json.dumps(bad).encode())
    log.write(SNAPSHOTS, "f" * 20, good)
    log.write(SNAPSHOTS, "f" * 19, good)
    log.write(SNAPSHOTS, good["id"], good)
    take(store, log.records)
    assert len(caplog.messages) == len(log.records) - 1
    assert [row.id for row in claims(store, Filters()).rows] == [good["id"]]


def test_hostile_words_are_kept_and_long_names_are_cut(store: BoardStore, story: Story) -> None:
    hostile = "\0'; DROP TABLE claims; -- \u202e<script>\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")
    claim_of = {**story.ledger[0], "text": hostile, "side": hostile * 500, "subject": "\\" * 5000, "about": [hostile]}
    log = Log()
    log.write(SNAPSHOTS, claim_of["id"], claim_of)
    take(store, log.records)
    [row] = claims(store, Filters(about=hostile, side=hostile * 500)).rows
    assert row.text == hostile.replace("\0", "\ufffd")
    assert [row.id for row in claims(store, Filters(words="drop table")).rows] == [claim_of["id"]]
    held = claim(store, claim_of["id"])
    assert held is not None
    assert held["text"] == hostile


def test_claim_whose_deletion_was_missed_is_forgotten_by_its_last_event_once_that_is_old(
    store: BoardStore, story: Story
) -> None:
    records = [r for r in story.log.records if r.topic != SNAPSHOTS or r.value is not None]
    take(store, story.log.records)
    whole = contents(store)
    with replacement(store.url) as other:
        take(other, records)
        generation = other.stated("generation")
        shown = claims(other, Filters(), limit=1000).rows
        assert {row.id for row in shown} > {c["id"] for c in story.ledger}
        forget_lost(other, generation, 0)
        assert claims(other, Filters(), limit=1000).rows == shown
        forget_lost(other, generation, len(story.log.records))
        held = contents(other)
    assert held == whole
