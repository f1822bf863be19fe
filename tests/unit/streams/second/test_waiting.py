from dataclasses import replace
from datetime import timedelta

from streams.codecs import encode
from streams.second.budget import NOTHING, Spent
from streams.second.waiting import MOST_WAITING, WAITS, Question, Waiting, question_key, restored
from tests.unit.builders import NOON, candidate


def question(hours: float = 0, tries: int = 0) -> Question:
    return Question(candidate=candidate(), came=NOON + timedelta(hours=hours), tries=tries)


def test_newest_is_next_and_what_was_tried_comes_after_what_was_not() -> None:
    waiting = Waiting({"old": question(0), "new": question(1), "tried": question(2, tries=1)})
    assert waiting.newest(()) == ("new", question(1))
    assert waiting.newest({"new"}) == ("old", question(0))
    assert waiting.newest({"new", "old"}) == ("tried", question(2, tries=1))
    assert waiting.newest({"new", "old", "tried"}) is None


def test_what_waited_for_too_long_is_let_go() -> None:
    waiting = Waiting({"old": question(0), "new": question(1)})
    assert waiting.to_let_go(NOON + WAITS) == []
    assert waiting.to_let_go(NOON + WAITS + timedelta(minutes=1)) == ["old"]


def test_where_too_many_wait_the_oldest_are_let_go() -> None:
    some = question()
    questions = {str(n): replace(some, came=NOON + timedelta(seconds=n)) for n in range(MOST_WAITING + 2)}
    assert Waiting(questions).to_let_go(NOON) == ["0", "1"]


def test_what_waits_is_restored_from_its_rows_and_what_was_asked_is_not() -> None:
    rows = {question_key("a"): encode(question(1)), question_key("b"): encode(None)}
    spent = Spent(day=NOON.date(), asked=7)
    assert restored(rows, encode(spent)) == Waiting({"a": question(1)}, spent)
    assert restored({}, None) == Waiting({}, NOTHING)
