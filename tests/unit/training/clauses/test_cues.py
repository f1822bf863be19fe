import pytest

from training.clauses.cues import OF_A_THING, SAYS


@pytest.mark.parametrize("cue", ["said", "also said:", "has added", "believes", "said monday"])
def test_only_a_clause_follows_a_verb_of_saying(cue: str) -> None:
    assert SAYS.fullmatch(cue)
    assert not OF_A_THING.fullmatch(cue)


@pytest.mark.parametrize("cue", ["condemned", "has condemned", "spoke of", "called for"])
def test_a_noun_follows_what_has_an_object(cue: str) -> None:
    assert OF_A_THING.fullmatch(cue)
    assert not SAYS.fullmatch(cue)


@pytest.mark.parametrize("cue", ["announced", "denied", "predicted"])
def test_verbs_that_either_follows_tell_nothing(cue: str) -> None:
    assert not SAYS.fullmatch(cue)
    assert not OF_A_THING.fullmatch(cue)
