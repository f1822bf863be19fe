import asyncio
import json
from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from sqlalchemy import event

from board import change_tail, recent_changes
from board.change_queries import changes, last_seq
from board.following import News
from board.projection import LedgerRecord
from board.store import BoardStore
from board.web import live
from board.web.app import application
from board.web.asked import AskedList, asked_filters
from board.web.live import LiveChanges
from claimwire.statuses import Status
from tests.board.records import Story, take
from tests.board.web.moving import Moving


@pytest.fixture
def moving() -> Moving:
    return Moving()


@pytest.fixture
def readers(store: BoardStore, moving: Moving) -> LiveChanges:
    return LiveChanges(store, moving, asyncio.Event())


def read(piece: bytes) -> list[tuple[str, dict[str, str]]]:
    """Ids and data of the events that came in one piece."""
    found = []
    for each in piece.decode().removesuffix("\n\n").split("\n\n"):
        id, kind, data = each.splitlines()
        assert kind == "event: change"
        found.append((id.removeprefix("id: "), json.loads(data.removeprefix("data: "))))
    return found


async def next_events(events: AsyncIterator[bytes], number: int) -> list[tuple[str, dict[str, str]]]:
    """The next events, which are so many."""
    found: list[tuple[str, dict[str, str]]] = []
    while len(found) < number:
        found += read(await anext(events))
    assert len(found) == number
    return found


async def next_ids(events: AsyncIterator[bytes], number: int) -> list[str]:
    return [id for id, _ in await next_events(events, number)]


async def test_reader_gets_what_comes_after_what_he_knows_and_then_what_comes_new(
    readers: LiveChanges, moving: Moving, store: BoardStore, told: Story
) -> None:
    half = len(told.log.records) // 2
    take(store, told.log.records[:half])
    before = changes(store, limit=1000, newest_first=False)
    events = readers.events(asked_filters(), before[1].event.id)
    assert await next_ids(events, len(before) - 2) == [row.event.id for row in before[2:]]
    take(store, told.log.records[half:])
    await moving.tell(News("one", last_seq(store)))
    later = changes(store, before[-1].seq, limit=1000, newest_first=False)
    assert await next_ids(events, len(later)) == [row.event.id for row in later]


async def test_place_is_found_again_in_a_store_that_was_made_anew(
    readers: LiveChanges, moving: Moving, store: BoardStore, told: Story
) -> None:
    take(store, told.log.records)
    rows = changes(store, limit=1000, newest_first=False)
    events = readers.events(asked_filters(), rows[-2].event.id)
    assert await next_ids(events, 1) == [rows[-1].event.id]
    waiting = asyncio.ensure_future(anext(events))
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE changes SET seq = seq + 1000")
        connection.exec_driver_sql("UPDATE changes SET seq = 5000 WHERE seq = (SELECT min(seq) FROM changes)")
    await moving.tell(News("two", 5000))
    assert [id for id, _ in read(await waiting)] == [rows[0].event.id]


async def test_filters_hold_for_what_comes(readers: LiveChanges, store: BoardStore, told: Story) -> None:
    take(store, told.log.records)
    asked = asked_filters(status=[Status.DISPUTED])
    wanted = changes(store, filters=asked.filters, limit=1000, newest_first=False)
    events = readers.events(asked, "0")
    found = await next_events(events, len(wanted))
    assert [id for id, _ in found] == [row.event.id for row in wanted]
    assert all("disputed</span>" in data["html"] for _, data in found)


async def test_store_is_asked_as_often_for_many_readers_as_for_one(
    readers: LiveChanges, moving: Moving, store: BoardStore, told: Story
) -> None:
    third = len(told.log.records) // 3
    parts = [told.log.records[start : start + third] for start in range(0, 3 * third, third)]
    take(store, parts[0])
    word = changes(store, limit=1)[0].text.split()[0]
    asked = [asked_filters(), asked_filters(status=[Status.UNVERIFIED]), asked_filters(words=word)]
    queries: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: queries.append(told[2]))

    async def number_asked(number: int, records: Sequence[LedgerRecord]) -> int:
        """How many queries it takes to tell so many readers of each kind what is new."""
        last = last_seq(store)
        streams = [(kind, readers.events(kind, "0")) for kind in asked for _ in range(number)]
        for kind, events in streams:
            await next_events(events, len(changes(store, 0, kind.filters, 1000)))
        take(store, records)
        wanted = {kind: changes(store, last, kind.filters, 1000, newest_first=False) for kind in asked}
        assert all(wanted.values())
        queries.clear()
        await moving.tell(News("one", last_seq(store)))
        for kind, events in streams:
            assert await next_ids(events, len(wanted[kind])) == [row.event.id for row in wanted[kind]]
        asked_for = len(queries)
        for _, events in streams:
            await events.aclose()
        return asked_for

    assert await number_asked(1, parts[1]) == await number_asked(20, parts[2]) > 0


async def test_reader_behind_the_changes_in_memory_gets_all_that_lies_between(
    readers: LiveChanges, moving: Moving, store: BoardStore, told: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recent_changes, "MOST_KEPT", 3)
    monkeypatch.setattr(change_tail, "AT_ONCE", 2)
    half = len(told.log.records) // 2
    take(store, told.log.records[:half])
    slow, quick = readers.events(asked_filters(), "0"), readers.events(asked_filters(), "0")
    before = [row.event.id for row in changes(store, limit=1000, newest_first=False)]
    assert len(before) > 4
    assert await next_ids(slow, 2) == before[:2]
    assert await next_ids(quick, len(before)) == before
    take(store, told.log.records[half:])
    await moving.tell(News("one", last_seq(store)))
    after = [row.event.id for row in changes(store, limit=1000, newest_first=False)]
    assert await next_ids(quick, len(after) - len(before)) == after[len(before) :]
    assert await next_ids(slow, len(after) - 2) == after[2:]


async def test_quiet_connection_is_kept_alive_and_let_go_when_the_board_ends(
    readers: LiveChanges, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "BEAT_SECONDS", 0.01)
    events = readers.events(AskedList(asked_filters().filters), "")
    assert await anext(events) == b": here\n\n"
    assert readers.readers == 1
    readers.stopping.set()
    assert [event async for event in events] in ([], [b": here\n\n"])
    assert readers.readers == 0


async def test_page_says_where_its_changes_go_on_and_one_too_many_is_told_to_come_back(
    readers: LiveChanges, store: BoardStore, told: Story
) -> None:
    take(store, told.log.records)
    transport = httpx.ASGITransport(application(store, readers))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as browser:
        newest = changes(store, limit=1)[0].event.id
        assert f'data-live="/live?known={newest}"' in (await browser.get("/")).text
        assert "data-live" not in (await browser.get("/?as_of=2025-12-02")).text
        readers.readers = live.MOST_READERS
        refused = await browser.get("/live")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
