"""Asking: puts candidates to a model as questions, as the budget allows, and sends its answers as verdicts.

The stream never waits for the model. A candidate counts as read once its question is kept.
"""

import asyncio
import logging
import time
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pydantic import TypeAdapter

from claimwire.linking.candidates import Candidate
from claimwire.verdict_json import as_json
from streams.codecs import LARGEST_VERDICT, Undecodable, decode, encode
from streams.engine.app import Event, Record, Streams
from streams.kafka.ledger_pointer import Readers
from streams.kafka.topics import CANDIDATES, QUESTION_TABLE, VERDICTS
from streams.second.budget import pause_between, share
from streams.second.endpoint import Endpoint, Unanswered
from streams.second.question import NoAnswer, answer_in, as_verdict, messages, question_id
from streams.second.waiting import (
    DAY_KEY,
    MOST_TRIES,
    QUESTIONS,
    WAITS,
    Question,
    Waiting,
    question_key,
    restored,
)

log = logging.getLogger(__name__)

CANDIDATE = TypeAdapter(Candidate)

LOOK_SECONDS = 0.5
"""Seconds between two looks for a question that may be asked."""

TIDY_SECONDS = 60.0
"""Seconds between two searches for questions that have waited for too long."""

LONGEST_REST = timedelta(hours=1)
"""The longest pause that an endpoint can ask for."""

AT_ONCE = 2
"""The most questions under way at the same time. A server on one's own machine takes one after another."""

RESTS = (5.0, 30.0, 120.0, 600.0)
"""Seconds of pause after each failure in a row of the endpoint. The last pause repeats."""


