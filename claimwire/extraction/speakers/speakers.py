"""Speakers: from the words that name a source to a party and its side."""

import re
from collections.abc import Iterator, Sequence

from claimwire.extraction.speakers import speaker_rules as rules
from claimwire.extraction.speakers.organisations import Organisations, bare
from claimwire.extraction.text.sentences import dateline_length
from claimwire.places import Gazetteer
from claimwire.sides import is_person_of_side, side_of_country, sides_in
from claimwire.statements import MEDIA, UNNAMED

NEAR = 80
"""Characters around a role within which its body and its holder are sought."""

LEAD = 500
"""Characters of an item that show which country it is about."""


LEAST_NAME = 2


def is_outlet(source: str, outlet: str) -> bool:
    """Whether an outlet names itself: "Springfield could not verify this" in an item of Springfield News Agency."""
    short = rules.KIND_OF_OUTLET.sub("", outlet)
    return rules.ARTICLE.sub("", source) in {outlet, short} - {""} and not sides_in(source)


class Speakers:
    """The parties of one item. First mentions explain later ones.

    After "Russia's top commander, General Valery Gerasimov", a later "Gerasimov" speaks for Russia;
    after "the Ukrainian corps", "the corps" speaks for Ukraine; after "Archie Dunham, vice president
    at Conoco", "Dunham" speaks for Conoco. A pronoun means the last speaker. A ministry or an officer
    without a country belongs to the country that the item is about.
    """

    def __init__(self, gazetteer: Gazetteer, headline: str, body: str) -> None:
        self._gazetteer = gazetteer
        self._organisations = Organisations(body)
        self._bodies: dict[str, str] = {}
        self._people: dict[str, str] = {}
        self._last: tuple[str, str] = ("", UNNAMED)
        self._last_person: tuple[str, str] = ("", UNNAMED)
        self._last_body = UNNAMED
        self._home = self._country_of_the_item(headline, body)
        for text in (body, headline):
            for _, end, side in sides_in(text):
                body_of = rules.BODY_OF.match(text, end)
                if body_of:
                    self._bodies.setdefault(body_of.group(1).casefold(), side)
            self._learn_people(_sent_by(text))

    def resolve(self, source: str, sentence: str = "", nearest: str = "") -> tuple[str, str]:
        """The party and its side.

        Parameters
        ----------
        source
            The words that name the speaker, or empty.
        sentence
            Their sentence. The first side in it is a last resort.
        nearest
            Key of the place named last, where "the region's headquarters" are.
        """
        words = " ".join(source.split())
        credit = rules.CREDIT.match(words)
        words = self._without_possessive(words[credit.end() :] if credit else words)
        if rules.PERSONAL.fullmatch(words):
            return self._last_person if self._last_person[0] else self._last
        if rules.PRONOUN.fullmatch(words) and self._last[0]:
            return self._last
        if not words:
            return "", UNNAMED
        own = rules.OF_THE_LAST.match(words)
        if own and (rules.ROLE.match(own.group(2)) or rules.BODY.match(own.group(2))):
            last = self._last_person if rules.PERSONAL.fullmatch(own.group(1)) and self._last_person[0] else self._last
            if last[0]:
                return words, last[1]
        return words, self._side(words, sentence, nearest)

    def _without_possessive(self, words: str) -> str:
        """The words for a source without 's, unless they may be a name that ends so, such as "Moody's"."""
        found = rules.POSSESSIVE.fullmatch(words)
        if found is None:
            return words
        known = found[1].split()[-1] in self._people or sides_in(found[1]) or rules.ARTICLE.match(words)
        return found[1] if known else words

    def heard(self, source: str, speaker: str, side: str) -> None:
        """Note the last speaker, whom the next "he" or "it" means."""
        self._last = (speaker, side)
        if not rules.PRONOUN.fullmatch(source) and not self._is_body(source):
            self._last_person = (speaker, side)
        if (
            not rules.PERSONAL.fullmatch(source)
            and not rules.NOBODY.search(source)
            and not rules.PRIVATE_PERSON.search(source)
        ):
            self._last_body = side
        if side != UNNAMED and not rules.PERSONAL.fullmatch(source):
            for name in rules.PEOPLE.findall(source):
                if not self._organisations.find(name):
                    self._people.setdefault(name.split()[-1], side)

    def _is_body(self, words: str) -> bool:
        """Whether the words name a state or an organisation itself, rather than somebody who speaks for it."""
        name = rules.ARTICLE.sub("", " ".join(words.split()))
        states = [name[a:b] for a, b, _ in sides_in(name) if not is_person_of_side(name[a:b])]
        return self._organisations.is_name(name) or rules.COMPANY.fullmatch(name) is not None or name in states

    def _country_of_the_item(self, headline: str, body: str) -> str:
        start = dateline_length(body)
        lead = f"{headline}\n{body[start : start + LEAD]}"
        home = self._country(body[:start].title())
        spoken_of = [side for _, _, side in sides_in(lead)]
        return home if home in spoken_of or not spoken_of else spoken_of[0]

    def _learn_people(self, text: str) -> None:
        """Learn for whom the people of a text speak. Offices that name a side count before those that need a guess."""
        introduced = list(self._introduced(text))
        for holder in (self._told_holder, self._holder):
            for name, office in introduced:
                side = holder(office)
                if side:
                    self._people.setdefault(name.split()[-1], side)
        known = ((name, self._people[name.split()[-1]]) for name, _ in introduced if name.split()[-1] in self._people)
        if not self._last_person[0]:
            self._last_person = next(known, self._last_person)

    def _introduced(self, text: str) -> Iterator[tuple[str, str]]:
        """Names of people to whom the text gives an office, with the words of the office."""
        done = 0  # words before it belong to the office of somebody else
        for role in rules.ROLE.finditer(text):
            low, high = max(done, role.start() - NEAR), role.end() + NEAR
            after = rules.AFTER_ROLE.match(text, role.end(), high)
            if after:
                done = after.end()
                start = max((m.end() for m in rules.BEFORE_OFFICE.finditer(text[low : role.start()])), default=0)
                yield after.group(1), text[low + start : role.end()]
                apposed = rules.APPOSED_OFFICE.match(text, after.end())
                if apposed and rules.ROLE.search(apposed.group(1)):
                    yield after.group(1), apposed.group(1)
            before = rules.BEFORE_ROLE.search(text, low, role.start())
            if before:
                until = rules.END_OF_OFFICE.search(text[role.end() : high])
                end = role.end() + until.start() if until else high
                yield before.group(1), text[before.end(1) + 1 : end]

    def _told_holder(self, words: str) -> str:
        """For whom the holder of an office speaks, according to its words; empty if they do not say so."""
        return self._named(words) or (self._organisations.main if rules.COMPANY.search(words) else "")

    def _holder(self, words: str) -> str:
        """For whom the holder of an office speaks; if its words do not say so, the country of the item."""
        return self._told_holder(words) or (self._home if rules.OFFICE.search(words) else "")

    def _named(self, words: str) -> str:
        """The organisation or the state that the words name. A company with a state in its name is the company."""
        states = sorted(
            sides_in(words), key=lambda found: rules.INSTITUTION.search(words[found[0] : found[1]]) is not None
        )
        named = rules.APPOSED.search(words) or rules.NAMED_UNION.search(words)
        if not named and not states and rules.ROLE.search(words):
            named = rules.AT.search(words)
        organisation = self._organisations.find(words) or (bare(named.group(1)) if named else "")
        if organisation and not any(words[a:b] == organisation for a, b, _ in states):
            return self._state_body(organisation, states) or organisation
        return states[0][2] if states else ""

    def _state_body(self, organisation: str, states: Sequence[tuple[int, int, str]]) -> str:
        """The state whose ministry or forces have a name like an organisation's."""
        return states[0][2] if states and rules.OFFICE.search(organisation) else ""

    def _side(self, words: str, sentence: str, nearest: str) -> str:
        words = rules.TOLD_OF.sub("", _sent_by(words))
        states = sides_in(words)
        outlet = rules.OUTLET_NAME.search(words)
        if rules.PRESS.search(words) or outlet:
            if outlet:
                return outlet.group()
            return f"{MEDIA}{states[0][2]}" if states else self._own_name(words)
        leader = next((side for a, b, side in states if is_person_of_side(words[a:b])), "")
        if leader:
            return leader
        surname = next((self._people[n] for n in self._surnames(words) if n in self._people), "")
        named = self._named(words)
        if surname and (not named or not self._organisations.find(words)):
            return surname
        alone = rules.PRIVATE_PERSON.search(words) or not (
            rules.ROLE.search(words) or rules.OFFICE.search(words) or rules.STATE.search(words)
        )
        person = words.partition(",")[0]
        if alone and not rules.FILLER.match(person) and rules.PEOPLE.fullmatch(person) and not sides_in(person):
            return self._organisations.find(words) or person
        if named and not (states and named == states[0][2] and self._of_no_state(words)):
            return named
        return self._unnamed_body(words, sentence, nearest)

    @staticmethod
    def _of_no_state(words: str) -> bool:
        """Whether the words name people only by their place: "traders in Tokyo"."""
        group = rules.OF_NO_STATE.search(words)
        if group is None or rules.STATE.search(words) or rules.PEOPLE.search(words):
            return False
        return not (group.group().endswith((" in", " at")) and sides_in(words[: group.start()]))

    def _unnamed_body(self, words: str, sentence: str, nearest: str) -> str:
        """The side that words without a side's name mean."""
        body = rules.BODY.search(words)
        if rules.NOBODY.search(words) and not rules.STATE.search(words):
            return UNNAMED
        if body and body.group().casefold() in self._bodies:
            return self._bodies[body.group().casefold()]
        if rules.OF_OTHERS.search(words):
            return self._own_name(words)
        if rules.BARE.fullmatch(words) and (named := self._organisations.of_kind.get(words.split()[-1].casefold())):
            return named
        if rules.COMPANY.search(f"{words[0].lower()}{words[1:]}") or rules.BARE.fullmatch(words):
            last = self._last_body if self._last_body != UNNAMED else ""
            return last or self._organisations.main or self._home or UNNAMED
        owner = rules.OF_ANOTHER.match(rules.ARTICLE.sub("", words))
        if owner and not (self._country(owner[1]) or rules.BODY.fullmatch(owner[1]) or rules.ROLE.fullmatch(owner[1])):
            return owner[1]
        here = self._country(words) if body or rules.LOCAL.search(words) or " " not in words else ""
        if here or not (body or rules.LOCAL.search(words)):
            return here or self._own_name(words)
        if rules.THE_REGION.search(words) and "." in nearest:
            return side_of_country(nearest.rpartition(".")[2].upper()) or UNNAMED
        first = sides_in(sentence)
        return self._home or (first[0][2] if first else UNNAMED)

    @staticmethod
    def _surnames(words: str) -> list[str]:
        return rules.CAPITALISED.findall(words)

    def _own_name(self, words: str) -> str:
        names = [rules.FILLER.sub("", m.group()) for m in rules.ORGANISATION.finditer(words)]
        names = [n for n in names if len(n) >= LEAST_NAME and not (rules.BODY.fullmatch(n) or rules.ROLE.fullmatch(n))]
        return max(names, key=len) if names else UNNAMED

    def _country(self, words: str) -> str:
        named = sides_in(words)
        places = self._gazetteer.mentions(words)
        if named:
            return named[0][2]
        return side_of_country(places[0].place.country) if places else ""


def _sent_by(text: str) -> str:
    """The text without the states to which ambassadors are sent."""

    def alone(found: re.Match[str]) -> str:
        state = next((b for a, b, _ in sides_in(found.group()) if a > found.end(1) - found.start()), None)
        return found.group() if state is None else found[1] + found.group()[state:]

    return rules.ACCREDITED.sub(alone, text)
