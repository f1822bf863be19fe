"""Reading an item: its sentences, in order, to its statements."""

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Protocol

from claimwire.extraction import tagger
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
from claimwire.extraction.acts.verdicts import OutletVerdict, verdict
from claimwire.extraction.attribution.attributions import Attribution, Tagged, Told, attributions, by_sentence, tag
from claimwire.extraction.attribution.headlines import put_right
from claimwire.extraction.attribution.nested import commented, denials, nested, plainly_said
from claimwire.extraction.attribution.remarks import Remark, beside, remark
from claimwire.extraction.claims.drafts import Draft, complete_headline, statements
from claimwire.extraction.claims.findings import Page, put
from claimwire.extraction.claims.hearing import heard
from claimwire.extraction.outcomes.coding import code
from claimwire.extraction.outcomes.intentions import usual_attack
from claimwire.extraction.outcomes.item_context import ItemContext
from claimwire.extraction.outcomes.ships import ships_named
from claimwire.extraction.outcomes.war import is_of_war, warring_sides
from claimwire.extraction.speakers.organisations import Organisations
from claimwire.extraction.speakers.speakers import Speakers
from claimwire.extraction.text.casing import prose
from claimwire.extraction.text.sentences import Quotations, Sentence, dateline_length, sentences
from claimwire.items import Item
from claimwire.places import Gazetteer, Mention
from claimwire.reading.decoding import Found
from claimwire.reading.features import Floats
from claimwire.reading.reader import load
from claimwire.sides import is_state
from claimwire.statements import (
    ANSWERS,
    FORETOLD,
    OUTLET,
    REPORTS,
    UNNAMED,
    Act,
    Outcome,
    Part,
    Span,
    Statement,
)

CODED = frozenset({Act.ASSERTS, Act.DENIES, Act.CONFIRMS, Act.CONCEDES, Act.RETRACTS})
TO_QUESTIONS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES})
"""Answers that take their matter from the question, where they have none of their own."""

ASKED = re.compile(r"\basked\b", re.I)
RELATIVE = re.compile(r"which|who|that", re.I)
ANTECEDENT = re.compile(r"[,;:()]|--|–|—")
THEY = re.compile(r"^(?:it|they|we)\b(?!['’])", re.I)
TO_HAVE = re.compile(r"^to have ", re.I)
THEIR = re.compile(r"^(?:its|their|our)\b", re.I)
AROUND = '"“”, '
FAR_BACK = 24
"""Statements back in which an answer finds what it points at."""

LONGEST_GAP = 60
"""Characters between a cue and its content that tell what is done ("said [a report] that ...")."""

TOLD_FIRST = 4
"""Sentences of a body in which the outlet itself tells the news, coded or not."""

SHORTEST_REPORT = 30
"""Characters of a sentence that reports something."""

LEAD = 2
"""Sentences of a body that tell what the item is about."""

LONG_QUOTE = 12
"""Sentences of a quote from which its speaker is looked for."""

PLUPERFECT = re.compile(r"\bhad (?:\w+ly |also |earlier )?$")
HAD = re.compile(r"had\b", re.I)


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

    @property
    def is_question(self) -> bool:
        """Whether it asks: then nothing in it is said to be so."""
        return self.words.endswith("?")

    def towns(self, before: int | None = None) -> list[str]:
        """Keys of the towns named in the sentence, or in what of it stands before an offset."""
        offset = len(self.text) if before is None else before - self.sentence.start
        return [m.place.key for m in self.places if m.place.population and m.start < offset]


@dataclass(slots=True)
class ItemReading:
    """One pass over an item; what was read so far helps to read on."""

    item: Item
    gazetteer: Gazetteer
    speakers: Speakers
    focus: str
    opponents: tuple[str, ...]
    at_war: bool
    attack: tuple[str, str]
    organisations: Organisations
    ships: dict[str, str]
    most: int
    """Statements that the item may make."""
    nearest: str = ""
    drafts: list[Draft] = field(default_factory=list)
    paragraph: int = 0
    """How many drafts there were where the paragraph began."""


