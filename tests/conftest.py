import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from claimwire import Item
from tests.unit.builders import seed_items

settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("thorough", settings.get_profile("suite"), derandomize=False, max_examples=3000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


@pytest.fixture(scope="session")
def seeds() -> list[Item]:
    """The demo's items, in the order in which they arrive."""
    return seed_items()


@pytest.fixture(scope="session")
def article() -> Path:
    """The real article, which is not part of the repository."""
    shared = Path(os.environ.get("CLAIMWIRE_SHARED", Path(__file__).parents[2] / "shared"))
    path = shared / "seed" / "pokrovsk-2025-12-02.txt"
    if not path.exists():
        pytest.skip(f"there is no {path}: set CLAIMWIRE_SHARED to the folder that holds seed/")
    return path


FOLDERS = ("unit", "board", "stream", "faults")
"""Of the tests, in the order in which they run: the quickest answer first."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the slow tests last; files stay whole, for each goes to one worker."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}

    def place(item: pytest.Item) -> tuple[int, bool, bool]:
        folder = next((n for n, name in enumerate(FOLDERS) if f"/tests/{name}/" in item.path.as_posix()), len(FOLDERS))
        return folder, item.path in slow, item.get_closest_marker("slow") is not None

    items.sort(key=place)
