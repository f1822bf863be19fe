"""Acts: whether a speaker asserts, denies, confirms or does what else with the words."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.accuracy.gold import Development, Label, labels, share
from claimwire import Act
from claimwire.statements import Span

NONE = "none"
"""The act of what is no statement."""

ACTS = [*map(str, Act), NONE]
WIDTH = 9


class ActLabel(Label):
    """The act of the statement at a cue; ``also`` is a second one that the judge would accept."""

    cue: Span
    act: str
    also: str | None


def measure(data: Development, verbose: bool) -> Iterator[str]:
    """Shares of the acts that are right, and what is taken for what."""
    taken: Counter[tuple[str, str]] = Counter()
    accepted = 0
    for label in labels(ActLabel, "acts.jsonl"):
        story = data.story(label.stream, label.uri)
        statement = story.cued(label.part, label.cue)
        act = str(statement.act) if statement else NONE
        taken[label.act, act] += 1
        accepted += act in (label.act, label.also)
        if verbose and act not in (label.act, label.also):
            also = f" or {label.also}" if label.also else ""
            yield f"  {label.act}{also}, not {act}: {story.around(label.part, label.cue)}"
    right = sum(n for (gold, act), n in taken.items() if gold == act)
    yield f"strict   {share(right, taken.total())}"
    yield f"lenient  {share(accepted, taken.total())}"
    yield "rows: the judge's act; columns: the act found"
    yield " " * WIDTH + "".join(act[: WIDTH - 1].rjust(WIDTH) for act in ACTS)
    for gold in ACTS:
        yield gold.ljust(WIDTH) + "".join(str(taken[gold, act] or ".").rjust(WIDTH) for act in ACTS)
