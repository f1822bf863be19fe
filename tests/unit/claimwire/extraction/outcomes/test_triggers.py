"""Every phrase that names an outcome has a sentence in which it does, and a near miss in which it does not."""

from importlib.resources import files

import pytest

from claimwire.extraction.outcomes import coding
from claimwire.extraction.outcomes.triggers import Trigger, triggers
from claimwire.outcomes import OUTCOMES
from tests.unit.builders import coded

EXAMPLES_FILE = files("claimwire") / "data" / "trigger_examples.tsv"

EXAMPLES: list[tuple[str, str, str, str]] = [
    (outcome, voice, sentence, near_miss)
    for line in EXAMPLES_FILE.read_text("utf8").splitlines()
    if not line.startswith("#")
    for outcome, voice, sentence, near_miss in [line.split("\t")]
]


def outcomes_of(words: str) -> set[str]:
    """The codes of some words of an item about a war and about a threat; with a "-" where it is said not to be so."""
    told = coded(words, focus="pokrovsk.ua", attack=("Russia", "Ukraine"))
    return {f"-{outcome.code}" if outcome.negated else outcome.code for outcome in told}


@pytest.mark.parametrize(("outcome", "sentence"), [(outcome, sentence) for outcome, _, sentence, _ in EXAMPLES])
def test_sentence_is_coded_so(outcome: str, sentence: str) -> None:
    assert outcome in outcomes_of(sentence)


@pytest.mark.parametrize(("outcome", "near_miss"), [(outcome, near_miss) for outcome, _, _, near_miss in EXAMPLES])
def test_near_miss_is_not_coded_so(outcome: str, near_miss: str) -> None:
    assert outcome not in outcomes_of(near_miss)


@pytest.mark.parametrize("phrase", triggers(), ids=lambda phrase: f"{phrase.code}-{phrase.voice}")
def test_each_phrase_alone_codes_an_example_of_its_voice(phrase: Trigger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding, "triggers", lambda: (phrase,))
    named = f"-{phrase.code}" if phrase.negated else phrase.code
    sentences = [sentence for outcome, voice, sentence, _ in EXAMPLES if (outcome, voice) == (named, phrase.voice)]
    assert any(named in outcomes_of(sentence) for sentence in sentences)


def test_each_outcome_of_the_table_has_a_phrase() -> None:
    assert {phrase.code for phrase in triggers()} == set(OUTCOMES)
