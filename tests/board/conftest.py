from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from sqlalchemy import URL, make_url

from board.store import BoardStore, open_store
from tests.board import postgres
from tests.board.records import Story, story_of
from tests.stream.test_verdicts import on_seeds
from tests.unit.builders import item, seed_items


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    programs = postgres.programs()
    if programs is None:
        pytest.skip("there is no PostgreSQL: apt-get install postgresql")
    with postgres.server(programs) as address:
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[URL]:
    """Where a store can be made, on each backend."""
    if request.param == "sqlite":
        yield make_url(f"sqlite:///{tmp_path / 'board.db'}")
        return
    server, name = request.getfixturevalue("postgres_server"), f"t{uuid4().hex}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        yield make_url(f"{server}/{name}")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


@pytest.fixture
def store(url: URL) -> Iterator[BoardStore]:
    """A new store, on each backend."""
    made = open_store(url)
    yield made
    made.close()


@pytest.fixture(scope="session")
def story() -> Story:
    """The seeds, verdicts of every kind on them, and one of the items killed."""
    seeds = seed_items()
    killed = item("", uri=seeds[0].uri, version="99", pubStatus="canceled")
    return story_of([*seeds, *on_seeds(), killed])
