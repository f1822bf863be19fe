"""Attributions: the cue, source and content of each passage that reports somebody's words."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from claimwire.extraction import tagger
from claimwire.extraction.acts.acts import knows
from claimwire.extraction.text.sentences import Sentence, plain, sentences
from claimwire.rules import rule
from claimwire.statements import Span

WORD = rule(r"\w", finds="we left", passes="“…”")
AS_SAYING = rule(r"\s+(\w+ing)\b\s*", finds=" denying that it left", passes=" their words", where="start")
SPEECH_OPENS = rule(
    r"(?:^|(?<=[\n.!?…\"”]))[^\S\n]{0,4}[-–—] ?(?=[A-Z\"“])",
    finds="He wept.\n- We left the hill",
    passes="the road Springfield - Harbour City",
)
SPEECH_CLOSES = rule(r"\s[-–—] ?$", finds="We left the hill - ", passes="a half-")
SPEAKER = rule(
    r"(?<=\s[-–—] )(?P<cue>(?:add|admit|announce|answer|argue|assert|assess|assure|claim|conclude|confess|continue"
    r"|declare|emphasi[sz]e|explain|note|recall|recount|repeat|report|state|stress|underline|underscore|warn)(?:s|d|ed|ted)"
    r"|says|said|repl(?:y|ies|ied)|wr(?:ites|ote)|(?:points|pointed) out)\s"
    r"(?P<source>(?:[A-Z]|the |an? |his |her |our )(?:(?! (?:in|on|at|during|to|for) |\. )[^\n,;:()\"“”]){1,60}\w)",
    finds="- We left the hill - said the captain",
    passes="We left the hill, said the captain",
)
"""The speaker after the dash that closes a speech: "- We left - says Kowalenko"."""

LONGEST_SPEECH = 2000
"""Characters before the closing dash of a speech within which the opening dash is sought."""

BETWEEN_PARTS = "\n\n"
"""Separates headline and body when the tagger reads both at once."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what, as spans of one text.

    Attributes
    ----------
    content
        In the order of the text. Interrupted content ("...", he said, "...") has several spans.
    nested
        Whether it is inside the content of another attribution.
    """

    cue: Span
    source: Span | None
    content: tuple[Span, ...]
    nested: bool = False

    @property
    def span(self) -> Span:
        """From the first to the last of its characters."""
        spans = [self.cue, *self.content, *([self.source] if self.source else [])]
        return min(a for a, _ in spans), max(b for _, b in spans)

    def content_in(self, sentence: Sentence) -> Span | None:
        """From the first to the last character of its content in a sentence."""
        pieces = [(max(a, sentence.start), min(b, sentence.end)) for a, b in self.content]
        inside = [piece for piece in pieces if piece[0] < piece[1]]
        return (inside[0][0], inside[-1][1]) if inside else None

    def said_in(self, text: str, span: Span) -> str:
        """The words of a span with its own cue and source blanked, since nobody says those."""
        words = text[slice(*span)]
        for start, end in (self.cue, self.source or self.cue):
            low, high = max(start, span[0]) - span[0], min(end, span[1]) - span[0]
            if low < high:
                words = words[:low] + " " * (high - low) + words[high:]
        return words


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with its attributions.

    Attributes
    ----------
    cued
        Attributions whose cue is in the sentence, in the order of their cues.
    lender
        An attribution from another sentence whose content goes on in this one.
    """

    sentence: Sentence
    cued: list[Attribution]
    lender: Attribution | None


@dataclass(frozen=True, slots=True)
class Tagged:
    """Headline and body in one text, as the tagger reads them.

    Attributes
    ----------
    text
        Headline, `BETWEEN_PARTS` and body; slugs and datelines are blanked, so that offsets stay.
    start
        Where the body begins.
    read
        The tagger's reading.
    """

    text: str
    start: int
    read: tagger.TaggerReading


def tag(headline: str, body: str) -> Tagged:
    """Read headline and body at once, since the tagger understands a headline better and sooner beside its story."""
    start = len(headline) + len(BETWEEN_PARTS) if headline else 0
    text = BETWEEN_PARTS.join(plain(part) for part in (headline, body) if part)
    return Tagged(text, start, tagger.load().read(text))


