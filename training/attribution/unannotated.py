"""Texts without annotation, from which the network learns what its teacher finds in them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from claimwire.extraction.tagger import Tagger
from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.words import split
from training.reading import corpora

from .examples import Example, Link, example
from .polnear import covered

LEFT_OUT = frozenset({"mod", "polnear"})
"""General news stands for unseen news everywhere; PolNeAR's training half has its annotation."""

LONGEST = 9000
"""Characters of a text that are read."""

LONGEST_CUE = 12
"""The most words from the first of a cue to its last; a longer one is taken for a slip of the tagger."""


def texts(shared: Path) -> list[str]:
    """The texts of the items that were read for the reader, in the order of their uris."""
    items = corpora.items(shared)
    read = {r["item"] for r in corpora.readings(shared / corpora.READINGS, *corpora.ours())}
    names = {*corpora.CORPORA, "made"} - LEFT_OUT
    found = [items[uri] for uri in sorted(read) if corpora.corpus(uri) in names]
    return ["\n".join(part["value"] for part in (*i.get("headlines", ()), *i["bodies"]))[:LONGEST] for i in found]


def examples(found: Sequence[str], tagger: Tagger, pieces: Pieces) -> list[Example]:
    """Build an example of each text around the cues that a tagger finds."""
    return [_example(text, tagger, pieces) for text in found]


def _example(text: str, tagger: Tagger, pieces: Pieces) -> Example:
    words = split(text)
    links = []
    for found in tagger.attribute([text])[0]:
        cue, source, content = (
            covered(words.starts, words.ends, spans) for spans in (found.cue, found.source, found.content)
        )
        if cue and cue[-1] - cue[0] < LONGEST_CUE:
            links.append(Link((cue[0], cue[-1] + 1), tuple(source), tuple(content)))
    return example(words, links, pieces)
