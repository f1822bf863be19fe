"""Denials: whether extraction sees a denial where the gold threads have one, and only there."""

import json
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from benchmarks.accuracy.gold import STREAMS, Development, share
from claimwire import Act, Statement

WORDED = re.compile(
    r"\bden(?:y|ies|ied|ying|ial)|reject|dismiss|refut|untrue|\bfalse|not true|incorrect|not correct|no truth|baseless"
    r"|unfounded|rubbish|nonsense|fiction|\blie\b|wrong\b",
    re.I,
)
"""Words of denial: many an answer that the gold labels *denies* only says "not"."""


def measure(data: Development, verbose: bool) -> Iterator[str]:
    """Shares of the denials found, and of the hard negatives that are taken for one.

    A statement is at an anchor when it touches the anchor's sentence.
    """
    scorer = data.shared.scorer("threads")
    for stream in STREAMS:
        denied: list[tuple[bool, bool]] = []
        worded: list[bool] = []
        negatives: list[tuple[bool, bool]] = []
        for wanted, place in _places(data, stream):
            near = _at(data, scorer, stream, place)
            denies = any(s.act is Act.DENIES for s in near)
            found = (denies, denies or any(s.negative for s in near))
            (denied if wanted else negatives).append(found)
            if wanted and WORDED.search(_sentence(data, scorer, stream, place)):
                worded.append(denies)
            disagrees = not found[1] if wanted else found[0]
            if verbose and disagrees:
                read = " / ".join(f"{s.act}: {s.quote}" for s in near) or "nothing"
                why = "missed" if wanted else f"false ({place['why']})"
                yield f"  {why}: {place['item']} “{place['anchor']}” is read as {read}"
        yield stream
        yield f"  act denies, sentences with a word of denial  found {share(sum(worded), len(worded))}"
        for name, column in (("act denies", 0), ("act denies or proposition negative", 1)):
            hits, alarms = (sum(found[column] for found in founds) for founds in (denied, negatives))
            yield f"  {name:34s}  denials found {share(hits, len(denied))}"
            yield f"  {'':34s}  hard negatives taken for one {share(alarms, len(negatives))}"


def _places(data: Development, stream: str) -> Iterator[tuple[bool, dict[str, Any]]]:
    """Items and anchors, each with whether somebody denies there."""
    for line in data.threads(stream).read_text("utf8").splitlines():
        thread = json.loads(line)
        if thread.get("negative"):
            yield False, thread
        else:
            yield from ((True, answer) for answer in thread["responses"] if answer["relation"] == "denies")


def _at(data: Development, scorer: ModuleType, stream: str, place: dict[str, Any]) -> list[Statement]:
    """The statements at an anchor."""
    story = data.story(stream, place["item"])
    item = scorer.Item(story.ninjs)
    spot = item.places(place["anchor"])
    return [s for s in story.statements if item.at({"part": s.part, "start": s.start, "end": s.end}) & spot]


def _sentence(data: Development, scorer: ModuleType, stream: str, place: dict[str, Any]) -> str:
    """The sentences in which an anchor stands."""
    item = scorer.Item(data.story(stream, place["item"]).ninjs)
    text = item.text
    return " ".join(
        text["headline"] if spot < 0 else text["body"][slice(*item.sentences[spot])]
        for spot in item.places(place["anchor"])
    )
