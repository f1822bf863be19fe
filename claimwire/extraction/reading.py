"""Reading an item: its sentences, in order, to its statements."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from claimwire.extraction.acts import act_of, denied_clause, points_back
from claimwire.extraction.attribution import Attribution, attributions
from claimwire.extraction.coding import Reader, code, warring_sides
from claimwire.extraction.sentences import Sentence, dateline_length, quotations, sentences
from claimwire.extraction.speakers import Speakers
from claimwire.extraction.subjects import Names, subjects, terms
from claimwire.extraction.verdicts import verdict
from claimwire.items import Item
from claimwire.outcomes import OUTCOMES, Bearing, bearing, concerned
from claimwire.places import Gazetteer
from claimwire.sides import is_state, sides_in
from claimwire.statements import (
    OUTLET,
    Act,
    Outcome,
    Part,
    Span,
    Statement,
    statement_id,
)

INITIALS = frozenset({"US", "U.S.", "UK", "U.K.", "UN", "U.N.", "EU", "UAE", "USA", "NATO", "IRA"})
ANSWERS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS, Act.DECLINES})
CODED = frozenset({Act.ASSERTS, Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS})
THEY = re.compile(r"^(?:it|they|we)\b(?!['’])", re.I)
THEIR = re.compile(r"^(?:its|their|our)\b", re.I)
AROUND = "\"“”, "
PLUPERFECT = re.compile(r"\bhad (?:\w+ly |also |earlier )?$")


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


@dataclass(slots=True)
class Reading:
    """One pass over an item; what was read so far helps to read on."""

    item: Item
    gazetteer: Gazetteer
    speakers: Speakers
    names: Names
    focus: str
    opponents: tuple[str, ...]
    nearest: str = ""
    drafts: list[Draft] = field(default_factory=list)


def extract(item: Item) -> list[Statement]:
    """The statements of an item version, in the order of its text.

    A version that isn't usable, or in a language that is not read, makes none.
    """
    if not item.speaks:
        return []
    headline, body = _prose(item.headline), item.body
    gazetteer = Gazetteer(headline, body)
    reading = Reading(
        item=item,
        gazetteer=gazetteer,
        speakers=Speakers(gazetteer, headline, body),
        names=Names(gazetteer, headline, body),
        focus=_focus(gazetteer, headline, body),
        opponents=warring_sides(f"{headline}\n{body}"),
    )
    for part, text in ((Part.HEADLINE, headline), (Part.BODY, body)):
        _read(reading, part, text)
    return _statements(reading, _complete_headline(reading.drafts))


def _prose(text: str) -> str:
    """A headline in capitals, rewritten so that names can be told from words; offsets stay."""
    if text != text.upper():
        return text
    words = [w if w.strip(",.:;") in INITIALS else w.capitalize() if len(w) > 3 else w.lower() for w in text.split(" ")]
    prose = " ".join(words)
    prose = prose[:1].upper() + prose[1:]
    return prose if len(prose) == len(text) else text


def _focus(gazetteer: Gazetteer, *texts: str) -> str:
    """The town that the item is about: the one most often named, the first of two."""
    told = [text[dateline_length(text) :] for text in texts]
    named = [m.place for text in told for m in gazetteer.mentions(text) if m.place.population]
    counts = Counter(p.key for p in named)
    return max(counts, key=lambda key: counts[key], default="")


def _read(reading: Reading, part: Part, text: str) -> None:
    quoted = quotations(text)
    found = [(s, list(attributions(text, s, quoted))) for s in sentences(text)]
    for i, (sentence, attributed) in enumerate(found):
        for attribution in attributed:
            _draft_attribution(reading, part, text, sentence, attribution, attributed)
        lender = None if attributed else _quote_speaker(text, sentence, quoted, found, i)
        if lender:
            _draft_quoted(reading, part, text, sentence, lender)
        elif not _draft_verdict(reading, part, text, sentence) and not attributed:
            _draft_own_voice(reading, part, text, sentence)
        places = reading.gazetteer.mentions(text[sentence.start : sentence.end])
        towns = [m.place.key for m in places if m.place.population]
        told = [d.outcome.place for d in reading.drafts if d.outcome and d.span[0] >= sentence.start]
        reading.nearest = next((p for p in (*told[::-1], *towns[::-1]) if p), reading.nearest)


def _reader(reading: Reading, part: Part, side: str, text: str, sentence: Sentence, before: int) -> Reader:
    mentions = reading.gazetteer.mentions(text[sentence.start : sentence.end])
    towns = [m for m in mentions if m.place.population]
    earlier = [m.place.key for m in towns if sentence.start + m.start < before]
    nearest = earlier[-1] if earlier else towns[-1].place.key if towns else reading.nearest
    paragraph = text.rfind("\n", 0, sentence.start) + 1
    told = [d.outcome.actor for d in reading.drafts if d.outcome and d.part is part and d.span[0] >= paragraph]
    return Reader(
        gazetteer=reading.gazetteer,
        speaker_side=side,
        focus=reading.focus,
        nearest=nearest,
        opponents=reading.opponents,
        spoken_of=told[-1] if told else "",
    )


def _draft_attribution(
    reading: Reading,
    part: Part,
    text: str,
    sentence: Sentence,
    a: Attribution,
    others: list[Attribution],
) -> None:
    source = text[slice(*a.source)] if a.source else ""
    content = text[slice(*a.content)]
    act = act_of(a.verb_act, text[sentence.start : a.cue[0]], source, content)
    speaker, side = reading.speakers.resolve(source, text[sentence.start : sentence.end], reading.nearest)
    if source and not a.in_quote:
        reading.speakers.heard(speaker, side)
    if act is None:
        return
    words = denied_clause(content) if act in ANSWERS else content
    outcomes: list[Outcome] = []
    if act in CODED:
        own = _without_nested(text, a, others)
        told = denied_clause(own) if act in ANSWERS else own
        reader = _reader(reading, part, side, text, sentence, a.content[0])
        outcomes = code(told, replace(reader, answers=act in ANSWERS))
    spans = [s for s in (a.cue, a.source, a.content) if s]
    draft = Draft(
        part=part,
        span=(min(s[0] for s in spans), max(s[1] for s in spans)),
        act=act,
        words=_named(words, side),
        speaker=speaker,
        side=side,
        cue=(a.cue,),
        source=(a.source,) if a.source else (),
        content=(a.content,),
        answers=not outcomes and points_back(act, content),
        recalled=bool(PLUPERFECT.search(text[sentence.start : a.cue[0]])),
    )
    if outcomes:
        reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]
    else:
        reading.drafts.append(_point_back(reading, draft) if draft.answers else draft)


def _named(words: str, side: str) -> str:
    """The words without quotation marks around them, and "it" replaced by whom it stands for."""
    words = words.strip(AROUND)
    if not is_state(side):
        return words
    return THEY.sub(side, THEIR.sub(f"{side}'s", words, count=1), count=1)


def _without_nested(text: str, a: Attribution, others: list[Attribution]) -> str:
    """The content with what it reports of other speakers blanked: those words are theirs."""
    content = text[slice(*a.content)]
    for other in others:
        inner = [s for s in (other.cue, other.source, other.content) if s]
        low, high = min(s[0] for s in inner), max(s[1] for s in inner)
        if other is not a and a.content[0] <= low and high <= a.content[1]:
            low, high = low - a.content[0], high - a.content[0]
            content = content[:low] + " " * (high - low) + content[high:]
    return content


def _point_back(reading: Reading, draft: Draft) -> Draft:
    """An answer that only points ("the claim"): to the last claim before it that it can mean."""
    for earlier in reversed(reading.drafts):
        own = (earlier.side == draft.side) == (draft.act is Act.RETRACTS)
        if earlier.outcome and (earlier.act is draft.act or (earlier.act is Act.ASSERTS and own)):
            return replace(draft, words=earlier.words, outcome=earlier.outcome)
    return draft


def _inside_quote(sentence: Sentence, quoted: list[Span]) -> bool:
    return any(a <= sentence.start < b for a, b in quoted)


def _quote_speaker(
    text: str,
    sentence: Sentence,
    quoted: list[Span],
    found: list[tuple[Sentence, list[Attribution]]],
    index: int,
) -> Attribution | None:
    """Who speaks in a sentence of a quote: the attribution nearest to it in the paragraph."""
    if not _inside_quote(sentence, quoted):
        return None
    near = sorted(range(len(found)), key=lambda i: (abs(i - index), i < index))
    for i in near:
        other, attributed = found[i]
        low, high = min(sentence.start, other.start), max(sentence.end, other.end)
        if attributed and "\n" not in text[low:high]:
            return next((a for a in attributed if _touches(a.content, quoted)), attributed[0])
    return None


def _touches(span: Span, quoted: list[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in quoted)


def _draft_quoted(reading: Reading, part: Part, text: str, sentence: Sentence, lender: Attribution) -> None:
    """A sentence of a quote whose speaker another sentence names."""
    words = text[sentence.start : sentence.end].strip('"“”')
    source = text[slice(*lender.source)] if lender.source else ""
    speaker, side = reading.speakers.resolve(source, text[sentence.start : sentence.end], reading.nearest)
    span = (sentence.start, sentence.end)
    draft = Draft(
        part=part,
        span=span,
        act=act_of(Act.ASSERTS, "", source, words) or Act.ASSERTS,
        words=words,
        speaker=speaker,
        side=side,
        cue=(lender.cue,),
        source=(lender.source,) if lender.source else (),
        content=(span,),
    )
    outcomes = code(words, _reader(reading, part, side, text, sentence, sentence.start))
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]
    if not outcomes and draft.act is not Act.ASSERTS:
        reading.drafts.append(_point_back(reading, replace(draft, answers=True)))


def _draft_own_voice(reading: Reading, part: Part, text: str, sentence: Sentence) -> None:
    words = text[sentence.start : sentence.end]
    span = (sentence.start, sentence.end)
    outlet = reading.item.outlet or "the outlet"
    draft = Draft(part, span, Act.ASSERTS, words, outlet, OUTLET + outlet, content=(span,))
    outcomes = code(words, _reader(reading, part, "", text, sentence, sentence.start), nouns=False)
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]


def _draft_verdict(reading: Reading, part: Part, text: str, sentence: Sentence) -> bool:
    """The outlet's verdict, and the claim it is about where its own sentence holds that."""
    found = verdict(text, sentence)
    if not found:
        return False
    outlet = reading.item.outlet or "the outlet"
    if found.claimant and found.claim:
        words = text[slice(*found.claim)]
        speaker, side = reading.speakers.resolve(text[slice(*found.claimant)])
        claim = Draft(part, found.claim, Act.ASSERTS, words, speaker, side)
        claim = replace(claim, source=(found.claimant,), content=(found.claim,))
        outcomes = code(words, _reader(reading, part, side, text, sentence, found.claim[0]))
        reading.drafts += [replace(claim, outcome=outcome) for outcome in outcomes]
    answered = next((d for d in reversed(reading.drafts) if d.act is Act.ASSERTS and d.part is part), None)
    if answered and answered.outcome:
        draft = Draft(part, found.span, found.act, answered.words, outlet, OUTLET + outlet, answers=True)
        reading.drafts.append(replace(draft, content=(found.span,), outcome=answered.outcome))
    return True


