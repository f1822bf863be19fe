"""textacy's direct quotations."""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from benchmarks.attributions import Attribution
from benchmarks.systems.english import English, Token
from benchmarks.systems.system import NotInstalled, System
from claimwire.statements import Span


def load() -> System:
    """Load the model that it needs."""
    english = English()
    try:
        find = import_module("textacy.extract").direct_quotations
    except ImportError:
        raise NotInstalled("textacy is not installed: pip install -r benchmarks/systems/requirements.txt") from None

    def read(text: str) -> Iterator[Attribution]:
        for start, paragraph in english.paragraphs(text):
            try:
                found: list[Any] = list(find(paragraph))
            except ValueError:  # an odd number of quotation marks: textacy reads nothing of it
                continue
            for speaker, cue, content in found:
                yield Attribution((_span(start, cue),), (_span(start, speaker),), (_span(start, content),))

    return System("textacy, direct quotations", read, english.data)


def _span(start: int, tokens: Sequence[Token]) -> Span:
    last = tokens[-1]
    return start + tokens[0].idx, start + last.idx + len(last)
