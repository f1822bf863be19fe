"""Propositions: the words of a claim as a whole sentence that a reader understands by itself.

The words are the item's. What is inserted stands in [brackets] and is a name of the item.
"""

import re

from claimwire.statements import Span

OPENS = re.compile(
    r"^[\s,;:–—-]*(?:and |but |yet |so )?(?:\(?that\b,?(?! (?:is|was|has|had|would|will|could|may|might)\b)\s*)?", re.I
)
"""What may stand before a clause and is no part of it."""

MARKS = "“”\"'‘’ ,;:–—-"

PERSONAL = re.compile(r"(?:he|she|i)\b(?!['’]?(?:ll|d)\b)", re.I)
COLLECTIVE = re.compile(r"(?:it|they|we)\b", re.I)
OWN = re.compile(r"(?:his|her|its|their|our|my)\b(?! own\b)", re.I)
SHORTENED = {
    "’s": " is",
    "'s": " is",
    "’re": " are",
    "'re": " are",
    "’ve": " have",
    "'ve": " have",
    "’m": " is",
    "'m": " is",
}
FIRST_PERSON = re.compile(r"(?:i|we|my|our)\b", re.I)

NO_SUBJECT = re.compile(
    r"(?:to|of|for|about|in|on|at|with|by|from|as|if|whether|whether or not|which|who|whose|whom|what|how|why|when"
    r"|where|not|no longer|having|being|been|because|despite|amid|against|into|over|after|before|since|until|than)\b"
    r"|\w+ing\b(?! (?:is|was|has|had|will|would|are|were)\b)",
    re.I,
)
"""How words begin that are no clause with a subject of its own."""

FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|might|must|should|shall|did|does|do|cannot|won|took"
    r"|said|says|made|makes|gave|went|got|came|knew|told|held|holds|left|lost|met|paid|put|ran|saw|sent|sold|bought"
    r"|broke|began|brought|built|cut|fell|felt|found|fought|flew|grew|hit|kept|led|rose|set|shot|spent|stood|stole"
    r"|struck|thought|threw|wrote|wants|needs|plans|expects|believes|remains|remain|claims?|deny|denies|kills|holds?|say|control|want|need|believe|know|see|take|make|face|seek|controls|faces|seeks"
    r"|\w{2,}(?:ed|['’]s|['’]re|['’]ve|n['’]t))\b",
    re.I,
)

LEAST_WORDS = 4
MOST_NAME = 60
"""Characters of a name that is inserted."""

NAME = r"[A-Z][\w’'.-]*(?: (?:[A-Z][\w’'.-]*|de|la|al|bin|von|van|der|of|and|the))*(?<! of)(?<! and)(?<! the)"
SUBJECT = re.compile(rf"^[\"“'‘]?(?:The |the |A |An )?({NAME})")
PERSON = re.compile(r"\b(?:[A-Z][\w’-]+ (?:[A-Z]\. )?){1,2}[A-Z][\w’-]+")
TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Gen|President|Prime Minister|Minister)\.? [A-Z][\w’-]+")
NO_NAME = re.compile(
    r"(?:It|He|She|They|We|I|The|This|That|These|Those|In|On|At|But|And|A|An|If|When|While|After|Before|As|There|For"
    r"|According|However|Meanwhile|Earlier|Later|Asked|Speaking|Last|Monday|Tuesday|Wednesday|Thursday|Friday"
    r"|Saturday|Sunday|January|February|March|April|May|June|July|August|September|October|November|December)\b"
)


def clause(content: str) -> str:
    """The words of a content as a clause with a subject and a verb; empty where they are none."""
    words = OPENS.sub("", " ".join(content.split()), count=1).strip(MARKS)
    words = words.strip()
    if len(words.split()) < LEAST_WORDS or NO_SUBJECT.match(words) or not FINITE.search(words):
        return ""
    return _balanced(words)


def readable(words: str, speaker: str, earlier: list[str]) -> str:
    """A clause or a sentence with its first words named; empty where nobody can tell whom they mean.

    Parameters
    ----------
    words
        With a subject and a verb.
    speaker
        Who says them, as the item names him; empty for the outlet's own voice.
    earlier
        The sentences before, in order.
    """
    words = " ".join(words.split())
    for pattern, own in ((PERSONAL, False), (COLLECTIVE, False), (OWN, True)):
        found = pattern.match(words)
        if not found:
            continue
        name = _meant(found.group(), speaker, earlier)
        if not name:
            return ""
        rest = words[found.end() :]
        for short, whole in SHORTENED.items():
            if not own and rest.startswith(short):
                rest = whole + rest.removeprefix(short)
        return f"[{name}{'’s' if own else ''}]{rest}"
    return f"{words[0].upper()}{words[1:]}" if words else ""


def _meant(pronoun: str, speaker: str, earlier: list[str]) -> str:
    """Whom a pronoun at the head of a clause means: mostly who speaks, else who was spoken of last."""
    person = PERSON.search(speaker) or TITLE.search(speaker)
    personal = pronoun.casefold() in ("he", "she", "his", "her", "i", "my")
    if speaker and (FIRST_PERSON.fullmatch(pronoun) or (bool(person) if personal else not person)):
        return _short(speaker)
    for sentence in reversed(earlier[-3:]):
        names = PERSON if personal else SUBJECT
        for found in names.finditer(sentence):
            name = found.group() if personal else found.group(1)
            if not NO_NAME.match(name):
                return _short(name)
    return _short(speaker) if speaker and not personal and not NO_NAME.match(speaker) else ""


def _short(name: str) -> str:
    name = " ".join(name.split()).strip(MARKS)
    if not any(letter.isupper() for letter in name) and len(name.split()) < 2:
        return ""
    return name if len(name) <= MOST_NAME else name[:MOST_NAME].rsplit(" ", 1)[0]


def _balanced(words: str) -> str:
    """The words without a quotation mark whose other one is missing."""
    for opening, closing in ("“”", '""'):
        lost = words.count(opening) % 2 if opening == closing else words.count(opening) != words.count(closing)
        if lost:
            words = words.replace(opening, "").replace(closing, "")
    return words


def sentence_around(text: str, span: Span) -> str:
    """A sentence's words without what stands around it on the page."""
    return _balanced(" ".join(text[slice(*span)].split()).strip(" –—-"))
