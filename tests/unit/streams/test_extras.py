import re
import sys
import tomllib
from pathlib import Path

import pytest

from streams.extras import installing

ROOT = Path(__file__).parents[3]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))["project"]["optional-dependencies"]


@pytest.mark.parametrize("extra", ["board", "notify", "parquet", "postgres", "rocksdb", "traces"])
def test_remedy_names_the_packages_so_that_it_works_from_a_checkout_too(extra: str) -> None:
    told = installing(extra)
    assert told.startswith(f"{sys.executable} -m pip install '")
    named = [re.split("[<>=]", name)[0] for name in re.findall(r"'([^']+)'", told)]
    assert sorted(named) == sorted(re.split("[<>=]", name)[0] for name in EXTRAS[extra])


def test_no_message_asks_for_an_extra_of_a_package_that_may_be_on_no_index() -> None:
    for file in (ROOT / "streams").rglob("*.py"):
        assert "claimwire[" not in file.read_text("utf8"), file
