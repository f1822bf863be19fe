"""The rules by which `organisations` recognises the name of a company or another body."""

from claimwire.rules import rule
from claimwire.sides import LEGAL_FORMS
from claimwire.word_lists import BODY_NAMES, CAPITALISED_WORD, OPENERS, PARTICLES, SHORT_TITLES

RUN = rule(
    rf"{CAPITALISED_WORD}(?:,? (?:(?:{PARTICLES}|and|of|for) (?:the )?)?{CAPITALISED_WORD}){{0,6}}"
    r"(?: (?:inc|corp|ltd|plc)\b)?",
    finds="shares of Golden Barley and Hops plc",
    passes="shares of a brewer",
)

LEGAL = rule(
    rf"(?:,? (?:(?i:{LEGAL_FORMS})|and Sons|(?:and|&) Co)\b\.?)+$",
    finds="Golden Barley Ltd",
    passes="Barley Company Store",
)

KIND = rule(
    rf"(?<=\s)(?:{BODY_NAMES}|Airlines?|Airways|Bancorp|Banks|Bros|Brothers|Cent(?:er|re)|Electric|Energy|Exchange"
    r"|Federation|Financial|Foundation|Fund|Gruppo|Holdings?|Industries|Insurance|League|Monitor|Motors?|Movement"
    r"|Observatory|Oil|Partners|Petroleum|Power|Resources|Securities|Society|Steel|Stores|Systems|Technologies|Trust)$",
    finds="Dock Hands Union",
    passes="Union",
)
"""Bodies that are sides of their own, unlike a ministry or the police, which speak for their state."""

TICKER = rule(r"\s*<[A-Z0-9.]{1,9}>", finds=" <BRLY.N> said", passes=" <Barley> said", where="start")
PRIVATE = rule(r"<([^<>\n]{3,60})>", finds="bought by <Golden Barley>", passes="printed in <b> type")
FILLER = rule(
    rf"^(?:(?:{OPENERS}|Of|Separately|President|Chairman|{SHORT_TITLES}|Analyst|Former|Ex|Spokesman|Spokeswoman|Secretary"
    r"|Minister|Industry)\.?(?: |$))+",
    finds="Meanwhile Golden Barley",
    passes="Theodore Barley",
    where="start",
)

OF_A_PERSON = rule(
    r"^[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z]+ (?:of|for|at) (?=[A-Z])|^[\w.]+-based ",
    finds="Jane Roe of Golden Barley",
    passes="Bank of Ghent",
    where="start",
)

OF_A_PLACE = rule(rf"\b((?i:{LEGAL_FORMS})) of [A-Z].*$", finds="Telephone Co of Ghent", passes="Bank of Ghent")
"""A company's place in its name: "Telephone Co of Stockholm"."""
