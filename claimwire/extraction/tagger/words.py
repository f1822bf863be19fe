"""Splits text into words with offsets, and describes each word without a model."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from typing import Final

from claimwire.rules import rule

WORD: Final = rule(r"\w+(?:(?:[’'\-]|\.(?![A-Z]\w*[a-z]))\w+)*|[^\w\s]", finds="U.S.-led", passes=" \n ")
"""A full stop separates words if the next one begins like a sentence, since some feeds lose the space."""

_LINE: Final = rule(r"[^\r\n]+", finds="We left.", passes="\r\n")
_CLOSES_LINE: Final = rule(r"[.!?:;…\"'”’)\]]\s*$", finds="“We left.”", passes="We left the")
_WRAPPED_FROM: Final = 45
_ABBREVIATIONS: Final = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "gen",
        "col",
        "lt",
        "sgt",
        "capt",
        "maj",
        "brig",
        "adm",
        "cmdr",
        "sen",
        "rep",
        "gov",
        "pres",
        "rev",
        "hon",
        "jr",
        "sr",
        "st",
        "co",
        "corp",
        "inc",
        "ltd",
        "vs",
        "no",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "u.s",
        "u.k",
        "u.n",
    ]
)
"""Other than `sentences.ABBREVIATION`, since the network learnt from sentences split by these."""

_INITIALS: Final = rule(r"(?:[^\W\d_]\.)+[^\W\d_]", finds="U.S", passes="left.He", where="whole")
_SHOUTED_SHARE: Final = 0.7
_TITLED_SHARE: Final = 0.75
_MOST_REMEMBERED: Final = 200_000


class Shape(IntEnum):
    """How a word is written; *shouted* and *titled* are styles of a whole line."""

    NONE = 0
    LOWER = 1
    TITLE = 2
    UPPER = 3
    MIXED = 4
    NUMBER = 5
    MARK = 6
    SHOUTED = 7
    TITLED = 8


class Quote(IntEnum):
    """The position of a word relative to quotation marks."""

    OUTSIDE = 0
    OPENING = 1
    INSIDE = 2
    CLOSING = 3


@dataclass(frozen=True, slots=True)
class TaggerWords:
    """The words of one text, in order, one list for each property."""

    texts: list[str]
    starts: list[int]
    ends: list[int]
    shapes: list[int]
    quotes: list[int]
    sentences: list[int]
    """Number of the sentence that a word belongs to."""
    paragraphs: list[int]
    """Index of the first word of each paragraph, and the number of words at the end."""


def split(text: str) -> TaggerWords:
    """Split a text into words and describe each.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Words
        Offsets are code points into the text. A paragraph is a line, but a line that was wrapped
        in the middle of a sentence goes on in the next one.
    """
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    paragraphs = [0]
    for start, end in _paragraphs(text):
        for match in WORD.finditer(text, start, end):
            texts.append(match.group())
            starts.append(match.start())
            ends.append(match.end())
        if len(texts) > paragraphs[-1]:
            paragraphs.append(len(texts))
    shapes = [_shape(word) for word in texts]
    for first, last in pairwise(paragraphs):
        restyle(shapes, first, last)
    before = [text[at - 1 : at].strip() for at in starts]
    after = [text[at : at + 1].strip() for at in ends]
    quotes = quote_states(texts, before, after, paragraphs)
    return TaggerWords(texts, starts, ends, shapes, quotes, sentence_numbers(texts, paragraphs), paragraphs)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    begun = -1
    ended = 0
    for line in _LINE.finditer(text):
        if begun >= 0 and not _goes_on(text, begun, ended, line.start()):
            yield begun, ended
            begun = -1
        if begun < 0:
            begun = line.start()
        ended = line.end()
    if begun >= 0:
        yield begun, ended


def _goes_on(text: str, begun: int, ended: int, next_start: int) -> bool:
    """Whether the line break after ``ended`` wraps a sentence."""
    if text[ended:next_start] not in ("\n", "\r\n", "\r"):
        return False
    line_start = max(begun, ended - 200, text.rfind("\n", begun, ended) + 1)
    if ended - line_start < _WRAPPED_FROM or ended - line_start >= 200:
        return False
    if text[next_start].isspace():
        return False
    return _CLOSES_LINE.search(text, max(line_start, ended - 8), ended) is None


_shapes: dict[str, int] = {}


def _shape(word: str) -> int:
    known = _shapes.get(word)
    if known is None:
        known = _look(word)
        if len(_shapes) >= _MOST_REMEMBERED:
            _shapes.clear()
        _shapes[word] = known
    return known


def _look(word: str) -> Shape:
    if not word[0].isalnum():
        return Shape.MARK
    if any(letter.isdigit() for letter in word[:40]):
        return Shape.NUMBER
    if word.islower():
        return Shape.LOWER
    if word.isupper() and len(word) > 1:
        return Shape.UPPER
    if word[0].isupper() and (len(word) == 1 or word[1:].islower()):
        return Shape.TITLE
    return Shape.MIXED


def restyle(shapes: list[int], first: int, last: int) -> None:
    """Mark a line that is written in capitals, or with a capital on most words, in place.

    Capitals say nothing about a word if all words have them.

    Parameters
    ----------
    shapes : list[int]
        The shapes of a text's words.
    first, last : int
        The line's words.
    """
    line = shapes[first:last]
    lower, title, upper = (line.count(s) for s in (Shape.LOWER, Shape.TITLE, Shape.UPPER))
    letters = lower + title + upper + line.count(Shape.MIXED)
    if letters >= 2 and upper + 0.5 * title >= _SHOUTED_SHARE * letters and upper > title:
        style = Shape.SHOUTED
    elif letters >= 4 and title + upper >= _TITLED_SHARE * letters and last - first < 40:
        style = Shape.TITLED
    else:
        return
    for index in range(first, last):
        if shapes[index] in (Shape.LOWER, Shape.TITLE, Shape.UPPER, Shape.MIXED):
            shapes[index] = style


def quote_states(texts: list[str], before: list[str], after: list[str], paragraphs: list[int]) -> list[int]:
    """Follow quotation marks through each paragraph.

    Parameters
    ----------
    texts : list[str]
        The words.
    before, after : list[str]
        The letter before each word and the one after it; empty for white space and at the ends.
    paragraphs : list[int]
        Index of each paragraph's first word, and the number of words at the end.

    Returns
    -------
    list[int]
        A `Quote` for each word. A quotation that is not closed ends where the next one opens, or
        with its paragraph.
    """
    states: list[int] = [Quote.OUTSIDE] * len(texts)
    for first, last in pairwise(paragraphs):
        opened = ""
        index = first
        while index < last:
            mark, end = texts[index], index + 1
            if mark in _QUOTE_MARKS:
                if mark in "'`" and end < last and texts[end] == mark and after[index]:
                    mark, end = '"', end + 1
                step = _step(mark, opened, before[index], after[end - 1])
                if step is not None:
                    states[index:end] = [step] * (end - index)
                    opened = _CLOSED_BY[mark] if step == Quote.OPENING else ""
                    index = end
                    continue
            if opened:
                states[index:end] = [Quote.INSIDE] * (end - index)
            index = end
    return states


_CLOSED_BY: Final = {"“": '”"', '"': '"”', "‘": "’'", "'": "'’", "«": "»", "„": "“”", "`": "'"}
_QUOTE_MARKS: Final = frozenset("“”\"‘’'«»„`")
_STRAIGHT: Final = "\"'"


def _step(mark: str, opened: str, before: str, after: str) -> Quote | None:
    """Say whether a mark opens or closes a quotation, or does neither."""
    if mark in _STRAIGHT and before.isalnum() and after.isalnum():
        return None  # Kuwait"s: an apostrophe
    if opened:
        if mark == '"' and mark in opened and after.isalnum() and not before:
            return Quote.OPENING
        return Quote.CLOSING if mark in opened else None
    if mark not in _CLOSED_BY or (mark in _STRAIGHT and before and not after):
        return None
    if mark == "'" and before.isalnum():
        return None
    return Quote.OPENING


def sentence_numbers(texts: list[str], paragraphs: list[int]) -> list[int]:
    """Number the sentences of a text.

    Parameters
    ----------
    texts : list[str]
        The words.
    paragraphs : list[int]
        Index of each paragraph's first word, and the number of words at the end.

    Returns
    -------
    list[int]
        For each word the number of its sentence; closing quotation marks stay with theirs.
    """
    numbers = [0] * len(texts)
    number = 0
    for first, last in pairwise(paragraphs):
        ending = False
        for index in range(first, last):
            word = texts[index]
            if ending and word not in _TRAILS:
                ending = False
                if not word[0].islower():
                    number += 1
            numbers[index] = number
            if word in _STOPS:
                ending = word != "." or index == first or not _abbreviated(texts[index - 1])
        number += 1
    return numbers


_STOPS: Final = frozenset(".!?…")
_TRAILS: Final = frozenset(".!?…”\"’')]»")


def _abbreviated(word: str) -> bool:
    return (len(word) == 1 and word.isalpha()) or word.lower() in _ABBREVIATIONS or bool(_INITIALS.fullmatch(word))
