"""Sentence by sentence: which drafts each sentence needs."""

from dataclasses import replace

from claimwire.extraction.acts.fact_checks import OutletVerdict, verdict
from claimwire.extraction.attribution.attributions import Attribution, Told, by_sentence
from claimwire.extraction.attribution.nested import denials, nested, plainly_said
from claimwire.extraction.attribution.remarks import beside, remark
from claimwire.extraction.drafting.item_reading import ItemReading, Passage, TooManyStatements
from claimwire.extraction.drafting.sentence_drafts import (
    draft_attribution,
    draft_own_voice,
    draft_quoted,
    draft_remark,
    draft_verdict,
)
from claimwire.extraction.text.sentences import Quotations, sentences
from claimwire.statements import Part

TOLD_FIRST = 4
"""Sentences at the start of a body in which the outlet's own words become drafts, coded or not."""

LONG_QUOTE = 12
"""Sentences around a sentence of a quote within which its speaker is sought."""


def read_part(reading: ItemReading, part: Part, text: str, found: list[Attribution]) -> None:
    """Read a part of the item with its attributions.

    Raises
    ------
    TooManyStatements
        If the item makes more than it may.
    """
    gazetteer = reading.gazetteer
    quoted = Quotations(text)
    marked = by_sentence(found, sentences(text))
    end = 0
    for i, (sentence, cued, lender) in enumerate((t.sentence, t.cued, t.lender) for t in marked):
        before = len(reading.drafts)
        if before > reading.most:
            raise TooManyStatements(before)
        if i == 0 or "\n" in text[end : sentence.start]:
            reading.paragraph = before
        end = sentence.end
        passage = Passage(part, text, sentence, gazetteer.mentions(text[sentence.start : sentence.end]))
        lent = lender or (not cued and quoted.opened_before(sentence))
        rated = None if lent else remark(text, sentence)
        judged = None if rated else verdict(text, sentence)
        cued = [_without_verdict(a, judged) for a in cued]
        cued = cued or ([] if lender else list(plainly_said(text, passage.span)))
        cued += denials(text, passage.span, cued if cued or not lender else [lender])
        cued += [n for a in cued if (said := a.content_in(sentence)) for n in nested(text, said, cued)]
        if rated:
            rated, cued = beside(rated, cued)
        for attribution in sorted(cued, key=lambda a: a.cue):
            draft_attribution(reading, passage, attribution, cued)
        if passage.is_question:
            continue
        if rated and draft_remark(reading, passage, rated, before):
            continue
        if not cued and quoted.opened_before(sentence):
            lender = lender or _quote_speaker(text, marked, i)
        if lender:
            draft_quoted(reading, passage, lender)
        elif judged:
            draft_verdict(reading, passage, judged, cued)
        elif not cued:
            draft_own_voice(reading, passage, leads=part is Part.HEADLINE or i < TOLD_FIRST)
        coded = [d.outcome.place for d in reading.drafts[before:] if d.outcome]
        reading.nearest = next((p for p in (*coded[::-1], *passage.towns()[::-1]) if p), reading.nearest)


def _quote_speaker(text: str, marked: list[Told], index: int) -> Attribution | None:
    """The attribution with the speaker of a quoted sentence: the nearest one in the paragraph.

    A paragraph that is all quote has the speaker of the paragraph before.
    """
    sentence = marked[index].sentence
    around = range(max(0, index - LONG_QUOTE), min(len(marked), index + LONG_QUOTE + 1))
    for i in sorted(around, key=lambda i: (abs(i - index), i < index)):
        other = marked[i].sentence
        low, high = min(sentence.start, other.start), max(sentence.end, other.end)
        if marked[i].cued and "\n" not in text[low:high]:
            return marked[i].cued[0]
    before = (t.cued[-1] for t in reversed(marked[max(0, index - LONG_QUOTE) : index]) if t.cued)
    return next(before, None)


def _without_verdict(a: Attribution, judged: OutletVerdict | None) -> Attribution:
    """The attribution without the outlet's fact check of it."""
    if not judged:
        return a
    claim = judged.claim
    if claim and any(low <= claim[0] and claim[1] <= high for low, high in a.content):
        return replace(a, content=(claim,))
    at = judged.span[0]
    cut = tuple((low, min(high, at)) for low, high in a.content if low < at)
    return replace(a, content=cut) if cut else a
