"""Sentences and quotations, with exact offsets."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from unicodedata import category

from claimwire.rules import rule
from claimwire.statements import Span
from claimwire.word_lists import CALENDAR_NAMES, OPENERS, SHORT_TITLES

LOWER = "[a-zß-öø-ÿā-ž]"
GLUED = (
    rf"(?<={LOWER}{{2}})[.!?](?:[\"”](?=[\"“]?[A-Z-])"
    r"|(?=[A-Z][a-z]|[\"“][A-Z]|- ?[A-Z]|[AI](?:['’]| [a-z])|(?:EU|NATO|UK|UN|US|USA) [a-z]))(?!(?:Com|Net|Org)\b)"
    r"|(?<=[A-Z]{2})\.(?=[A-Z][a-z]++(?!>)|- ?[A-Z])"
    r"|(?<=[\"”)])\.(?=[\"“]?[A-Z][a-z ]|- ?[A-Z])"
    r"|(?<=\d)\.(?=(?:- ?[A-Z]|A|According|After|At|But|He|However|I|If|In|It|On|She|So|The|They|This|We|When|While)\b)"
)
"""A full stop with no space behind it: after a word, initials, a closing mark or a number, and before
the beginning of a sentence, so that "U.S. Army", "3.5" and "<ACME.N>" stay whole."""

END = rule(rf"(?:[.!?…][\"”’')\]]*(?=\s)|\n)\s*|{GLUED}", finds="They left. It rained", passes="It rose 3.5 pct")
"""The end of a sentence. Some feeds lose the space behind it."""

ABBREVIATION = rule(
    rf"\b(?:[A-Z]|{SHORT_TITLES}|Jr|Sr|St|Inc|Corp|Co|Cos|Ltd|Bros"
    r"|No|vs?|approx|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.$",
    finds="said Gen.",
    passes="said then.",
)
LONGEST_ABBREVIATION = 8
HOUR = rule(r"\d ?[ap]\.m\.$", finds="at 3 p.m.", passes="at 3 pm")
OF_A_ZONE = rule(
    r"(?:(?:[A-Z]\w+ ){1,2}(?:[Tt]ime|TIME)|GMT|UTC|BST|CES?T|E[SD]?T|C[SD]T|M[SD]T|P[SD]T|MSK|IST|JST)\b",
    finds="Moscow time on Monday",
    passes="Moscow timed it",
    where="start",
)
"""What follows an hour and tells whose hour it is."""

LONGEST = 800
"""The most characters of a sentence. Anything longer is a table or no prose and is cut, so that reading
takes time in proportion to the text."""

LONGEST_DATELINE = 120
STARTS_LOWER = rule(r"[a-z]", finds="and left", passes="They left", where="start")
DATELINE = rule(
    r"(?:[A-Z][A-Z'’. /-]+)(?:,[^\n\"“()]{0,50}?)?(?:\b[A-Z][a-z]{2,8}\.? \d{1,2})? ?"
    r"(?:\([^()\n]{2,40}\) ?(?:--|[-–—]) ?|(?:--|[-–—]) )",
    finds="HARBOUR CITY, March 3 (Agency) - The mayor",
    passes="Harbour City - The mayor",
    where="start",
)
SLUG = rule(
    r"(?:CORRECTED|CORRECTION|UPDATE|REFILE|WRAPUP|EXPLAINER|KILL|RPT|EXCLUSIVE|FLASH|URGENT"
    r"|REPEAT)(?: \d+)? ?[-–:] ?",
    finds="UPDATE 2-Bank cuts rates",
    passes="UPDATED rates of banks",
    where="start",
)
NAME = rf"(?!(?:{OPENERS}|{CALENDAR_NAMES})\b)[A-Z][\w’'-]+"
PERSON = rf"{NAME}(?: [A-Z]\.)? (?:[a-z]{{2,3}}-)?{NAME}"

HEADING = rule(
    r"(?>(?:(?![^\sa-z]*[A-Z]{2})[^\sa-z]+ )?[^\sa-z]*[A-Z]{2}[^\sa-z]* ){4,}"
    r"(?=[“\"‘']?(?:[A-Z][a-z]|(?:A|I|\d[\d,.]*) [a-z]))",
    finds="MAYOR SAYS 2 BRIDGES CLOSED A boat passed",
    passes="NATO AND EU Ministers met",
    where="start",
)
"""A line in capitals that a page's text has run into the sentence behind it: a link to another item, or a title."""

FURNITURE = rule(
    r"(?:In this article|Advertisement|To view this video please enable JavaScript, and consider upgrading to a web"
    r" browser that supports HTML5 video|This video can ?not be played) (?=[“\"‘']?[A-Z0-9])",
    finds="In this article Shares rose",
    passes="In this article, shares rose",
    where="start",
)
"""What web pages say of themselves, run into the sentence behind it."""

