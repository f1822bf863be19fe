"""Speakers: from the words that name a source to a party and the side that it speaks for."""

import re
from collections.abc import Iterator, Sequence

from claimwire.extraction.speakers.organisations import Organisations, bare
from claimwire.extraction.text.sentences import dateline_length
from claimwire.places import Gazetteer
from claimwire.sides import is_person_of_side, side_of_country, sides_in
from claimwire.statements import MEDIA, UNNAMED

PERSONAL = re.compile(r"(?:he|she|his|her|him|i|who)", re.I)
PRONOUN = re.compile(
    r"(?:it|they|we|its|their|our|them|which|both|(?:the|its|their|his|her|a|this"
    r"|that) (?:[a-z]+ )?(?:statement|report"
    r"|bulletin|document|letter|study|survey))",
    re.I,
)
OF_THE_LAST = re.compile(r"(its|their|our|his|her|my)\b (?:[\w-]+ ){0,3}?(\w+)", re.I)
"""Somebody's own: "his lawyer", "its chairman, John Smith"."""

BARE = re.compile(
    r"(?:(?:the|a|an|its|their|his|one|another|some|several|two|three) )?(?:\w+ )?"
    r"(?:spokes(?:man|woman|person|men|people)|officials?|executives?|management|official sources?"
    r"|group|firm|concern|maker|unit|organi[sz]ation|body|agency|department|commission|committee|council|board|bureau|panel|association|union|party|institute|authority)",
    re.I,
)
"""A role or a kind of body without a name: that of whom the item has spoken."""

OF_OTHERS = re.compile(
    r"\b(?:union|opposition|rebels?|guerrillas?|strikers?|separatists?|plaintiffs?)\b(?=.* )"
    r"|\b[A-Z]{3,}\b"
)
"""Who is named so speaks for another body than the one spoken of, whether or not the item introduces it."""

NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}"
COMPANY = re.compile(
    r"\b(?:company|companies|firm|carrier|airline|concern|utility|brewer|maker|automaker|bank|retailer|partnership"
    r"|corporation|parent|subsidiary|group|producer|builder)\b"
)
ORGANISATION = re.compile(NAME)
PERSON = r"(?:[A-Z][\w’'-]+ (?:[A-Z]\.? )?(?:(?:van|von|de|der|bin|al|du) )?){1,2}[A-Z][\w’'-]+"
AFTER_ROLE = re.compile(rf"\s+(?:(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Lt|Col|Maj|Capt)\.? )?({PERSON})")
BEFORE_ROLE = re.compile(rf"({PERSON}),\s+[^.,;]{{0,50}}$")
APPOSED_OFFICE = re.compile(r", ([^.,;:\"“”\n]{3,80})")
BEFORE_OFFICE = re.compile(r"(?:[;:,\"“”\n]|(?<![A-Z])\.) ?(?!\w*\.)")
ROLE = re.compile(
    r"\b(?:spokes(?:man|woman|person)|president|minister|secretary|chair(?:man|woman)?|chief|commander"
    r"|director|governor"
    r"|general|colonel|major|admiral|officer|official|executive|analyst|economist|ambassador|delegate|envoy"
    r"|leader|premier"
    r"|king|head|manager|treasurer|trader|deputy|counsel|lawyer|attorney|negotiator|advis[eo]r|member|aide"
    r"|founder|partner"
    r"|banker|strategist|researcher|prosecutor|mayor|chancellor|commissioner)\b",
    re.I,
)
OFFICE = re.compile(
    r"\b(?:president|minister|ministry|ministers|ambassador|general|commander|premier|chancellor|envoy"
    r"|government|governor"
    r"|parliament|army|navy|air force|military|embassy|treasury|cabinet|administration|foreign|defen[cs]e"
    r"|central bank"
    r"|customs|police|senate|province|provincial|prosecutor|officials?)\b",
    re.I,
)
NEAR = 80
"""Characters around a role in which its body and its holder stand."""

LEAD = 500
"""Characters of an item that tell which country it is about."""

