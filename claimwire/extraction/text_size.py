"""Text size: how much there is to read in a text, known before reading."""

from claimwire.extraction.tagger.words import WORD

LONG_WORD = 8
"""Characters that count as at least one word, so that a million blanks are no short text."""


def words(text: str) -> int:
    """The number of words and marks as the tagger counts them. The time for reading depends on it."""
    return max(sum(1 for _ in WORD.finditer(text)), len(text) // LONG_WORD)
