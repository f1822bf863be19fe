"""Antecedents: whom a pronoun or a noun without a name means, as the words before it tell.

What is inserted is a name of the item, as the item writes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from claimwire.extraction.speakers.organisations import KIND, LEGAL, Organisations
from claimwire.extraction.speakers.speakers import ROLE
from claimwire.sides import is_person_of_side, sides_in

PERSONAL = re.compile(r"(?:he|she|his|her|him|i|my)", re.I)
PRONOUN = re.compile(r"(?:he|she|it|they|we|i|you|who|which|what)\b", re.I)

FIRST_PERSON = re.compile(r"(?:i|we|my|our)", re.I)

PERSON = re.compile(r"\b(?:[A-Z][\w’-]+ (?:[A-Z]\. )?){1,2}[A-Z][\w’-]+")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gen|President|Prime Minister|Minister)\.? [A-Z][\w’-]+")
BODY = re.compile(
    r"\b(?:Ministry|Department|Government|Parliament|Congress|Senate|Cabinet|Court|Council|Committee|Commission|Agency"
    r"|Office|Service|Party|Union|Association|Nations|States|Kingdom|House|Army|Navy|Force|Forces|Guard|Police|Bank"
    r"|Board|Company|Times|Post|News|Journal|Press|University|Hospital|Institute|Republic|Embassy|Staff|Command|Front"
    r"|Group|Organi[sz]ation|Authority|Administration|Bureau|Intelligence|Street|City|County|Province|Region)\b"
)
"""Words of names that are no people's."""

NAME = r"[A-Z][\w’'.&-]*(?: (?:(?:de|la|al|bin|von|van|der|of) )?[A-Z][\w’'.&-]*)*"
SUBJECT = re.compile(rf"^[\"“'‘]?(?:(?:The|the|A|An) )?({NAME})(?=[ ,’'])")
NO_NAME = re.compile(
    r"(?:It|He|She|They|We|I|You|The|This|That|These|Those|In|On|At|But|And|Or|A|An|If|When|While|After|Before|As|There|For"
    r"|According|However|Meanwhile|Earlier|Later|Asked|Speaking|Last|Some|Many|Most|Several|All|No|Not|Other|Others|Both|To"
    r"|By|From|With|Under|Since|Until|During|Despite|Among|More|One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Its|His|Her"
    r"|Their|Our|My|Officials|Police|Mr|Mrs|Ms|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
    r"|January|February|March|April|May|June|July|August|September|October|November|December)\b(?!-)"
)
"""How words begin that stand in capitals only since a sentence begins with them."""

KINDS_FILE = files("claimwire") / "data" / "kinds.tsv"


