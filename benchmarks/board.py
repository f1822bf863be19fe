"""``python -m benchmarks.board``: how fast the board's store takes claims in, and answers; on made-up claims.

Beside the seconds by the clock stand those of the processor, which other work on the machine disturbs less.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import Process, Queue
from pathlib import Path
from random import Random

from sqlalchemy import Column, LargeBinary, MetaData, Table, Text, make_url, select

from benchmarks.made_up_claims import BEGINNING, OUTLETS, PLACES, SIDES, WORDS, MadeUp, claim_id
from board.change_queries import changes, over_time
from board.claim_rows import milliseconds
from board.filters import Filters
from board.packing import pack
from board.projection import LedgerRecord, project
from board.queries import claim, claims
from board.side_queries import outlets, places, sides
from board.store import BoardStore, open_store
from board.tables import claims as claim_table
from streams.kafka.topics import SNAPSHOTS, STATUS, Topic

BATCH = 1_000
REPORTED = 50_000
"""After so many claims the rate of the last ones is reported."""

ASKED, PLAINLY_ASKED = 200, 9
"""Times that a question is asked, each time about something else."""

Made = tuple[int, Topic, str, bytes]
"""The number of a claim, and a record of it: topic, key and value."""


def main() -> int:
    """Print the figures; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.board", description=__doc__.splitlines()[0].partition(": ")[2]
    )
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--evidence", type=int, default=5, help="of each claim")
    parser.add_argument("--store", help="URL of an empty one; left out: a SQLite file that is removed again")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(make_url(arguments.store or f"sqlite:///{Path(folder) / 'board.db'}"))
        try:
            _take_in(store, arguments.claims, arguments.evidence)
            _ask(store, arguments.claims)
        finally:
            store.close()
    return 0


class Rate:
    """How many claims a second something takes in."""

    def __init__(self) -> None:
        self._number = 0
        self._clock = self._processor = 0.0

    @contextmanager
    def taking(self, number: int) -> Iterator[None]:
        """Take so many claims in."""
        clock, processor = time.perf_counter(), time.process_time()
        yield
        self._clock += time.perf_counter() - clock
        self._processor += time.process_time() - processor
        self._number += number

    def of(self, other: "Rate") -> str:
        """The times that this takes, as shares of what the other takes."""
        clock, processor = (self._clock / other._clock, self._processor / other._processor)
        return f"{clock:.1f} times by the clock, {processor:.1f} by the processor"

    def __str__(self) -> str:
        clock, processor = self._number / self._clock, self._number / self._processor
        return f"{clock:,.0f} by the clock, {processor:,.0f} by the processor"


def _take_in(store: BoardStore, number: int, evidence: int) -> None:
    """Project the claims, and print how many a second, beside a plain table of the same snapshots."""
    generation, ends = store.stated("generation"), {STATUS: 0, SNAPSHOTS: 0}
    plain = Table("plain", MetaData(), Column("id", Text, primary_key=True), Column("snapshot", LargeBinary))
    with store.engine.begin() as connection:
        plain.create(connection)
    whole, beside, lately, size, taken = Rate(), Rate(), Rate(), 0, 0
    for made in _made_beside(number, evidence):
        batch = []
        for n, topic, id, value in made:
            at = milliseconds(BEGINNING) + n
            batch.append(
                LedgerRecord(topic=topic, partition=0, offset=ends[topic], at=at, key=id.encode(), value=value)
            )
            ends[topic] += 1
        snapshots = [(record.key, record.value) for record in batch if record.topic == SNAPSHOTS]
        with whole.taking(len(snapshots)), lately.taking(len(snapshots)):
            project(store, generation, batch)
        with beside.taking(len(snapshots)), store.engine.begin() as connection:
            packed = [{"id": (key or b"").decode(), "snapshot": pack(value or b"")} for key, value in snapshots]
            connection.execute(plain.insert(), packed)
        size += sum(len(value or b"") for _, value in snapshots)
        taken += len(snapshots)
        if taken % REPORTED == 0:
            _say(f"{taken:,} claims: snapshots taken in a second, lately: {lately}")
            lately = Rate()
    made_up = f"{number:,} claims, {number * evidence:,} evidence, {ends[STATUS]:,} events"
    _say(f"{made_up}; {size // number:,} bytes a snapshot; snapshots taken in a second: {whole}")
    _say(f"the same snapshots into a plain table, no more: {beside}; the board takes {whole.of(beside)}")
    with store.engine.begin() as connection:
        plain.drop(connection)


