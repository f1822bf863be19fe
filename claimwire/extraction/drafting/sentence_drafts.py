"""Drafts of one sentence: of a speaker's words in it, of a quote that goes on, and of the outlet's own words."""

import re
from dataclasses import replace

from claimwire.extraction.acts.acts import (
    act_of,
    asked_clause,
    believes,
    denied_clause,
    denies_by_its_cue,
    is_bare,
    points_back,
    reports_words,
    says_the_contrary,
)
from claimwire.extraction.acts.fact_checks import OutletVerdict
from claimwire.extraction.attribution.attributions import Attribution
from claimwire.extraction.attribution.remarks import Remark
from claimwire.extraction.claims.drafts import Draft
from claimwire.extraction.drafting.item_reading import ItemReading, Passage, context_of
from claimwire.extraction.outcomes.coding import code
from claimwire.extraction.speakers.speakers import is_outlet
from claimwire.rules import rule
from claimwire.sides import is_state
from claimwire.statements import (
    ANSWERS,
    FORETOLD,
    OUTLET,
    REPORTS,
    UNNAMED,
    Act,
    Outcome,
    Span,
)

CODED = frozenset({Act.ASSERTS, Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS})
TO_QUESTIONS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES})
"""Answers that take their content from the question if they have none of their own."""
ASKED = rule(r"\basked\b", re.I, finds="was asked", passes="was tasked")
RELATIVE = rule(r"which|who|that", re.I, finds="which", passes="which troops", where="whole")
ANTECEDENT = rule(r"[,;:()]|--|–|—", finds="the mill, a spokesman of", passes="a well-known spokesman")
NAME_AT_END = rule(
    r"\b[A-Z][\w’'-]+ (?:[A-Z][\w’'.-]* ){0,4}[A-Z][\w’'.-]*\w$",
    finds="with the mayor and Jane Roe",
    passes="with the mayor of Leeds",
)
THEY = rule(r"^(?:it|they|we)\b(?!['’])", re.I, finds="they hold the town", passes="they’ve held the town")
TO_HAVE = rule(r"^to have ", re.I, finds="to have taken the town", passes="to take the town")
THEIR = rule(r"^(?:its|their|our)\b", re.I, finds="their forces hold the town", passes="theirs is a small army")
AROUND = '"“”, '
FAR_BACK = 24
"""How many statements back an answer may refer to."""

LONGEST_GAP = 60
"""The most characters between a cue and its content that help to decide the act ("said [a report] that ...")."""

SHORTEST_REPORT = 30
"""The fewest characters of a sentence that reports something."""

SAID_OF = rule(
    r"\b(?:is|are|was|were|been|being|be|stands?)(?: (?:\w+ly|also|now|still|later|once|again|already|being|been"
    r"|itself|himself|herself|themselves)){0,3}"
    r" (?:accused|suspected|charged|blamed|alleged|believed|thought|reported|rumou?red|indicted|said)\b"
    r"(?! as saying| to have said)",
    re.I,
    finds=" was itself previously accused of ",
    passes=" was there and said that ",
)
"""A passive that tells what others say of its subject."""

PLUPERFECT = rule(
    r"\bhad (?:\w+ly |also |earlier )?$", finds="The ministry had earlier ", passes="The ministry had the town "
)
HAD = rule(r"had\b", re.I, finds="had said", passes="has said", where="start")


