import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import URL, make_url, select, update

from board.filters import Filters
from board.queries import claims
from board.store import BoardStore, open_store, replacement, store_url
from board.tables import meta
from streams.errors import BoardUnfit, SettingsInvalid
from streams.settings import Settings
from tests.board.records import Story, contents, take


def test_store_that_is_opened_again_holds_what_it_held(url: URL, story: Story) -> None:
    first = open_store(url)
    take(first, story.log.records)
    held, generation = contents(first), first.stated("generation")
    first.close()
    again = open_store(url)
    assert contents(again) == held
    assert again.stated("generation") == generation
    again.close()


def test_store_of_another_version_is_refused_with_the_remedy_and_can_be_made_anew(url: URL, store: BoardStore) -> None:
    with store.engine.begin() as connection:
        connection.execute(update(meta).where(meta.c.name == "version").values(value="0"))
    with pytest.raises(BoardUnfit, match=r"of version 0, and this release .* `claimwire board rebuild`"):
        open_store(url)
    with replacement(url):
        pass
    open_store(url).close()


def test_replacement_takes_the_place_of_a_store_that_is_being_read(store: BoardStore, story: Story) -> None:
    take(store, story.log.records)
    before = store.stated("generation")
    number = len(claims(store, Filters(), limit=1000).rows)
    seen, over = set(), threading.Event()

    def read() -> None:
        while not over.is_set():
            seen.add(len(claims(store, Filters(), limit=1000).rows))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        with replacement(store.url) as other:
            take(other, story.log.records[:10])
            fewer = len(claims(other, Filters(), limit=1000).rows)
        assert len(claims(store, Filters(), limit=1000).rows) == fewer
    finally:
        over.set()
        reader.join()
    assert seen <= {number, fewer}
    assert store.stated("generation") != before


def test_replacement_that_breaks_off_leaves_the_store_as_it_was_and_nothing_beside_it(
    store: BoardStore, story: Story, tmp_path: Path
) -> None:
    take(store, story.log.records)
    held = contents(store)

    def break_off() -> None:
        with replacement(store.url) as other:
            take(other, story.log.records[:10])
            raise OSError("the broker is gone")

    for _ in range(2):
        with pytest.raises(OSError, match="the broker is gone"):
            break_off()
    assert contents(store) == held
    assert not list(tmp_path.glob("*_new*"))


def test_reader_sees_one_state_however_much_is_written_meanwhile(store: BoardStore, story: Story) -> None:
    take(store, story.log.records[:10])
    with (
        store.engine.connect().execution_options(isolation_level="REPEATABLE READ")
        if (store.url.drivername == "postgresql")
        else store.reading() as connection
    ):
        before = connection.execute(select(meta)).all()
        take(store, story.log.records[10:])
        assert connection.execute(select(meta)).all() == before


def test_file_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (a)")
    other.close()
    with pytest.raises(BoardUnfit, match="holds something else"):
        open_store(make_url(f"sqlite:///{tmp_path / 'other.db'}"))
    (tmp_path / "text.db").write_text("no database, and long enough to be none" * 100)
    with pytest.raises(BoardUnfit, match="not a database"):
        open_store(make_url(f"sqlite:///{tmp_path / 'text.db'}"))


def test_database_that_is_not_there_is_told_of_without_the_password(postgres_server: str) -> None:
    address = postgres_server.replace("postgres@", "postgres:secret@")
    with pytest.raises(BoardUnfit, match="none_such") as told:
        open_store(make_url(f"{address}/none_such"))
    assert "secret" not in str(told.value)


def test_store_is_a_file_under_home_unless_another_one_is_named(tmp_path: Path) -> None:
    assert store_url(Settings(home=tmp_path)).database == str(tmp_path / "board.db")
    named = Settings(board_db="postgresql://anna:secret@db/board")
    assert store_url(named).host == "db"


@pytest.mark.parametrize("given", ["board.db", "mysql://anna:secret@db/board", "sqlite://", "postgresql+asyncpg://a/b"])
def test_setting_that_names_no_store_is_refused_without_telling_what_it_held(given: str) -> None:
    with pytest.raises(SettingsInvalid, match="CLAIMWIRE_BOARD_DB") as told:
        store_url(Settings(board_db=given))
    assert "secret" not in str(told.value)
