from dataclasses import replace

import numpy as np

from claimwire.claim_detection.answer_network import AnswerNetwork
from claimwire.claim_detection.features import HEARD, Sentences, see
from claimwire.claim_detection.network import LEAST_ASKED, ReaderNetwork, ReaderOutput
from claimwire.claim_detection.reader import DATA
from claimwire.extraction.attribution.attributions import tag
from claimwire.extraction.text.sentences import sentences

BODY = (
    "Russia said on Monday that its army had taken the town of Pokrovsk.\n\n"
    "It rained all day in Lviv.\n\n"
    "Ukraine denied that the town had fallen.\n\n"
    "The price of bread rose."
)


def seen(body: str = BODY) -> Sentences:
    tagged = tag("", body)
    spans = [(s.start, s.end) for s in sentences(body)]
    return see(tagged.read, spans, 0, np.zeros((len(spans), HEARD), np.float32))


def first(item: Sentences) -> ReaderOutput:
    return ReaderNetwork(DATA).judge(item)


def test_denial_is_found_to_deny_the_claim_that_it_means() -> None:
    item = seen()
    found = AnswerNetwork(DATA).again(first(item), item)
    assert found.answers[2, 0] < 0.5
    assert found.choices[2].argmax() == 0


def test_only_sentences_that_may_answer_are_read_again() -> None:
    item = seen()
    before = first(item)
    after = AnswerNetwork(DATA).again(before, item)
    likely = 1 - before.answers[:, 0] >= LEAST_ASKED
    assert likely.any()
    assert not likely.all()
    assert np.array_equal(after.answers[~likely], before.answers[~likely])
    assert np.array_equal(after.claims, before.claims)


def test_chances_of_what_is_read_again_add_up() -> None:
    item = seen("\n\n".join([BODY] * 12))
    found = AnswerNetwork(DATA).again(first(item), item)
    assert np.allclose(found.answers.sum(1), 1, atol=1e-5)
    assert np.allclose(found.choices.sum(1), 1, atol=1e-5)


def test_item_without_answers_is_as_it_was() -> None:
    item = seen()
    before = first(item)
    nothing = replace(before, answers=np.eye(1, before.answers.shape[1], dtype=np.float32).repeat(len(item.spans), 0))
    assert AnswerNetwork(DATA).again(nothing, item) is nothing


def test_item_is_read_again_to_the_same_chances() -> None:
    item = seen()
    one, other = (AnswerNetwork(DATA).again(first(item), item) for _ in range(2))
    assert np.array_equal(one.answers, other.answers)
    assert np.array_equal(one.choices, other.choices)
