"""Scores attributions against PolNeAR's, as its protocol in this project has it.

A found attribution pairs with a gold one when their cues share a word, best overlap first. A
source or content holds when the F1 of its words with the gold one's is at least one half; *full*
means that all holds; *exact* means the same words; *core* are gold attributions whose cue is a
common verb of speech.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from claimwire.extraction.tagger import TaggedAttribution
from claimwire.extraction.tagger.words import WORD

from .polnear import Gold, Span

_STEMS = (
    "sa(?:y|ys|id|ying) t(?:ell|ells|old|elling) den(?:y|ies|ied|ying) claim(?:s|ed|ing)? "
    "add(?:s|ed|ing)? stat(?:e|es|ed|ing) announc(?:e|es|ed|ing) report(?:s|ed|ing)? "
    "ask(?:s|ed|ing)? wr(?:ite|ites|ote|iting|itten) not(?:e|es|ed|ing) argu(?:e|es|ed|ing) "
    "insist(?:s|ed|ing)? suggest(?:s|ed|ing)? declar(?:e|es|ed|ing) explain(?:s|ed|ing)? "
    "tweet(?:s|ed|ing)? warn(?:s|ed|ing)? respond(?:s|ed|ing)? repl(?:y|ies|ied|ying) "
    "confirm(?:s|ed|ing)? reject(?:s|ed|ing)? dismiss(?:es|ed|ing)? disput(?:e|es|ed|ing) "
    "refut(?:e|es|ed|ing) rebut(?:s|ted)? alleg(?:e|es|ed|ing) accus(?:e|es|ed|ing) "
    "acknowledg(?:e|es|ed|ing) admit(?:s|ted|ting)? call(?:s|ed|ing)? describ(?:e|es|ed|ing) "
    "according accord(?:s|ed)? contend(?:s|ed|ing)? maintain(?:s|ed|ing)? "
    "assert(?:s|ed|ing)? testif(?:y|ies|ied|ying) reveal(?:s|ed|ing)?"
)
_CORE = re.compile(rf"\b(?:{'|'.join(_STEMS.split())})\b", re.I)


def score(
    texts: Sequence[str],
    gold: Sequence[Sequence[Gold]],
    found: Sequence[Sequence[TaggedAttribution]],
) -> dict[str, float]:
    """Score what was found in texts.

    Parameters
    ----------
    texts : Sequence[str]
        The texts.
    gold : Sequence[Sequence[Gold]]
        Their annotated attributions.
    found : Sequence[Sequence[Attribution]]
        What the tagger found.

    Returns
    -------
    dict[str, float]
        F1 in per cent by name.
    """
    counts: Counter[str] = Counter()
    for text, wanted, got in zip(texts, gold, found, strict=True):
        _document(counts, text, wanted, got)
    figures = {}
    for name, of in (
        ("cue", "cue"), ("source", "source"), ("content", "content"), ("full", "cue"),
        ("core", "core"), ("core full", "core"), ("exact cue", "cue"),
        ("exact source", "source"), ("exact content", "content"),
    ):  # fmt: skip
        known = counts[f"{of} gold"] + counts[f"{of} found"]
        figures[name] = round(200 * counts[name] / known, 1) if known else 0.0
    return figures


def _document(counts: Counter[str], text: str, wanted: Sequence[Gold], got: Sequence[TaggedAttribution]) -> None:
    theirs = [_Sets(text, each) for each in wanted]
    ours = [_Sets(text, each) for each in got]
    for side, name in ((theirs, "gold"), (ours, "found")):
        for one in side:
            counts[f"cue {name}"] += 1
            counts[f"core {name}"] += one.core
            counts[f"source {name}"] += bool(one.source)
            counts[f"content {name}"] += bool(one.content)
    pairs = sorted(
        (
            (_f1(a.cue, b.cue), -abs(i - j), i, j)
            for i, a in enumerate(ours)
            for j, b in enumerate(theirs)
            if a.cue & b.cue
        ),
        reverse=True,
    )
    taken: set[int] = set()
    matched: set[int] = set()
    for _, _, i, j in pairs:
        if i not in taken and j not in matched:
            taken.add(i)
            matched.add(j)
            _pair(counts, ours[i], theirs[j])


class _Sets:
    """The words of an attribution's parts."""

    def __init__(self, text: str, parts: Gold | TaggedAttribution) -> None:
        self.cue = _words(text, parts.cue)
        self.source = _words(text, parts.source)
        self.content = _words(text, parts.content)
        self.core = any(_CORE.search(text[a:b]) for a, b in parts.cue)


def _words(text: str, spans: Iterable[Span]) -> set[int]:
    return {
        match.start() for start, end in spans for match in WORD.finditer(text, start, end) if match.group()[0].isalnum()
    }


def _f1(a: set[int], b: set[int]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _pair(counts: Counter[str], got: _Sets, gold: _Sets) -> None:
    source = _f1(got.source, gold.source) >= 0.5
    content = _f1(got.content, gold.content) >= 0.5
    full = content and (source or not (got.source or gold.source))
    counts["cue"] += 1
    counts["source"] += source
    counts["content"] += content
    counts["full"] += full
    counts["core"] += gold.core
    counts["core full"] += gold.core and full
    counts["exact cue"] += got.cue == gold.cue
    counts["exact source"] += bool(gold.source) and got.source == gold.source
    counts["exact content"] += bool(gold.content) and got.content == gold.content
