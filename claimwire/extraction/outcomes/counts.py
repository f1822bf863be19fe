"""Counts: how many of something a phrase reports."""

import re

from claimwire.extraction.outcomes.item_context import Phrase
from claimwire.extraction.text.clauses import first_words, last_words
from claimwire.extraction.text.slots import SMALL
from claimwire.rules import rule

NUMBER = rule(
    rf"\b(\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}}|{'|'.join(SMALL)})\b",
    re.I,
    finds="shot down 1,047 drones",
    passes="someone flew an F16",
)
AMONG_THEM = rule(
    r"\b(?:including|among them|of them|of whom)\b[^,;.]*",
    re.I,
    finds="90 soldiers, including six officers, ",
    passes="90 soldiers of the sixth brigade ",
)
"""Words that introduce a part of what is counted."""

REACH = 30
"""Characters from the phrase within which its number is sought."""


def how_many(phrase: Phrase) -> int | None:
    """The number next to the phrase: behind an active verb, before a passive one; None if there is none."""
    words, match = phrase.words, phrase.match
    after = first_words(words[match.end() : match.end() + REACH + 1], REACH)
    before = last_words(AMONG_THEM.sub("", words[: match.start()]), REACH)
    last = next(iter(list(NUMBER.finditer(before))[-1:]), None)
    found = last or NUMBER.search(after) if phrase.trigger.voice == "passive" else NUMBER.search(after) or last
    if not found:
        return None
    text = found.group(1).casefold().replace(",", "")
    return int(text) if text.isdigit() else SMALL[text]
