"""The board's store on the real broker: nothing is lost and nothing doubled, whoever is killed."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
from sqlalchemy import make_url

from board.change_queries import changes
from board.filters import Filters
from board.following import Following, rebuild
from board.queries import claims
from board.store import BoardStore, open_store
from streams.kafka.client import ensure_topics
from streams.kafka.ledger_pointer import point_at
from streams.settings import Settings
from tests.board.records import Story, contents, story_of
from tests.stream.harness import ROOT, SEEDS, Stream
from tests.unit.builders import seed_items

KILLED = -9


def board(stream: Stream) -> BoardStore:
    return open_store(make_url(f"sqlite:///{stream.folder / 'claimwire' / 'board.db'}"))


def follow(stream: Stream, batch: int = 0, when: str = "") -> int:
    """Follow until all is in the store, or until it is killed; returns the exit code."""
    env = {**stream.env(), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "tests.board.follower", str(batch), when]
    return subprocess.run(command, env=env, cwd=stream.folder, check=False).returncode


@pytest.mark.parametrize("when", ["half written", "written"])
def test_follower_that_is_killed_again_and_again_neither_loses_nor_doubles_anything(fed: Stream, when: str) -> None:
    rebuilt = fed.run("board", "rebuild")
    assert rebuilt.code == 0, rebuilt.said
    store = board(fed)
    whole, told = contents(store), [row.event.id for row in changes(store, limit=10_000)]
    store.close()
    for file in (fed.folder / "claimwire").glob("board.db*"):
        file.unlink()
    for _ in range(4):
        assert follow(fed, 2, when) == KILLED
    assert follow(fed) == 0
    store = board(fed)
    assert contents(store) == whole
    assert sorted(row.event.id for row in changes(store, limit=10_000)) == sorted(told)
    store.close()


def test_store_made_anew_numbers_the_changes_in_the_order_in_which_the_broker_took_them(fed: Stream) -> None:
    assert fed.run("board", "rebuild").code == 0
    store = board(fed)
    came = sorted(fed.records("claims.status"), key=lambda r: (r.timestamp, r.partition, r.offset))
    wanted = list(dict.fromkeys(json.loads(r.value)["id"] for r in came))
    assert [row.event.id for row in changes(store, limit=10_000, newest_first=False)] == wanted
    assert sorted(row.id for row in claims(store, Filters(), limit=1000).rows) == sorted(
        json.loads(line)["id"] for line in fed.claims()
    )
    store.close()


def test_store_of_another_stream_is_refused_with_the_remedy_and_made_anew_by_it(fed: Stream, stream: Stream) -> None:
    assert fed.run("board", "rebuild").code == 0
    worker = stream.worker()
    stream.ingest(SEEDS / sorted(p.name for p in SEEDS.glob("*.json"))[0])
    stream.settled(worker)
    elsewhere = {"CLAIMWIRE_BOARD_DB": f"sqlite:///{fed.folder / 'claimwire' / 'board.db'}"}
    stream.settings |= elsewhere
    done = subprocess.run(
        [sys.executable, "-m", "tests.board.follower", "0", ""],
        env={**stream.env(), "PYTHONPATH": str(ROOT)}, cwd=stream.folder, check=False, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode != 0
    assert "tells of the stream" in done.stderr
    assert "claimwire board rebuild" in done.stderr
    assert stream.run("board", "rebuild").code == 0
    assert follow(stream) == 0


@pytest.fixture(scope="module")
def story() -> Story:
    return story_of(seed_items())


def settings_of(stream: Stream) -> Settings:
    home = stream.folder / "claimwire"
    return Settings(broker=stream.broker, prefix=stream.prefix, partitions=stream.partitions, home=home)


@asynccontextmanager
async def followed(settings: Settings, store: BoardStore) -> AsyncIterator[Following]:
    """Within it the store follows the ledger; it has caught up with it."""
    following = Following(settings, store)
    running = asyncio.create_task(following.run())
    try:
        await asyncio.wait({running, asyncio.create_task(following.caught_up())}, return_when=asyncio.FIRST_COMPLETED)
        assert not running.done(), running.result()
        yield following
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def send(stream: Stream, story: Story, ledger: str = "") -> None:
    """The records of a story, as its topics have them."""
    for record in story.log.records:
        await stream._produce(f"{ledger}{record.topic.name}", [(record.key, record.value)])


async def test_who_waits_is_told_of_a_change_once_it_is_in_the_store(stream: Stream, story: Story) -> None:
    settings, store = settings_of(stream), board(stream)
    await ensure_topics(settings)
    async with followed(settings, store) as following:
        known = following.news
        assert (known.seq, changes(store)) == (0, [])
        sending = asyncio.create_task(send(stream, story))
        while known.seq < len([r for r in story.log.records if r.topic.name == "claims.status"]):
            after, known = known, await following.moved(known)
            assert [row.seq for row in changes(store, after.seq, newest_first=False)][: known.seq - after.seq] == list(
                range(after.seq + 1, known.seq + 1)
            )
        await sending
    store.close()


async def test_follower_goes_on_in_a_store_that_was_made_anew_under_it(stream: Stream, story: Story) -> None:
    settings, store = settings_of(stream), board(stream)
    await ensure_topics(settings)
    async with followed(settings, store) as following:
        known = following.news
        await asyncio.to_thread(asyncio.run, rebuild(settings))
        await send(stream, story)
        while known.seq < len([r for r in story.log.records if r.topic.name == "claims.status"]):
            known = await following.moved(known)
        assert known.generation == store.stated("generation")
    store.close()


async def test_follower_moves_over_to_a_ledger_that_is_promoted(stream: Stream, story: Story) -> None:
    settings, store = settings_of(stream), board(stream)
    await ensure_topics(settings)
    await ensure_topics(settings.of_ledger("v2"))
    await send(stream, story, "v2.")
    async with followed(settings, store) as following:
        known = following.news
        assert known.seq == 0
        await point_at(settings.of_ledger("v2"), "v2")
        while known.seq == 0:
            known = await following.moved(known)
        assert known.generation == store.stated("generation")
        assert len(claims(store, Filters(), limit=1000).rows) == len(story.ledger)
    store.close()
