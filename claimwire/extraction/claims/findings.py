"""Findings: puts the claims and answers that the reader found in sentences on the drafts that hold their words."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from claimwire.claim_detection.decoding import Found, FoundAnswer, FoundClaim
from claimwire.extraction.acts.acts import is_bare, knows
from claimwire.extraction.claims.drafts import Draft
from claimwire.extraction.claims.makers import accused, denied_words, made_by
from claimwire.extraction.claims.page import Page
from claimwire.extraction.claims.propositions import (
    affirmed,
    clause,
    named,
    readable,
    sentence_around,
    without_addressee,
)
from claimwire.extraction.claims.whole_clauses import is_whole
from claimwire.extraction.text.terms import bag, names, terms
from claimwire.rules import rule
from claimwire.statements import AGAINST, ANSWERS, IN_FAVOUR, OUTLET, UNNAMED, Act, Part, Relation, Span

ACTS = {
    Relation.DENIES: (Act.DENIES,),
    Relation.CONTRADICTS: (Act.ASSERTS, Act.DENIES),
    Relation.CONFIRMS: (Act.CONFIRMS, Act.CONCEDES, Act.ASSERTS),
    Relation.PARTLY: (Act.CONCEDES, Act.CONFIRMS, Act.ASSERTS, Act.DENIES),
    Relation.RETRACTS: (Act.RETRACTS, Act.CONCEDES, Act.ASSERTS),
    Relation.NO_COMMENT: (Act.DECLINES, Act.ASSERTS),
}
"""Acts that fit each relation, the likeliest first."""

OWN_ACTS = {Relation.DENIES: Act.DENIES, Relation.NO_COMMENT: Act.DECLINES, Relation.RETRACTS: Act.RETRACTS}
"""Acts of an answer in the outlet's own voice; with other relations it asserts."""

CONFIRMING = frozenset({Act.CONFIRMS, Act.CONCEDES})
"""Acts whose verb may have an event as its object: "confirmed the arrest of the mayor"."""

LEAST_OWN = 0.8
"""How sure the reader must be of a denial in the outlet's own voice."""

LEAST_LENGTH = 20
"""The fewest characters that words count as."""

SPELT_OUT = 0.3
"""The least share of a denial's terms, by weight, that another sentence's claim must hold to be its target."""

LEAST_IN_COMMON = 3
"""The fewest terms that the two must have in common."""

TELLS = rule(
    r"\b(?:tell|tells|told|telling|inform(?:s|ed)|assur(?:es?|ed|ing)|warn(?:s|ed|ing)?|notif(?:ies|ied)|remind(?:s|ed))$",
    re.I,
    finds="has told",
    passes="has said",
)
"""Cues that are followed by whom they address."""

THAT = rule(r"\W*(?:and |but )?that\b", re.I, finds="that the mill had closed", passes="the mill", where="start")
"""The beginning of a content that is a clause beyond doubt."""

THIRD_PERSON = rule(r"(?:he|she|it|they)", re.I, finds="They", passes="we", where="whole")

LEAST_HELD = 0.4
"""The least share of a claim's heart that a statement must hold for the claim to be its own."""


def put(drafts: Sequence[Draft], found: Found, page: Page) -> list[Draft]:
    """The drafts with the reader's claims and answers.

    A claim belongs to the draft whose words hold its heart, an answer to the draft of its sentence with a fitting
    act. If there is none, the outlet itself says it.
    """
    made = list(drafts)
    remarks = [(d.part, d.span) for d in drafts if d.act is Act.APPRAISES]
    claims: dict[int, int] = {}
    for number, claim in found.claims.items():
        at = None if _remarked(page.sentences[number], remarks) else _claimed(made, number, claim, page)
        if at is not None:
            claims[number] = at
    for number, answer in found.answers.items():
        if not _remarked(page.sentences[number], remarks):
            _answer(made, number, answer, claims, page)
    for at, draft in enumerate(made):
        if draft.worth and draft.act is Act.CONFIRMS and draft.relation is None:
            made[at] = replace(draft, act=Act.ASSERTS)  # nobody said it before, so it is the speaker's own claim
    for number, (part, span) in enumerate(page.sentences):
        chance = found.answering[number] if number < len(found.answering) else 0.0  # long items are read in part
        for at in _within(made, part, span):
            speaker = _named(made[at], number, page)
            made[at] = replace(made[at], speaker=speaker, answering=max(made[at].answering, chance))
    return made


def _named(draft: Draft, number: int, page: Page) -> str:
    """The speaker of a claim or an answer, with a name if the item tells it elsewhere."""
    followed = draft.worth or draft.relation
    return named(draft.speaker, page.told(number)) if followed and not draft.side.startswith(OUTLET) else draft.speaker