BODIES = (
    r"(?:corps|brigade|army|military|ministry|department|government|general staff|headquarters|navy|air force"
    r"|command|administration|parliament|embassy|commission|agency|council|committee|union|bank|party|bureau|board"
    r"|troops|officials?|spokes(?:man|woman|person)|president|minister|presidency|governor|general"
    r"|major|colonel|commander|admiral)"
)
BODY = re.compile(rf"\b{BODIES}\b", re.I)
BODY_OF = re.compile(rf"(?:['’]s)? (?:[\w-]+ ){{0,3}}?({BODIES})\b", re.I)
LOCAL = re.compile(r"\b(?:region|regional|local|city|town|village|emergency|provincial)\b", re.I)
THE_REGION = re.compile(r"\b[Tt]he (?:region|city|town|village)['’]s\b|\blocal\b")
OF_ANOTHER = re.compile(
    rf"(?!(?:The|Deputy|Former|Prime|First|Chief|Acting|Interim|Assistant|Vice|Foreign|Health|Defen[cs]e|Interior|Finance"
    rf"|Labou?r|Trade|Energy|Education|Justice|Economy|Culture|Transport|Agriculture|Regional|Local|State|National|Federal"
    rf"|General|Major|Central)\b)([A-Z][a-z]{{2,}})(?:['’]s)? (?:\w+ (?:and \w+ )?)?(?i:{BODIES})\b"
)
"""A name before a body or an office is that of whom it belongs to, known or not."""

PRESS = re.compile(
    r"\b(?:channels?|media|newspapers?|press(?! (?:conference|briefing|release|statement|secretary|office|service))"
    r"|bloggers?|news agency|tv|television|radio|magazine|daily|weekly)\b",
    re.I,
)
"""What people say at a press conference the press does not say."""

ACCREDITED = re.compile(
    r"\b([Aa]mbassador|[Ee]nvoy|[Rr]epresentative|[Dd]elegate) (?:to|at) (?:the )?(?:[A-Z][\w.]*+ ?){1,2}+"
)
"""An ambassador does not speak for the country that he is sent to."""

OUTLET_NAME = re.compile(
    r"\b(?:[A-Z]\w+ )*(?:Post|Times|Journal|Herald|Tribune|News(?: Agency| Service)?|Gazette|Guardian|Observer"
    r"|Telegraph|Handelsblad|Zeitung|Reuters?|Interfax|Tass|TASS|AFP|Bloomberg|BBC|CNN|Ukrinform|Xinhua|IRNA)\b"
)
NOBODY = re.compile(
    r"\b(?:analysts?|traders?|dealers?|sources?|diplomats?|witness(?:es)?|experts?|economists?|observers?|brokers?"
    r"|bankers?|residents?|critics?|people|delegates?|investors?|western|some|many|most|others|industry|market"
    r"|rumou?rs?|speculation|talk)\b",
    re.I,
)
"""People who stand for no body, unless one is named."""

OF_NO_STATE = re.compile(
    r"\b(?:analysts?|traders?|dealers?|witness(?:es)?|experts?|economists?|observers?|brokers?|bankers?"
    r"|residents?|investors?)\b"
    r"|\b(?:sources?|diplomats?) (?:in|at)\b",
    re.I,
)
"""People who do not speak for the country that they are of, or in."""

INSTITUTION = re.compile(r"\b(?:Council|Department|Committee|Commission|Congress|Senate|House|Court|Reserve|Agency)\b")
"""Bodies whose names many states share, so that a state that is named beside them counts first."""

STATE = re.compile(
    r"\b(?:government|ministry|ministerial|military|army|palace|presidential|police|navy|foreign|defen[cs]e"
    r"|central bank|cabinet|regional|local|emergency|department|embassy|court)\b",
    re.I,
)
APPOSED = re.compile(rf"{COMPANY.pattern} ({NAME})")
NAMED_UNION = re.compile(r"\b(?!The )([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}) (?:union|association|federation|party)\b")
AT = re.compile(rf"\b(?:at|with) ({NAME})")

PRIVATE_PERSON = re.compile(
    r"\b(?:expert|professor|author|tycoon|businessman|activist|journalist|writer|historian|citizen|resident|analyst"
    r"|researcher|fellow|critic)\b"
)
FILLER = re.compile(
    r"^(?:The|A|An|One|In|On|At|But|And|They|He|She|It|We|His|Her|Its|Their|Our|My|This|That|Multiple|Local|State"
    r"|Former|Official|Foreign|Western)(?:\s+|$)"
)
ARTICLE = re.compile(r"^(?:the|a|an) ", re.I)
TOLD_OF = re.compile(
    r",? (?:as )?(?:cited|quoted|reported|carried) by .*$|,? (?:told|citing|quoting) .*$"
    r"|, who (?!(?:\w+ )?(?:heads?|leads?|chairs?|runs?|represents?|is|was|serves?|served|works?|worked)\b).*$"
)
"""What is told of a speaker and does not say for whom he speaks: what he did, and whom others read it in."""