class Reads(Protocol):
    """A reader of items."""

    def read(self, read: tagger.TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        """Which sentences put forward a claim worth following, and which answer one."""


class TooManyStatements(ValueError):
    """The item says more than it may; ``count`` is how many statements were met until that was clear."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} statements or more")
        self.count = count


def extract(item: Item, most: int | None = None, reader: Reads | None = None) -> list[Statement]:
    """The statements of an item version, in the order of its text.

    A version that isn't usable, or in a language that is not read, makes none.

    Parameters
    ----------
    most
        Statements that it may make, repeats included; what takes time goes by them.
    reader
        Who tells which sentences put forward a claim worth following and which answer one; by default the trained one.

    Raises
    ------
    TooManyStatements
        If it makes more.
    """
    if not item.speaks:
        return []
    most = sys.maxsize if most is None else most
    gazetteer = Gazetteer(prose(item.headline), item.body)
    drafted = draft(item, gazetteer, most)
    page = drafted.page
    found = (reader or load()).read(drafted.read, *drafted.sentences())
    drafts = put(drafted.drafts, found, page)
    if len(drafts) > most:
        raise TooManyStatements(len(drafts))
    lead = page.body[: next((s.end for s in islice(sentences(page.body), LEAD - 1, LEAD)), len(page.body))]
    return statements(item, gazetteer, drafts, [page.headline, lead])


@dataclass(frozen=True, slots=True)
class Drafted:
    """An item with the drafts of its statements, before anybody has told which of them matter.

    Attributes
    ----------
    read
        What the tagger's network read in headline and body.
    """

    page: Page
    read: tagger.TaggerReading
    drafts: list[Draft]

    def sentences(self) -> tuple[list[Span], int, Floats]:
        """Spans of the sentences in the text of both parts, how many are the headline's, and what each says."""
        page = self.page
        spans = [(a + page.shift(part), b + page.shift(part)) for part, (a, b) in page.sentences]
        in_headline = sum(part is Part.HEADLINE for part, _ in page.sentences)
        return spans, in_headline, heard(self.drafts, page)


def draft(item: Item, gazetteer: Gazetteer, most: int) -> Drafted:
    """Draft the statements of an item that speaks.

    Raises
    ------
    TooManyStatements
        If it makes more than so many.
    """
    headline, body = prose(item.headline), item.body
    tagged = tag(item.headline, body)
    of_headline, of_body = attributions(tagged)
    if len(of_headline) + len(of_body) > most:
        raise TooManyStatements(len(of_headline) + len(of_body))
    reading = ItemReading(
        item=item,
        gazetteer=gazetteer,
        speakers=Speakers(gazetteer, headline, body),
        focus=_focus(gazetteer, headline, body),
        opponents=warring_sides(f"{headline}\n{body}"),
        at_war=is_of_war(f"{headline}\n{body}"),
        attack=usual_attack(f"{headline}\n{body}"),
        organisations=Organisations(body),
        ships=ships_named(body),
        most=most,
    )
    _read(reading, Part.HEADLINE, headline, list(put_right(item.headline, of_headline)))
    _read(reading, Part.BODY, body, of_body)
    page = _page(item, headline, body, tagged, reading.organisations)
    return Drafted(page, tagged.read, list(complete_headline(reading.drafts)))


def _page(item: Item, headline: str, body: str, tagged: Tagged, organisations: Organisations) -> Page:
    """The item's sentences, as the reader reads them."""
    of_headline = ((Part.HEADLINE, (s.start, s.end)) for s in sentences(headline))
    of_body = ((Part.BODY, (s.start, s.end)) for s in sentences(body))
    return Page(headline, body, (*of_headline, *of_body), tagged.start, item.outlet or "the outlet", organisations)


def _focus(gazetteer: Gazetteer, *texts: str) -> str:
    """The town that the item is about: the one most often named, the first of two."""
    told = [text[dateline_length(text) :] for text in texts]
    named = [m.place for text in told for m in gazetteer.mentions(text) if m.place.population]
    counts = Counter(p.key for p in named)
    return max(counts, key=lambda key: counts[key], default="")


def _read(reading: ItemReading, part: Part, text: str, found: list[Attribution]) -> None:
    gazetteer = reading.gazetteer
    quoted = Quotations(text)
    told = by_sentence(found, sentences(text))
    end = 0
    for i, (sentence, cued, lender) in enumerate((t.sentence, t.cued, t.lender) for t in told):
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
        cued += commented(text, passage.span, cued)
        if rated:
            rated, cued = beside(rated, cued)
        for attribution in sorted(cued, key=lambda a: a.cue):
            _draft_attribution(reading, passage, attribution, cued)
        if passage.is_question:
            continue
        if rated and _draft_remark(reading, passage, rated, before):
            continue
        if not cued and quoted.opened_before(sentence):
            lender = lender or _quote_speaker(text, told, i)
        if lender:
            _draft_quoted(reading, passage, lender)
        elif judged:
            _draft_verdict(reading, passage, judged, cued)
        elif not cued:
            _draft_own_voice(reading, passage, leads=part is Part.HEADLINE or i < TOLD_FIRST)
        coded = [d.outcome.place for d in reading.drafts[before:] if d.outcome]
        reading.nearest = next((p for p in (*coded[::-1], *passage.towns()[::-1]) if p), reading.nearest)


def _reader(reading: ItemReading, passage: Passage, side: str, before: int) -> ItemContext:
    """What helps to code words of the passage that begin at an offset."""
    towns = passage.towns(before)[-1:] or passage.towns()[-1:] or [reading.nearest]
    told = [d.outcome.actor for d in reading.drafts[reading.paragraph :] if d.outcome]
    return ItemContext(
        gazetteer=reading.gazetteer,
        speaker_side=side,
        focus=reading.focus,
        nearest=towns[0],
        opponents=reading.opponents,
        at_war=reading.at_war,
        attack=reading.attack,
        ships=reading.ships,
        spoken_of=told[-1] if told else "",
    )


def _draft_attribution(reading: ItemReading, passage: Passage, a: Attribution, others: list[Attribution]) -> None:
    text, start = passage.text, passage.sentence.start
    source = text[slice(*a.source)] if a.source else ""
    span = a.content_in(passage.sentence) or a.content[0]
    content = a.said_in(text, span)
    before, cue = text[start : a.cue[0]], text[slice(*a.cue)]
    gap = text[a.cue[1] : span[0]] if a.cue[1] <= span[0] <= a.cue[1] + LONGEST_GAP else ""
    act = Act.ASKS if passage.is_question else act_of(cue, before, source, gap + content, passage.words)
    who = _antecedent(text[start : a.source[0]]) if a.source and RELATIVE.fullmatch(source) else source
    speaker, side = reading.speakers.resolve(who, passage.words, reading.nearest)
    if source and not a.nested:
        reading.speakers.heard(who, speaker, side)
    asked = _asked(text, others) if act in TO_QUESTIONS and is_bare(content) else ""
    words = asked or (denied_clause(content) if act in ANSWERS else content)
    outcomes: list[Outcome] = []
    if act in CODED or act in FORETOLD:
        own = words if act in ANSWERS else _without_nested(content, span, a, others)
        reader = _reader(reading, passage, side, span[0])
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
        says_no=act is Act.DENIES and not denies_by_its_cue(cue),
    )
    _add(reading, draft, outcomes)


