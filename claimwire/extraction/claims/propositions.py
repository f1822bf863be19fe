"""Propositions: the words of a claim as a whole sentence that is clear by itself.

The words are the item's. Names that are inserted stand in [brackets] and come from the item.
"""

import re

from claimwire.extraction.claims import proposition_rules as rules
from claimwire.extraction.speakers.antecedent_rules import BARE
from claimwire.extraction.speakers.antecedents import MARKS, Mentioned
from claimwire.extraction.text.terms import WORD
from claimwire.statements import Span

LEAST_WORDS = 3


def clause(content: str) -> str:
    """The words of a content as a clause with a subject and a verb; empty if they are none."""
    words = rules.COMMAS.sub(",", " ".join(content.split()))
    when = rules.WHEN.match(words)
    words = words[when.end() :] if when else words
    words = rules.OPENS.sub("", words, count=1).strip(MARKS)
    words = rules.AND_THAT.sub(r" \g<link> ", words.strip())
    adding = rules.ADDING.search(words)
    if adding and _main_verbs(words[: adding.start()]) > 0:
        words = words[: adding.start()]
    named = rules.NAMED.match(words)
    if named and _main_verbs(words[named.end() :]) == 1:
        words = words[named.end() :]
    if len(words.split()) < LEAST_WORDS or rules.BREAKS_OFF.search(words):
        return ""
    introduction = rules.INTRODUCTION.match(words)
    main = words[introduction.end() :] if introduction else words
    unclear = introduction and rules.HEAD.match(main) and not rules.EXPLETIVE.match(main)
    if rules.NO_SUBJECT.match(main) or rules.SUBORDINATE.match(main) or unclear:
        return ""
    return balanced(words) if _main_verbs(main) > 0 else ""


def without_addressee(content: str) -> str:
    """What follows "told" without whom it addresses: "it would close" of "the union that it would close"."""
    addressee = rules.ADDRESSEE.match(content)
    return content[addressee.end() :] if addressee and not rules.FINITE.search(addressee.group()) else content


def affirmed(words: str) -> str:
    """What words that say no deny: "the mill was closed" of "the mill was not closed". Words that say no twice stay."""
    if not_true := rules.NOT_TRUE.match(words):
        return words[not_true.end() :]
    found = [(each, instead) for negation, instead in rules.NEGATIONS for each in negation.finditer(words)]
    if len(found) != 1:
        return words
    negation, instead = found[0]
    return words[: negation.start()] + negation.expand(instead) + words[negation.end() :]


def _main_verbs(words: str) -> int:
    """How many more verbs the words hold than their relative clauses and reported clauses need."""
    free = 0
    for verb in rules.FINITE.finditer(words):
        if rules.AUXILIARY.search(words, 0, verb.start()) or is_participle(words, verb):
            continue
        relative = rules.RELATIVE.search(words, 0, verb.start())
        free += 1 if not relative else -1 if rules.SAYS.search(verb.group()) else 0
    return free


def is_participle(words: str, verb: re.Match[str]) -> bool:
    """Whether a form in -ed is a participle or in a name: "alleged cases", "controlled by", "Organized Crime"."""
    if not verb.group().endswith("ed"):
        return verb.start() == 0
    if verb.start() and verb.group()[0].isupper():
        return True
    return (
        rules.PASSIVE.match(words, verb.start()) is not None
        or rules.PARTICIPLE.search(words, 0, verb.start()) is not None
    )


def readable(words: str, told: Mentioned) -> str:
    """A clause or a sentence with the names of those it means in [brackets]; empty if one is unclear or it has no word.

    Parameters
    ----------
    words
        With a subject and a verb.
    told
        Who says them, and the names that the item mentions before.
    """
    words = rules.ALSO.sub("", rules.LINK.sub("", " ".join(words.split()), count=1))
    if (
        not WORD.search(words)
        or rules.ASKS.search(words)
        or rules.LEFT_OPEN.match(words)
        or rules.CALLED_UNTRUE.search(words)
        or rules.DENIED.match(words)
        or any(words.count(a) != words.count(b) for a, b in ("()", "[]"))
    ):
        return ""
    head = _subject_at(words)
    found = rules.HEAD.match(words, head)
    if found and not rules.EXPLETIVE.match(words, head):
        return _with_name(words, found, told.meant_by(found.group(), words))
    words = _with_which(words, told)
    found = rules.WITHIN.search(words)
    if found and told.is_person and not rules.SOMEBODY.search(words, 0, found.start()):
        words = _with_name(words, found, told.meant_by(found.group(), words)) or words
    words = told.in_full(words)
    return f"{words[0].upper()}{words[1:]}" if words else ""


def _subject_at(words: str) -> int:
    """Where a sentence's subject begins: behind its introduction, unless that names somebody whom it may mean."""
    introduction = rules.INTRODUCTION.match(words)
    return introduction.end() if introduction and not rules.SOMEBODY.search(introduction.group()) else 0


def _with_which(words: str, told: Mentioned) -> str:
    """The words with a name in brackets added to a noun at their head without one: "the [Azovstal] plant"."""
    bare = BARE.match(words)
    if not bare or not (bare["owner"] or rules.FINITE.match(words, bare.end() + 1)):
        return words
    return _beside(words, bare, told)


def named(speaker: str, told: Mentioned) -> str:
    """A speaker without a name ("the ministry"), with the name that the item gives in brackets."""
    bare = BARE.fullmatch(speaker)
    return _beside(speaker, bare, told) if bare else speaker


def _beside(words: str, bare: re.Match[str], told: Mentioned) -> str:
    """The words with a name in brackets beside a noun without one."""
    before, behind = told.beside(bare["kind"].lower())
    low, high = bare.span("kind")[0], bare.end()
    if before:
        return f"{words[:low]}[{before}] {words[low:]}"
    return f"{words[:high]} [{behind}]{words[high:]}" if behind else words


def _with_name(words: str, pronoun: re.Match[str], name: str) -> str:
    """The words with a pronoun replaced by a name in brackets; empty without a name."""
    if not name:
        return ""
    rest = words[pronoun.end() :]
    if rest.startswith(","):
        return ""
    if pronoun["owner"]:
        return f"{words[: pronoun.start()]}[{name}’s]{rest}"
    for short_form, whole in rules.SHORTENED.items():
        if rest.startswith(short_form):
            rest = whole + rest.removeprefix(short_form)
    return f"{words[: pronoun.start()]}[{name}]{rest}"


def balanced(words: str) -> str:
    """The words without an unpaired quotation mark."""
    for opening, closing in ("“”", '""'):
        lost = words.count(opening) % 2 if opening == closing else words.count(opening) != words.count(closing)
        if lost:
            words = words.replace(opening, "").replace(closing, "")
    return words


def sentence_around(text: str, span: Span) -> str:
    """A sentence's words without captions and signatures around it."""
    words = rules.CREDIT.sub("", " ".join(text[slice(*span)].split()))
    words = words if words.isupper() else rules.CAPITALS.sub("", words)  # some wires send all in capitals
    return balanced(rules.SIGNED.sub("", words).strip(" ,;–—-"))
