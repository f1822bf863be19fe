import tomllib
from pathlib import Path

import pytest

from streams.engine.pinned_releases import PATCHED, check_patched, installed, unfit
from streams.errors import PartsUnfit

PYPROJECT = tomllib.loads((Path(__file__).parents[4] / "pyproject.toml").read_text("utf8"))
PINS = {"faust-streaming": "==0.15.3", "aiokafka": ">=0.14,<0.15"}


def test_what_is_patched_is_pinned_to_what_the_repairs_fit() -> None:
    assert PATCHED == {"faust-streaming": "0.15.3", "aiokafka": "0.14"}
    for name, pin in PINS.items():
        assert f"{name}{pin}" in PYPROJECT["project"]["dependencies"]


@pytest.mark.parametrize(
    ("package", "version"),
    [("faust-streaming", "0.15.4"), ("faust-streaming", "0.15.30"), ("aiokafka", "0.15.0"), ("aiokafka", "0.13.2")],
)
def test_another_release_of_what_is_patched_is_refused_with_the_remedy(package: str, version: str) -> None:
    with pytest.raises(PartsUnfit, match=f"{package} {version}") as refused:
        check_patched({"faust-streaming": "0.15.3", "aiokafka": "0.14.0", package: version})
    assert "pip install 'faust-streaming==0.15.3.*' 'aiokafka==0.14.*'" in str(refused.value)


def test_what_is_installed_here_is_taken_and_so_is_a_later_aiokafka_of_that_release() -> None:
    check_patched(installed())
    assert unfit({"faust-streaming": "0.15.3", "aiokafka": "0.14.7"}) == []
