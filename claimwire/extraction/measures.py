"""Measures: who cuts, raises or keeps a rate, a price, an output or the value of a currency, or means to."""

import re

from claimwire.extraction.clauses import SUPPOSED, last_words
from claimwire.extraction.readers import Phrase
from claimwire.outcomes import measured
from claimwire.sides import is_state, sides_in
from claimwire.statements import Outcome

OIL = re.compile(r"\b(?:opec|oil|crude|bpd|barrels?)\b", re.I)
OF_OIL = frozenset({"price", "output"})
"""What is measured of oil only: everybody else has prices and an output as well."""

THINGS = re.compile(r"rates?\b|prices?\b|output|production|exports|valu", re.I)
"""What is measured, in any of its words."""

WISHED = re.compile(
    r"\b(?:pressure|urg(?:e[sd]?|ing|ent(?:ly)?|ency)|call(?:s|ed|ing)? (?:for|on)|(?:ask|want)(?:s|ed|ing)?"
    r"|appeal\w*|demand\w*|must|needs?|hop(?:e|es|ed|ing)|favou?r\w*|prefer\w*|helps?|allow\w*|enabl\w+"
    r"|forc(?:e[sd]?|ing)|persuad\w+|led to|leads? to|due to|because|despite|if|before|after|since|follow\w*|when"
    r"|as|reflect\w*|response to|expectations? of|in order to|ability|able to|attempts?|try(?:ing)?|effects? of"
    r"|scope|room|ought|useful|avoid\w*|prevent\w*|deflect\w*|defend\w* \w+ \w+ from|effort\w*|strategy|importance"
    r"|agreement|accord|recommend\w*|incentives?|obstacles?|hint(?:s|ed|ing)?|trigger\w*|encourag\w*)\b"
    r"|(?<!decided )(?<!decision )\bnot to $",
    re.I,
)
"""Before the phrase: then somebody else wishes for the measure, or it is told in passing."""

REACH = 150
"""Characters before the phrase that are looked at for that."""

POSTED = re.compile(r"\bcts\b|/bbl\b|\bproduct prices\b|\b(?:companies|firms|refiners)\b", re.I)
"""Beside the price or the output of oil: then it is that of a company."""

OWN = re.compile(r"\b(?:its|our)\b", re.I)
RATE = "rate"
OF_A_DEBT = re.compile(r"\b(?:debts?|loans?|creditors?|reschedul\w+|mortgages?|swaps?|LIBOR)\b", re.I)
"""Beside a rate: then it is that of a debtor."""

MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    "|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
PAST = re.compile(
    rf"\b(?:last|past|previous) (?:years?|months?|decades?|{MONTH})\b"
    rf"|\b(?:agreed|decided|agreement|decision|meeting)(?: \w+)? (?:in|of) (?:{MONTH})\b"
    r"|\b(?:in|since|an?) (?:19|20)\d\d\b|\bin the past\b|\bearlier (?:this year|last)\b",
    re.I,
)
"""Beside it: then a measure of long ago is told."""


def are_named(words: str) -> bool:
    """Whether anything that is measured is named in some words: else no phrase of a measure need be looked for."""
    return bool(THINGS.search(words))


def event(phrase: Phrase) -> Outcome | None:
    """The measure and the state or body whose it is; None where that is not told, or nobody takes it."""
    words, match, code = phrase.words, phrase.match, phrase.trigger.code
    before = words[: match.start()]
    if SUPPOSED.search(phrase.clause) or WISHED.search(last_words(before, REACH)) or PAST.search(words):
        return None
    if measured(code) in OF_OIL and (POSTED.search(words) or not OIL.search(words)):
        return None
    if measured(code) == RATE and OF_A_DEBT.search(words):
        return None
    actor = _actor(before, match.group(), phrase.reader.speaker_side)
    return Outcome(code=code, actor=actor, negated=phrase.negated_there) if actor else None


def _actor(before: str, phrase: str, speaker: str) -> str:
    """The side named last before the phrase; "its rates" are the speaker's; else the side in it ("U.K. base rates")."""
    named = [side for _, _, side in sides_in(before)]
    if not named and not OWN.search(phrase):
        named = [side for _, _, side in sides_in(phrase)]
    return named[-1] if named else speaker if is_state(speaker) else ""
