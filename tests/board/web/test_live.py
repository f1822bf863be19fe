import asyncio
import json
from collections.abc import AsyncIterator

import httpx
import pytest

from board.change_queries import changes, last_seq
from board.following import News
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


def read(event: bytes) -> tuple[str, dict[str, str]]:
    """Id and data of an event."""
    id, kind, data, *_ = event.decode().splitlines()
    assert kind == "event: change"
    return id.removeprefix("id: "), json.loads(data.removeprefix("data: "))


async def next_ids(events: AsyncIterator[bytes], number: int) -> list[str]:
    return [read(await anext(events))[0] for _ in range(number)]


async def test_reader_gets_what_comes_after_what_he_knows_and_then_what_comes_new(
    readers: LiveChanges, moving: Moving, store: BoardStore, told: Story
) -> None:
    half = len(told.log.records) // 2
    take(store, told.log.records[:half])
    before = changes(store, limit=1000, newest_first=False)
    events = readers.events(asked_filters(), before[1].event.id)
    assert await next_ids(events, len(before) - 2) == [row.event.id for row in before[2:]]
    waiting = asyncio.ensure_future(anext(events))
    take(store, told.log.records[half:])
    await moving.tell(News("one", last_seq(store)))
    [first, *rest] = changes(store, before[-1].seq, limit=1000, newest_first=False)
    assert read(await waiting)[0] == first.event.id
    assert await next_ids(events, len(rest)) == [row.event.id for row in rest]


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
    assert read(await waiting)[0] == rows[0].event.id


async def test_filters_hold_for_what_comes(readers: LiveChanges, store: BoardStore, told: Story) -> None:
    take(store, told.log.records)
    asked = asked_filters(status=[Status.DISPUTED])
    wanted = changes(store, filters=asked.filters, limit=1000, newest_first=False)
    events = readers.events(asked, "0")
    found = [read(await anext(events)) for _ in wanted]
    assert [id for id, _ in found] == [row.event.id for row in wanted]
    assert all("disputed</span>" in data["html"] for _, data in found)


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
