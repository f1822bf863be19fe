"""The questions that wait, as their table keeps them, and which of them is next. Pure.

Each question has a row under its id: the question while it waits, and null once it is answered or given up. So no
question is asked twice. Each partition has one more row, which counts today's questions.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from claimwire.linking.candidates import Candidate
from streams.codecs import decode
from streams.engine.stores import GROUP_ENDS
from streams.second.budget import NOTHING, Spent

WAITS = timedelta(days=2)
"""How long a question waits for the model, or for its turn. After that the news has moved on."""

MOST_WAITING = 5_000
"""The most questions that wait in a partition. When more come, the oldest are dropped."""

MOST_TRIES = 3
"""The most tries of a question that may itself be the reason why no answer comes."""

QUESTIONS, DAYS = b"question", b"day"
DAY_KEY = DAYS + GROUP_ENDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question that waits.

    Attributes
    ----------
    came
        When its candidate came.
    tries
        How often it was asked in vain.
    """

    candidate: Candidate
    came: datetime
    tries: int = 0


QUESTION: TypeAdapter[Question | None] = TypeAdapter(Question | None)
SPENT = TypeAdapter(Spent)


@dataclass(slots=True)
class Waiting:
    """The waiting questions of a partition, by id, and how much of its budget is spent."""

    questions: dict[str, Question] = field(default_factory=dict)
    spent: Spent = NOTHING

    def newest(self, busy: Collection[str]) -> tuple[str, Question] | None:
        """The question that came last, of those with the fewest tries: the latest news is worth most."""
        free = ((id, question) for id, question in self.questions.items() if id not in busy)
        return max(free, key=lambda each: (-each[1].tries, each[1].came, each[0]), default=None)

    def to_let_go(self, now: datetime) -> list[str]:
        """The questions that have waited for too long, and the oldest ones if too many wait."""
        old = [id for id, question in self.questions.items() if now - question.came > WAITS]
        surplus = len(self.questions) - len(old) - MOST_WAITING
        if surplus <= 0:
            return old
        left = sorted((question.came, id) for id, question in self.questions.items() if id not in set(old))
        return [*old, *(id for _, id in left[:surplus])]


def question_key(id: str) -> bytes:
    """The key of a question's row."""
    return QUESTIONS + GROUP_ENDS + id.encode()


def restored(questions: Mapping[bytes, bytes], spent: bytes | None) -> Waiting:
    """The waiting questions of a partition, from all of its rows."""
    kept = {key.removeprefix(question_key("")).decode(): decode(QUESTION, row) for key, row in questions.items()}
    waiting = {id: question for id, question in kept.items() if question}
    return Waiting(waiting, decode(SPENT, spent) if spent else NOTHING)
