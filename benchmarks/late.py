"""``python -m benchmarks.late``: what a late statement costs at a busy subject, against deciding all of it anew."""

import argparse
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median

from claimwire.claims import EvidenceChange
from claimwire.extraction.text.terms import WORDS_FILE, rarest
from claimwire.linking import SubjectLinks
from claimwire.linking.subject_rows import SubjectRow
from claimwire.statements import Act, Outcome, Part, Statement

SUBJECT = "side:Ruritania"
START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 40
"""Time that the statements span: less than the window, so that the first still meets the last."""

STORY = 8
"""Statements that tell or answer one story, on the average."""

CODED = 0.1
"""Share of stories that are a coded event."""

ACTS = (Act.ASSERTS, Act.ASSERTS, Act.ASSERTS, Act.PLANS, Act.HEDGES, Act.DENIES, Act.CONFIRMS, Act.DECLINES)
LATE = {"the first of all": 0.0, "in the middle": 0.5, "a hundred before the last": 0.99}


def main() -> int:
    """Print the times; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.late", description=__doc__.partition(": ")[2])
    parser.add_argument("--statements", type=int, default=10_000, help="statements of the subject")
    parser.add_argument("--times", type=int, default=9, help="late statements, one after another, of which the median")
    arguments = parser.parse_args()
    made = statements(arguments.statements, Random(1))
    links = SubjectLinks(SUBJECT)
    anew = _seconds(lambda: links.restore(_undecided(made)))
    _say(f"{len(made):,} statements, {len(links.evidence())} evidences, all decided: {anew:.2f} s")
    for place, share in LATE.items():
        taken = []
        for again in range(arguments.times):
            late = _late(made, int(share * len(made)) + again, Random(again))
            taken.append(_seconds(lambda late=late: links.change([late])))  # type: ignore[misc]
            if again == 0:
                _check(links, [*made, late])
            links.change(withdrawn=[late.id])
        spent = median(taken)
        _say(f"one late, {place}: {1000 * spent:.1f} ms, 1/{anew / spent:.0f} of that")
    return 0


def statements(number: int, random: Random, days: float = DAYS) -> list[Statement]:
    """Statements of made-up stories over so many days, their words as frequent as in the news, in their order."""
    rows = [row.split("\t") for row in WORDS_FILE.read_text("utf8").splitlines()[1:]]
    words, counts = [row[0] for row in rows], [int(row[1]) for row in rows]
    stories = [_story(random, words, counts) for _ in range(number // STORY)]
    return [
        _statement(f"{i:06}", random.choice(stories), i * timedelta(days=days) / number, random) for i in range(number)
    ]


Story = tuple[list[str], Outcome | None]


def _story(random: Random, words: list[str], counts: list[int]) -> Story:
    event = Outcome(code="captured", actor="Ruritania", target="Strelsau", place=f"town{random.randrange(10_000)}")
    return random.choices(words, counts, k=14), event if random.random() < CODED else None


def _statement(id: str, story: Story, since: timedelta, random: Random) -> Statement:
    words, event = story
    said = tuple(sorted({*random.sample(words, 8)}))
    return Statement(
        id=id,
        item=f"urn:{id}",
        order=(1, "", ""),
        published=START + since,
        outlet="Outlet",
        part=Part.BODY,
        start=0,
        end=9,
        quote=" ".join(said),
        act=random.choice(ACTS),
        proposition=" ".join(said),
        speaker="somebody",
        side=random.choice(("Ruritania", "Strelsau", "unnamed", "Acme", "outlet:Outlet")),
        about=("Ruritania",),
        outcome=event,
        subjects=(SUBJECT,),
        terms=said,
        context=tuple(rarest(set(words), 10)),
    )


def _late(made: list[Statement], before: int, random: Random) -> Statement:
    """A statement of another one's story, published a moment before it."""
    other = made[before]
    story = [*other.context, *other.terms], other.outcome
    return _statement("late", story, other.published - START - timedelta(seconds=1), random)


def _check(links: SubjectLinks, made: list[Statement]) -> None:
    """Raise an error if the links are not those of deciding all anew; one thing is enough to tell."""
    again = SubjectLinks(SUBJECT)
    again.restore(_undecided(made))
    if again.evidence() != links.evidence():
        raise AssertionError("the late statement left other links than deciding all anew")


def _undecided(made: list[Statement]) -> dict[str, SubjectRow]:
    return {s.id: SubjectRow(order=s.order, statement=s) for s in made}


def _seconds(work: Callable[[], list[EvidenceChange] | None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
