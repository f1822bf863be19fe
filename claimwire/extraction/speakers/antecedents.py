"""Antecedents: whom a pronoun or a noun without a name means, as the words before it tell.

What is inserted is a name of the item, as the item writes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claimwire.extraction.speakers import antecedent_rules as rules
from claimwire.extraction.speakers.organisation_rules import KIND, LEGAL
from claimwire.extraction.speakers.organisations import Organisations
from claimwire.extraction.speakers.speaker_rules import PEOPLE, PERSONAL
from claimwire.sides import is_person_of_side, sides_in

MOST_NAME = 60
"""Characters of a name that is inserted."""

MOST_WORDS = 3
"""Blanks in a name that stands before a noun: a run of more capitals is a heading."""

NEAR = 3
"""Sentences back in which a pronoun's antecedent stands."""

MARKS = "“”\"'‘’ ,;:–—-"


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
        if self.speaker and (rules.FIRST_PERSON.fullmatch(pronoun) or personal == self.is_person):
            return self._with_name(short(self.speaker))
        for sentence in reversed(self.earlier[-NEAR:]):
            for name in self._people(sentence) if personal else self._subject(sentence):
                return name
        return ""

    def _with_name(self, speaker: str) -> str:
        """A speaker without a name ("the court") by the one that the item gives him."""
        bare = rules.BARE.fullmatch(speaker)
        before, behind = self.beside(bare["kind"].lower()) if bare else ("", "")
        return behind or (f"{before} {bare['kind']}" if bare and before else speaker)

    def beside(self, kind: str) -> tuple[str, str]:
        """What "the plant" or "the government" wants before and behind its noun to say which one; empty if unknown."""
        traits = rules.KINDS.get(kind, frozenset())
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
        if officer := rules.OFFICER.match(name):
            return officer[1]
        known = set(self.organisations.known.values()) if self.organisations is not None else set()
        return short(next(iter(known))) if len(known) == 1 else ""

    @property
    def is_person(self) -> bool:
        """Whether who speaks is a single person with a name."""
        name = short(self.speaker)
        found = None if name.startswith("The ") else PEOPLE.search(name)
        person = found is not None and not (self._is_organisation(name) or _names_a_state(found.group()))
        return bool(rules.TITLE.search(self.speaker)) or person or is_person_of_side(name)

    def _is_organisation(self, name: str) -> bool:
        known = self.organisations is not None and self.organisations.is_name(name)
        return known or bool(LEGAL.search(name) or KIND.search(name) or rules.BODY.search(name))

    def _people(self, sentence: str) -> Iterator[str]:
        """People whom a sentence names: at its head, by office, by what a comma adds, or whom the item names again."""
        for found in PEOPLE.finditer(sentence):
            name = self._proper(found.group())
            surname = name.rpartition(" ")[2]
            if surname == name or self._is_organisation(name) or _names_a_state(name):
                continue
            again = re.compile(rf"(?<![A-Z][\w’'-] )\b{re.escape(surname)}\b")
            told_of = rules.OFFICE.search(sentence, 0, found.start()) or rules.APPOSED.match(sentence, found.end())
            first = found.start() == 0 and name.count(" ") == 1
            if first or told_of or sum(len(again.findall(each)) for each in self.earlier) > 1:
                yield name

    def _subject(self, sentence: str) -> Iterator[str]:
        """The name with which a sentence begins, where it is a body's or a state's."""
        found = rules.SUBJECT.match(sentence)
        name = self._proper(found[1]) if found else ""
        if name and (" " in name or name.isupper() or sides_in(name) or self._is_organisation(name)):
            yield name

    @staticmethod
    def _proper(name: str) -> str:
        """A name without what begins or ends it by chance; empty where nothing is left."""
        name = rules.OWNER.sub("", name)
        while (first := rules.NO_NAME.match(name)) is not None:
            name = name[first.end() :].lstrip(" .’'")
        return "" if rules.TITLES.fullmatch(name) else short(name)


def _names_a_state(name: str) -> bool:
    return any(not is_person_of_side(name[a:b]) for a, b, _ in sides_in(name))


@lru_cache(maxsize=512)
def _named(noun: str, office: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a name before a noun, and of one behind it or that ends with it."""
    before = re.compile(rf"({rules.NAME})(?:['’]s)?(?: [a-z]+(?: and [a-z]+)?)? {noun}\b")
    if office:
        return before, re.compile(rf"\b(?i:{noun}) ({rules.NAME})")
    return before, re.compile(rf"({rules.NAME} {noun.title()})\b|\b(?i:{noun}) of ({rules.NAME})")


def short(name: str) -> str:
    """A name as it is inserted: without what is told of who bears it; empty where it is none, or too long."""
    name = " ".join(name.split()).strip(MARKS)
    name = rules.LOOSE_END.sub("", rules.TAIL.sub("", name))
    name = rules.ENDING.sub("", name.strip(MARKS))
    if (not any(letter.isupper() for letter in name) and len(name.split()) < 2) or rules.PRONOUN.match(name):
        return ""
    return name if len(name) <= MOST_NAME else ""
