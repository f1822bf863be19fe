"""The rules by which `antecedents` recognises names, and nouns without one."""

import re
from importlib.resources import files

from claimwire.extraction.speakers.speaker_rules import PORTFOLIOS, ROLE
from claimwire.rules import rule
from claimwire.word_lists import BODY_NAMES, CALENDAR_NAMES, CAPITALISED_WORD, OPENERS, PARTICLES, SHORT_TITLES

PRONOUN = rule(
    r"(?:he|she|it|they|we|i|you|who|which|what)\b",
    re.I,
    finds="they and others",
    passes="Theydon Council",
    where="start",
)
"""Words that begin so are no name. `speaker_rules.PRONOUN` matches all of a speaker's words."""

ARTICLE = rule(r"the ", re.I, finds="The Harbour Trust", passes="Theydon Council", where="start")
FIRST_PERSON = rule(r"(?:i|we|my|our)", re.I, finds="our", passes="your", where="whole")
TITLE = rule(
    rf"\b(?:{SHORT_TITLES}|President|Prime Minister|Minister)\.? [A-Z][\w’-]+",
    finds="Gen. Petrov",
    passes="the General Staff",
)

BODY = rule(
    rf"\b(?:{BODY_NAMES}|Administration|Army|Bureau|Cabinet|City|Command|Commission|Company|Congress|County|Court"
    r"|Department|Embassy|Forces?|Government|Guard|Hospital|House|Intelligence|Journal|Kingdom|Ministry|Nations|Navy|News"
    r"|Office|Parliament|Police|Post|Press|Province|Region|Republic|Senate|Service|Staff|States|Street|Times)\b",
    finds="the Harbour Police",
    passes="Jane Banks",
)
"""Words in names of bodies and states, but not of people."""

NAME = rf"{CAPITALISED_WORD}(?: (?:(?:{PARTICLES}|of) )?{CAPITALISED_WORD})*"
SUBJECT = rule(
    rf"^[\"“'‘]?(?:(?:The|the|A|An) )?({NAME})(?=[ ,’'])",
    finds="The Harbour Trust said",
    passes="the harbour trust said",
    where="start",
)

WORD_OF_NAME = rule(r"(?<![\w’'\[-])[A-Z][\w-]*[a-z]\b", finds="that Roe left", passes="that [Roe] left")
GOES_ON = rule(
    rf"(?:['’]s?+)?+(?:[\w\]-]| (?!(?:{CALENDAR_NAMES})\b)[A-Z])",
    finds="'s Ltd",
    passes="'s mill on Monday",
    where="start",
)
"""What follows a word that is only a part of a name."""

BEGUN = rule(
    rf"\b(?!(?:{SHORT_TITLES}|{OPENERS})\b)[A-Z][\w’'.-]* (?:(?:{PARTICLES}) )?$",
    finds="the plan of Jane ",
    passes="the plan of Mr. ",
)
"""The first words of a name, or an office, right before its last word."""

ABBREVIATION = rule(r"[A-Z]{3,} ", finds="BST Jane Roe", passes="JD Roe", where="start")
"""What stands before a name and is no first name, such as the time zone of a live page's entry."""

NO_NAME = rule(
    rf"(?:{OPENERS}|Officials|Police|Mr|Mrs|Ms|{CALENDAR_NAMES})\b(?!-)",
    finds="One of the ships",
    passes="One-Stop Foods",
    where="start",
)
"""Words that have a capital only because they begin a sentence."""

KINDS_FILE = files("claimwire") / "data" / "kinds.tsv"


def _kinds() -> dict[str, frozenset[str]]:
    """Nouns with their kinds, which show where the name stands or whom the noun means."""
    lines = KINDS_FILE.read_text("utf8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {noun: frozenset(kinds.split()) for noun, kinds in rows}


KINDS = _kinds()
BARE = rule(
    r"[Tt]he (?!(?:last|first|next|latest|same|other|only|most|more|alleged|reported|late|then)\b)"
    rf"(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))}|[a-z]{{3,}})(?P<owner>[’']s)?(?= [a-z]|$)"
    r"(?! (?:of|in|at|near|for|on|that|which|who|where|called|known|named)\b)",
    finds="the ministry",
    passes="the ministry of health",
    where="start",
)
"""A noun without a name beside it, in a sentence. `speaker_rules.BARE` matches all of a speaker's words."""

TAIL = rule(
    r",? (?:who|which|whose|cited|quoted|citing|quoting|speaking)\b.*$|, .*$",
    finds="Jane Roe, a lawyer",
    passes="Jane Roe of Acme",
)
"""Words after a speaker's name that are no part of it, offices included (`speaker_rules.TOLD_OF` keeps these)."""

TITLES = rule(
    rf"(?:(?:{ROLE.pattern}|Prime|Vice|State|{PORTFOLIOS}|{SHORT_TITLES})\W*)+",
    re.I,
    finds="Prime Minister",
    passes="Prime Minister Roe",
    where="whole",
)
"""Titles alone, which name nobody."""

HOLDER = rule(
    rf"{ROLE.pattern}$",
    re.I,
    finds="The U.S. president",
    passes="the president's office",
)
"""An office that ends a speaker's words, and so stands for its holder."""

OFFICER = rule(
    rf"({NAME})(?:['’]s)? (?:CEO|CFO|{ROLE.pattern})",
    finds="Acme CEO Jane Roe",
    passes="Jane Roe, Acme CEO",
    where="start",
)
"""An officer with the name of the body: "Acme CEO John Smith"."""

OWNER = rule(r"^.*['’]s (?=[A-Z])", finds="Ruritania's Golden Barley", passes="Ruritania's barley", where="start")
OFFICE = rule(
    rf"(?:{ROLE.pattern}|\b(?:{SHORT_TITLES})\.?) $",
    re.I,
    finds="met the president ",
    passes="met the president of ",
)
"""An office or a title right before a name."""

APPOSED = rule(
    r", (?:\d+,|a |an |the |who |his |her |[a-z]+ )",
    finds=", 42, of Springfield",
    passes=", John Doe and others",
    where="start",
)

LOCATED = rule(r"\b(?:in|at|near|around|outside)(?: the)? $", finds="was held outside ", passes="was held by ")
"""Words before the name of a place."""

LOOSE_END = rule(rf"(?: (?:{PARTICLES}|of|and|the))+$", finds="Bank of the", passes="Bank of Ghent")
ENDING = rule(r"['’]s?$|(?<=\w\w)\.$", finds="Golden Barley Ltd.", passes="John Q.")
"""Endings that are no part of a name, unlike a full stop behind a single letter."""