def attributions(tagged: Tagged) -> tuple[list[Attribution], list[Attribution]]:
    """The attributions of an item's headline and of its body, in the order of their cues."""
    text, start = tagged.text, tagged.start
    worded = [a for a in tagged.read.attributions if any(WORD.search(text, *span) for span in a.content)]
    cued = [_with_whole_speech(text, _attribution(text, a)) for a in worded]
    read = [a for a in cued if WORD.search(text, *a.cue) or _speaks_by_a_mark(a, cued)]
    read = sorted([*read, *_speeches(text, read)], key=lambda a: a.cue)
    return (
        [_moved(a, 0) for a in read if a.cue[0] < start],
        [_moved(a, start) for a in read if a.cue[0] >= start],
    )


def _attribution(text: str, found: tagger.TaggedAttribution) -> Attribution:
    cue, content = found.cue[0], tuple((a, _without_dash(text, a, b)) for a, b in found.content)
    source = _in_one_sentence(text, found.source[0], cue) if found.source else None
    said = AS_SAYING.match(text, cue[1]) if text.endswith("as", *cue) else None
    if said is None or not knows(said.group(1)):
        return Attribution(cue, source, content)
    # "quoted as denying": he denies.
    rest = tuple((max(a, said.end()), b) for a, b in content if b > said.end())
    if source is None and content[0][1] <= cue[0]:
        source = content[0]
    return Attribution((cue[0], said.end(1)), source, rest) if rest else Attribution(cue, source, content)


def _without_dash(text: str, start: int, end: int) -> int:
    """The end of words that a dash parts from their speaker."""
    return start + len(text[start:end].rstrip(" -–—")) if WORD.search(text, start, end) else end


def _speaks_by_a_mark(a: Attribution, others: Sequence[Attribution]) -> bool:
    """Whether a mark is a cue ("Iran: we shot first"): somebody stands beside it, and not "said the mayor"."""
    return a.source is not None and not any(a.source[0] <= b.cue[0] < a.source[1] for b in others)


def _with_whole_speech(text: str, a: Attribution) -> Attribution:
    """The attribution with the whole speech between two dashes: "- We left. It is theirs - he said".

    The tagger learnt from texts with quotation marks and gives only the last sentence of such a speech.
    """
    speech = _speech_before(text, min(a.cue, a.source or a.cue)[0])
    if not speech:
        return a
    others = [piece for piece in a.content if piece[1] <= speech[0] or speech[1] <= piece[0]]
    if len(others) == len(a.content):
        return a
    return replace(a, content=tuple(sorted([*others, speech])))


def _speeches(text: str, known: Sequence[Attribution]) -> Iterator[Attribution]:
    """Speeches between dashes that the tagger misses."""
    cues = {a.cue[0] for a in known}
    for match in SPEAKER.finditer(text):
        speech = _speech_before(text, match.start())
        if speech and match.start() not in cues:
            yield Attribution(match.span("cue"), match.span("source"), (speech,))


def _speech_before(text: str, at: int) -> Span | None:
    """The speech between two dashes, if the second one is right before an offset."""
    closes = SPEECH_CLOSES.search(text, max(0, at - 3), at)
    if not closes:
        return None
    low = max(0, at - LONGEST_SPEECH)
    low = max(low, text.rfind("\n", low, at))
    opens = [opens.end() for opens in SPEECH_OPENS.finditer(text, low, closes.start())]
    return (opens[-1], closes.start()) if opens else None


def _in_one_sentence(text: str, source: Span, cue: Span) -> Span:
    """The source, cut to its sentence nearest to the cue."""
    pieces = [Sentence(source[0] + s.start, source[0] + s.end) for s in sentences(text[slice(*source)])]
    if len(pieces) <= 1:
        return source
    nearest = pieces[0] if source[0] >= cue[1] else pieces[-1]
    return nearest.start, nearest.end


def _moved(a: Attribution, start: int) -> Attribution:
    """The attribution with offsets counted from the start of its part."""

    def moved(span: Span) -> Span:
        return span[0] - start, span[1] - start

    return Attribution(moved(a.cue), moved(a.source) if a.source else None, tuple(moved(span) for span in a.content))


def by_sentence(found: Iterable[Attribution], sentences: Iterable[Sentence]) -> list[Told]:
    """The sentences of a text, each with its attributions."""
    marked = [Told(sentence, [], None) for sentence in sentences]
    starts = [t.sentence.start for t in marked]

    def at(position: int) -> int:
        return max(0, bisect_right(starts, position) - 1)

    lenders: dict[int, Attribution] = {}
    for a in found:
        marked[at(a.cue[0])].cued.append(a)
        for start, end in a.content:
            lenders.update((i, a) for i in range(at(start), at(end - 1) + 1))
    return [t if t.cued else replace(t, lender=lenders.get(i)) for i, t in enumerate(marked)]