def _made_beside(number: int, evidence: int) -> Iterator[list[Made]]:
    """The records of batches of claims, made by another process, since that takes as long as to project them."""
    batches: Queue[list[Made] | None] = Queue(4)
    making = Process(target=_make, args=(number, evidence, batches), daemon=True)
    making.start()
    while batch := batches.get():
        yield batch
    making.join()


def _make(number: int, evidence: int, batches: "Queue[list[Made] | None]") -> None:
    made = MadeUp(evidence)
    for start in range(0, number, BATCH):
        batches.put([(n, *record) for n in range(start, min(start + BATCH, number)) for record in made.records(n)])
    batches.put(None)


def _ask(store: BoardStore, number: int) -> None:
    """Ask all kinds of questions, and print how long the answers take."""
    chance, words = Random(2), MadeUp(1)

    def side() -> str:
        return f"Side {words.often(SIDES)}"

    def deep() -> str:
        return f"{milliseconds(BEGINNING) + chance.randrange(number)}.{number}"

    questions: dict[str, Callable[[], object]] = {
        "page": lambda: claims(store, Filters()),
        "page, anywhere": lambda: claims(store, Filters(), after=deep()),
        "page of a side": lambda: claims(store, Filters(side=side())),
        "page of a status and an outlet": lambda: claims(
            store, Filters(status=("disputed",), outlet=f"Outlet {words.often(OUTLETS)}")
        ),
        "page of a side about another at a place": lambda: claims(
            store, Filters(side=side(), about=side(), place=f"place-{words.often(PLACES)}.xx")
        ),
        "page as of a moment": lambda: claims(
            store, Filters(as_of=BEGINNING + timedelta(seconds=20 * chance.randrange(number)))
        ),
        "claim": lambda: claim(store, claim_id(chance.randrange(number))),
        "search, a word": lambda: claims(store, Filters(words=f"w{words.often(WORDS)}")),
        "search, the most frequent word": lambda: claims(store, Filters(words="w0")),
        "search, two words": lambda: claims(store, Filters(words=f"w{words.often(WORDS)} w{words.often(WORDS)}")),
        "search, a word of a side": lambda: claims(store, Filters(words=f"w{words.often(WORDS)}", side=side())),
        "changes": lambda: changes(store),
        "changes of a side": lambda: changes(store, filters=Filters(side=side())),
        "sides": lambda: sides(store),
        "outlets": lambda: outlets(store),
        "places": lambda: places(store),
        "over time": lambda: over_time(store),
    }
    medians = {}
    for name, ask in questions.items():
        taken = _asked(ask, ASKED)
        medians[name] = taken[len(taken) // 2]
        _say(f"{name}: {medians[name]:.1f} ms, p95 {taken[int(len(taken) * 0.95)]:.1f} ms")

    def scan() -> None:
        """What SQL alone offers: the claims whose own text holds a word, without what is said of them."""
        held = claim_table.c.text.like(f"%w{words.often(WORDS)} %")
        with store.reading() as connection:
            connection.execute(select(claim_table).where(held).order_by(claim_table.c.number.desc()).limit(50)).all()

    plain = _asked(scan, PLAINLY_ASKED)[PLAINLY_ASKED // 2]
    share = medians["search, a word"] / plain
    _say(f"a word by LIKE over the texts of the claims: {plain:.1f} ms; the search takes {share:.3f} of that")


def _asked(ask: Callable[[], object], times: int) -> list[float]:
    """How many milliseconds each answer took, the quickest first."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