def _answer(made: list[Draft], number: int, answer: FoundAnswer, claims: dict[int, int], page: Page) -> None:
    """Put an answer on its draft, together with the draft whose claim it answers.

    What the reader takes for a corroboration mostly tells of something else (RESULTS.md), so it counts for nothing.
    """
    if answer.relation is Relation.CORROBORATES:
        return
    target = claims.get(answer.target) if answer.target is not None else None
    if answer.target is not None and target is None:
        return
    here = _within(made, *page.sentences[number])
    if target is not None and any(made[at].target == target and made[at].relation is answer.relation for at in here):
        return  # the outlet already calls the accusation untrue
    at = _answering(made, number, answer, target, page)
    if at is None:
        return
    relation = Relation.NO_COMMENT if made[at].act is Act.DECLINES else answer.relation
    if relation in IN_FAVOUR and (target == at or _both_unnamed(made[at], target, made)):
        return  # nobody confirms their own words, and two unnamed speakers may be one
    if target == at and relation in AGAINST:
        target = _told_elsewhere(made, at, claims)
        made[at] = replace(made[at], worth=0, text="") if target != at else made[at]
    elif target is not None and relation in AGAINST and _same_speaker(made[at], made[target]):
        target = None  # nobody denies their own words, so the denial is of something else
    if target in (at, None) and relation is Relation.DENIES and (claim := made_by(made[at], number, page)):
        target = len(made)
        made[at] = replace(made[at], worth=0, text="", outcome=claim.outcome)
        made.append(claim)
        claims.update({sentence: target for sentence, own in claims.items() if own == at})
    made[at] = replace(made[at], relation=relation, target=target if target != at else None)
    if target is not None and target != at and made[at].answers and not made[at].reported:
        made[at] = _filled(made[at], made[target])


def _told_elsewhere(made: Sequence[Draft], denial: int, claims: Mapping[int, int]) -> int:
    """The claim of another sentence that a denial repeats in its own words; else the denial itself."""
    denied = bag(terms(made[denial].text))
    likeness = {}
    for at in claims.values():
        other = bag(terms(made[at].text))
        answerable = at != denial and not _same_speaker(made[at], made[denial])
        if answerable and len(denied.terms & other.terms) >= LEAST_IN_COMMON:
            likeness[at] = denied.share_in(other)
    best = max(likeness, key=lambda at: likeness[at], default=denial)
    return best if likeness.get(best, 0.0) >= SPELT_OUT else denial


def _same_speaker(one: Draft, other: Draft) -> bool:
    """Whether two drafts give one speaker's words. A side's people may well deny each other's."""
    mine, theirs = set(names(one.speaker)), set(names(other.speaker))
    if mine and theirs:
        return mine <= theirs or theirs <= mine
    return bool(one.speaker) and one.speaker.casefold() == other.speaker.casefold()


def _both_unnamed(draft: Draft, target: int | None, made: Sequence[Draft]) -> bool:
    return target is not None and draft.side == made[target].side == UNNAMED


def _filled(answer: Draft, claim: Draft) -> Draft:
    """An answer that only refers to a claim ("the claim"), with the claim's words and event."""
    if answer.outcome or not claim.outcome:
        return answer
    return replace(answer, words=claim.words, outcome=claim.outcome, says_no=False)


def _remarked(sentence: tuple[Part, Span], remarks: Sequence[tuple[Part, Span]]) -> bool:
    """Whether a sentence holds a remark on a side's record, and so is about no single claim."""
    part, span = sentence
    return any(part is other and _meets(span, own) for other, own in remarks)


def _claimed(made: list[Draft], number: int, claim: FoundClaim, page: Page) -> int | None:
    """The number of the draft whose words are the claim; None if they make no whole proposition.

    Of a sentence that also answers ("..., which the mayor denies"), only what stands before the answer may be a claim.
    """
    part, span = page.sentences[number]
    heart = page.local(part, claim.heart)
    within = _within(made, part, span)
    answers = [made[at].span[0] for at in within if made[at].act in ANSWERS]
    held = {at: _held(made[at], heart) for at in within}
    held = {at: share for at, share in held.items() if share >= LEAST_HELD}
    before = (span[0], min(answers, default=span[1]))
    if found := accused(made, number, heart, list(held), before, page):
        at, draft, untrue = found
        made[at : at + 1] = [replace(draft, worth=claim.worth)]
        if untrue:
            made.append(replace(page.own(part, span, Act.DENIES), relation=Relation.DENIES, target=at))
        return at
    for at in sorted(held, key=lambda at: (*_preferred(made[at]), -held[at], _length(made[at]))):
        text = _text(made[at], number, page, whole=not answers)
        if text:
            made[at] = replace(made[at], worth=claim.worth, text=text)
            return at
    words = page.words[number]
    if answers:
        span = (span[0], min(answers))
        if heart[1] > span[1]:
            return None  # the sentence is an answer and no claim
        words = sentence_around(page.text(part), span)
    words = readable(words, page.told(number))
    if not words or not clause(words):
        return None
    made.append(replace(page.own(part, span, Act.ASSERTS), worth=claim.worth, text=words))
    return len(made) - 1


