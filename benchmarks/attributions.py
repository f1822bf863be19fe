"""Attributions as they are scored, and how two sets of them pair."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from claimwire import Statement
from claimwire.statements import Span

HALF = 0.5
"""Token F1 from which on a source or a content counts as found."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans of a text."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]

    @classmethod
    def of(cls, statement: Statement) -> "Attribution":
        """The attribution that a statement was made from."""
        return cls(statement.cue, statement.source, statement.content)

    def as_json(self, uri: str) -> dict[str, Any]:
        """As the official scorer reads it."""
        return {"item": uri, "cue": self.cue, "source": self.source, "content": self.content}

    def words(self, text: str) -> str:
        """Source, cue and content in words."""
        parts = (self.source, self.cue, self.content)
        return " | ".join(" … ".join(text[slice(*span)] for span in spans) or "-" for spans in parts)


@dataclass(frozen=True, slots=True)
class Paired:
    """A found attribution and the gold one that its cue met."""

    found: Attribution
    gold: Attribution
    source: bool
    content: bool

    @property
    def full(self) -> bool:
        """Whether all of it holds."""
        return self.source and self.content


@dataclass(frozen=True, slots=True)
class Comparison:
    """Found and gold attributions of a text."""

    text: str
    pairs: list[Paired]
    extra: list[Attribution]
    missed: list[Attribution]

    def disagreements(self) -> Iterator[str]:
        """What was found wrongly, for people who mend rules."""
        for pair in self.pairs:
            if not pair.full:
                yield f"  wrong   {pair.found.words(self.text)}\n     gold {pair.gold.words(self.text)}"
        yield from (f"  extra   {a.words(self.text)}" for a in self.extra)
        yield from (f"  missed  {a.words(self.text)}" for a in self.missed)


def distinct(statements: Iterable[Statement]) -> list[Attribution]:
    """The attributions of statements, each once: several statements may be made from one."""
    return list({s.cue: Attribution.of(s) for s in reversed(list(statements)) if s.cue}.values())[::-1]


def compare(
    scorer: ModuleType, text: str, found: Sequence[Attribution], gold: Sequence[Attribution], *, words_only: bool = True
) -> Comparison:
    """Pair attributions by the rules of the official scorer: those whose cues share a token, best overlap first.

    Parameters
    ----------
    scorer
        score/attribution.py.
    words_only
        Whether punctuation is no token of a cue. In a headline a colon may be all of it.
    """

    def cue(a: Attribution) -> set[int]:
        tokens: set[int] = scorer.tokens(text, a.cue, words_only)
        return tokens

    overlaps = [
        (scorer.f1(cue(a), cue(b)), -abs(i - j), i, j)
        for i, a in enumerate(found)
        for j, b in enumerate(gold)
        if cue(a) & cue(b)
    ]
    partner: dict[int, int] = {}
    for _, _, i, j in sorted(overlaps, reverse=True):
        if i not in partner and j not in partner.values():
            partner[i] = j
    return Comparison(
        text,
        [_paired(scorer, text, found[i], gold[j]) for i, j in sorted(partner.items())],
        [a for i, a in enumerate(found) if i not in partner],
        [b for j, b in enumerate(gold) if j not in partner.values()],
    )


def _paired(scorer: ModuleType, text: str, found: Attribution, gold: Attribution) -> Paired:
    def alike(a: Sequence[Span], b: Sequence[Span]) -> bool:
        return bool(scorer.f1(scorer.tokens(text, a), scorer.tokens(text, b)) >= HALF)

    unnamed = not (scorer.tokens(text, found.source) or scorer.tokens(text, gold.source))
    return Paired(found, gold, unnamed or alike(found.source, gold.source), alike(found.content, gold.content))
