from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import make_url

from board.store import BoardStore, open_store
from board.web.app import application
from tests.board.records import Story, story_of, take
from tests.stream.test_verdicts import on_seeds
from tests.unit.builders import seed_items


@pytest.fixture(scope="session")
def told() -> Story:
    """The seeds, and verdicts of every kind on them."""
    return story_of([*seed_items(), *on_seeds()])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[BoardStore]:
    """A new store in a SQLite file."""
    made = open_store(make_url(f"sqlite:///{tmp_path / 'board.db'}"))
    yield made
    made.close()


@pytest.fixture
async def browser(store: BoardStore) -> AsyncIterator[httpx.AsyncClient]:
    """Asks the board of the store."""
    transport = httpx.ASGITransport(application(store), raise_app_exceptions=True)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


@pytest.fixture
async def board(browser: httpx.AsyncClient, store: BoardStore, told: Story) -> httpx.AsyncClient:
    """Asks the board of the seeds."""
    take(store, told.log.records)
    return browser
