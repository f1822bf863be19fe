"""Findings: what the reader found in an item's sentences, put on the drafts whose words they are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimwire.extraction.acts import denied_clause, is_bare
from claimwire.extraction.drafts import Draft
from claimwire.extraction.propositions import clause, readable, sentence_around
from claimwire.reading.decoding import Answer, Claim, Found
from claimwire.statements import ANSWERS, OUTLET, Act, Part, Relation, Span

ACTS = {
    Relation.DENIES: (Act.DENIES,),
    Relation.CONTRADICTS: (Act.ASSERTS, Act.DENIES),
    Relation.CONFIRMS: (Act.CONFIRMS, Act.CONCEDES, Act.ASSERTS),
    Relation.CORROBORATES: (Act.ASSERTS, Act.CONFIRMS),
    Relation.PARTLY: (Act.CONCEDES, Act.CONFIRMS, Act.ASSERTS, Act.DENIES),
    Relation.RETRACTS: (Act.RETRACTS, Act.CONCEDES, Act.ASSERTS),
    Relation.NO_COMMENT: (Act.DECLINES, Act.ASSERTS),
}
"""Acts by which one answers so, the likeliest first."""

OWN_ACTS = {Relation.DENIES: Act.DENIES, Relation.NO_COMMENT: Act.DECLINES, Relation.RETRACTS: Act.RETRACTS}
"""What the outlet does where it answers in its own voice; otherwise it asserts."""

LEAST_HELD = 0.5
"""Share of a claim's heart that the words of a statement hold, if it is that statement's claim."""


@dataclass(frozen=True, slots=True)
class Page:
    """An item's sentences, in the order in which the reader read them, and who speaks where nobody is named."""

    headline: str
    body: str
    sentences: tuple[tuple[Part, Span], ...]
    start: int
    """Where the body begins in the text of both."""
    outlet: str

    def words(self, number: int) -> str:
        """A sentence's words."""
        part, span = self.sentences[number]
        return sentence_around(self.text(part), span)

    def text(self, part: Part) -> str:
        """A part's text."""
        return self.headline if part is Part.HEADLINE else self.body

    def local(self, part: Part, span: Span) -> Span:
        """Where in its part a span of the text of both stands."""
        return span[0] - self.shift(part), span[1] - self.shift(part)

    def shift(self, part: Part) -> int:
        """Where in the text of both a part begins."""
        return 0 if part is Part.HEADLINE else self.start

    def earlier(self, number: int) -> list[str]:
        """The sentences of the same part before one."""
        part = self.sentences[number][0]
        return [self.words(n) for n in range(max(0, number - 3), number) if self.sentences[n][0] is part]


def put(drafts: Sequence[Draft], found: Found, page: Page) -> list[Draft]:
    """The drafts, with what the reader found in their sentences.

    A claim becomes the statement whose words hold its heart; an answer the statement of its sentence that answers
    in such a way. Where there is none, the outlet itself says it.
    """
    made = list(drafts)
    remarks = [(d.part, d.span) for d in drafts if d.act is Act.APPRAISES]
    claims: dict[int, int] = {}
    for number, claim in found.claims.items():
        at = None if _remarked(page.sentences[number], remarks) else _claimed(made, number, claim, page)
        if at is not None:
            claims[number] = at
    for number, answer in found.answers.items():
        if _remarked(page.sentences[number], remarks):
            continue
        target = claims.get(answer.target) if answer.target is not None else None
        if answer.target is not None and target is None:
            continue
        at = _answering(made, number, answer, target, page)
        made[at] = replace(made[at], relation=answer.relation, target=target if target != at else None)
        if target is not None and target != at and made[at].answers and not made[at].reported:
            made[at] = _filled(made[at], made[target])
    return made


def _filled(answer: Draft, claim: Draft) -> Draft:
    """An answer that only points ("the claim"), with the words and the event that it points at."""
    if answer.outcome or not claim.outcome:
        return answer
    return replace(answer, words=claim.words, outcome=claim.outcome, says_no=False)


def _remarked(sentence: tuple[Part, Span], remarks: Sequence[tuple[Part, Span]]) -> bool:
    """Whether a sentence says how a side's claims turn out: it is on that side's record, not on one claim."""
    part, span = sentence
    return any(part is other and _meets(span, own) for other, own in remarks)


def _claimed(made: list[Draft], number: int, claim: Claim, page: Page) -> int | None:
    """The place of the draft whose words are the claim; None where no whole proposition can be made of them."""
    part, span = page.sentences[number]
    heart = page.local(part, claim.heart)
    held = {at: _held(d, heart) for at, d in enumerate(made) if d.part is part and _meets(d.span, span)}
    held = {at: share for at, share in held.items() if share >= LEAST_HELD}
    for at in sorted(held, key=lambda at: (-held[at], _length(made[at]))):
        text = _text(made[at], number, page)
        if text:
            made[at] = replace(made[at], worth=claim.worth, text=text)
            return at
        if made[at].act in ANSWERS:
            return None
    words = readable(page.words(number), "", page.earlier(number))
    if not words or not clause(words):
        return None
    made.append(replace(_own(page, part, span, Act.ASSERTS), worth=claim.worth, text=words))
    return len(made) - 1


def _text(draft: Draft, number: int, page: Page) -> str:
    """What a draft puts forward as a whole proposition: its content if that is one, else its sentence."""
    if draft.side.startswith(OUTLET):
        return readable(page.words(number), "", page.earlier(number))
    if draft.act in ANSWERS:
        words = clause(denied_clause(draft.words))
        return "" if is_bare(draft.words) else readable(words, draft.speaker, page.earlier(number))
    part, span = page.sentences[number]
    inside = [(max(a, span[0]), min(b, span[1])) for a, b in draft.content if _meets((a, b), span)]
    content = page.text(part)[inside[0][0] : inside[-1][1]] if inside else draft.words
    told = [*draft.cue, *draft.source]
    parted = any(inside and inside[0][0] <= a and b <= inside[-1][1] for a, b in told)
    words = "" if parted else readable(clause(content), draft.speaker, page.earlier(number))
    return words or readable(page.words(number), "", page.earlier(number))


def _answering(made: list[Draft], number: int, answer: Answer, target: int | None, page: Page) -> int:
    """The place of the draft that answers in a sentence."""
    part, span = page.sentences[number]
    acts = ACTS[answer.relation]
    here = [
        at
        for at, d in enumerate(made)
        if d.part is part and _meets(d.span, span) and d.act in acts and d.relation is None
    ]
    others = [at for at in here if at != target and not made[at].side.startswith(OUTLET)]
    if others:
        return min(others, key=lambda at: (acts.index(made[at].act), -_length(made[at])))
    if target in here and made[target].act in ANSWERS:
        return target
    own = [at for at in here if at != target and made[at].outcome is None]
    if own:
        return own[0]
    made.append(_own(page, part, span, OWN_ACTS.get(answer.relation, Act.ASSERTS)))
    return len(made) - 1


def _own(page: Page, part: Part, span: Span, act: Act) -> Draft:
    """What the outlet says itself in a sentence."""
    words = page.text(part)[slice(*span)]
    return Draft(part, span, act, words, page.outlet, OUTLET + page.outlet, content=(span,))


def _held(draft: Draft, heart: Span) -> float:
    """The share of a heart that a draft's words hold."""
    inside = [min(b, heart[1]) - max(a, heart[0]) for a, b in draft.content or (draft.span,)]
    return sum(n for n in inside if n > 0) / max(1, heart[1] - heart[0])


def _length(draft: Draft) -> int:
    return sum(b - a for a, b in draft.content or (draft.span,))


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
