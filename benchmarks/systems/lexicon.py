"""The first extraction of this project, kept to be measured against: a lexicon and the order of words.

It is how version 0.1.0 found attributions, a sentence at a time, as it was in its last days. Sentences
and the names of sides are claimwire's as they are now.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from benchmarks.attributions import Attribution
from benchmarks.systems.system import System
from claimwire.extraction.acts.acts import cues_of
from claimwire.extraction.text.sentences import Quotations, Sentence, sentences
from claimwire.sides import SIDES_FILE, sides_in
from claimwire.statements import Act, Span

CUES_FILE = Path(__file__).parent / "cues.tsv"

ACCORDING = re.compile(r"\baccording to\b", re.I)
SOURCE_END = re.compile(r"[,;]|\.?$")
BOUNDARY = re.compile(
    r"[,;:()]|--|–|—|[\"“”]"
    r"|\b(?:that|which|who|while|although|though|but|and|as|because|where|when|after|before|if|whether)\b",
    re.I,
)
ADVERB = re.compile(
    r"(?:\s+(?:also|later|earlier|recently|again|repeatedly|routinely|falsely|flatly|categorically"
    r"|firmly|has|have|had|was"
    r"|is|were|be|been|further|then|now|only|once|already|publicly|immediately|angrily|quickly"
    r"|swiftly|did|does|do))+\s*$",
    re.I,
)
LEADING = re.compile(
    r"^\s*(?:and|but|while|although|though|as|then|so|meanwhile|however|yet|still|also|that|for)\s+", re.I
)
ADJUNCT = re.compile(
    r"^\s*(?:(?:on|in|at|to|by|during|late|early|earlier|this|last|yesterday|today|from|after|before|via|through|over|"
    r"Monday|Tuesday|Wednesday|Thursday|Friday|Saturday"
    r"|Sunday)\b(?:(?!\bthat\b)[^;:\"“”,])*)?(?:,[^\"“”]{0,40})?[.,!?]?\s*$",
    re.I,
)
INTERMEDIARY = re.compile(
    r"\s*(?:(?!(?:that|it|they|he|she|we|his|her|its|their|our|there)\b)[\w.'’-]+\s+){1,8}?"
    r"(?=(?:that|how)\b|[\"“]|(?:it|they|he|she|we)\b|[A-Z][\w’'-]* (?:forces|troops|officials)\b)",
)
TELLS = re.compile(r"\b(?:tell|tells|told|telling|informed|informs|briefed)\b", re.I)
WHEN = r"(?:(?:late|early|earlier|again|yesterday|today|tonight|on|in|at|last|this|by)\b(?: (?!that\b)[\w.'’-]+){0,5})"
TRAILING_TIME = re.compile(
    r"\s+(?:(?:late|early) )?(?:on (?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][a-z]+ \d+)"
    r"|yesterday|today|tonight"
    r"|(?:this|last) (?:week|month|night|evening))(?: [a-z]+)?$"
)
NOUN_BEFORE = re.compile(
    r"(?:\b(?:the|a|an|its|his|her|their|our|my|this|that|these|those|no|any|such|some|all|of|by|from|with|other|"
    r"back|denied|denies|deny|dismissed|dismisses|rejected|rejects|disputed|confirmed|made|retracted"
    r"|withdrew)|['’]s?)(?: (?!\w+ly\b)[a-z-]+)?\s+$",
    re.I,
)
RELATIVE = re.compile(r" (?:that|which) (?:has|have|had|was|were|is|are|turned|proved)\b", re.I)
CALLS = re.compile(r"call(?:s|ed|ing)?", re.I)
FALSE = re.compile(
    r"[^.;]{1,80}?\b(?:false|untrue|baseless|unfounded|groundless|lies?|invention|fake|nonsense)\b", re.I
)
NOUN_OR_VERB = frozenset(
    [
        "report",
        "reports",
        "claim",
        "claims",
        "state",
        "states",
        "charge",
        "charges",
        "note",
        "notes",
        "estimate",
        "estimates",
        "plan",
        "plans",
        "dispute",
        "disputes",
        "demand",
        "demands",
        "pledge",
        "pledges",
        "promise",
        "promises",
        "post",
        "statement",
        "finds",
        "find",
        "vow",
        "vows",
    ]
)
THAT = re.compile(rf"\s*(?:{WHEN} (?=that\b))?(?:,\s*)?(?:that\b\s*)?", re.I)
WORD = re.compile(r"\w")
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|did|does|do|it|he|she"
    r"|they|we|there|[a-z]+ed)\b"
)
TURN = re.compile(
    r",? (?:but|while|although|though|whereas)\b"
    r"|, (?:something|an? (?:announcement|claim|statement|assertion|report))\b",
    re.I,
)
CONJUNCTION = re.compile(r"\b(?:and|but|while|then)\W*$", re.I)
MOST_CUES = 12
"""Cues of one sentence that are read: with more of them it is a list, and no prose."""

OPENING, CLOSING = '"“$£(', '"”)%'
LONGEST_TAIL_SOURCE = 10
"""Words of a speaker named after the cue that closes the sentence."""

CLAUSE = 2
"""Words before a speaker that make a clause of their own."""

REACH = 30
"""Characters before a word that tell a noun from a verb."""


@dataclass(frozen=True, slots=True)
class Found:
    """Who said what, as spans of one sentence.

    Attributes
    ----------
    content
        Of what declines to comment, the cue itself.
    """

    cue: Span
    source: Span | None
    content: Span


def load() -> System:
    """Load it; its table is read at the first text."""
    return System("lexicon of claimwire 0.1.0", _read, [CUES_FILE, Path(str(SIDES_FILE))])


def _read(text: str) -> Iterator[Attribution]:
    quoted = Quotations(text)
    for sentence in sentences(text):
        yield from _attributions(text, sentence, quoted.within(sentence))


def _attributions(text: str, sentence: Sentence, quoted: list[Span]) -> Iterator[Attribution]:
    """Attributions of a sentence, by the order of their cues.

    A cue between quotation marks is the quoted speaker's own words, except where a clause of the
    quote names a third party ("Although Russia claims to have ..., we ...").

    Parameters
    ----------
    quoted
        Pieces of quotations in the sentence, by offsets from its start.
    """
    said = text[sentence.start : sentence.end]
    pattern, acts = cues_of(CUES_FILE)
    cues = [m for m in pattern.finditer(said) if not _is_no_cue(said, m)]
    free = [m for m in cues if not _inside(m.start(), quoted)][:MOST_CUES]
    found = [_according(said, match.span()) for match in islice(ACCORDING.finditer(said), MOST_CUES)]
    source: Span | None = None
    for i, match in enumerate(free):
        stop = free[i + 1].start() if i + 1 < len(free) else len(said)
        one = _verb(said, match.span(), stop, acts[match.group().lower()], quoted, source)
        source = one.source or source
        found.append(one)
    inner = (_within_quote(said, m, quoted) for m in cues[:MOST_CUES] if _inside(m.start(), quoted))
    found += filter(None, inner)
    for a in sorted(found, key=lambda a: a.cue):
        content, who = _trim(said, *a.content), _trim(said, *a.source) if a.source else None
        if content:
            yield Attribution((sentence.at(a.cue),), (sentence.at(who),) if who else (), (sentence.at(content),))


def _inside(position: int, spans: list[Span]) -> bool:
    return any(a <= position < b for a, b in spans)


def _is_no_cue(said: str, cue: re.Match[str]) -> bool:
    """Whether the form cues nothing: "its report", "claims that were", "to say", "calls a vote"."""
    window = said[max(0, cue.start() - REACH) : cue.start()]
    calls = CALLS.fullmatch(cue.group())
    if window.endswith(" to ") or (calls and not FALSE.match(said, cue.end())):
        return True
    noun = NOUN_BEFORE.search(window) or RELATIVE.match(said, cue.end())
    return cue.group().lower() in NOUN_OR_VERB and bool(noun)


def _trim(text: str, start: int, end: int) -> Span | None:
    """The span without the punctuation around it; None where nothing is left."""
    while start < end and not (text[start].isalnum() or text[start] in OPENING):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in CLOSING):
        end -= 1
    return (start, end) if start < end else None


def _according(said: str, cue: Span) -> Found:
    stop = SOURCE_END.search(said, cue[1])
    end = stop.start() if stop else len(said)
    content = (0, cue[0]) if _trim(said, 0, cue[0]) else (end, len(said))
    return Found(cue, (cue[1], end), content)


def _verb(said: str, cue: Span, stop: int, act: Act, quoted: list[Span], shared: Span | None) -> Found:
    """The attribution of a verb: source before or after it, content on the other side.

    Parameters
    ----------
    stop
        Start of the next cue.
    shared
        Source of the cue before, which "but said", "..., dismissing" take over.
    """
    adverb = ADVERB.search(said, 0, cue[0])
    subject_end = adverb.start() if adverb else cue[0]
    boundary, relative = _boundary(said, subject_end)
    if relative:
        source = _trim(said, boundary, relative)
    else:
        source = _subject(said, boundary, subject_end, shared if _shares(said, cue, boundary, subject_end) else None)
    clause_before = len(said[: source[0]].split()) >= CLAUSE if source else False
    left = said[: cue[0]].rstrip()
    right = said[cue[1] :]
    if act is Act.DECLINES:
        return Found(cue, source, cue)
    says = act is Act.ASSERTS and not said[slice(*cue)].lower().endswith("ing")
    quotes_follow = any(q[0] >= cue[1] for q in quoted)
    inverted = left.endswith(",") and says and not quotes_follow and _names_speaker(right)
    if left.endswith(("”", '"')) or inverted:
        end = BOUNDARY.search(said, cue[1])
        after = (cue[1], end.start() if end else len(said))
        return Found(cue, after, _quoted_or((0, cue[0]), said, quoted))
    if (
        clause_before
        and source
        and said[: source[0]].rstrip().endswith((",", "”", '"'))
        and _closes(said, cue, right, quotes_follow)
    ):
        return Found(cue, source, _quoted_or((0, source[0]), said, quoted))
    begin = cue[1]
    addressee = TELLS.fullmatch(said[slice(*cue)]) and INTERMEDIARY.match(said, begin)
    begin = addressee.end() if addressee else begin
    that = THAT.match(said, begin)
    begin = that.end() if that else begin
    return Found(cue, source, (begin, _content_end(said, begin, stop)))


def _boundary(said: str, end: int) -> tuple[int, int]:
    """Where the clause of the cue begins; and, for a cue inside ", which ...", where its subject ends.

    A relative clause ("the brigade that defended it") belongs to the speaker's name.
    """
    cues, _ = cues_of(CUES_FILE)
    for m in reversed(list(BOUNDARY.finditer(said, 0, end))):
        before = said[: m.start()].rstrip()
        if m.group().lower() in ("that", "who", "which"):
            if before.endswith(",") and not WORD.search(said, m.end(), end):
                return _boundary(said, len(before) - 1)[0], len(before) - 1
            last = list(cues.finditer(before, max(0, len(before) - REACH)))
            if before.endswith(",") or not (last and last[-1].end() == len(before)):
                continue
        return m.end(), 0
    return 0, 0


def _shares(said: str, cue: Span, boundary: int, subject_end: int) -> bool:
    """Whether the cue has no subject of its own: a participle, or a verb behind "but"."""
    if said[slice(*cue)].lower().endswith("ing"):
        return True
    joined = CONJUNCTION.search(said, 0, boundary)
    return bool(joined) and not WORD.search(said, boundary, subject_end)


def _subject(said: str, boundary: int, end: int, shared: Span | None) -> Span | None:
    """The noun phrase before the cue, over an apposition that a comma closes."""
    if shared:
        return shared
    start = boundary
    if not WORD.search(said, boundary, end):
        commas = [m.end() for m in BOUNDARY.finditer(said, 0, max(0, boundary - 1)) if m.group() == ","]
        start = commas[-2] if len(commas) > 1 else 0
    lead = LEADING.match(said[start:end])
    start += lead.end() if lead else 0
    timed = TRAILING_TIME.search(said[start:end].rstrip())
    return _trim(said, start, start + timed.start() if timed and timed.start() else end)


def _names_speaker(right: str) -> bool:
    """Whether what follows the cue is a noun phrase and no clause: ", said a diplomat who ..."."""
    phrase = re.split(r"[,.;]| who | which | that ", right.strip(), maxsplit=1)[0]
    return not FINITE.search(phrase) and len(phrase.split()) <= LONGEST_TAIL_SOURCE


def _closes(said: str, cue: Span, right: str, quotes_follow: bool) -> bool:
    """Whether nothing of the content follows the cue: a time, a place, or whom it was told."""
    if ADJUNCT.match(right):
        return True
    told = TELLS.fullmatch(said[slice(*cue)]) is not None
    return told and not INTERMEDIARY.match(right) and not quotes_follow


def _content_end(said: str, begin: int, stop: int) -> int:
    """End of the content: of the sentence, of a clause that turns, or where the next one speaks."""
    turn = TURN.search(said, begin, stop)
    if turn and WORD.search(said, begin, turn.start()):
        return turn.start()
    if stop == len(said):
        return stop
    boundaries = [m for m in BOUNDARY.finditer(said, begin, stop) if WORD.search(said, begin, m.start())]
    return boundaries[-1].start() if boundaries else stop


def _quoted_or(span: Span, said: str, quoted: list[Span]) -> Span:
    """The quotation that fills the span, if one does."""
    inside = [q for q in quoted if span[0] <= q[0] and q[1] <= span[1]]
    if inside and not WORD.search(said, span[0], inside[0][0]):
        return inside[0][0], inside[-1][1]
    return span


def _within_quote(said: str, match: re.Match[str], quoted: list[Span]) -> Found | None:
    """What a third party says inside a quote: a clause that names a side before its cue."""
    quote = next(q for q in quoted if q[0] <= match.start() < q[1])
    boundary = max((m.end() for m in BOUNDARY.finditer(said, quote[0], match.start())), default=quote[0])
    source = (boundary, match.start())
    if not sides_in(said[slice(*source)]):
        return None
    end = BOUNDARY.search(said, match.end())
    content = (match.end(), min(quote[1], end.start() if end else quote[1]))
    return Found(match.span(), source, content)
