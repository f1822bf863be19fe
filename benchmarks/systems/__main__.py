"""``python -m benchmarks.systems``: claimwire and other systems on the same text, in one run."""

import argparse
import sys
from collections.abc import Callable
from time import process_time

from benchmarks.polnear import PolNeAR, unpacked
from benchmarks.shared import Absent, add_option, opened
from benchmarks.systems import lexicon, ours, spacy_rules, textacy_quotes
from benchmarks.systems.system import NotInstalled, System

SYSTEMS: list[Callable[[], System]] = [ours.load, lexicon.load, spacy_rules.load, textacy_quotes.load]
RUNS = 3
"""Times that each system reads the text. The fastest counts, since others use the machine too."""

FIGURES = ("full", "core full", "exact cue", "exact source", "exact content")


def main() -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.systems", description="Measure systems on PolNeAR dev.")
    add_option(parser)
    try:
        with unpacked(opened(parser.parse_args().shared)) as polnear:
            _say(f"PolNeAR dev: {len(polnear.items)} texts, {polnear.words:,} words; F1 by score/attribution.py\n")
            _say(f"| system | {' | '.join(FIGURES)} | words a second | data on disk, MB |")
            _say(f"|---|{'---|' * len(FIGURES)}---|---|")
            skipped = []
            for load in SYSTEMS:
                try:
                    _say(_row(load(), polnear))
                except NotInstalled as reason:
                    skipped.append(f"\n{load.__module__.rpartition('.')[2]} skipped: {reason}")
            _say("".join(skipped))
    except Absent as absent:
        sys.stderr.write(f"{absent}\n")
        return 2
    return 0


def _row(system: System, polnear: PolNeAR) -> str:
    list(system.read(polnear.items[0].body))  # what is loaded at the first text is no part of the speed
    seconds = []
    for _ in range(RUNS):
        before = process_time()
        found = [(item, attribution) for item in polnear.items for attribution in system.read(item.body)]
        seconds.append(process_time() - before)
    figures = polnear.score(found).figures
    speed = polnear.words / min(seconds)
    cells = [*(f"{figures[name]:.1f}" for name in FIGURES), f"{speed:,.0f}", f"{system.size / 1e6:.3f}"]
    return f"| {system.name} | {' | '.join(cells)} |"


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