def _preferred(draft: Draft) -> tuple[bool, bool]:
    """Sorts speakers before the outlet, and counted events before others."""
    counted = draft.outcome is not None and draft.outcome.count is not None
    return draft.side.startswith(OUTLET), not counted


def _text(draft: Draft, number: int, page: Page, *, whole: bool) -> str:
    """A draft's claim as a whole proposition: its content if that is one, else its sentence.

    If `whole` does not allow the sentence, its part that gives the draft. Either belongs to the speaker only if it says
    that he speaks. Otherwise the outlet says it.
    """
    if draft.side.startswith(OUTLET):
        return readable(page.words[number], page.told(number)) if whole else ""
    if draft.act in ANSWERS:
        return _answered(draft, number, page)
    part, span = page.sentences[number]
    inside = [(max(a, span[0]), min(b, span[1])) for a, b in draft.content if _meets((a, b), span)]
    content = page.text(part)[inside[0][0] : inside[-1][1]] if inside else draft.words
    own = [*draft.cue, *draft.source]
    parted = any(inside and inside[0][0] <= a and b <= inside[-1][1] for a, b in own)
    tells = any(TELLS.search(page.text(part)[slice(*cue)]) and cue[1] <= draft.content[0][0] for cue in draft.cue)
    certain = tells or THAT.match(content) is not None
    content = clause(without_addressee(content) if tells else content)
    fragment = bool(content) and not certain and not is_whole(content)
    unclear = parted or fragment or _of_others(draft, content, page)
    words = "" if unclear else readable(content, page.told(number, draft.speaker, draft.side))
    if words or not draft.speaker or not any(knows(page.text(part)[slice(*cue)]) for cue in draft.cue):
        return words
    said = page.words[number] if whole else clause(page.text(part)[slice(*draft.span)])
    return readable(said, page.told(number))


def _answered(draft: Draft, number: int, page: Page) -> str:
    """What an answer answers as a whole proposition; for an event that is confirmed without a clause, the sentence."""
    if is_bare(draft.words):
        return ""
    words = denied_words(draft.words)
    words = affirmed(words) if draft.says_no else words
    if words or draft.act not in CONFIRMING:
        return readable(words, page.told(number, draft.speaker, draft.side))
    return readable(clause(page.text(draft.part)[slice(*draft.span)]), page.told(number))


def _of_others(draft: Draft, content: str, page: Page) -> bool:
    """Whether a content begins with another pronoun than the one that names its speaker: "it said they had left"."""
    speaker = page.text(draft.part)[slice(*draft.source[0])] if draft.source else ""
    spoken_of = content.partition(" ")[0]
    return all(THIRD_PERSON.fullmatch(each) for each in (speaker, spoken_of)) and speaker.lower() != spoken_of.lower()


def _answering(made: list[Draft], number: int, answer: FoundAnswer, target: int | None, page: Page) -> int | None:
    """The number of the draft that answers in a sentence; None if only the outlet could and the reader is not sure.

    The outlet's own denial would refute the claim.
    """
    part, span = page.sentences[number]
    acts = ACTS[answer.relation]
    within = _within(made, part, span)
    here = [at for at in within if made[at].act in acts and made[at].relation is None]
    others = [at for at in here if at != target and not made[at].side.startswith(OUTLET)]
    if others:
        return min(others, key=lambda at: (acts.index(made[at].act), -_length(made[at])))
    if target in here and made[target].act in ANSWERS:
        return target
    own = [at for at in here if at != target and made[at].outcome is None]
    judged = [at for at in own if made[at].act in ANSWERS]
    if judged:
        return judged[0]
    cued = [at for at in within if at != target and not made[at].side.startswith(OUTLET)]
    if cued:
        return next((at for at in cued if made[at].relation is None), None)
    if answer.relation in AGAINST and answer.chance < LEAST_OWN:
        return None
    if own:
        return own[0]
    made.append(page.own(part, span, OWN_ACTS.get(answer.relation, Act.ASSERTS)))
    return len(made) - 1


def _within(made: Sequence[Draft], part: Part, span: Span) -> list[int]:
    """The numbers of the drafts of a sentence."""
    return [at for at, draft in enumerate(made) if draft.part is part and _meets(draft.span, span)]


def _held(draft: Draft, heart: Span) -> float:
    """How far a draft's words and a heart overlap, as a share of the shorter one."""
    inside = [min(b, heart[1]) - max(a, heart[0]) for a, b in draft.content or (draft.span,)]
    shorter = max(LEAST_LENGTH, min(heart[1] - heart[0], _length(draft)))
    return sum(n for n in inside if n > 0) / shorter


def _length(draft: Draft) -> int:
    return sum(b - a for a, b in draft.content or (draft.span,))


def _meets(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
