import numpy as np
import pytest

from claimwire.claim_detection.answer_windows import (
    FARTHEST,
    HEADLINE,
    MARKS,
    OF_OTHERS,
    WINDOW,
    AnswerWindow,
    AnswerWindows,
)
from claimwire.claim_detection.features import DISTANCES, HEARD, NEAREST, Sentences, see
from claimwire.claim_detection.windows import OF_A_SENTENCE
from claimwire.extraction.attribution.attributions import tag
from claimwire.extraction.tagger.pieces import FIRST, SEPARATOR
from claimwire.extraction.text.sentences import sentences

HEAD = "The mayor fell."
SHORT = "It rained in the town all day."
LONG = f"It rained {'and rained ' * 70}in the town."


def seen(*body: str, headline: str = HEAD) -> Sentences:
    tagged = tag(headline, "\n\n".join(body))
    first = [(s.start, s.end) for s in sentences(headline)]
    rest = [(s.start + tagged.start, s.end + tagged.start) for s in sentences("\n\n".join(body))]
    spans = [*first, *rest]
    return see(tagged.read, spans, len(first), np.zeros((len(spans), HEARD), np.float32))


def around(sentence: int, *body: str, headline: str = HEAD, left_out: tuple[int, ...] = ()) -> AnswerWindow:
    return AnswerWindows(seen(*body, headline=headline)).around(sentence, left_out)


def test_short_item_is_read_whole_with_the_sentence_in_question_marked() -> None:
    window = around(2, SHORT, SHORT, SHORT)
    assert window.sentences == (0, 1, 2, 3)
    assert window.asked == 2
    assert (window.pieces[0], window.pieces[-1]) == (FIRST, SEPARATOR)
    marks = [window.marks[1:-1][window.homes == place][0] for place in range(4)]
    assert marks == [HEADLINE, FARTHEST, 1 + FARTHEST, 2 + FARTHEST]
    assert window.distances.tolist() == [DISTANCES - 1, NEAREST - 1, NEAREST, NEAREST + 1]


def test_window_marks_its_own_two_pieces_with_nothing() -> None:
    window = around(1, SHORT)
    assert (window.marks[0], window.marks[-1]) == (0, 0)
    assert (window.marks[1:-1] > 0).all()
    assert window.marks.max() < MARKS


@pytest.mark.parametrize("sentence", [0, 1, 30, 60])
def test_long_item_keeps_the_headline_the_lead_and_what_is_near(sentence: int) -> None:
    window = around(sentence, *[SHORT] * 60)
    assert len(window.pieces) <= WINDOW
    assert window.sentences[window.asked] == sentence
    assert {0, 1, sentence} <= set(window.sentences)
    near = range(max(0, sentence - 5), min(61, sentence + 2))
    assert set(near) <= set(window.sentences)


def test_more_is_read_before_a_sentence_than_after_it() -> None:
    window = around(30, *[SHORT] * 60)
    held = set(window.sentences)
    before = sum(n in held for n in range(15, 30))
    after = sum(n in held for n in range(31, 46))
    assert before > 2 * after > 0


def test_long_sentences_are_cut_the_one_in_question_later_than_others() -> None:
    window = around(1, LONG, LONG)
    sizes = np.bincount(window.homes)
    assert sizes[window.asked] == OF_A_SENTENCE
    assert sizes[window.sentences.index(2)] == OF_OTHERS


def test_sentence_that_is_left_out_makes_the_others_neighbours() -> None:
    window = around(3, SHORT, SHORT, SHORT, left_out=(2,))
    assert window.sentences == (0, 1, 3)
    assert window.distances.tolist() == [DISTANCES - 1, NEAREST - 1, NEAREST]


def test_headline_of_many_sentences_leaves_room_for_the_one_in_question() -> None:
    item = seen(SHORT, headline=" ".join([LONG] * 8))
    last = len(item.spans) - 1
    assert item.in_headline == last >= 8
    window = AnswerWindows(item).around(last)
    assert window.sentences[window.asked] == last