def _asked(text: str, others: list[Attribution]) -> str:
    """What a sentence asks about, which its answer leaves out: "Asked whether ..., he said no"; empty if nothing."""
    for other in others:
        if ASKED.search(text, *other.cue):
            return asked_clause(text[slice(*other.content[0])])
    return ""


def _denied(act: Act, cue: str, content: str, outcomes: list[Outcome]) -> list[Outcome]:
    """What is denied: of one who says that it is not so, the contrary of what he says."""
    if act is Act.DENIES and says_the_contrary(cue, content):
        return [replace(outcome, negated=not outcome.negated) for outcome in outcomes]
    return outcomes


def _add(reading: ItemReading, draft: Draft, outcomes: list[Outcome]) -> None:
    """Note a draft, once for each outcome that its words code."""
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes] or [draft]


def _antecedent(before: str) -> str:
    """Whom "which" or "who" stands for: the noun phrase before its comma."""
    return ANTECEDENT.split(before.rstrip(", "))[-1].strip()


def _around(*spans: Span) -> Span:
    return min(a for a, _ in spans), max(b for _, b in spans)


def _named(words: str, side: str) -> str:
    """The words without quotation marks around them, and "it" replaced by whom it stands for."""
    words = words.strip(AROUND)
    if not is_state(side) or is_bare(words):
        return words
    words = TO_HAVE.sub(f"{side} has ", words, count=1)
    return THEY.sub(side, THEIR.sub(f"{side}'s", words, count=1), count=1)