def _kinds() -> dict[str, frozenset[str]]:
    """Nouns whose kind tells where their name stands, or whom they mean."""
    lines = KINDS_FILE.read_text("utf8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {noun: frozenset(kinds.split()) for noun, kinds in rows}


KINDS = _kinds()

BARE = re.compile(
    r"[Tt]he (?!(?:last|first|next|latest|same|other|only|most|more|alleged|reported|late|then)\b)"
    rf"(?P<kind>{'|'.join(sorted(KINDS, key=len, reverse=True))}|[a-z]{{3,}})(?P<owner>[’']s)?(?= [a-z]|$)"
    r"(?! (?:of|in|at|near|for|on|that|which|who|where|called|known|named)\b)"
)
"""Such a noun with no name beside it."""

MOST_NAME = 60
"""Characters of a name that is inserted."""

MOST_WORDS = 3
"""Blanks in a name that stands before a noun: a run of more capitals is a heading."""

NEAR = 3
"""Sentences back in which a pronoun's antecedent stands."""

MARKS = "“”\"'‘’ ,;:–—-"
TAIL = re.compile(r",? (?:who|which|whose|cited|quoted|citing|quoting|speaking)\b.*$|, .*$")
"""What a speaker's name is told with, and is no part of it."""

TITLES = re.compile(rf"(?:(?:{ROLE.pattern}|Prime|Foreign|Vice|Defen[cs]e|Interior|Finance|State)\W*)+", re.I)
"""Words that say what somebody is, and do not name him."""

OFFICER = re.compile(rf"({NAME})(?:['’]s)? (?:CEO|CFO|{ROLE.pattern})")
"""Whose officer somebody is: "Acme CEO John Smith"."""

OWNER = re.compile(r"^.*['’]s (?=[A-Z])")
OFFICE = re.compile(rf"(?:{ROLE.pattern}|\b(?:Mr|Mrs|Ms|Dr|Sen|Gen)\.?) $", re.I)
APPOSED = re.compile(r", (?:\d+,|a |an |the |who |his |her |[a-z]+ )")

LOOSE_END = re.compile(r"(?: (?:de|la|al|bin|von|van|der|of|and|the))+$")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What an item has told before some words of it.

    Attributes
    ----------
    speaker
        Who says the words, as the item names him; empty for the outlet's own voice.
    earlier
        The sentences before, the headline first.
    organisations
        Those that the item names.
    """

    speaker: str = ""
    earlier: Sequence[str] = ()
    organisations: Organisations | None = None

    def meant_by(self, pronoun: str) -> str:
        """Whom a pronoun means: mostly who speaks, else who was spoken of last; empty where nobody can tell."""
        personal = bool(PERSONAL.fullmatch(pronoun))
        if self.speaker and (FIRST_PERSON.fullmatch(pronoun) or personal == self.is_person):
            return self._with_name(short(self.speaker))
        for sentence in reversed(self.earlier[-NEAR:]):
            for name in self._people(sentence) if personal else self._subject(sentence):
                return name
        return ""

    def _with_name(self, speaker: str) -> str:
        """A speaker without a name ("the court") by the one that the item gives him."""
        bare = BARE.fullmatch(speaker)
        before, behind = self.beside(bare["kind"].lower()) if bare else ("", "")
        return behind or (f"{before} {bare['kind']}" if bare and before else speaker)

    def beside(self, kind: str) -> tuple[str, str]:
        """What "the plant" or "the government" wants before and behind its noun to say which one; empty if unknown."""
        traits = KINDS.get(kind, frozenset())
        before, behind = _named(kind, "office" in traits)
        for sentence in (self.speaker, *reversed(self.earlier)):
            for found in before.finditer(sentence):
                name = self._proper(found[1])
                long = name.count(" ") > MOST_WORDS
                if name and not long and name.lower() != kind and ("state" in traits or not sides_in(name)):
                    return name, ""
            for found in behind.finditer(sentence):
                name = self._proper(found[found.lastindex or 0])
                if name and name.lower() != kind:
                    return "", name
        if "state" in traits:
            return next((self.speaker[a:b] for a, b, _ in sides_in(self.speaker)), ""), ""
        return "", self._business() if "business" in traits else ""

    def _business(self) -> str:
        """The company that speaks, or the only one that the item names."""
        name = short(self.speaker)
        if name and self._is_organisation(name):
            return name
        if officer := OFFICER.match(name):
            return officer[1]
        known = set(self.organisations.known.values()) if self.organisations is not None else set()
        return short(next(iter(known))) if len(known) == 1 else ""

    @property
    def is_person(self) -> bool:
        """Whether who speaks is a single person with a name."""
        name = short(self.speaker)
        found = None if name.startswith("The ") else PERSON.search(name)
        person = found is not None and not (self._is_organisation(name) or _names_a_state(found.group()))
        return bool(TITLE.search(self.speaker)) or person or is_person_of_side(name)

    def _is_organisation(self, name: str) -> bool:
        known = self.organisations is not None and self.organisations.is_name(name)
        return known or bool(LEGAL.search(name) or KIND.search(name) or BODY.search(name))

    def _people(self, sentence: str) -> Iterator[str]:
        """People whom a sentence names: at its head, by office, by what a comma adds, or whom the item names again."""
        for found in PERSON.finditer(sentence):
            name = self._proper(found.group())
            surname = name.rpartition(" ")[2]
            if surname == name or self._is_organisation(name) or _names_a_state(name):
                continue
            again = re.compile(rf"(?<![A-Z][\w’'-] )\b{re.escape(surname)}\b")
            told_of = OFFICE.search(sentence, 0, found.start()) or APPOSED.match(sentence, found.end())
            first = found.start() == 0 and name.count(" ") == 1
            if first or told_of or sum(len(again.findall(each)) for each in self.earlier) > 1:
                yield name

    def _subject(self, sentence: str) -> Iterator[str]:
        """The name with which a sentence begins, where it is a body's or a state's."""
        found = SUBJECT.match(sentence)
        name = self._proper(found[1]) if found else ""
        if name and (" " in name or name.isupper() or sides_in(name) or self._is_organisation(name)):
            yield name

    @staticmethod
    def _proper(name: str) -> str:
        """A name without what begins or ends it by chance; empty where nothing is left."""
        name = OWNER.sub("", name)
        while (first := NO_NAME.match(name)) is not None:
            name = name[first.end() :].lstrip(" .’'")
        return "" if TITLES.fullmatch(name) else short(name)


def _names_a_state(name: str) -> bool:
    return any(not is_person_of_side(name[a:b]) for a, b, _ in sides_in(name))


@lru_cache(maxsize=512)
def _named(noun: str, office: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a name before a noun, and of one behind it or that ends with it."""
    before = re.compile(rf"({NAME})(?:['’]s)?(?: [a-z]+(?: and [a-z]+)?)? {noun}\b")
    if office:
        return before, re.compile(rf"\b(?i:{noun}) ({NAME})")
    return before, re.compile(rf"({NAME} {noun.title()})\b|\b(?i:{noun}) of ({NAME})")


def short(name: str) -> str:
    """A name as it is inserted: without what is told of who bears it; empty where it is none, or too long."""
    name = " ".join(name.split()).strip(MARKS)
    name = LOOSE_END.sub("", TAIL.sub("", name))
    name = re.sub(r"['’]s?$|(?<=\w\w)\.$", "", name.strip(MARKS))
    if (not any(letter.isupper() for letter in name) and len(name.split()) < 2) or PRONOUN.match(name):
        return ""
    return name if len(name) <= MOST_NAME else ""
