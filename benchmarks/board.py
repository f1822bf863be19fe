"""``python -m benchmarks.board``: how fast the board's store takes claims in, and answers; on made-up claims.

Beside the seconds by the clock stand those of the processor, which other work on the machine disturbs less.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import make_url

from benchmarks.made_up_claims import BEGINNING, OUTLETS, PLACES, SIDES, WORDS, MadeUp, claim_id
from board.change_queries import changes, over_time
from board.claim_rows import milliseconds
from board.filters import Filters
from board.projection import LedgerRecord, project
from board.queries import claim, claims
from board.side_queries import outlets, places, sides
from board.store import BoardStore, open_store
from streams.kafka.topics import SNAPSHOTS, STATUS

BATCH = 1_000
ASKED = 200
"""Times that a question is asked, each time about something else."""


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


def _take_in(store: BoardStore, number: int, evidence: int) -> None:
    """Project the claims, and print how many a second."""
    made, generation, ends = MadeUp(evidence), store.stated("generation"), {STATUS: 0, SNAPSHOTS: 0}
    by_clock = by_processor = 0.0
    size = 0
    for start in range(0, number, BATCH):
        batch = []
        for n in range(start, min(start + BATCH, number)):
            for topic, id, value in made.records(n):
                at = milliseconds(BEGINNING) + n
                batch.append(
                    LedgerRecord(topic=topic, partition=0, offset=ends[topic], at=at, key=id.encode(), value=value)
                )
                ends[topic] += 1
                size += len(value) if topic == SNAPSHOTS else 0
        clock, processor = time.perf_counter(), time.process_time()
        project(store, generation, batch)
        by_clock += time.perf_counter() - clock
        by_processor += time.process_time() - processor
    rates = f"{number / by_clock:,.0f} by the clock, {number / by_processor:,.0f} by the processor"
    made_up = f"{number:,} claims, {number * evidence:,} evidence, {ends[STATUS]:,} events"
    print(f"{made_up}; {size // number:,} bytes a snapshot; snapshots taken in a second: {rates}")  # noqa: T201


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
    for name, ask in questions.items():
        taken = []
        for _ in range(ASKED):
            began = time.perf_counter()
            ask()
            taken.append((time.perf_counter() - began) * 1000)
        taken.sort()
        print(f"{name}: {taken[len(taken) // 2]:.1f} ms, p95 {taken[int(len(taken) * 0.95)]:.1f} ms")  # noqa: T201


if __name__ == "__main__":
    raise SystemExit(main())