def _without_nested(words: str, span: Span, a: Attribution, others: list[Attribution]) -> str:
    """The words of a span with what they report of other speakers blanked: those words are theirs.

    Of one who says the same ("..., as Ukraine had reported, according to ...") only the name is.
    """
    for other in others:
        shared = other.content[0][0] <= span[0]
        low, high = _around(other.cue, other.source or other.cue) if shared else other.span
        if other is not a and span[0] <= low and high <= span[1]:
            low, high = low - span[0], high - span[0]
            words = words[:low] + " " * (high - low) + words[high:]
    return words


def _quote_speaker(text: str, told: list[Told], index: int) -> Attribution | None:
    """Who speaks in a sentence of a quote: whom the attribution nearest to it in the paragraph names.

    A paragraph of nothing but a quote goes on with the speaker of the one before.
    """
    sentence = told[index].sentence
    around = range(max(0, index - LONG_QUOTE), min(len(told), index + LONG_QUOTE + 1))
    for i in sorted(around, key=lambda i: (abs(i - index), i < index)):
        other = told[i].sentence
        low, high = min(sentence.start, other.start), max(sentence.end, other.end)
        if told[i].cued and "\n" not in text[low:high]:
            return told[i].cued[0]
    before = (t.cued[-1] for t in reversed(told[max(0, index - LONG_QUOTE) : index]) if t.cued)
    return next(before, None)


def _draft_quoted(reading: ItemReading, passage: Passage, lender: Attribution) -> None:
    """A sentence of a quote whose speaker another sentence names."""
    span = lender.content_in(passage.sentence) or passage.span
    words = passage.text[slice(*span)].strip('"“”')
    source = passage.text[slice(*lender.source)] if lender.source else ""
    speaker, side = reading.speakers.resolve(source, passage.words, reading.nearest)
    act = act_of("", "", source, words)
    outcomes = []
    if act in CODED or act in FORETOLD:
        coded = code(words, _reader(reading, passage, side, span[0]), foretold=act in FORETOLD)
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
        says_no=act is Act.DENIES,
    )
    _add(reading, draft, outcomes)


def _draft_own_voice(reading: ItemReading, passage: Passage, leads: bool) -> None:
    outlet = reading.item.outlet or "the outlet"
    span = passage.span
    draft = Draft(passage.part, span, Act.ASSERTS, passage.words, outlet, OUTLET + outlet, content=(span,))
    outcomes = code(passage.words, _reader(reading, passage, "", span[0]), nouns=False)
    reading.drafts += [replace(draft, outcome=outcome) for outcome in outcomes]
    if not outcomes and leads and len(passage.words) >= SHORTEST_REPORT:
        reading.drafts.append(draft)


def _draft_remark(reading: ItemReading, passage: Passage, found: Remark, before: int) -> bool:
    """Draft the outlet's remark on the record of a side, if it is its own and somebody can tell whose record.

    A speaker who makes one (in the drafts from ``before`` on) denies no single claim by it either.
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


def _without_verdict(a: Attribution, judged: OutletVerdict | None) -> Attribution:
    """The attribution without the outlet's verdict on it, which is not the speaker's."""
    if not judged:
        return a
    claim = judged.claim
    if claim and any(low <= claim[0] and claim[1] <= high for low, high in a.content):
        return replace(a, content=(claim,))
    at = judged.span[0]
    cut = tuple((low, min(high, at)) for low, high in a.content if low < at)
    return replace(a, content=cut) if cut else a


def _draft_verdict(reading: ItemReading, passage: Passage, found: OutletVerdict, cued: list[Attribution]) -> None:
    """The outlet's verdict, and the claim it is about where its own sentence holds that."""
    text, part = passage.text, passage.part
    outlet = reading.item.outlet or "the outlet"
    if found.claimant and found.claim and not any(found.claim in a.content for a in cued):
        words = text[slice(*found.claim)]
        speaker, side = reading.speakers.resolve(text[slice(*found.claimant)])
        claim = Draft(part, found.claim, Act.ASSERTS, words, speaker, side)
        claim = replace(claim, source=(found.claimant,), content=(found.claim,))
        outcomes = code(words, _reader(reading, passage, side, found.claim[0]))
        reading.drafts += [replace(claim, outcome=outcome) for outcome in outcomes]
    nearby = reversed(reading.drafts[-FAR_BACK:])
    answered = next((d for d in nearby if d.act is Act.ASSERTS and d.part is part), None)
    if answered:
        draft = Draft(part, found.span, Act.DENIES, answered.words, outlet, OUTLET + outlet, answers=True)
        reading.drafts.append(replace(draft, content=(found.span,), outcome=answered.outcome))
