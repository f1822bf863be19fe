"""Rules on spaCy's dependencies: a verb of speech, its subject, and its clause or the quotation beside it."""

import re
from collections.abc import Iterator

from benchmarks.attributions import Attribution
from benchmarks.systems.english import Document, English, Token
from benchmarks.systems.system import System
from claimwire.statements import Span

SPEECH = re.compile(
    r"accuse|acknowledge|add|admit|allege|announce|argue|ask|assert|claim|confirm|contend|declare|deny|describe"
    r"|explain|insist|maintain|note|promise|reject|reply|report|respond|reveal|say|state|stress|suggest|tell"
    r"|testify|tweet|urge|vow|warn|write"
)
QUOTATION = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)")
WORD = re.compile(r"\w")
LEFT_OF_VERB = frozenset({"aux", "neg", "advmod"})
BORROWS = frozenset({"conj", "advcl", "xcomp"})
"""Dependencies by which a verb without a subject of its own takes over that of its head."""


def load() -> System:
    """Load the model that the rules need."""
    english = English()

    def read(text: str) -> Iterator[Attribution]:
        for start, paragraph in english.paragraphs(text):
            for found in attributions(paragraph):
                yield Attribution(*(tuple((start + a, start + b) for a, b in spans) for spans in found))

    return System("spaCy, dependency rules", read, english.data)


def attributions(paragraph: Document) -> Iterator[tuple[list[Span], list[Span], list[Span]]]:
    """Cue, source and content of each attribution, by offsets in the paragraph."""
    quotations = [m.span() for m in QUOTATION.finditer(paragraph.text)]
    for token in paragraph:
        if any(start <= token.idx < end for start, end in quotations):
            continue
        if token.lower_ == "according":
            who = [_subtree(name) for to in token.children for name in to.children if name.dep_ == "pobj"]
            yield [_span(token, token)], who, _rest(token)
        elif token.pos_ == "VERB" and SPEECH.fullmatch(token.lemma_):
            content = _content(token, quotations)
            if content:
                yield [_cue(token)], _source(token), content


def _rest(according: Token) -> list[Span]:
    """What is left of the sentence without the phrase "according to X"."""
    (start, end), sentence = _subtree(according), according.sent
    sides = ((sentence.start_char, start), (end, sentence.end_char))
    return [(a, b) for a, b in sides if WORD.search(sentence.doc.text, a, b)]


def _source(verb: Token) -> list[Span]:
    subjects = [_subtree(child) for child in verb.children if child.dep_ == "nsubj"]
    return subjects or (_source(verb.head) if verb.dep_ in BORROWS else [])


def _content(verb: Token, quotations: list[Span]) -> list[Span]:
    """The clause of the verb, else the quotations in its sentence, else its object."""
    clauses = [_subtree(child) for child in verb.children if child.dep_ in ("ccomp", "xcomp")]
    quoted = [(a, b) for a, b in quotations if a < verb.sent.end_char and verb.sent.start_char < b]
    return clauses or quoted or [_subtree(child) for child in verb.children if child.dep_ in ("dobj", "prep")]


def _cue(verb: Token) -> Span:
    """The verb with the auxiliaries, the "not" and the adverbs right before it."""
    first = verb
    while first.i and first.nbor(-1).head == verb and first.nbor(-1).dep_ in LEFT_OF_VERB:
        first = first.nbor(-1)
    return _span(first, verb)


def _subtree(token: Token) -> Span:
    return _span(token.left_edge, token.right_edge)


def _span(first: Token, last: Token) -> Span:
    return first.idx, last.idx + len(last)
