"""The board's store on the real broker: nothing is lost and nothing doubled, whoever is killed."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import make_url

from board.change_queries import changes
from board.filters import Filters
from board.queries import claims
from board.store import BoardStore, open_store
from tests.board.records import contents
from tests.stream.harness import ROOT, SEEDS, Stream

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
