"""Organisations: companies and other bodies that an item names, each in one form."""

import re
from collections.abc import Iterator

from claimwire.sides import sides_in

CAPITAL = r"[A-Z][\w&’'.-]*"
RUN = re.compile(
    rf"{CAPITAL}(?:,? (?:(?:and|of|de|for|du|van) (?:the )?)?(?:{CAPITAL})){{0,6}}(?: (?:inc|corp|ltd|plc)\b)?"
)
LEGAL = re.compile(
    r"(?:,? (?:Corp|Corporation|Inc|Incorporated|Co|Cos|Company|Ltd|Limited|Plc|PLC|AG|SA|S\.A|NV|N\.V|BV|Spa"
    r"|SpA|GmbH"
    r"|AB|Oy|KK|Pty|Bhd|LP|LLC|inc|corp|ltd|plc|and Co|and Sons|& Co)\b\.?)+$"
)
KIND = re.compile(
    r"(?<=\s)(?:Group|Gruppo|Holdings?|Industries|Bank|Banks|Bancorp|Airlines?|Airways|Technologies|Systems"
    r"|Stores|Partners"
    r"|Trust|Association|Union|Institute|Council|Agency|Authority|Federation|Board|Committee|Party|University"
    r"|Exchange"
    r"|Fund|Organi[sz]ation|Society|Foundation|League|Front|Movement|Brothers|Bros|Center|Centre|Observatory|Monitor"
    r"|Securities|Petroleum|Motors?|Steel|Oil|Energy|Resources|Insurance|Financial|Electric|Power)$"
)
TICKER = re.compile(r"\s*<[A-Z0-9.]{1,9}>")
PRIVATE = re.compile(r"<([^<>\n]{3,60})>")
FILLER = re.compile(
    r"^(?:(?:The|A|An|One|In|On|At|But|And|For|Of|By|If|As|When|While|Since|Under|With|From|To|After|Before|Earlier"
    r"|Meanwhile|However|It|Its|He|She|They|That|This|There|Last|Separately|President|Chairman|Mr|Mrs|Ms|Dr"
    r"|Sen|Rep|Gen"
    r"|Analyst|Former|Ex|Spokesman|Spokeswoman|Secretary|Minister|Industry)\.?(?: |$))+"
)
OF_A_PERSON = re.compile(r"^[A-Z][a-z]+ (?:[A-Z]\.? )?[A-Z][a-z]+ (?:of|for|at) (?=[A-Z])|^[\w.]+-based ")
OF_A_PLACE = re.compile(r"\b(Co|Inc|AG|SA|Corp|Ltd) of [A-Z].*$")
"""Where a company is: "Telephone Co of Stockholm"."""

GENERIC = re.compile(
    r"American|National|First|General|United|International|Standard|British|Western|Eastern|Northern|Southern|Central"
    r"|Federal|Royal|New|Bank|Banque|Banco|Air|Texas|Consolidated|Continental|Pacific|Atlantic|North|South|East|West"
)
"""First words of many names, which cannot stand for one."""

SHORTEST_ACRONYM = 2
LEAST = 3
"""Letters of a name that can stand for itself."""


def bare(name: str) -> str:
    """The name without its legal form, brackets and possessive: one form for all of its mentions."""
    name = _unpossessed(name.strip(' <>.,"“”'))
    shorter = LEGAL.sub("", name)
    return shorter if len(shorter) >= LEAST else name


def _unpossessed(name: str) -> str:
    """The name without the ending of a possessive: "Williams Holdings Plc's" ends with a legal form."""
    return re.sub(r"['’]s?$", "", name)


class Organisations:
    """The companies of one item: a first full mention teaches the later, shorter ones."""

    def __init__(self, *texts: str) -> None:
        self.known: dict[str, str] = {}
        """Forms in which the item may name them, in lower case, to the one form of the name."""
        self.main = ""
        """The one that the item names first."""
        self.of_kind: dict[str, str] = {}
        """The first that is named with each word for a kind of body: "council", "union"."""
        for text in texts:
            for name in _named(text):
                self._learn(name)
            for run in RUN.finditer(text):
                name = _unpossessed(FILLER.sub("", run.group()))
                if kind := KIND.search(name):
                    self.of_kind.setdefault(kind.group().casefold(), name)

    def _learn(self, name: str) -> None:
        full = self.known.setdefault(name.casefold(), name)
        self.main = self.main or full
        first, *rest = name.split()
        if rest and not GENERIC.fullmatch(first) and len(first) >= LEAST and not sides_in(first):
            self.known.setdefault(first.casefold(), full)
            self.known.setdefault(bare(first).casefold(), full)
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(initials) >= SHORTEST_ACRONYM:
            self.known.setdefault(initials.casefold(), full)

    def is_name(self, words: str) -> bool:
        """Whether the words are the name of an organisation that the item introduces, and nothing else."""
        return bare(words).casefold() in self.known

    def find(self, words: str) -> str:
        """The organisation that the words name; empty where they name none."""
        for match in RUN.finditer(words):
            run = _unpossessed(OF_A_PERSON.sub("", FILLER.sub("", match.group())))
            for name in _shortened(bare(run)):
                if name.casefold() in self.known:
                    return self.known[name.casefold()]
            whole = OF_A_PLACE.sub(r"\1", run)
            if LEGAL.search(whole) or KIND.search(bare(whole)):
                return bare(whole)
        return ""


def _shortened(name: str) -> Iterator[str]:
    """The name, and the runs of its first words: "Baird spokesman John Smith" names Baird."""
    words = name.split()
    for end in range(len(words), 0, -1):
        yield bare(" ".join(words[:end]))


def _named(text: str) -> Iterator[str]:
    """Names of companies, told by legal form, ticker or brackets, in the order of the text."""
    for match in PRIVATE.finditer(text):
        if not TICKER.fullmatch(match.group()):
            yield bare(match.group(1))
    for match in RUN.finditer(text):
        run = _unpossessed(FILLER.sub("", match.group()))
        if run and (LEGAL.search(run) or TICKER.match(text, match.end())):
            yield bare(run)
