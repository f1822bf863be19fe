import numpy as np

from claimwire.claim_detection.features import HEARD, see
from claimwire.claim_detection.network import RELATIONS, ReaderNetwork, ReaderOutput
from claimwire.claim_detection.reader import DATA
from claimwire.extraction.attribution.attributions import tag
from claimwire.extraction.text.sentences import sentences

BODY = "Russia said that its army had taken Pokrovsk.\n\nUkraine denied the claim.\n\nIt rained all day in Lviv."


def judged(body: str) -> ReaderOutput:
    tagged = tag("", body)
    spans = [(s.start, s.end) for s in sentences(body)]
    seen = see(tagged.read, spans, 0, np.zeros((len(spans), HEARD), np.float32))
    return ReaderNetwork.load(DATA / "heads.npz").judge(seen, tagged.read.states)


def test_chances_of_each_sentence_add_up() -> None:
    found = judged(BODY)
    assert found.answers.shape == (3, 1 + len(RELATIONS))
    assert found.choices.shape == (3, 4)
    for chances in (found.answers, found.choices, found.statuses):
        assert np.allclose(chances.sum(1), 1, atol=1e-5)
    assert ((found.claims >= 0) & (found.claims <= 1)).all()


def test_denial_is_likelier_an_answer_than_what_is_said_of_the_weather() -> None:
    found = judged(BODY)
    assert found.answers[1, 0] < found.answers[2, 0]


def test_denial_answers_what_it_follows_rather_than_the_weather() -> None:
    found = judged(BODY)
    assert found.choices[1, 0] >= found.choices[1, 2]


def test_chances_are_a_function_of_the_item_alone() -> None:
    first, again = judged(BODY), judged(BODY)
    assert np.array_equal(first.claims, again.claims)
    assert np.array_equal(first.choices, again.choices)
