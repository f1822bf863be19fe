"""Reading an item: its sentences, in order, to its statements."""

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from claimwire.extraction.acts import act_of, denied_clause, points_back
from claimwire.extraction.attribution import Attribution, attributions
from claimwire.extraction.coding import Reader, code, warring_sides
from claimwire.extraction.drafts import ANSWERS, Draft, complete_headline, statements
from claimwire.extraction.sentences import Quotations, Sentence, dateline_length, sentences
from claimwire.extraction.speakers import Speakers
from claimwire.extraction.subjects import Names
from claimwire.extraction.verdicts import verdict
from claimwire.items import Item
from claimwire.places import Gazetteer, Mention
from claimwire.sides import is_state
from claimwire.statements import (
    OUTLET,
    Act,
    Outcome,
    Part,
    Span,
    Statement,
)

INITIALS = frozenset({"US", "U.S.", "UK", "U.K.", "UN", "U.N.", "EU", "UAE", "USA", "NATO", "IRA"})
CODED = frozenset({Act.ASSERTS, Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS})
THEY = re.compile(r"^(?:it|they|we)\b(?!['’])", re.I)
TO_HAVE = re.compile(r"^to have ", re.I)
THEIR = re.compile(r"^(?:its|their|our)\b", re.I)
AROUND = '"“”, '
FAR_BACK = 60
"""Statements back in which an answer finds what it points at."""

LONG_QUOTE = 12
"""Sentences of a quote from which its speaker is looked for."""

