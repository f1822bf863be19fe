"""Drafts: what the steps find in an item, and how it becomes statements."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claimwire.extraction.acts.acts import is_anaphor, is_negative, without_untruth
from claimwire.extraction.claims.propositions import affirmed, clause
from claimwire.extraction.claims.subjects import MOST, names_in, subjects
from claimwire.extraction.text.slots import deeds, figures, times
from claimwire.extraction.text.terms import context, terms
from claimwire.items import Item
from claimwire.outcomes import OUTCOMES, Bearing, bearing, concerned
from claimwire.places import Gazetteer
from claimwire.rules import rule
from claimwire.sides import sides_in
from claimwire.statements import (
    ANSWERS,
    OUTLET,
    RECORD,
    Act,
    Outcome,
    Part,
    Relation,
    Span,
    Statement,
    normal_quote,
    statement_id,
)

CORRECTION = rule(
    r"\b(?:CORRECT(?:ED|ION|S|ING)|(?:pls|please) read)\b|^\W*Correct(?:ed|ion)\b",
    finds="CORRECTED - Mill to close in May",
    passes="Ministry: Corrected figures show a loss",
)
SLUG_REACH = 200
"""Characters of a headline or a body within which a correction says that it is one."""

MOST_OF_A_LEAD = 300
"""The most characters of an item's headline, and of its lead, that its statements hold."""

MOST_OF_A_SENTENCE = 600
"""The most characters of its sentence that a statement holds."""

MOST_REPEATS = 8
"""The most statements in the same words that an item makes. Further repeats add nothing."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement that has no id and no subjects yet."""

    part: Part
    span: Span
    act: Act
    words: str
    speaker: str
    side: str
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()
    outcome: Outcome | None = None
    answers: bool = False
    recalled: bool = False
    reported: bool = False
    says_no: bool = False
    """Whether its words are themselves the denial, so that their "not" is no part of the denied proposition."""
    target: int | None = None
    """Number of the item's draft that it answers."""
    relation: Relation | None = None
    """How it answers that draft or a claim of another item."""
    answering: float = 0.0
    """The reader's chance that its sentence answers a claim."""
    worth: int = 0
    """How much its claim is worth following."""
    text: str = ""
    """Its claim as a whole proposition."""
    record_of: str = ""
    """The side whose record it is about, if it is the outlet's remark."""


def complete_headline(drafts: list[Draft]) -> Iterator[Draft]:
    """Complete headlines from the body, which says in full who says so, what, where and how many."""
    for draft in drafts:
        headline = draft.part is Part.HEADLINE
        full = next((d for d in drafts if _says_in_full(draft, d)), None) if headline else None
        if full:
            own = draft.side.startswith(OUTLET)
            who = (full.speaker, full.side) if own else (draft.speaker, draft.side)
            draft = replace(draft, speaker=who[0], side=who[1], outcome=full.outcome, words=full.words)
        yield draft


def _says_in_full(headline: Draft, draft: Draft) -> bool:
    if draft.part is Part.HEADLINE or headline.act is not draft.act:
        return False
    if not (headline.outcome and draft.outcome):
        return False
    same_place = replace(headline.outcome, place="")
    return bearing(draft.outcome, same_place) is Bearing.AGREES


def _about(draft: Draft) -> tuple[str, ...]:
    """Sides that the words concern: the remark's, the event's warring sides, or all sides named."""
    if draft.record_of:
        return (draft.record_of,)
    if draft.outcome and OUTCOMES[draft.outcome.code].two_sided:
        return concerned(draft.outcome)
    return tuple(sorted({side for _, _, side in sides_in(draft.words)}))


