"""Organisations: companies and other bodies in an item, each in one form."""

from collections.abc import Iterator

from claimwire.extraction.speakers import organisation_rules as rules
from claimwire.sides import COMMON_FIRST, POSSESSIVE, sides_in

SHORTEST_ACRONYM = 2
LEAST = 3
"""The fewest letters of a name that can stand alone."""


def bare(name: str) -> str:
    """The name without its legal form, brackets and possessive, so that all mentions have one form."""
    name = _unpossessed(name.strip(' <>.,"“”'))
    shorter = rules.LEGAL.sub("", name)
    return shorter if len(shorter) >= LEAST else name


def _unpossessed(name: str) -> str:
    """The name without the ending of a possessive: "Williams Holdings Plc's" ends with a legal form."""
    return POSSESSIVE.sub("", name)


class Organisations:
    """The companies of one item. A first full mention makes later, shorter ones known."""

    def __init__(self, *texts: str) -> None:
        self.known: dict[str, str] = {}
        """The form of each name, by the forms in lower case that the item may use."""
        self.main = ""
        """The first one named."""
        self.of_kind: dict[str, str] = {}
        """The first one named with each word for a kind of body: "council", "union"."""
        for text in texts:
            for name in _named(text):
                self._learn(name)
            for run in rules.RUN.finditer(text):
                name = _unpossessed(rules.FILLER.sub("", run.group()))
                if kind := rules.KIND.search(name):
                    self.of_kind.setdefault(kind.group().casefold(), name)

    def _learn(self, name: str) -> None:
        full = self.known.setdefault(name.casefold(), name)
        self.main = self.main or full
        first, *rest = name.split()
        if rest and not COMMON_FIRST.fullmatch(first.casefold()) and len(first) >= LEAST and not sides_in(first):
            self.known.setdefault(first.casefold(), full)
            self.known.setdefault(bare(first).casefold(), full)
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if len(initials) >= SHORTEST_ACRONYM:
            self.known.setdefault(initials.casefold(), full)

    def is_name(self, words: str) -> bool:
        """Whether the words are exactly the name of an organisation that the item introduces."""
        return bare(words).casefold() in self.known

    def find(self, words: str) -> str:
        """The organisation that the words name, or empty."""
        for match in rules.RUN.finditer(words):
            run = _unpossessed(rules.OF_A_PERSON.sub("", rules.FILLER.sub("", match.group())))
            for name in _shortened(bare(run)):
                if name.casefold() in self.known:
                    return self.known[name.casefold()]
            whole = rules.OF_A_PLACE.sub(r"\1", run)
            if rules.LEGAL.search(whole) or rules.KIND.search(bare(whole)):
                return bare(whole)
        return ""


def _shortened(name: str) -> Iterator[str]:
    """The name, and the runs of its first words: "Baird spokesman John Smith" names Baird."""
    words = name.split()
    for end in range(len(words), 0, -1):
        yield bare(" ".join(words[:end]))


def _named(text: str) -> Iterator[str]:
    """Names of companies, recognised by legal form, ticker or brackets, in the order of the text."""
    for match in rules.PRIVATE.finditer(text):
        if not rules.TICKER.fullmatch(match.group()):
            yield bare(match.group(1))
    for match in rules.RUN.finditer(text):
        run = _unpossessed(rules.FILLER.sub("", match.group()))
        if run and (rules.LEGAL.search(run) or rules.TICKER.match(text, match.end())):
            yield bare(run)
