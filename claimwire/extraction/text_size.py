"""Sizes: how much there is to read in a text, known before it is read."""

from claimwire.extraction.tagger.words import WORD

LONG_WORD = 8
"""Characters that count as a word at least: a blank of a million characters is no short text."""


def words(text: str) -> int:
    """Words and marks of a text, as the tagger takes them: what reading takes goes by them."""
    return max(sum(1 for _ in WORD.finditer(text)), len(text) // LONG_WORD)
