"""Nested attributions: what a speaker reports that somebody else said.

The tagger gives only the outermost attributions, as in its training data. Inside them, the order
of words shows a side that is named before its cue ("Although Russia claims to have ..., we hold
the north").
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from claimwire.extraction.acts.acts import points_at_words
from claimwire.extraction.attribution import nested_rules as rules
from claimwire.extraction.attribution.attributions import WORD, Attribution
from claimwire.sides import sides_in
from claimwire.statements import Span

LONGEST_SOURCE = 60
MOST = 4
"""The most reports read inside one content. A content with more is a list and no prose."""


def nested(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Attributions of third parties inside the content at a span.

    Parameters
    ----------
    known
        Attributions already found in the span. Their cues are skipped.
    """
    intent = rules.INTENT.match(text, *span)
    if intent:
        cue, source, content = (intent.span(name) for name in ("cue", "source", "content"))
        if not _touch(cue, [a.cue for a in known]):
            yield Attribution(cue, source, (content,), nested=True)
    for cue, who, content in (*_reports(text, span, known), *_named(text, span)):
        if rules.DENIAL.match(text, cue[0]) or (who and sides_in(text[slice(*who)])):
            yield Attribution(cue, who, (content,), nested=True)


def denials(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Denials in a sentence outside of any content. The tagger misses some, since few were annotated.

    Parameters
    ----------
    known
        Attributions of the sentence. Their cues and contents are skipped.
    """
    taken = [s for a in known for s in (a.cue, *a.content)]
    for cue, source, content in (*_reports(text, span, known), *_denied_by(text, span), *_named(text, span)):
        if rules.DENIAL.search(text, *cue) and not _touch(cue, taken):
            yield Attribution(cue, source, (content,))


def _denied_by(text: str, span: Span) -> Iterator[tuple[Span, Span, Span]]:
    """The passive: "a report that ... was denied by ..."."""
    match = rules.DENIED_BY.search(text, *span)
    if match and points_at_words(text[span[0] : match.start()]):
        yield match.span("cue"), match.span("source"), (span[0], match.start() - 1)


def _named(text: str, span: Span) -> Iterator[tuple[Span, Span | None, Span]]:
    """Denials by a noun. If the noun has no content of its own, the words beside it are what is denied."""
    for match in islice(rules.DENIALS.finditer(text, *span), MOST):
        whose = next((match.span(name) for name in ("who", "whose") if match[name]), None)
        beside = _trimmed(text, match.end(), span[1]) or _trimmed(text, span[0], match.start())
        content = match.span("content") if match["content"] else beside
        if content:
            yield match.span("cue"), whose, content


def plainly_said(text: str, span: Span) -> Iterator[Attribution]:
    """The attribution of a sentence in the plainest form, where the tagger finds none."""
    sentence = text[slice(*span)]
    match = rules.CLOSING.fullmatch(sentence) or rules.OPENING.fullmatch(sentence)
    if match and not rules.NOBODY.match(match["source"]):
        cue, source, content = ((span[0] + a, span[0] + b) for a, b in map(match.span, ("cue", "source", "content")))
        yield Attribution(cue, source, (content,))


def _reports(text: str, span: Span, known: Sequence[Attribution]) -> Iterator[tuple[Span, Span, Span]]:
    """Cues with the noun phrase before them and the clause after them."""
    taken = [a.cue for a in known]
    for cue in islice(rules.CUE.finditer(text, *span), MOST):
        if _touch(cue.span(), taken):
            continue
        low = max(span[0], cue.start() - LONGEST_SOURCE)
        boundaries = list(rules.BOUNDARY.finditer(text, low, cue.start()))
        source = _trimmed(text, boundaries[-1].end() if boundaries else low, cue.start())
        denial = rules.DENIAL.match(cue.group())
        who_denies = source is None and denial and boundaries and rules.RELATIVE.fullmatch(boundaries[-1].group())
        if who_denies:
            source = boundaries[-1].span()
        if (
            source is None
            or rules.WITHHELD.search(text, low, cue.end() + 4)
            or (not denial and rules.ARTICLE.search(text, low, cue.start()))
        ):
            continue
        ends = rules.TO_COMMA if who_denies else rules.TO_ITS_END if denial else rules.BOUNDARY
        end = ends.search(text, cue.end(), span[1])
        content = _trimmed(text, cue.end(), end.start() if end else span[1])
        if denial and content is None and boundaries:
            asked = rules.ASKED.match(text, span[0], boundaries[-1].start())
            content = _trimmed(text, asked.end(), boundaries[-1].start()) if asked else None
        if content:
            yield cue.span(), source, content


def _touch(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span overlaps one of `taken`."""
    return any(start < span[1] and span[0] < end for start, end in taken)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    """The span without marks and blanks at its ends; None if nothing is left."""
    while start < end and not WORD.match(text[start]):
        start += 1
    while end > start and not WORD.match(text[end - 1]):
        end -= 1
    return (start, end) if start < end else None
