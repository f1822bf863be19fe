"""Drafts: what reading finds in an item, and the statements that it becomes."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claimwire.extraction.subjects import Names, subjects, terms
from claimwire.items import Item
from claimwire.outcomes import OUTCOMES, Bearing, bearing, concerned
from claimwire.sides import sides_in
from claimwire.statements import OUTLET, Act, Outcome, Part, Span, Statement, normal_quote, statement_id

ANSWERS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS, Act.DECLINES})

MOST_REPEATS = 8
"""Times that an item makes a statement in the same words. One that goes on does not say it more."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement before it has its id and its subjects."""

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


def complete_headline(drafts: list[Draft]) -> Iterator[Draft]:
    """Headlines say shortly what the body says in full: who says so, what, where and how many."""
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
    """Sides that the words concern: those at war over it, else all that they name."""
    if draft.outcome and OUTCOMES[draft.outcome.code].two_sided:
        return concerned(draft.outcome)
    return tuple(sorted({side for _, _, side in sides_in(draft.words)}))


def statements(item: Item, names: Names, drafts: Iterable[Draft]) -> list[Statement]:
    """The statements that drafts become: with ids, subjects and terms."""
    occurrences: Counter[tuple[Act, str]] = Counter()
    made = []
    for d in drafts:
        quote = (item.headline if d.part is Part.HEADLINE else item.body)[slice(*d.span)]
        key = (d.act, normal_quote(quote))
        if occurrences[key] == MOST_REPEATS:
            continue
        about = _about(d)
        sides = (*about, *((d.side,) if d.act in ANSWERS else ()))
        made.append(
            Statement(
                id=statement_id(item.uri, *key, occurrences[key]),
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
                proposition=" ".join(d.words.split()),
                speaker=d.speaker,
                side=d.side,
                about=about,
                outcome=d.outcome,
                answers=d.answers,
                recalled=d.recalled,
                subjects=subjects(item.uri, d.words, d.outcome, names, sides),
                terms=terms(d.words),
            )
        )
        occurrences[key] += 1
    return made
