from dataclasses import replace

import numpy as np
import pytest

from claimwire.claim_detection.decoding import ReaderSettings, decode
from claimwire.claim_detection.features import ACTS, HEARD, TRAITS, Floats, Sentences
from claimwire.claim_detection.network import RELATIONS, ReaderOutput
from claimwire.claim_detection.windows import ItemWindows
from claimwire.statements import Act, Relation

TEXT = "He said it. They deny it. It rains."
AT = ((0, 2), (3, 7), (8, 10), (12, 16), (17, 21), (22, 24), (26, 28), (29, 34))
NONE = np.zeros(0, np.int64)
READ = Sentences(
    spans=((0, 11), (12, 25), (26, 35)),
    words=((0, 3), (3, 6), (6, 8)),
    windows=ItemWindows((), NONE, NONE),
    traits=np.zeros((3, TRAITS), np.float32),
    overlap=np.zeros((3, 3, 0), np.float32),
    distances=np.zeros((3, 3), np.int64),
    in_headline=0,
)


def row(relation: Relation | None = None, sure: float = 0.9) -> list[float]:
    chances = [0.0] * (1 + len(RELATIONS))
    chances[0] = 1 - sure if relation else 1.0
    if relation:
        chances[1 + RELATIONS.index(relation)] = sure
    return chances


def judged(
    claims: list[tuple[float, float]],
    answers: list[list[float]] | None = None,
    choices: dict[int, list[float]] | None = None,
) -> ReaderOutput:
    count = len(claims)
    chosen = np.zeros((count, count + 1), np.float32)
    for number, chances in (choices or {}).items():
        chosen[number] = chances
    statuses: Floats = np.zeros((count, 3), np.float32)
    hearts = np.array([0.1, 0.2, 0.9, 0.1, 0.8, 0.7, 0.1, 0.1], np.float32)
    read = [row() for _ in claims] if answers is None else answers
    return ReaderOutput(np.array(claims, np.float32), np.array(read, np.float32), chosen, statuses, hearts)


def test_sentence_above_the_bar_opens_a_claim_with_its_worth() -> None:
    found = decode(judged([(0.9, 0.8), (0.6, 0.1), (0.1, 0.0)]), READ, AT, ReaderSettings())
    assert {n: c.worth for n, c in found.claims.items()} == {0: 2, 1: 1}


def test_heart_of_a_claim_is_the_words_that_are_nearly_as_likely_as_any_of_its_sentence() -> None:
    found = decode(judged([(0.9, 0.8), (0.6, 0.1), (0.1, 0.0)]), READ, AT, ReaderSettings())
    assert [TEXT[slice(*c.heart)] for c in found.claims.values()] == ["it", "deny it"]


def test_answer_hangs_on_the_claim_that_the_network_chooses() -> None:
    read = judged([(0.9, 0.8), (0.1, 0.0), (0.1, 0)], [row(), row(Relation.DENIES), row()], {1: [0.8, 0.1, 0.05, 0.05]})
    found = decode(read, READ, AT, ReaderSettings())
    assert [(n, a.relation, a.target) for n, a in found.answers.items()] == [(1, Relation.DENIES, 0)]


def test_answer_to_what_stands_elsewhere_hangs_on_nothing() -> None:
    read = judged([(0.9, 0.8), (0.1, 0.0), (0.1, 0)], [row(), row(Relation.DENIES), row()], {1: [0.1, 0.1, 0.1, 0.7]})
    assert decode(read, READ, AT, ReaderSettings()).answers[1].target is None


def test_claim_below_its_bar_opens_if_it_is_answered() -> None:
    settings = ReaderSettings(claim=0.5, answered=0.3)
    unanswered = judged([(0.4, 0.1), (0.1, 0.0), (0.1, 0)])
    answered = judged(
        [(0.4, 0.1), (0.1, 0.0), (0.1, 0)], [row(), row(Relation.DENIES), row()], {1: [0.8, 0.1, 0.05, 0.05]}
    )
    assert decode(unanswered, READ, AT, settings).claims == {}
    assert list(decode(answered, READ, AT, settings).claims) == [0]


def test_answer_hangs_on_a_claim_if_both_together_are_likely_enough() -> None:
    settings = ReaderSettings(link=0.3, answer=0.5)
    answers = [row(), row(Relation.CONFIRMS, 0.6), row()]
    near = judged([(0.9, 0.8), (0.1, 0.0), (0.1, 0)], answers, {1: [0.55, 0.1, 0.1, 0.25]})
    far = judged([(0.9, 0.8), (0.1, 0.0), (0.1, 0)], answers, {1: [0.45, 0.1, 0.1, 0.35]})
    assert decode(near, READ, AT, settings).answers[1].target == 0
    assert decode(far, READ, AT, settings).answers[1].target is None


@pytest.mark.parametrize(
    ("relation", "act", "target"),
    [
        (Relation.DENIES, Act.DENIES, 0),
        (Relation.NO_COMMENT, Act.DECLINES, 0),
        (Relation.DENIES, Act.ASSERTS, None),
        (Relation.NO_COMMENT, Act.DENIES, None),
    ],
)
def test_answer_that_somebody_speaks_may_be_less_likely(relation: Relation, act: Act, target: int | None) -> None:
    settings = ReaderSettings(link=0.6, spoken=0.4, answer=0.5)
    traits = READ.traits.copy()
    traits[1, TRAITS - 3 * HEARD + ACTS.index(act)] = 1
    read = judged([(0.9, 0.8), (0.1, 0.0), (0.1, 0)], [row(), row(relation), row()], {1: [0.55, 0.1, 0.1, 0.25]})
    assert decode(read, replace(READ, traits=traits), AT, settings).answers[1].target == target


def test_sentence_that_hardly_answers_and_whose_claim_is_not_clear_is_no_answer() -> None:
    read = judged(
        [(0.9, 0.8), (0.1, 0.0), (0.1, 0)], [row(), row(Relation.DENIES, 0.4), row()], {1: [0.6, 0.1, 0.1, 0.2]}
    )
    assert decode(read, READ, AT, ReaderSettings(link=0.3, answer=0.5)).answers == {}


def test_item_opens_the_surest_claims_and_no_more_than_it_may() -> None:
    found = decode(judged([(0.6, 0.1), (0.9, 0.1), (0.7, 0.1)]), READ, AT, ReaderSettings(most_claims=2))
    assert list(found.claims) == [1, 2]


def test_sentence_may_answer_the_claim_that_it_tells_itself() -> None:
    read = judged([(0.1, 0.0), (0.8, 0.8), (0.1, 0)], [row(), row(Relation.DENIES), row()], {1: [0.0, 0.9, 0.05, 0.05]})
    found = decode(read, READ, AT, ReaderSettings())
    assert found.answers[1].target == 1
