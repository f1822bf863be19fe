"""Speakers: from the words that name a source to a party and the side that it speaks for."""

import re

from claimwire.extraction.sentences import dateline_length
from claimwire.places import Gazetteer
from claimwire.sides import side_of_country, sides_in
from claimwire.statements import MEDIA, UNNAMED

PRONOUN = re.compile(
    r"(?:he|she|it|they|we|i|the (?:group|company|firm|general|official)|(?:the|its|their|his|her"
    r"|a) (?:[a-z]+ )?(?:statement|report|bulletin))",
    re.I,
)
NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
ORGANISATION = re.compile(NAME)
INTRODUCED = re.compile(rf"(?:[^.;:\"“”]|\.(?=\S)){{0,60}}?\b({NAME} [A-Z][\w’'-]+)")
BODIES = (
    r"(?:corps|brigade|army|military|ministry|government|general staff|headquarters|navy|air force"
    r"|command|administration|parliament|embassy"
    r"|troops|officials?|spokes(?:man|woman|person)|president|minister|presidency|governor|general"
    r"|major|colonel|commander|admiral)"
)
BODY = re.compile(rf"\b{BODIES}\b", re.I)
BODY_OF = re.compile(rf"(?:['’]s)? (?:[\w-]+ ){{0,3}}?({BODIES})\b", re.I)
LOCAL = re.compile(r"\b(?:region|regional|local|city|town|village|emergency)\b", re.I)
THE_REGION = re.compile(r"\b[Tt]he (?:region|city|town|village)['’]s\b|\blocal\b")
PRESS = re.compile(
    r"\b(?:channels?|media|newspapers?|press|bloggers?|news agency|tv|television|radio|magazine|daily|weekly)\b", re.I
)
FILLER = re.compile(r"^(?:The|A|An|One|In|On|At|But|And)\s+")
LEAST_NAME = 3


class Speakers:
    """The parties of one item: what its first mentions teach about later ones.

    "Russia's top commander, General Valery Gerasimov" makes a later "Gerasimov" Russia's, and "the
    Ukrainian corps" a later "the corps" Ukraine's. A pronoun is whoever spoke last. A ministry or
    an officer whose country nobody names is taken for one of the country that the item comes from,
    where it is about that country at all.
    """

    def __init__(self, gazetteer: Gazetteer, headline: str, body: str) -> None:
        self._gazetteer = gazetteer
        self._names: dict[str, str] = {}
        self._bodies: dict[str, str] = {}
        self._last: tuple[str, str] = ("", UNNAMED)
        told = body[dateline_length(body) :]
        home = self._country(body[: dateline_length(body)].title())
        spoken_of = {side for text in (headline, told) for _, _, side in sides_in(text)}
        self._home = home if home in spoken_of else ""
        for text in (body, headline):
            for _, end, side in sides_in(text):
                introduced = INTRODUCED.match(text, end)
                if introduced and not sides_in(introduced.group(1)):
                    self._names.setdefault(introduced.group(1).split()[-1], side)
                body_of = BODY_OF.match(text, end)
                if body_of:
                    self._bodies.setdefault(body_of.group(1).casefold(), side)

    def resolve(self, source: str, sentence: str = "", nearest: str = "") -> tuple[str, str]:
        """The party and its side.

        Parameters
        ----------
        source
            The words that name the speaker; empty where nobody is named.
        sentence
            The sentence they stand in: the side that it names first is a last resort.
        nearest
            Key of the place named last: "the region's headquarters" are there.
        """
        words = " ".join(source.split())
        if PRONOUN.fullmatch(words) and self._last[0]:
            return self._last
        if not words:
            return "", UNNAMED
        return words, self._side(words, sentence, nearest)

    def heard(self, speaker: str, side: str) -> None:
        """Take note of who spoke last: the next "he" or "it"."""
        self._last = (speaker, side)

    def _side(self, words: str, sentence: str, nearest: str) -> str:
        named = sides_in(words)
        if PRESS.search(words):
            return f"{MEDIA}{named[0][2]}" if named else self._own_name(words)
        if named:
            return named[0][2]
        for surname, side in self._names.items():
            if re.search(rf"\b{re.escape(surname)}\b", words):
                return side
        body = BODY.search(words)
        if body and body.group().casefold() in self._bodies:
            return self._bodies[body.group().casefold()]
        country = self._country(words)
        if country or not (body or LOCAL.search(words)):
            return country or self._own_name(words)
        if THE_REGION.search(words) and "." in nearest:
            return side_of_country(nearest.rpartition(".")[2].upper()) or UNNAMED
        first = sides_in(sentence)
        return self._home or (first[0][2] if first else UNNAMED)

    def _own_name(self, words: str) -> str:
        names = [FILLER.sub("", m.group()) for m in ORGANISATION.finditer(words)]
        names = [n for n in names if len(n) >= LEAST_NAME]
        return max(names, key=len) if names else UNNAMED

    def _country(self, words: str) -> str:
        named = sides_in(words)
        places = self._gazetteer.mentions(words)
        if named:
            return named[0][2]
        return side_of_country(places[0].place.country) if places else ""