REPORTING = r"Reporting from [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*?(?:, [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)?"
BYLINE = rule(
    rf"(?:(?:By|BY) (?:{PERSON}(?: {NAME})?(?:,| and|, and) )*{PERSON}(?: {REPORTING})?|{REPORTING}"
    r"|(?:[A-Z][\w’'-]+ ){1,3}with (?:AFP|AP|Reuters|dpa|agencies))"
    r" (?=[“\"‘']?[A-Z][\w-]*+(?!['’]s))",
    finds="By Jane Roe and John Q. Doe Reporting from Ghent The mill closed",
    passes="By Monday Jane Roe had left",
    where="start",
)
"""The names of an item's writers, run into the sentence behind them."""

EDITORS_NOTE = rule(
    r"\[[A-Z]{2,}(?: [A-Z]{2,})*\] (?=[“\"‘']?[A-Z0-9])",
    finds="[TEXT] THE MAYOR LEFT",
    passes="[The mayor] left",
    where="start",
)
"""What a monitoring service notes on the text that follows."""

LONGEST_BEFORE = 240
"""The most characters of what stands before a sentence and is nobody's."""

QUOTATION = rule(
    r"“[^”\n]*(?:”|(?=\n)|$)|\"[^\"\n]*(?:\"|(?=\n)|$)",
    finds="“We left,” she said",
    passes="the soldiers’ boots, 5’ wide",
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at ``text[start:end]``, without the white space around it."""

    start: int
    end: int

    def at(self, span: Span) -> Span:
        """A span counted from the sentence's start, as a span of the text."""
        return self.start + span[0], self.start + span[1]


def sentences(text: str) -> Iterator[Sentence]:
    """Sentences of a text in order. The end of a paragraph ends one; nobody says datelines, slugs and furniture."""
    start = 0
    position = 0
    while match := END.search(text, position):
        position = match.end()
        if match.group()[0] != "\n" and _goes_on(text, match):
            continue
        yield from _sentence(text, start, match.end())
        start = match.end()
    yield from _sentence(text, start, len(text))


class Quotations:
    """Quotations, marks included. An open one ends with its paragraph."""

    def __init__(self, text: str) -> None:
        self._spans = [m.span() for m in QUOTATION.finditer(text)]

    def within(self, sentence: Sentence) -> list[Span]:
        """Pieces of quotations in the sentence, by offsets from its start."""
        first = bisect_left(self._spans, sentence.start, key=lambda span: span[1])
        pieces = []
        for start, end in islice(self._spans, first, None):
            if start >= sentence.end:
                break
            piece = (max(start, sentence.start) - sentence.start, min(end, sentence.end) - sentence.start)
            if piece[0] < piece[1]:
                pieces.append(piece)
        return pieces

    def opened_before(self, sentence: Sentence) -> bool:
        """Whether the sentence begins inside a quotation."""
        return self.touch((sentence.start, sentence.start + 1))

    def touch(self, span: Span) -> bool:
        """Whether a quotation and the span overlap."""
        at = bisect_right(self._spans, span[0], key=lambda s: s[1])
        return at < len(self._spans) and self._spans[at][0] < span[1]


def dateline_length(text: str) -> int:
    """Length of the dateline that begins the text ("KYIV, Dec 2 (Agency) -"); 0 without one."""
    found = DATELINE.match(text[:LONGEST_DATELINE])
    return found.end() if found else 0


def plain(text: str) -> str:
    """The text with slugs, datelines, headings and furniture blanked, since they are nobody's words; offsets stay."""
    pieces, end = [], 0
    for sentence in sentences(text):
        head = text[end : sentence.start]
        pieces += ["".join(c if c.isspace() else " " for c in head), text[sentence.start : sentence.end]]
        end = sentence.end
    return "".join([*pieces, text[end:]])


def _goes_on(text: str, match: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation, or the next word is in lower case."""
    if STARTS_LOWER.match(text, match.end()):
        return True
    stop = match.start() + 1
    before = text[max(0, stop - LONGEST_ABBREVIATION) : stop]
    return bool(ABBREVIATION.search(before) or (HOUR.search(before) and OF_A_ZONE.match(text, match.end())))


def _is_blank(character: str) -> bool:
    """Whether it is invisible: white space, or a mark of direction, width or byte order."""
    return character.isspace() or category(character) == "Cf"


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end and _is_blank(text[start]):
        start += 1
    for words in (SLUG, FURNITURE, EDITORS_NOTE, HEADING, BYLINE):
        found = words.match(text, start, min(end, start + LONGEST_BEFORE))
        start = found.end() if found else start
    start += dateline_length(text[start : min(end, start + LONGEST_DATELINE)])
    while end > start and _is_blank(text[end - 1]):
        end -= 1
    while end - start > LONGEST:
        cut = text.rfind(" ", start + 1, start + LONGEST)
        cut = cut if cut > start else start + LONGEST
        yield Sentence(start, cut)
        start = cut
    if start < end:
        yield Sentence(start, end)
