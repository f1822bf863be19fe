"""Attribution in headlines and leads, which wire news writes in ways of its own."""

from collections import Counter
from collections.abc import Iterator

from benchmarks.accuracy.gold import Development, Label, labels
from benchmarks.attributions import Attribution, compare, distinct
from benchmarks.polnear import SCORER
from claimwire import Part


class HeadlineLabel(Label):
    """All attributions of a headline or a lead, which is the first ``length`` characters of its part."""

    length: int
    attributions: list[Attribution]


def measure(data: Development, verbose: bool) -> Iterator[str]:
    """The figures of the official scorer for headlines, leads and both."""
    scorer = data.shared.scorer(SCORER)
    headlines: Counter[str] = Counter()
    leads: Counter[str] = Counter()
    for label in labels(HeadlineLabel, "headlines.jsonl"):
        story = data.story(label.stream, label.uri)
        here = (s for s in story.statements if s.part is label.part and s.cue and s.cue[0][0] < label.length)
        comparison = compare(scorer, story.text(label.part), distinct(here), label.attributions, words_only=False)
        of = headlines if label.part is Part.HEADLINE else leads
        of["found"] += len(comparison.pairs) + len(comparison.extra)
        of["gold"] += len(label.attributions)
        of["cue"] += len(comparison.pairs)
        of["source"] += sum(pair.source for pair in comparison.pairs)
        of["content"] += sum(pair.content for pair in comparison.pairs)
        of["full"] += sum(pair.full for pair in comparison.pairs)
        if verbose:
            yield from (f"  {label.uri} {label.part}{line}" for line in comparison.disagreements())
    yield "           full P      R     F1    cue F1  source F1  content F1"
    for name, counts in (("headlines", headlines), ("leads", leads), ("both", headlines + leads)):
        precision, recall = (100 * counts["full"] / max(1, counts[of]) for of in ("found", "gold"))
        full, cue, source, content = (
            200 * counts[part] / max(1, counts["found"] + counts["gold"])
            for part in ("full", "cue", "source", "content")
        )
        yield (
            f"{name:9s}  {precision:6.1f}  {recall:5.1f}  {full:5.1f}  {cue:8.1f}  {source:9.1f}  {content:10.1f}"
            f"   ({counts['gold']} in the gold)"
        )
