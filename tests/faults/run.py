"""A run under faults: what it was fed, the workers that are killed, and what it came to."""

import asyncio
import json
import math
import os
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest

from streams.ports_and_processes import has_ended
from tests.faults.inputs import taken_back
from tests.faults.strikes import Strike
from tests.faults.verdict import Verdict, of_stream
from tests.pace import patience
from tests.stream.harness import PATH_OF_ITEMS, Running, Stream, plugin, until

LONG = os.environ.get("FAULTS") == "long"
"""`make faults`; in `make test` each fault has a short form."""

STANDSTILL_SECONDS = 60.0
READY = "worker ready"
ENDS_SECONDS = 30.0
ORPHAN_SECONDS = 15.0
STRUCK_SECONDS = 30.0
STRIKER = Path(__file__).with_name("striker.py")
REJOINS_SECONDS = 12.0
"""A worker waits so long, and a little less, for the session of the one that was killed."""


@dataclass
class Tally:
    """What all runs came to."""

    runs: int = 0
    faults: int = 0
    lost: int = 0
    phantom: int = 0

    def __str__(self) -> str:
        return f"runs {self.runs}, faults {self.faults}, lost {self.lost}, phantom {self.phantom}"


TALLY = Tally()


@dataclass
class Run:
    """A stream, its workers, and the chance that strikes them."""

    stream: Stream
    random: Random
    fed: list[dict[str, Any]] = field(default_factory=list)
    workers: list[Running] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Take no item for late: what is fed has been shuffled over months, and the verdict is exact."""
        self.stream.settings["CLAIMWIRE_LATENESS_DAYS"] = "36500"

    def feed(self, documents: Iterable[dict[str, Any]]) -> None:
        some = list(documents)
        self.fed += some
        self.stream.produce_items(some)

    def start(self, number: int = 1) -> None:
        """Start workers at once, and wait until all are ready."""
        started = [self.stream.start("worker") for _ in range(number)]
        self.workers += started
        for worker in started:
            worker.has_said(READY)

    def kill(self) -> None:
        """SIGKILL a worker, or only the child that works for it, or what extracts for that; it is there again after."""
        worker = self.random.choice(self.workers)
        if extractors := [child for agents in worker.agents() for child in agents.children()]:
            self.random.choice(extractors).kill()
            self.fault()
        if self.random.random() < 0.5:
            self._kill_child(worker)
            return
        self.end(worker, kill=True)
        if self.random.random() < 0.7:
            self.start()
            return
        again = self.stream.start("worker")  # which is struck before it is ready
        self.workers.append(again)
        self.pause(REJOINS_SECONDS)
        self._kill_child(again)

    def _kill_child(self, worker: Running) -> None:
        before = worker.out.decode().count(READY)
        for child in worker.agents():  # those that extract end with it
            child.kill()
            self.fault()
        worker.has_said(READY, times=before + 1)

    def struck(self, strike: Strike, tree: Path | None = None) -> None:
        """Have a worker killed at a named point, in the midst of items whose loss would show.

        Parameters
        ----------
        tree
            Where the worker's own modules are, if others than those of this tree.
        """
        order = self.stream.folder / "strike.ordered"
        before, meanwhile, after = taken_back()
        plugged = plugin(self.stream.folder / "striker", "striker", STRIKER.read_text("utf8"))
        self.stream.settings |= {"STRIKE": json.dumps(asdict(strike)), "STRIKE_ORDER": str(order)}
        self.stream.import_first(plugged, *([tree] if tree else []))
        self.stream.partitions = 1
        self.start()
        del self.stream.settings["PYTHONPATH"]  # what the run is held against is computed by this tree
        self.feed(before)
        self.settle()
        order.touch()
        self.feed(meanwhile)
        [worker] = self.workers
        until(lambda: not order.exists(), f"the worker is killed {strike}", STRUCK_SECONDS, worker.said)
        self.fault()
        worker.has_said(READY, times=2)
        self.feed(after)

    def restart(self) -> None:
        """End all workers, and start one that has nothing but what is on the broker."""
        for worker in list(self.workers):
            self.end(worker)
        self.start()

    def end(self, worker: Running, kill: bool = False) -> None:
        """Tell a worker to end, or kill it; nothing of it may go on."""
        children = worker.children()
        self.workers.remove(worker)
        self.fault()
        if kill:
            worker.kill()
        else:
            worker.terminate(ENDS_SECONDS)  # it ends itself by force where it takes too long; nothing may hang on that
        until(lambda: all(map(has_ended, children)), "no child of the worker goes on alone", ORPHAN_SECONDS)

    def fault(self) -> None:
        TALLY.faults += 1

    def settle(self) -> None:
        """Wait until the workers are through with everything, for as long as they get on."""
        for topic in PATH_OF_ITEMS:
            left, waiting = math.inf, patience(STANDSTILL_SECONDS)
            while lag := asyncio.run(self.stream.lag([topic]))[topic]:
                if lag < left:
                    left, waiting = lag, patience(STANDSTILL_SECONDS)
                elif next(waiting, True):
                    said = "\n".join(worker.said() for worker in self.workers)
                    pytest.fail(f"{topic} stands still with {lag} records left\n{said}")

    def verdict(self, in_order: bool = False) -> Verdict:
        """What is lost and what is phantom, once the workers are through with what they were fed."""
        self.settle()
        return of_stream(self.stream, self.fed, in_order)

    def judge(self, in_order: bool = False) -> None:
        """Nothing may be lost, nothing invented."""
        verdict = self.verdict(in_order)
        TALLY.runs += 1
        TALLY.lost += len(verdict.lost)
        TALLY.phantom += len(verdict.phantom)
        assert verdict == Verdict(), verdict

    def pause(self, at_most: float) -> None:
        """Let the workers work for a random while."""
        time.sleep(self.random.uniform(0, at_most))