PLUPERFECT = re.compile(r"\bhad (?:\w+ly |also |earlier )?$")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in its part of the item, with the places that it names."""

    part: Part
    text: str
    sentence: Sentence
    places: list[Mention]

    @property
    def words(self) -> str:
        """The sentence itself."""
        return self.text[self.sentence.start : self.sentence.end]

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.sentence.start, self.sentence.end

    def towns(self, before: int | None = None) -> list[str]:
        """Keys of the towns named in the sentence, or in what of it stands before an offset."""
        offset = len(self.text) if before is None else before - self.sentence.start
        return [m.place.key for m in self.places if m.place.population and m.start < offset]


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
    paragraph: int = 0
    """How many drafts there were where the paragraph began."""


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
    return statements(item, reading.names, complete_headline(reading.drafts))


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
    gazetteer = reading.gazetteer
    quoted = Quotations(text)
    found = [(s, list(attributions(text, s, quoted.within(s)))) for s in sentences(text)]
    end = 0
    for i, (sentence, attributed) in enumerate(found):
        before = len(reading.drafts)
        if i == 0 or "\n" in text[end : sentence.start]:
            reading.paragraph = before
        end = sentence.end
        passage = Passage(part, text, sentence, gazetteer.mentions(text[sentence.start : sentence.end]))
        if passage.words.endswith("?"):
            continue
        for attribution in attributed:
            _draft_attribution(reading, passage, attribution, attributed)
        lender = None if attributed else _quote_speaker(text, sentence, quoted, found, i)
        if lender:
            _draft_quoted(reading, passage, lender)
        elif not _draft_verdict(reading, passage) and not attributed:
            _draft_own_voice(reading, passage)
        told = [d.outcome.place for d in reading.drafts[before:] if d.outcome]
        reading.nearest = next((p for p in (*told[::-1], *passage.towns()[::-1]) if p), reading.nearest)


def _reader(reading: Reading, passage: Passage, side: str, before: int) -> Reader:
    """What helps to code words of the passage that begin at an offset."""
    towns = passage.towns(before)[-1:] or passage.towns()[-1:] or [reading.nearest]
    told = [d.outcome.actor for d in reading.drafts[reading.paragraph :] if d.outcome]
    return Reader(
        gazetteer=reading.gazetteer,
        speaker_side=side,
        focus=reading.focus,
        nearest=towns[0],
        opponents=reading.opponents,
        spoken_of=told[-1] if told else "",
    )


def _draft_attribution(reading: Reading, passage: Passage, a: Attribution, others: list[Attribution]) -> None:
    text, start = passage.text, passage.sentence.start
    source = text[slice(*a.source)] if a.source else ""
    content = text[slice(*a.content)]
    act = act_of(a.verb_act, text[start : a.cue[0]], source, content)
    speaker, side = reading.speakers.resolve(source, passage.words, reading.nearest)
    if source and not a.in_quote:
        reading.speakers.heard(speaker, side)
    if act is None:
        return
    words = denied_clause(content) if act in ANSWERS else content
    outcomes: list[Outcome] = []
    if act in CODED:
        own = _without_nested(text, a, others)
        told = denied_clause(own) if act in ANSWERS else own
        reader = _reader(reading, passage, side, a.content[0])
        outcomes = code(told, replace(reader, answers=act in ANSWERS))
    spans = [s for s in (a.cue, a.source, a.content) if s]
    draft = Draft(
        part=passage.part,
        span=(min(s[0] for s in spans), max(s[1] for s in spans)),
        act=act,
        words=_named(words, side),
        speaker=speaker,
        side=side,
        cue=(a.cue,),
        source=(a.source,) if a.source else (),
        content=(a.content,),
        answers=not outcomes and points_back(act, content),
        recalled=bool(PLUPERFECT.search(text[start : a.cue[0]])),
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
    words = TO_HAVE.sub(f"{side} has ", words, count=1)
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
    for earlier in reversed(reading.drafts[-FAR_BACK:]):
        own = (earlier.side == draft.side) == (draft.act is Act.RETRACTS)
        if earlier.outcome and (earlier.act is draft.act or (earlier.act is Act.ASSERTS and own)):
            return replace(draft, words=earlier.words, outcome=earlier.outcome)
    return draft


def _quote_speaker(
    text: str,
    sentence: Sentence,
    quoted: Quotations,
    found: list[tuple[Sentence, list[Attribution]]],
    index: int,
) -> Attribution | None:
    """Who speaks in a sentence of a quote: the attribution nearest to it in the paragraph."""
    if not quoted.opened_before(sentence):
        return None
    around = range(max(0, index - LONG_QUOTE), min(len(found), index + LONG_QUOTE + 1))
    for i in sorted(around, key=lambda i: (abs(i - index), i < index)):
        other, attributed = found[i]
        low, high = min(sentence.start, other.start), max(sentence.end, other.end)
        if attributed and "\n" not in text[low:high]:
            return next((a for a in attributed if quoted.touch(a.content)), attributed[0])
    return None


def _draft_quoted(reading: Reading, passage: Passage, lender: Attribution) -> None:
    """A sentence of a quote whose speaker another sentence names."""
    words = passage.words.strip('"“”')
    source = passage.text[slice(*lender.source)] if lender.source else ""
    speaker, side = reading.speakers.resolve(source, passage.words, reading.nearest)
    draft = Draft(
        part=passage.part,
        span=passage.span,
        act=act_of(Act.ASSERTS, "", source, words) or Act.ASSERTS,
        words=words,
        speaker=speaker,
        side=side,
        cue=(lender.cue,),
        source=(lender.source,) if lender.source else (),
        content=(passage.span,),
    )
    outcomes = code(words, _reader(reading, passage, side, passage.sentence.start))
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]
    if not outcomes and draft.act is not Act.ASSERTS:
        reading.drafts.append(_point_back(reading, replace(draft, answers=True)))


def _draft_own_voice(reading: Reading, passage: Passage) -> None:
    outlet = reading.item.outlet or "the outlet"
    span = passage.span
    draft = Draft(passage.part, span, Act.ASSERTS, passage.words, outlet, OUTLET + outlet, content=(span,))
    outcomes = code(passage.words, _reader(reading, passage, "", span[0]), nouns=False)
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]


def _draft_verdict(reading: Reading, passage: Passage) -> bool:
    """The outlet's verdict, and the claim it is about where its own sentence holds that."""
    text, part = passage.text, passage.part
    found = verdict(text, passage.sentence)
    if not found:
        return False
    outlet = reading.item.outlet or "the outlet"
    if found.claimant and found.claim:
        words = text[slice(*found.claim)]
        speaker, side = reading.speakers.resolve(text[slice(*found.claimant)])
        claim = Draft(part, found.claim, Act.ASSERTS, words, speaker, side)
        claim = replace(claim, source=(found.claimant,), content=(found.claim,))
        outcomes = code(words, _reader(reading, passage, side, found.claim[0]))
        reading.drafts += [replace(claim, outcome=outcome) for outcome in outcomes]
    nearby = reversed(reading.drafts[-FAR_BACK:])
    answered = next((d for d in nearby if d.act is Act.ASSERTS and d.part is part), None)
    if answered and answered.outcome:
        draft = Draft(part, found.span, Act.DENIES, answered.words, outlet, OUTLET + outlet, answers=True)
        reading.drafts.append(replace(draft, content=(found.span,), outcome=answered.outcome))
    return True
