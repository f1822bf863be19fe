"""Makes headlines out of annotated sentences: what a desk does to a sentence, done to its words."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from claimwire.extraction.tagger.pieces import Pieces
from claimwire.extraction.tagger.words import Shape, TaggerWords, quote_states, split

from .examples import Example, Link, example

_SHORTEST, _LONGEST = 4, 26
_ARTICLES = frozenset(("a", "an", "the"))
_AUXILIARIES = frozenset(["is", "are", "was", "were", "has", "have", "had"])
_ENDS = frozenset([".", ",", ";", ":", "!", "”"])
_PRESENT = {
    "said": "says", "told": "tells", "denied": "denies", "wrote": "writes", "added": "adds",
    "claimed": "claims", "announced": "announces", "argued": "argues", "insisted": "insists",
    "suggested": "suggests", "declared": "declares", "explained": "explains", "tweeted": "tweets",
    "warned": "warns", "responded": "responds", "replied": "replies", "confirmed": "confirms",
    "rejected": "rejects", "dismissed": "dismisses", "disputed": "disputes", "alleged": "alleges",
    "accused": "accuses", "acknowledged": "acknowledges", "admitted": "admits", "called": "calls",
    "described": "describes", "contended": "contends", "asserted": "asserts", "stated": "states",
    "testified": "testifies", "revealed": "reveals", "reported": "reports", "noted": "notes",
    "urged": "urges", "vowed": "vows", "thought": "thinks", "believed": "believes",
    "promised": "promises", "predicted": "predicts", "criticized": "criticizes", "asked": "asks",
    "wanted": "wants", "agreed": "agrees", "proposed": "proposes", "demanded": "demands",
    "found": "finds", "showed": "shows", "saw": "sees", "hoped": "hopes", "expected": "expects",
    "decided": "decides", "planned": "plans", "pledged": "pledges", "concluded": "concludes",
}  # fmt: skip
_PASSIVES = ("said", "said", "said", "reported", "thought", "believed", "expected", "seen")
_PRONOUNS = frozenset(("he", "she", "it", "they", "we", "i", "you", "there", "that", "this"))
_HEARSAY = {
    "is": ("to", "be"), "are": ("to", "be"), "was": ("to", "have", "been"),
    "were": ("to", "have", "been"), "has": ("to", "have"), "have": ("to", "have"),
    "had": ("to", "have"), "will": ("to",), "to": ("to",),
}  # fmt: skip


@dataclass(slots=True)
class _Line:
    """Words with their roles: cue, source, content or none."""

    words: list[str]
    roles: list[str]


def headlines(seen: Example, chance: random.Random) -> list[_Line]:
    """Make a headline of each sentence that holds one short attribution.

    Parameters
    ----------
    seen : Example
        An annotated text.
    chance : random.Random
        Where variety comes from.

    Returns
    -------
    list[_Line]
        Shortened lines.
    """
    lines = []
    for link in seen.links:
        used = sorted({*range(*link.cue), *link.source, *link.content})
        first, last = used[0], used[-1] + 1
        sentences = seen.words.sentences
        if (
            link.source
            and link.content
            and _SHORTEST <= last - first <= _LONGEST
            and sentences[first] == sentences[last - 1]
        ):
            lines.append(_shorten(seen, link, first, last, chance))
    return [line for line in lines if {"cue", "content"} <= set(line.roles)]


def _shorten(seen: Example, link: Link, first: int, last: int, chance: random.Random) -> _Line:
    words = [word.lower() for word in seen.words.texts[first:last]]
    roles = ["none"] * len(words)
    for role, part in (
        ("content", link.content), ("source", link.source), ("cue", range(*link.cue)),
    ):  # fmt: skip
        for word in part:
            roles[word - first] = role
    line = _Line(words, roles)
    _present(line, chance)
    _drop(line, chance)
    if chance.random() < 0.15:
        _hearsay(line, chance)
    elif chance.random() < 0.25:
        _colon(line, chance)
    return line


def _present(line: _Line, chance: random.Random) -> None:
    for at, word in enumerate(line.words):
        if line.roles[at] == "cue" and chance.random() < 0.8:
            line.words[at] = _PRESENT.get(word, word)
        elif line.roles[at] == "content" and word == "will" and chance.random() < 0.6:
            line.words[at] = "to"


def _drop(line: _Line, chance: random.Random) -> None:
    """Leave out what headlines leave out."""
    quotes = chance.random() < 0.5
    kept = []
    for at, word in enumerate(line.words):
        after = line.words[at + 1] if at + 1 < len(line.words) else ""
        gone = (
            (word in _ARTICLES and chance.random() < 0.85)
            or (word == "that" and at and "cue" in line.roles[max(0, at - 2) : at])
            or (
                word in _AUXILIARIES
                and line.roles[at] == "content"
                and after.endswith(("ed", "ing"))
                and chance.random() < 0.6
            )
            or (quotes and word in "“”\"‘’'")
        )
        if not gone:
            kept.append(at)
    while kept and line.words[kept[-1]] in _ENDS and line.roles[kept[-1]] != "cue":
        kept.pop()
    line.words = [line.words[at] for at in kept]
    line.roles = [line.roles[at] for at in kept]


def _colon(line: _Line, chance: random.Random) -> None:
    """Rewrite as ``source: content`` or ``content - source``; the mark is the cue."""
    source = [w for w, r in zip(line.words, line.roles, strict=True) if r == "source"]
    content = [w for w, r in zip(line.words, line.roles, strict=True) if r == "content"]
    while content and content[-1] in ",.":
        content.pop()
    if not source or not content or len(source) > 6:
        return
    if chance.random() < 0.5:
        line.words = [*source, ":", *content]
        line.roles = ["source"] * len(source) + ["cue"] + ["content"] * len(content)
    else:
        line.words = [*content, chance.choice(("-", "–", ":")), *source]
        line.roles = ["content"] * len(content) + ["cue"] + ["source"] * len(source)


def _hearsay(line: _Line, chance: random.Random) -> None:
    """Rewrite as ``subject SAID TO …``: a passive cue amid the content, and no source."""
    content = [w for w, r in zip(line.words, line.roles, strict=True) if r == "content"]
    verbs = [at for at, word in enumerate(content[:7]) if at and word in _HEARSAY]
    if not verbs or content[0] in _PRONOUNS:
        return
    at = verbs[0]
    cue = chance.choice(_PASSIVES)
    rest = [*_HEARSAY[content[at]], *content[at + 1 :]]
    line.words = [*content[:at], cue, *rest]
    line.roles = ["content"] * at + ["cue"] + ["content"] * len(rest)


def collect(lines: list[_Line], pieces: Pieces, chance: random.Random) -> list[Example]:
    """Make examples of one to three headlines each, in capitals, in title case or plain.

    Parameters
    ----------
    lines : list[_Line]
        Shortened lines.
    pieces : Pieces
        The encoder's vocabulary.
    chance : random.Random
        Where variety comes from.

    Returns
    -------
    list[Example]
        Examples.
    """
    examples = []
    at = 0
    while at < len(lines):
        many = chance.choice((1, 1, 2, 3))
        examples.append(_example(lines[at : at + many], pieces, chance))
        at += many
    return examples


def _example(lines: list[_Line], pieces: Pieces, chance: random.Random) -> Example:
    styles: tuple[tuple[Callable[[str], str], Shape | None], ...] = (
        (str.upper, Shape.SHOUTED),
        (str.capitalize, Shape.TITLED),
        (str, None),
    )
    texts: list[str] = []
    shapes: list[int] = []
    paragraphs = [0]
    links = []
    for line in lines:
        write, style = chance.choices(styles, (5, 3, 2))[0]
        base = len(texts)
        written = [write(word) for word in line.words]
        texts += written
        for word, letters in zip(written, line.words, strict=True):
            plain = split(word).shapes if word.isalnum() else [Shape.MARK]
            lettered = letters[0].isalpha() and style is not None
            shapes.append(style if lettered and style is not None else plain[0])
        paragraphs.append(len(texts))
        cue, source, content = (
            [base + at for at, role in enumerate(line.roles) if role == wanted]
            for wanted in ("cue", "source", "content")
        )
        links.append(Link((cue[0], cue[-1] + 1), tuple(source), tuple(content)))
    nowhere = [0] * len(texts)
    sentences = [number for number, line in enumerate(lines) for _ in line.words]
    spaces = [""] * len(texts)
    quotes = quote_states(texts, spaces, spaces, paragraphs)
    words = TaggerWords(texts, nowhere, nowhere, shapes, quotes, sentences, paragraphs)
    return example(words, links, pieces)