def _complete_headline(drafts: list[Draft]) -> Iterator[Draft]:
    """Headlines say shortly what the body says in full: who says so, what, where and how many."""
    for draft in drafts:
        full = next((d for d in drafts if _says_in_full(draft, d)), None)
        if full:
            own = draft.side.startswith(OUTLET)
            who = (full.speaker, full.side) if own else (draft.speaker, draft.side)
            draft = replace(draft, speaker=who[0], side=who[1], outcome=full.outcome, words=full.words)
        yield draft


def _says_in_full(headline: Draft, draft: Draft) -> bool:
    if headline.part is not Part.HEADLINE or draft.part is Part.HEADLINE:
        return False
    if not (headline.outcome and draft.outcome) or headline.act is not draft.act:
        return False
    same_place = replace(headline.outcome, place="")
    return bearing(draft.outcome, same_place) is Bearing.AGREES


def _about(draft: Draft) -> tuple[str, ...]:
    """Sides that the words concern: those at war over it, else all that they name."""
    if draft.outcome and OUTCOMES[draft.outcome.code].two_sided:
        return concerned(draft.outcome)
    return tuple(sorted({side for _, _, side in sides_in(draft.words)}))


def _statements(reading: Reading, drafts: Iterator[Draft]) -> list[Statement]:
    item = reading.item
    occurrences: Counter[tuple[Act, str]] = Counter()
    made = []
    for d in drafts:
        quote = (item.headline if d.part is Part.HEADLINE else item.body)[slice(*d.span)]
        key = (d.act, " ".join(quote.casefold().split()))
        about = _about(d)
        sides = (*about, *((d.side,) if d.act in ANSWERS else ()))
        made.append(
            Statement(
                id=statement_id(item.uri, d.act, quote, occurrences[key]),
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
                subjects=subjects(item.uri, d.words, d.outcome, reading.names, sides),
                terms=terms(d.words),
            )
        )
        occurrences[key] += 1
    return made
