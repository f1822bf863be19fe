"""WordPiece for single words, with the vocabulary of the uncased encoder and a cache of words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

PAD: Final = 0
UNKNOWN: Final = 100
FIRST: Final = 101
SEPARATOR: Final = 102

_LONGEST_WORD: Final = 60
_MOST_PIECES: Final = 4
_MOST_OF_NUMBER: Final = 2
_REMEMBERED: Final = 200_000


class Pieces:
    """Splits a word into the ids of its word pieces.

    Parameters
    ----------
    vocabulary : Iterable[str]
        The pieces in order of their ids; a piece inside a word starts with ``##``.

    Notes
    -----
    Only the first pieces of a long word are kept: the network reads a word's state at its first
    piece, so the rest is only context.
    """

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._known: dict[str, tuple[int, ...]] = {}

    def __call__(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces, at least one.

        Parameters
        ----------
        word : str
            One word, without white space.

        Returns
        -------
        tuple[int, ...]
            Between one and four ids.
        """
        found = self._known.get(word)
        if found is None:
            word = word[:_LONGEST_WORD]
            found = self._split(word)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[word] = found
        return found

    def _split(self, word: str) -> tuple[int, ...]:
        ids: list[int] = []
        for part in _parts(word):
            ids += self._greedy(part)
        most = _MOST_OF_NUMBER if word[0].isdigit() else _MOST_PIECES
        return tuple(ids[:most]) or (UNKNOWN,)

    def _greedy(self, part: str) -> list[int]:
        """Take the longest known piece again and again."""
        ids: list[int] = []
        start = 0
        while start < len(part):
            end = len(part)
            mark = "##" if start else ""
            while end > start and mark + part[start:end] not in self._ids:
                end -= 1
            if end == start:
                return [UNKNOWN]
            ids.append(self._ids[mark + part[start:end]])
            start = end
        return ids


def _parts(word: str) -> list[str]:
    """Lower-case a word, remove its accents and split it at punctuation."""
    plain = unicodedata.normalize("NFD", word.lower())
    parts: list[str] = []
    inside = False
    for letter in plain:
        kind = unicodedata.category(letter)
        if kind == "Mn" or kind.startswith("C"):
            continue
        if _stands_alone(letter, kind):
            parts.append(letter)
            inside = False
        elif inside:
            parts[-1] += letter
        else:
            parts.append(letter)
            inside = True
    return parts


def _stands_alone(letter: str, kind: str) -> bool:
    ascii_symbol = letter.isascii() and not letter.isalnum()
    return ascii_symbol or kind.startswith("P") or "\u4e00" <= letter <= "\u9fff"
