"""Which earlier sentences are most like a later one."""

from datetime import timedelta

from tests.unit.builders import wire
from training.linking.candidates import Sentence, StreamSentences

FLOOD = "A dam burst above the town of Kalvia."
DEAL = "Acme agreed to buy the shipyard of Brodno."
WEEK = timedelta(7)


def last(stream: StreamSentences) -> Sentence:
    return stream.all[-1]


def likest(stream: StreamSentences, window: timedelta = WEEK) -> list[str]:
    return [candidate.sentence.text for candidate in stream.earlier(last(stream), window) if candidate.likeness > 0]


def test_the_sentence_that_shares_rare_words_comes_first() -> None:
    stream = StreamSentences(wire(FLOOD, DEAL, "Officials denied that the dam above Kalvia had burst."))
    assert likest(stream)[0] == FLOOD


def test_a_sentence_of_the_same_or_a_later_item_is_no_candidate() -> None:
    stream = StreamSentences(wire(DEAL, f"{FLOOD} The dam that burst above Kalvia was old."))
    assert FLOOD not in likest(stream)


def test_what_was_said_before_the_window_is_no_candidate() -> None:
    stream = StreamSentences(wire(FLOOD, "Officials denied that the dam above Kalvia had burst.", hours=48))
    assert likest(stream) == [FLOOD]
    assert not likest(stream, timedelta(1))


def test_a_like_lead_lifts_the_sentences_of_its_item() -> None:
    story = "The dam above Kalvia burst on Monday. Nine are dead. Some pupils were led to safety at noon."
    other = "A ferry sank near Brodno on Monday. Nine are dead. Some pupils were led to safety at noon."
    later = "The dam above Kalvia burst, officials say. Nobody warned us. No pupils were led to safety at noon."
    stream = StreamSentences(wire(other, story, later))
    best = next(c for c in stream.earlier(last(stream), WEEK) if "pupils" in c.sentence.text)
    assert best.sentence.place.item == "urn:1"