LEAST_NAME = 2


class Speakers:
    """The parties of one item: what its first mentions teach about later ones.

    "Russia's top commander, General Valery Gerasimov" makes a later "Gerasimov" Russia's, "the
    Ukrainian corps" a later "the corps" Ukraine's, "Archie Dunham, vice president at Conoco" a later
    "Dunham" Conoco's. A pronoun is whoever spoke last. A ministry or an officer whose country nobody
    names is taken for one of the country that the item is about.
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
                body_of = BODY_OF.match(text, end)
                if body_of:
                    self._bodies.setdefault(body_of.group(1).casefold(), side)
            self._learn_people(_sent_by(text))

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
        if PERSONAL.fullmatch(words):
            return self._last_person if self._last_person[0] else self._last
        if PRONOUN.fullmatch(words) and self._last[0]:
            return self._last
        if not words:
            return "", UNNAMED
        own = OF_THE_LAST.match(words)
        if own and (ROLE.match(own.group(2)) or BODY.match(own.group(2))):
            last = self._last_person if PERSONAL.fullmatch(own.group(1)) and self._last_person[0] else self._last
            if last[0]:
                return words, last[1]
        return words, self._side(words, sentence, nearest)

    def heard(self, source: str, speaker: str, side: str) -> None:
        """Take note of who spoke last: the next "he" or "it"."""
        self._last = (speaker, side)
        if not PRONOUN.fullmatch(source) and not self._is_body(source):
            self._last_person = (speaker, side)
        if not PERSONAL.fullmatch(source) and not NOBODY.search(source) and not PRIVATE_PERSON.search(source):
            self._last_body = side
        if side != UNNAMED and not PERSONAL.fullmatch(source):
            for name in re.findall(PERSON, source):
                if not self._organisations.find(name):
                    self._people.setdefault(name.split()[-1], side)

    def _is_body(self, words: str) -> bool:
        """Whether the words name a state or an organisation itself, and nobody who speaks for it."""
        name = ARTICLE.sub("", " ".join(words.split()))
        states = [name[a:b] for a, b, _ in sides_in(name) if not is_person_of_side(name[a:b])]
        return self._organisations.is_name(name) or COMPANY.fullmatch(name) is not None or name in states

    def _country_of_the_item(self, headline: str, body: str) -> str:
        start = dateline_length(body)
        told = f"{headline}\n{body[start : start + LEAD]}"
        home = self._country(body[:start].title())
        spoken_of = [side for _, _, side in sides_in(told)]
        return home if home in spoken_of or not spoken_of else spoken_of[0]

    def _learn_people(self, text: str) -> None:
        """Learn for whom the people of a text speak: what some office tells counts before what another lets guess."""
        introduced = list(self._introduced(text))
        for holder in (self._told_holder, self._holder):
            for name, office in introduced:
                told = holder(office)
                if told:
                    self._people.setdefault(name.split()[-1], told)
        known = ((name, self._people[name.split()[-1]]) for name, _ in introduced if name.split()[-1] in self._people)
        if not self._last_person[0]:
            self._last_person = next(known, self._last_person)

    def _introduced(self, text: str) -> Iterator[tuple[str, str]]:
        """Names of people whom the text gives an office, with the words of the office."""
        told = 0  # what stands before tells the office of somebody else
        for role in ROLE.finditer(text):
            low, high = max(told, role.start() - NEAR), role.end() + NEAR
            after = AFTER_ROLE.match(text, role.end(), high)
            if after:
                told = after.end()
                start = max((m.end() for m in BEFORE_OFFICE.finditer(text[low : role.start()])), default=0)
                yield after.group(1), text[low + start : role.end()]
                apposed = APPOSED_OFFICE.match(text, after.end())
                if apposed and ROLE.search(apposed.group(1)):
                    yield after.group(1), apposed.group(1)
            before = BEFORE_ROLE.search(text, low, role.start())
            if before:
                until = re.search(r"[.;:\"“”\n](?!\w)|, (?:said|told|who)\b", text[role.end() : high])
                end = role.end() + until.start() if until else high
                yield before.group(1), text[before.end(1) + 1 : end]

    def _told_holder(self, words: str) -> str:
        """On whose behalf the words of an office say that its holder speaks; empty where they do not say it."""
        return self._named(words) or (self._organisations.main if COMPANY.search(words) else "")

    def _holder(self, words: str) -> str:
        """On whose behalf the holder of an office speaks: of a nameless one the country of the item."""
        return self._told_holder(words) or (self._home if OFFICE.search(words) else "")

    def _named(self, words: str) -> str:
        """The organisation or the state that the words name; of a company with a state in its name the company."""
        states = sorted(sides_in(words), key=lambda found: INSTITUTION.search(words[found[0] : found[1]]) is not None)
        named = APPOSED.search(words) or NAMED_UNION.search(words)
        if not named and not states and ROLE.search(words):
            named = AT.search(words)
        organisation = self._organisations.find(words) or (bare(named.group(1)) if named else "")
        if organisation and not any(words[a:b] == organisation for a, b, _ in states):
            return self._state_body(organisation, states) or organisation
        return states[0][2] if states else ""

    def _state_body(self, organisation: str, states: Sequence[tuple[int, int, str]]) -> str:
        """The state whose ministry or forces go by a name like an organisation's."""
        return states[0][2] if states and OFFICE.search(organisation) else ""

    def _side(self, words: str, sentence: str, nearest: str) -> str:
        words = TOLD_OF.sub("", _sent_by(words))
        states = sides_in(words)
        outlet = OUTLET_NAME.search(words)
        if PRESS.search(words) or outlet:
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
        alone = PRIVATE_PERSON.search(words) or not (ROLE.search(words) or OFFICE.search(words) or STATE.search(words))
        person = words.partition(",")[0]
        if alone and not FILLER.match(person) and re.fullmatch(PERSON, person) and not sides_in(person):
            return self._organisations.find(words) or person
        if named and not (states and named == states[0][2] and self._of_no_state(words)):
            return named
        return self._unnamed_body(words, sentence, nearest)

    @staticmethod
    def _of_no_state(words: str) -> bool:
        """Whether the words name people only by where they are: "traders in Tokyo"."""
        group = OF_NO_STATE.search(words)
        if group is None or STATE.search(words) or re.search(PERSON, words):
            return False
        return not (group.group().endswith((" in", " at")) and sides_in(words[: group.start()]))

    def _unnamed_body(self, words: str, sentence: str, nearest: str) -> str:
        """Whom words without a name of a side stand for."""
        body = BODY.search(words)
        if NOBODY.search(words) and not STATE.search(words):
            return UNNAMED
        if body and body.group().casefold() in self._bodies:
            return self._bodies[body.group().casefold()]
        if OF_OTHERS.search(words):
            return self._own_name(words)
        if BARE.fullmatch(words) and (named := self._organisations.of_kind.get(words.split()[-1].casefold())):
            return named
        if COMPANY.search(f"{words[0].lower()}{words[1:]}") or BARE.fullmatch(words):
            last = self._last_body if self._last_body != UNNAMED else ""
            return last or self._organisations.main or self._home or UNNAMED
        owner = OF_ANOTHER.match(ARTICLE.sub("", words))
        if owner and not (self._country(owner[1]) or BODY.fullmatch(owner[1]) or ROLE.fullmatch(owner[1])):
            return owner[1]
        here = self._country(words) if body or LOCAL.search(words) or " " not in words else ""
        if here or not (body or LOCAL.search(words)):
            return here or self._own_name(words)
        if THE_REGION.search(words) and "." in nearest:
            return side_of_country(nearest.rpartition(".")[2].upper()) or UNNAMED
        first = sides_in(sentence)
        return self._home or (first[0][2] if first else UNNAMED)

    @staticmethod
    def _surnames(words: str) -> list[str]:
        return re.findall(r"[A-Z][\w-]+", words)

    def _own_name(self, words: str) -> str:
        names = [FILLER.sub("", m.group()) for m in ORGANISATION.finditer(words)]
        names = [n for n in names if len(n) >= LEAST_NAME and not (BODY.fullmatch(n) or ROLE.fullmatch(n))]
        return max(names, key=len) if names else UNNAMED

    def _country(self, words: str) -> str:
        named = sides_in(words)
        places = self._gazetteer.mentions(words)
        if named:
            return named[0][2]
        return side_of_country(places[0].place.country) if places else ""


def _sent_by(text: str) -> str:
    """The text without the states to which its ambassadors are sent."""

    def alone(found: re.Match[str]) -> str:
        state = next((b for a, b, _ in sides_in(found.group()) if a > found.end(1) - found.start()), None)
        return found.group() if state is None else found[1] + found.group()[state:]

    return ACCREDITED.sub(alone, text)
