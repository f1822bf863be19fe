"""Antecedents: whom a pronoun or a noun without a name means, by the words before it.

Inserted names are the item's, as the item writes them.
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
"""The most characters of an inserted name."""

MOST_WORDS = 3
"""The most blanks in a name before a noun. A longer run of capitals is a heading."""

MOST_IN_NAME = 6
"""The most blanks in a body's name. A longer run of capitals is a heading before a sentence."""

HEADING, SHORT_WORD = 0.7, 3
"""A sentence is a heading if more than this share of its words has capitals; words of so few letters do not count."""

NEAR = 3
"""How many sentences back a pronoun's antecedent is sought."""

MARKS = "“”\"'‘’ ,;:–—-"


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What an item mentions before some of its words.

    Attributes
    ----------
    speaker
        Who says the words, as the item names them; empty for the outlet.
    earlier
        The sentences before, the headline first.
    organisations
        The organisations that the item names.
    places
        The names of places in the item.
    """

    speaker: str = ""
    earlier: Sequence[str] = ()
    organisations: Organisations | None = None
    places: frozenset[str] = frozenset()

    def meant_by(self, pronoun: str, beside: str = "") -> str:
        """Whom a pronoun means: usually the speaker, else the last one mentioned; empty if unclear.

        Parameters
        ----------
        beside
            The words around the pronoun. It means nobody whom they name.
        """
        personal = bool(PERSONAL.fullmatch(pronoun))
        if self.speaker and (rules.FIRST_PERSON.fullmatch(pronoun) or personal == self.is_person):
            return self._with_name(short(self.speaker))
        if rules.FIRST_PERSON.fullmatch(pronoun):
            return ""
        for sentence in reversed(self.earlier[-NEAR:]):
            if _is_heading(sentence):
                continue
            for name in self._people(sentence) if personal else self._subject(sentence):
                if name.split()[-1] not in beside:
                    return name
        return ""

    def _with_name(self, speaker: str) -> str:
        """A speaker without a name ("the court"), with the name that the item gives."""
        bare = rules.BARE.fullmatch(speaker)
        before, behind = self.beside(bare["kind"].lower()) if bare else ("", "")
        return behind or (f"{before} {bare['kind']}" if bare and before else speaker)

    def beside(self, kind: str) -> tuple[str, str]:
        """The words to insert before and behind a noun such as "the plant" to say which one; empty if unknown."""
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

    def in_full(self, words: str) -> str:
        """The words with the first names, in [brackets], of people whom they name by surname alone."""
        pieces, end, told = [], 0, set[str]()
        for found in rules.WORD_OF_NAME.finditer(words):
            inside = words.count("[", 0, found.start()) > words.count("]", 0, found.start())
            if inside or rules.BEGUN.search(words, 0, found.start()) or rules.GOES_ON.match(words, found.end()):
                continue
            name = self._full_name(found.group())
            if name and name not in words and name not in told:
                told.add(name)
                pieces += [words[end : found.start()], f"[{name.removesuffix(found.group()).strip()}] "]
                end = found.start()
        return "".join([*pieces, words[end:]])

    def _full_name(self, surname: str) -> str:
        """The full name of the one person whom the item names before with this surname; empty if there is none."""
        sentences = (each for each in self.earlier if f" {surname}" in each and not _is_heading(each))
        found = (n for sentence in sentences for n in self._people(sentence) if n.endswith(f" {surname}"))
        names = {n for n in found if not (rules.ABBREVIATION.match(n) or rules.TITLES.fullmatch(n.rpartition(" ")[0]))}
        return names.pop() if len(names) == 1 else ""

    @property
    def is_person(self) -> bool:
        """Whether the speaker is a single person, with a name or with an office alone."""
        name = short(self.speaker)
        bare = rules.ARTICLE.sub("", name)
        found = PEOPLE.search(bare)
        person = (
            found is not None
            and (bare == name or found.start() > 0)  # no person is "the Daily Ledger"
            and not (self._is_organisation(name) or _names_a_state(found.group()))
        )
        titled = bool(rules.TITLE.search(self.speaker) or rules.HOLDER.search(name))
        return titled or person or is_person_of_side(name) or bool(self._full_name(name))

    def _is_organisation(self, name: str) -> bool:
        known = self.organisations is not None and self.organisations.is_name(name)
        return known or bool(LEGAL.search(name) or KIND.search(name) or rules.BODY.search(name))

    def _people(self, sentence: str) -> Iterator[str]:
        """People named in a sentence: at its head, with an office, before an apposition, or named again elsewhere."""
        for found in PEOPLE.finditer(sentence):
            name = self._proper(found.group())
            surname = name.rpartition(" ")[2]
            if surname == name or self._is_organisation(name) or _names_a_state(name) or name in self.places:
                continue
            if rules.TITLES.fullmatch(surname) or rules.LOCATED.search(sentence, 0, found.start()):
                continue
            told_of = rules.OFFICE.search(sentence, 0, found.start()) or rules.APPOSED.match(sentence, found.end())
            first = found.start() == 0 and name.count(" ") == 1
            if first or told_of or self._named_again(surname):
                yield name

    def _named_again(self, surname: str) -> bool:
        """Whether the item names somebody by surname alone, too."""
        alone = re.compile(rf"(?<![A-Z][\w’'-] )\b{re.escape(surname)}\b")
        return sum(len(alone.findall(each)) for each in self.earlier) > 1

    def _subject(self, sentence: str) -> Iterator[str]:
        """The name at the start of a sentence, if it is a body's or a state's."""
        found = rules.SUBJECT.match(sentence)
        name = self._proper(found[1]) if found else ""
        if not name or is_person_of_side(name) or name.count(" ") > MOST_IN_NAME:
            return
        known = name.isupper() or bool(sides_in(name)) or self._is_organisation(name)
        if known or (" " in name and not self._named_again(name.rpartition(" ")[2])):
            yield name

    @staticmethod
    def _proper(name: str) -> str:
        """A name without words at its ends that are no part of it; empty if nothing is left."""
        name = rules.OWNER.sub("", name)
        while (first := rules.NO_NAME.match(name)) is not None:
            name = name[first.end() :].lstrip(" .’'")
        return "" if rules.TITLES.fullmatch(name) else short(name)


def _is_heading(sentence: str) -> bool:
    """Whether most words have capitals, so that names do not differ from words."""
    words = [word for word in sentence.split() if len(word) > SHORT_WORD]
    return sum(word[0].isupper() for word in words) > HEADING * len(words)


def _names_a_state(name: str) -> bool:
    return any(not is_person_of_side(name[a:b]) for a, b, _ in sides_in(name))


@lru_cache(maxsize=512)
def _named(noun: str, office: bool) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of a name before a noun, and of one behind it or ending with it."""
    before = re.compile(rf"({rules.NAME})(?:['’]s)?(?: [a-z]+(?: and [a-z]+)?)? {noun}\b")
    if office:
        return before, re.compile(rf"\b(?i:{noun}) ({rules.NAME})")
    return before, re.compile(rf"({rules.NAME} {noun.title()})\b|\b(?i:{noun}) of ({rules.NAME})")


def short(name: str) -> str:
    """A name for insertion, without words about its bearer; empty if it is no name or too long."""
    name = " ".join(name.split()).strip(MARKS)
    name = rules.LOOSE_END.sub("", rules.TAIL.sub("", name))
    name = rules.ENDING.sub("", name.strip(MARKS))
    if (not any(letter.isupper() for letter in name) and len(name.split()) < 2) or rules.PRONOUN.match(name):
        return ""
    return name if len(name) <= MOST_NAME else ""
