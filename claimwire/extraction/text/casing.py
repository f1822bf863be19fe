"""Casing: rewrites headlines in capitals so that names differ from words."""

from functools import cache
from importlib.resources import files

SHORT_WORDS_FILE = files("claimwire") / "data" / "short_words.txt"
INITIALS = frozenset({"US", "U.S.", "UK", "U.K.", "UN", "U.N.", "EU", "UAE", "USA", "NATO", "IRA"})
SHORT_WORD = 3
"""The most letters at which a word that the file lacks counts as initials."""


@cache
def _short_words() -> frozenset[str]:
    """Short words that are no initials."""
    return frozenset(SHORT_WORDS_FILE.read_text("utf8").split())


def prose(text: str) -> str:
    """A headline in capitals, rewritten so that names differ from words; offsets stay."""
    if text != text.upper():
        return text
    cased = " ".join(map(_cased, text.split(" ")))
    cased = cased[:1].upper() + cased[1:]
    return cased if len(cased) == len(text) else text


def _cased(word: str) -> str:
    plain, short = word.strip(",.:;()\"'"), _short_words()
    if plain in INITIALS or (len(plain) <= SHORT_WORD and plain not in short):
        return word
    return word.lower() if plain in short else word.capitalize()
