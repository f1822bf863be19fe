import pytest

from claimwire.linking.rumours import is_rumour, named_first, speaks_as
from claimwire.statements import Statement
from tests.unit.builders import said


def statement(words: str) -> Statement:
    """What one sentence says."""
    [made] = said(words)
    return made


@pytest.mark.parametrize(
    ("words", "rumour"),
    [
        ("Industry sources said that Baxter Corp would shut the zinc smelter at Port Pirie.", True),
        ("The government expects that Baxter Corp will shut the zinc smelter at Port Pirie.", True),
        ("Baxter Corp said that it had shut the zinc smelter at Port Pirie.", False),
        ("Industry sources said that it had shut.", False),
    ],
)
def test_rumour_is_what_is_foretold_or_known_from_hearsay_and_says_enough(words: str, rumour: bool) -> None:
    assert is_rumour(statement(words)) is rumour


def test_who_is_named_first_speaks_for_himself_and_sources_for_nobody() -> None:
    rumour = statement("Industry sources said that Baxter Corp would shut the zinc smelter at Port Pirie.")
    answer = statement("Baxter Corp said that it had shut the zinc smelter at Port Pirie.")
    assert not named_first(rumour).isdisjoint(speaks_as(answer))
    assert speaks_as(rumour) == ()
