"""Offices: who leaves one, is sent away from one or stays."""

import re

from claimwire.extraction.clauses import SUPPOSED
from claimwire.extraction.organisations import FILLER
from claimwire.extraction.readers import Phrase
from claimwire.sides import is_person_of_side, sides_in
from claimwire.statements import Outcome

RUN = re.compile(r"[A-Z][\w’'-]+(?: (?:[A-Z]\.|de|da|dos|von|van|bin|al|[A-Z][\w’'-]+)){0,7}")
ROLE = re.compile(
    r"^.*\b(?:Minister|President|Chairman|Secretary|Chief|Director|Governor|General|Gen|Officer|Executive|Premier|Chancellor"
    r"|Ambassador|Adviser|Treasurer|Head|Leader|Commissioner|Sen|Rep|Mr|Mrs|Ms|Dr|Col|Lt|Adm|Vice)\b\.? ?"
)
OFFICE = re.compile(
    r"\b(?:president|minister|secretary|chair(?:man|woman)|chief|director|governor|commander|office|post"
    r"|officer|premier|chancellor"
    r"|ambassador|adviser|treasurer|head|leader|cabinet|board|position|partner|executive|resignation|commissioner)\b",
    re.I,
)
NOT_A_NAME = re.compile(
    r"\b(?:Corp|Inc|Ltd|Co|Plc|Group|Bank|Company|Industries|Board|Ministry|Government|Department|Party|Congress|Cabinet|Council"
    r"|Committee|Agency|Union|Treasury|Reserve|Holdings|House|Republicans?|Democrats?|Fund|Park|Organi[sz]ation|Association)\b"
)
PRESUPPOSED = re.compile(r"\b(?:following|after|since|despite|over|due to) (?:the |his |her )?$", re.I)
"""Before a noun: then something else is told."""

REACH = 90


def event(phrase: Phrase) -> Outcome | None:
    """Whom it befalls, by surname; None where nobody is named, or no office."""
    words, match = phrase.words, phrase.match
    if SUPPOSED.search(phrase.clause) or not OFFICE.search(words):
        return None
    if phrase.trigger.voice == "noun" and PRESUPPOSED.search(words, 0, match.start()):
        return None
    if phrase.trigger.voice == "active":
        names = _people(words[max(0, match.start() - REACH) : match.start()], phrase)
        person = names[-1] if names else ""
    else:
        person = next(iter(_people(words[match.end() : match.end() + REACH], phrase)), "")
    return Outcome(code=phrase.trigger.code, actor=person, negated=phrase.negated_there) if person else None


def _people(text: str, phrase: Phrase) -> list[str]:
    """Surnames in the text, in its order."""
    found = []
    for match in RUN.finditer(text):
        name = ROLE.sub("", FILLER.sub("", match.group()))
        surname = re.sub(r"['’]s?$", "", name.split()[-1]) if name else ""
        known = is_person_of_side(surname) or (" " in name and not sides_in(surname))
        if known and not NOT_A_NAME.search(name) and not phrase.reader.organisations.find(name):
            found.append(surname.casefold())
    return found