def statements(
    item: Item,
    gazetteer: Gazetteer,
    drafts: Sequence[Draft],
    page_sentences: Sequence[tuple[Part, Span]],
    headline: str,
    lead: str,
) -> list[Statement]:
    """Make statements of drafts: give them ids, subjects and terms.

    An answer also gets the first subject of the draft that it answers, so that the two meet.

    Parameters
    ----------
    page_sentences
        The sentences of headline and body.
    headline, lead
        They show what the item is about.
    """
    about, named = context([headline, lead]), names_in(f"{headline} {lead}")
    headline, lead = _beginning(headline, MOST_OF_A_LEAD), _beginning(lead, MOST_OF_A_LEAD)
    corrects = any(CORRECTION.search(text[:SLUG_REACH]) for text in (item.headline, item.body))
    identified = _identified(item, drafts)
    concerned = [_about(d) for d in drafts]
    own = [
        (f"{RECORD}{d.record_of}",)
        if d.record_of
        else subjects(item.uri, d.words, d.outcome, gazetteer, (*sides, d.side), named, d.act in ANSWERS)
        for d, sides in zip(drafts, concerned, strict=True)
    ]
    made = []
    for i, d in enumerate(drafts):
        if i not in identified:
            continue
        id, quote = identified[i]
        target = d.target if d.target in identified else None
        statement = Statement(
            id=id,
            item=item.uri,
            order=item.order,
            published=item.published,
            outlet=item.outlet,
            part=d.part,
            start=d.span[0],
            end=d.span[1],
            quote=quote,
            cue=d.cue,
            source=d.source,
            content=d.content,
            act=d.act,
            proposition=d.text or _proposition(d),
            worth=d.worth,
            relation=d.relation,
            answering=round(d.answering, 2),
            speaker=d.speaker,
            side=d.side,
            about=concerned[i],
            outcome=d.outcome,
            answers=d.answers,
            target=identified[target][0] if target is not None else "",
            corrects=corrects,
            negative=is_negative(d.words) and not (d.says_no or is_anaphor(d.words)),
            recalled=d.recalled,
            reported=d.reported,
            subjects=tuple(dict.fromkeys((*(own[target][:1] if target is not None else ()), *own[i])))[:MOST],
            terms=terms(d.words),
            names=names_in(d.words),
            context=about,
            figures=figures(d.words),
            times=times(d.words, item.published.date()),
            deeds=deeds(d.words),
            urgency=item.urgency,
        )
        if statement.worth or statement.may_answer:
            sentence = _beginning(_sentence(item, d, page_sentences), MOST_OF_A_SENTENCE)
            statement = replace(statement, sentence=sentence, headline=headline, lead=lead)
        made.append(statement)
    return made


def _proposition(draft: Draft) -> str:
    """The words of a draft of which the reader made no claim: as a clause if they are one, else as they are."""
    words = without_untruth(draft.words) if draft.act is Act.DENIES else draft.words
    words = clause(words) or " ".join(words.split())
    return affirmed(words) if draft.says_no else words


def _beginning(text: str, most: int) -> str:
    """The beginning of a text, in one line."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _sentence(item: Item, draft: Draft, page_sentences: Sequence[tuple[Part, Span]]) -> str:
    """The sentences in which a draft stands: its quote alone may lack who says it, and even that it is denied."""
    text = item.headline if draft.part is Part.HEADLINE else item.body
    start, end = draft.span
    inside = [(a, b) for part, (a, b) in page_sentences if part is draft.part and a < end and start < b]
    return text[inside[0][0] : inside[-1][1]] if inside else text[start:end]


def _identified(item: Item, drafts: Sequence[Draft]) -> dict[int, tuple[str, str]]:
    """Id and quote of each draft that becomes a statement, by its number."""
    occurrences: Counter[tuple[Act, str]] = Counter()
    found = {}
    for i, d in enumerate(drafts):
        quote = (item.headline if d.part is Part.HEADLINE else item.body)[slice(*d.span)]
        key = (d.act, normal_quote(quote))
        if occurrences[key] < MOST_REPEATS:
            found[i] = statement_id(item.uri, *key, occurrences[key]), quote
            occurrences[key] += 1
    return found