def draft_attribution(reading: ItemReading, passage: Passage, a: Attribution, others: list[Attribution]) -> None:
    """Draft an attribution of the sentence, given the others beside it."""
    text, start = passage.text, passage.sentence.start
    source = text[slice(*a.source)] if a.source else ""
    span = a.content_in(passage.sentence) or a.content[0]
    content = a.said_in(text, span)
    before, cue = text[start : a.cue[0]], text[slice(*a.cue)]
    gap = text[a.cue[1] : span[0]] if a.cue[1] <= span[0] <= a.cue[1] + LONGEST_GAP else ""
    act = Act.ASKS if passage.is_question else act_of(cue, before, source, gap + content, passage.words)
    who = _antecedent(text[start : a.source[0]], source) if a.source and RELATIVE.fullmatch(source) else source
    speaker, side = reading.speakers.resolve(who, passage.words, reading.nearest)
    if a.source and SAID_OF.search(text, a.source[1], max(a.source[1], span[0])):
        speaker, side = UNNAMED, REPORTS
    elif act is not Act.DENIES and is_outlet(who, reading.item.outlet):  # who denies is a party to his own item
        speaker, side = reading.item.outlet, OUTLET + reading.item.outlet
    elif source and not a.nested:
        reading.speakers.heard(who, speaker, side)
    asked = _asked(text, others) if act in TO_QUESTIONS and is_bare(content) else ""
    words = asked or (denied_clause(content) if act in ANSWERS else content)
    outcomes: list[Outcome] = []
    if act in CODED or act in FORETOLD:
        own = words if act in ANSWERS else _without_nested(content, span, a, others)
        reader = context_of(reading, passage, side, span[0])
        coded = code(
            own, replace(reader, answers=act in ANSWERS), foretold=act in FORETOLD and not believes(act, content)
        )
        outcomes = coded if asked else _denied(act, cue, content, coded)
    draft = Draft(
        part=passage.part,
        span=_around(a.cue, span, *([a.source] if a.source else [])),
        act=act,
        words=_named(words, side),
        speaker=speaker,
        side=side,
        cue=(a.cue,),
        source=(a.source,) if a.source else (),
        content=a.content,
        answers=not outcomes and not asked and points_back(act, cue, content),
        reported=bool(asked) or reports_words(gap + content),
        recalled=bool(PLUPERFECT.search(before) or HAD.match(cue)),
        says_no=act is Act.DENIES and not denies_by_its_cue(cue) and denied_clause(content) == content,
    )
    _add(reading, draft, outcomes)


def _asked(text: str, others: list[Attribution]) -> str:
    """The question that a sentence reports before its answer ("Asked whether ..., he said no"), or empty."""
    for other in others:
        if ASKED.search(text, *other.cue):
            return asked_clause(text[slice(*other.content[0])])
    return ""


def _denied(act: Act, cue: str, content: str, outcomes: list[Outcome]) -> list[Outcome]:
    """The outcomes that a statement denies. A denial in the form "no, we did not" denies the contrary of its words."""
    if act is Act.DENIES and says_the_contrary(cue, content):
        return [replace(outcome, negated=not outcome.negated) for outcome in outcomes]
    return outcomes


def _add(reading: ItemReading, draft: Draft, outcomes: list[Outcome]) -> None:
    """Add a draft, once for each outcome that its words code."""
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes] or [draft]


def _antecedent(before: str, relative: str) -> str:
    """Whom "which" or "who" refers to: the name or else the noun phrase before its comma."""
    before = before.rstrip(", ")
    named = NAME_AT_END.search(before) if relative.lower() == "who" else None
    return named.group() if named else ANTECEDENT.split(before)[-1].strip()


def _around(*spans: Span) -> Span:
    return min(a for a, _ in spans), max(b for _, b in spans)


def _named(words: str, side: str) -> str:
    """The words without quotation marks around them, and with the side in place of "it"."""
    words = words.strip(AROUND)
    if not is_state(side) or is_bare(words):
        return words
    words = TO_HAVE.sub(f"{side} has ", words, count=1)
    return THEY.sub(side, THEIR.sub(f"{side}'s", words, count=1), count=1)


def _without_nested(words: str, span: Span, a: Attribution, others: list[Attribution]) -> str:
    """The words of a span without the words that they report of other speakers.

    If another speaker says the same ("..., as Ukraine had reported, according to ..."), only source and cue go.
    """
    for other in others:
        shared = other.content[0][0] <= span[0]
        low, high = _around(other.cue, other.source or other.cue) if shared else other.span
        if other is not a and span[0] <= low and high <= span[1]:
            low, high = low - span[0], high - span[0]
            words = words[:low] + " " * (high - low) + words[high:]
    return words


