"""Deals: which company buys which, or means to. Both must be named: a deal of nobody's meets any other."""

import re

from claimwire.extraction.clauses import SUPPOSED, is_supposed
from claimwire.extraction.organisations import FILLER, LEAST, RUN, bare
from claimwire.extraction.readers import Phrase, Reader
from claimwire.extraction.terms import names
from claimwire.sides import is_state, party, sides_in
from claimwire.statements import MEDIA, OUTLET, UNNAMED, Outcome

SELF = re.compile(r"(?:\b(?:it|we|its|the (?:company|group|firm|bank))\b[\w ,]{0,30}|^\W*(?:that )?)$", re.I)
IT = re.compile(r" (?:it|us|the company)\b(?!['’]s| \w+ing\b)")
"""Behind the phrase: then the speaker is bought."""

PART_OF_IT = re.compile(
    r"\b(?:pct|shares?|stock|stakes?|interests?|units?|assets|plants?|divisions?|subsidiar\w+|business(?:es)?"
    r"|operations|properties"
    r"|propert\w+|stores?|shops|bonds|notes|debt|debentures|aircraft|planes|equipment|parts?|products?|rights|options?|tonnes|barrels)\b",
    re.I,
)
"""Between the verb and the company: then it is not the whole company that is bought."""

WHOLE = re.compile(r"\b(?:all|(?:the|its) (?:ordinary|outstanding|remaining|common|entire))\b", re.I)
"""Beside that: then it is the whole company after all ("for the ordinary shares of")."""

ALL_SHARES = re.compile(r" (?:ordinary|common|outstanding) (?:shares?|stock)$", re.I)
IN_PASSING = re.compile(
    r"\b(?:prevent\w*|enjoin\w*|(?:block|halt)(?:s|ed|ing)?|conditions? (?:to|of|for)|in connection with|motion"
    r"|(?:law)?suits?|litigation|challeng\w*|oppos\w*|approv\w+ of)\b",
    re.I,
)
"""Before the phrase: then something else is told, and the deal is named with it."""

LOOKS_BACK = 80
BY = re.compile(r"\b(?:by|from)\b")
BESIDE = re.compile(r"\b(?:with|by|from|of|for|between|against|over)(?: the)? $")
REACH = 70
STAKE = "stake"
NEXT = 12
"""Characters between "a stake in" and the company: more hold something else."""


def event(phrase: Phrase) -> Outcome | None:
    """Who buys whom; None where the words do not name both, or tell of a part."""
    code, words, match, reader = phrase.trigger.code, phrase.words, phrase.match, phrase.reader
    if SUPPOSED.search(phrase.clause) or (code != "bids" and is_supposed(phrase.clause)):
        return None
    if IN_PASSING.search(words, max(0, match.start() - LOOKS_BACK), match.start()):
        return None
    before = [c for c in _companies(words[: match.start()], reader) if not c[2]]
    behind = [c for c in _companies(words[match.end() :], reader) if c[0] < REACH]
    actor = before[-1][1] if before else ""
    target = behind[0][1] if behind else _private(reader) if IT.match(words, match.end()) else ""
    gap = words[match.end() : match.end() + behind[0][0]] if behind else ""
    if phrase.trigger.voice == "passive":
        by = BY.search(gap)
        actor, target = (target if by else ""), actor or _speaker(words[: match.start()], reader)
    elif (PART_OF_IT.search(gap) and not WHOLE.search(gap)) or (code == STAKE and len(gap) > NEXT):
        return None
    else:
        own = _speaker(words[: match.start()], reader)
        actor = own or actor
    if not actor or not target or actor == target:
        return None
    return Outcome(code=code, actor=actor, target=target, negated=phrase.negated_there)


def _speaker(before: str, reader: Reader) -> str:
    """The speaking company, where the words before the phrase leave it at "it"."""
    return _private(reader) if SELF.search(before) else ""


def _private(reader: Reader) -> str:
    """The speaker, if that is a company."""
    side = reader.speaker_side
    private = side and side != UNNAMED and not side.startswith((OUTLET, MEDIA)) and not is_state(side)
    return party(side) if private else ""


def _companies(text: str, reader: Reader) -> list[tuple[int, str, bool]]:
    """Companies where the text names them, and whether only beside another ("with X").

    They are those that the item introduces. A flash of one line introduces none, so that any name may be one there.
    """
    found = []
    for match in RUN.finditer(text):
        run = FILLER.sub("", match.group())
        name = reader.organisations.known.get(bare(run).casefold()) or reader.organisations.find(run)
        if not (name or reader.organisations.known):
            name = _any_name(run)
        if name:
            beside = BESIDE.search(text, max(0, match.start() - 12), match.start())
            found.append((match.start(), party(name), bool(beside)))
    return found


def _any_name(run: str) -> str:
    """The words as a company's name; empty where they name a side, no name at all or a part of a company."""
    run = ALL_SHARES.sub("", run)
    named = (names(run) or " " in run) and not sides_in(run) and not PART_OF_IT.search(run)
    return bare(run) if named and len(bare(run)) >= LEAST else ""