class Asker:
    """Asks the questions of this worker's partitions.

    A question is in the table before it is asked, and leaves it once its verdict is sent. After a crash in between it
    is asked again. Spending of the budget is written down before the question is asked.
    """

    def __init__(self, streams: Streams, endpoint: Endpoint, model: str) -> None:
        self._streams, self._endpoint, self._model = streams, endpoint, model
        self._per_minute, self._per_day = streams.settings.second_per_minute, streams.settings.second_per_day
        self._table = streams.table(QUESTION_TABLE)
        self._readers = Readers(streams.settings)
        self._boxes: dict[int, Waiting] = {}
        self._busy: set[str] = set()
        self._lock = asyncio.Lock()
        self._settled, self._news = asyncio.Event(), asyncio.Event()
        self._next_at = self._rest_until = self._tidy_at = 0.0
        self._rests = 0
        self._table.on_recover(self._take_up)

    async def take(self, event: Event) -> None:
        """Keep a candidate as a question, unless it was one before, or is too old or too large."""
        try:
            candidate = decode(CANDIDATE, event.value)
        except Undecodable as error:
            await self._streams.reject(event, "second", str(error))
            return
        came = datetime.fromtimestamp(min(max(0.0, event.message.timestamp or 0.0), time.time()), UTC)
        id, partition = question_id(candidate, self._model), event.message.partition
        too_old, too_large = _now() - came > WAITS, len(event.value) > LARGEST_VERDICT // 2
        if too_old or too_large or self._table.read(partition, question_key(id)) is not None:
            return
        if not await self._readers.here():  # only the ledger that readers read asks; its verdicts serve all ledgers
            return
        async with self._lock:
            question = Question(candidate=candidate, came=came)
            await self._table.put_all({partition: {question_key(id): encode(question)}})
            self._boxes.setdefault(partition, Waiting()).questions[id] = question
        self._news.set()

    async def run(self) -> None:
        """Ask until cancelled."""
        try:
            async with self._endpoint, asyncio.TaskGroup() as tries:
                await self._ask(tries)
        except ExceptionGroup as group:  # the first one shows whether the broker is away
            first = group.exceptions[0]
            raise first from first.__cause__

    async def halt(self) -> None:
        """Give up all questions. From now on nothing is written to their table."""
        self._settled.clear()
        self._boxes.clear()
        async with self._lock:  # wait for whoever is writing
            pass

    async def _take_up(self) -> None:
        """After a rebalance, read the questions of the partitions that this worker has now."""
        await self.halt()
        for partition in self._streams.partitions(CANDIDATES):
            rows = self._table.group(partition, QUESTIONS)
            self._boxes[partition] = restored(rows, self._table.read(partition, DAY_KEY))
        self._settled.set()

    async def _ask(self, tries: asyncio.TaskGroup) -> None:
        while True:
            await self._settled.wait()
            await self._tidy()
            found = self._next()
            if found and await self._spend(found[0]):
                self._busy.add(found[1])
                tries.create_task(self._try(*found))
                continue
            self._news.clear()
            pause = min(LOOK_SECONDS, max(0.01, self._next_at - time.monotonic()))
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._news.wait()

    def _next(self) -> tuple[int, str] | None:
        """The question that may be asked now: the newest one of the partitions that have budget left."""
        if time.monotonic() < self._next_at or len(self._busy) >= AT_ONCE:
            return None
        now = _now()
        found = [
            (question.came, partition, id)
            for partition, box in self._boxes.items()
            if box.spent.by(now) < share(self._per_day, partition, self._streams.partition_count)
            and (newest := box.newest(self._busy))
            for id, question in [newest]
        ]
        return max(found)[1:] if found else None

    async def _spend(self, partition: int) -> bool:
        """Count a question before it is asked; returns whether the partition is still this worker's."""
        pause = pause_between(self._per_minute, len(self._boxes), self._streams.partition_count)
        self._next_at = max(self._next_at, time.monotonic() + pause)
        return await self._count(partition, 1)

    async def _count(self, partition: int, more: int) -> bool:
        async with self._lock:
            box = self._boxes.get(partition)
            if box is None:
                return False
            spent = box.spent.more(_now(), more)
            await self._table.put_all({partition: {DAY_KEY: encode(spent)}})
            box.spent = spent
            return True

    async def _tidy(self) -> None:
        """Drop the questions that have waited for too long."""
        if time.monotonic() < self._tidy_at:
            return
        self._tidy_at = time.monotonic() + TIDY_SECONDS
        for partition in [*self._boxes]:
            for id in self._boxes[partition].to_let_go(_now()) if partition in self._boxes else ():
                if id not in self._busy and await self._strike(partition, id):
                    self._streams.metrics.asked("let go")

    def _question(self, partition: int, id: str) -> Question | None:
        """The question, if it still waits and is still this worker's."""
        box = self._boxes.get(partition)
        return box.questions.get(id) if box else None

    async def _try(self, partition: int, id: str) -> None:
        try:
            question = self._question(partition, id)
            if question is None:
                return
            try:
                said = await self._endpoint.ask(messages(question.candidate))
                self._rests = 0
                answer = answer_in(said)
            except (Unanswered, NoAnswer) as failure:
                await self._failed(partition, id, question, failure)
                return
            given = as_verdict(question.candidate, self._model, answer, _now())
            await self._settled.wait()  # through a rebalance: if the question stays here, this answer still counts
            if self._question(partition, id):
                await self._streams.send([Record(VERDICTS, given.claim.encode(), encode(as_json(given)))])
                if await self._strike(partition, id):
                    self._streams.metrics.asked("answered")
        finally:
            self._busy.discard(id)
            self._news.set()

    async def _failed(self, partition: int, id: str, question: Question, failure: Unanswered | NoAnswer) -> None:
        """Leave an endpoint that does not answer alone for a while. Count the try if the question may be the reason."""
        log.warning("second: no answer on claim %s: %s", question.candidate.claim, failure)
        self._streams.metrics.asked("failed")
        if isinstance(failure, Unanswered):
            self._rest(failure.after)
            if failure.away:
                await self._count(partition, -1)
                return
        again = replace(question, tries=question.tries + 1)
        if again.tries >= MOST_TRIES:
            await self._strike(partition, id)
            return
        async with self._lock:
            if self._question(partition, id):
                await self._table.put_all({partition: {question_key(id): encode(again)}})
                self._boxes[partition].questions[id] = again

    def _rest(self, asked: timedelta) -> None:
        """Ask nothing for a while. Failures of questions that were already under way do not make the pause longer."""
        now = time.monotonic()
        if now >= self._rest_until:
            self._rest_until = now + RESTS[min(self._rests, len(RESTS) - 1)]
            self._rests += 1
        self._rest_until = max(self._rest_until, now + min(asked, LONGEST_REST).total_seconds())
        self._next_at = max(self._next_at, self._rest_until)

    async def _strike(self, partition: int, id: str) -> bool:
        """Strike off a question that is answered or given up; returns whether it was still this worker's."""
        async with self._lock:
            box = self._boxes.get(partition)
            if box is None or box.questions.pop(id, None) is None:
                return False
            await self._table.put_all({partition: {question_key(id): encode(None)}})
            return True


def _now() -> datetime:
    return datetime.now(UTC)