def draft_quoted(reading: ItemReading, passage: Passage, lender: Attribution) -> None:
    """Draft a sentence of a quote whose speaker another sentence names."""
    span = lender.content_in(passage.sentence) or passage.span
    words = passage.text[slice(*span)].strip('"“”')
    source = passage.text[slice(*lender.source)] if lender.source else ""
    speaker, side = reading.speakers.resolve(source, passage.words, reading.nearest)
    act = act_of("", "", source, words)
    outcomes = []
    if act in CODED or act in FORETOLD:
        coded = code(words, context_of(reading, passage, side, span[0]), foretold=act in FORETOLD)
        outcomes = _denied(act, "", words, coded)
    draft = Draft(
        part=passage.part,
        span=passage.span,
        act=act,
        words=words,
        speaker=speaker,
        side=side,
        source=(lender.source,) if lender.source else (),
        content=(span,),
        answers=not outcomes and points_back(act, "", words),
        says_no=act is Act.DENIES and denied_clause(words) == words,
    )
    _add(reading, draft, outcomes)


def draft_own_voice(reading: ItemReading, passage: Passage, leads: bool) -> None:
    """Draft the outlet's own words if they report a coded event or lead the item."""
    outlet = reading.item.outlet or "the outlet"
    span = passage.span
    draft = Draft(passage.part, span, Act.ASSERTS, passage.words, outlet, OUTLET + outlet, content=(span,))
    outcomes = code(passage.words, context_of(reading, passage, "", span[0]), nouns=False)
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]
    if not outcomes and leads and len(passage.words) >= SHORTEST_REPORT:
        reading.drafts.append(draft)


def draft_remark(reading: ItemReading, passage: Passage, found: Remark, before: int) -> bool:
    """Draft the outlet's remark on a side's record, if it is its own and the side is clear.

    A speaker's remark (in the drafts from ``before`` on) becomes an appraisal, which denies no single claim.
    """
    if not found.outlets:
        for at, draft in enumerate(reading.drafts[before:], start=before):
            if any(low <= found.span[0] and found.span[1] <= high for low, high in draft.content):
                reading.drafts[at] = replace(draft, act=Act.APPRAISES, outcome=None, answers=False, says_no=False)
        return False
    who, outlet = passage.text[slice(*found.who)], reading.item.outlet or "the outlet"
    _, side = reading.speakers.resolve(who, passage.words, reading.nearest)
    if side in (UNNAMED, REPORTS) or side.startswith(OUTLET):
        return False
    words = passage.text[slice(*found.span)]
    draft = Draft(passage.part, passage.span, Act.APPRAISES, words, outlet, OUTLET + outlet, content=(found.span,))
    reading.drafts.append(replace(draft, record_of=side))
    return True


def draft_verdict(reading: ItemReading, passage: Passage, found: OutletVerdict, cued: list[Attribution]) -> None:
    """Draft the outlet's fact check, and the claim that it checks if the same sentence holds it."""
    text, part = passage.text, passage.part
    outlet = reading.item.outlet or "the outlet"
    if found.claimant and found.claim and not any(found.claim in a.content for a in cued):
        words = text[slice(*found.claim)]
        speaker, side = reading.speakers.resolve(text[slice(*found.claimant)])
        claim = Draft(part, found.claim, Act.ASSERTS, words, speaker, side)
        claim = replace(claim, source=(found.claimant,), content=(found.claim,))
        outcomes = code(words, context_of(reading, passage, side, found.claim[0]))
        reading.drafts += [replace(claim, outcome=outcome) for outcome in outcomes]
    nearby = reversed(reading.drafts[-FAR_BACK:])
    answered = next((d for d in nearby if d.act is Act.ASSERTS and d.part is part), None)
    if answered:
        draft = Draft(part, found.span, Act.DENIES, answered.words, outlet, OUTLET + outlet, answers=True)
        reading.drafts.append(replace(draft, content=(found.span,), outcome=answered.outcome))
