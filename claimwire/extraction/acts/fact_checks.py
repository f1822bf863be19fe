"""Fact checks: an outlet says in its own voice that somebody else's words are not so."""

import re
from dataclasses import dataclass

from claimwire.extraction.text.sentences import Sentence
from claimwire.rules import rule
from claimwire.statements import Span

FALSE = (
    r"(?:untrue|false|wrong|incorrect|premature|inaccurate|not true|not the case|unfounded|baseless"
    r"|a lie|an? (?:invention|fabrication))"
)
VERDICT = rule(
    rf"\b(?:something(?: that| which)?|which|that|what|(?<!\bthat )(?:the|this|his|her|its|their|[\w’'-]+['’]s)"
    rf" (?:\w+ )?(?:claims?|statements?|announcements?|reports?|assertions?)\b[^.;]{{0,120}}?)"
    rf"\s*\b(?:was|were|is|are|proved|proved to be|turned out to be|has proved"
    rf"|has turned out to be)\s+(?:\w+ )?({FALSE})\b",
    re.I,
    finds="The ministry’s claim that the town had fallen was false.",
    passes="He said that the claim was false.",
)
CLAIM_NOUN = rule(
    r"(?:([\w’'. -]{2,40}?)['’]s?|\b([Hh]is|[Hh]er|[Tt]heir|[Ii]ts))\s+(?:\w+ )?(?:claim|statement"
    r"|announcement|assertion|report) that (.+?)(?=\s+(?:was|were|is|proved|turned out)\s+(?:\w+ )?" + FALSE + r"\b)",
    finds="The ministry’s claim that the town had fallen was false.",
    passes="The ministry’s claim on the town was false.",
)
GENERAL = rule(
    r"\b(?:claims|statements|announcements|assertions|reports) (?:that|which) (?:have|had|often)\b",
    re.I,
    finds="Its claims that have often proved false",
    passes="Its claim that has proved false",
)


@dataclass(frozen=True, slots=True)
class OutletVerdict:
    """A fact check, on earlier words or on those that it names.

    Attributes
    ----------
    span
        The words of the fact check.
    claimant, claim
        Who said what, if the same sentence holds the claim.
    """

    span: Span
    claimant: Span | None = None
    claim: Span | None = None


def verdict(text: str, sentence: Sentence) -> OutletVerdict | None:
    """The outlet's fact check in a sentence; a remark on a whole record checks no claim."""
    said = text[sentence.start : sentence.end]
    found = VERDICT.search(said)
    if GENERAL.search(said) or (found and _quoted(said, found.start(1))):
        return None
    if found:
        noun = CLAIM_NOUN.search(said)
        if noun:
            who = noun.span(1) if noun.group(1) else noun.span(2)
            return OutletVerdict(sentence.at(found.span()), sentence.at(who), sentence.at(noun.span(3)))
        return OutletVerdict(sentence.at(found.span()))
    return None


def _quoted(said: str, position: int) -> bool:
    return said.count("“", 0, position) > said.count("”", 0, position) or said.count('"', 0, position) % 2 == 1
