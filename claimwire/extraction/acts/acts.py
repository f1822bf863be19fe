"""Acts: what a speaker does, from the cue, its negation and what follows it.

"Denied" is a denial only if it concerns words: that something is so, a report, having done a thing.
A court that denies bail, a reporter denied access and a rejected proposal answer no claim.
"""

import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from claimwire.extraction.acts.act_rules import (
    ANAPHOR,
    COURT,
    DENY,
    DUTY,
    FINITE,
    FUTURE,
    MAKER,
    NAMED_DENIAL,
    NEGATED,
    NESTED,
    NOBODY,
    NOT_SO,
    OF_WORDS,
    ON_MATTER,
    ONLY_ANSWERS,
    ONLY_REJECTED,
    OWN_WORDS,
    PASSIVE,
    PROPOSITION,
    QUARRELS,
    QUESTION,
    RULED_OUT,
    SAYS_NOTHING,
    SILENT,
    TAKEN_BACK,
    TELLS,
    TO_DO,
    TURNS_DOWN,
    UNABLE,
    VERB,
    WITHHELD,
)
from claimwire.extraction.acts.untruths import (
    IS_UNTRUE,
    NO_EVIDENCE,
    SPOKEN,
    answers_words,
    calls_untrue,
    names_untruth,
    says_no,
)
from claimwire.extraction.text.clauses import first_words, last_words
from claimwire.statements import Act, Span

CUES_FILE = files("claimwire") / "data" / "cues.tsv"

AFTER_VERB = 26
"""Characters after the first verb within which its negation counts: "is, he stressed, not"."""

SHORT_CLAUSE = 60
"""Characters within which a negation counts if no verb is found, as in headlines."""

NEAR = 40
"""Characters before a cue within which its negation or passive counts."""

ANSWERING = (Act.DENIES, Act.CONFIRMS, Act.RETRACTS, Act.CONCEDES)


@cache
def cues_of(file: Traversable = CUES_FILE) -> tuple[re.Pattern[str], dict[str, Act]]:
    """A table of cues: a pattern that finds them, and the act of each form by itself."""
    acts: dict[str, Act] = {}
    for line in file.read_text("utf8").splitlines():
        if not line.startswith("#"):
            act, forms = line.split("\t")
            acts.update((form, Act(act)) for form in forms.split("|"))
    longest_first = sorted(acts, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])", re.I), acts


def _verb(cue: str) -> tuple[Act, int, int]:
    """The act of the cue's weightiest form by itself, and its place."""
    pattern, acts = cues_of()
    forms = [(acts[m.group().lower()], *m.span()) for m in pattern.finditer(cue)]
    weighty = [form for form in forms if form[0] is Act.DECLINES or form[0] in ANSWERING]
    return next(iter([*weighty, *forms[::-1]]), (Act.ASSERTS, len(cue), 0))


def knows(cue: str) -> bool:
    """Whether the table of cues holds a form of the cue."""
    return bool(cues_of()[0].search(cue))


def act_of(cue: str, before: str, source: str, content: str, sentence: str = "") -> Act:
    """The act of an attribution.

    Parameters
    ----------
    cue, source, content
        The words of the spans; an empty cue asserts.
    before
        The sentence up to the cue, which may hold a negation or a passive.
    sentence
        The whole sentence, which may say that the words answer others ("in response to reports").
    """
    verb_act, at, end = _verb(cue)
    before, matter = last_words(before, NEAR) + cue[:at], f"{cue[end:].lstrip()} {content}".lstrip()
    if verb_act is Act.DECLINES or SILENT.search(
        f"{cue} {first_words(content.lstrip(), NEAR)}" if TURNS_DOWN.search(cue) else cue
    ):
        return Act.DECLINES
    if NOBODY.match(source):
        return Act.HEDGES
    if NEGATED.search(before):
        if UNABLE.search(before) or not source:
            return Act.HEDGES
        return Act.DECLINES if verb_act in (*ANSWERING, Act.ASSERTS) else verb_act
    if verb_act is Act.DENIES:
        if QUARRELS.match(cue, at) and not SPOKEN.search(matter):
            return Act.ASSERTS
        return Act.DENIES if _denies_words(cue[at:end], before, source, matter) else Act.REFUSES
    if verb_act is Act.RETRACTS:
        return Act.RETRACTS if OWN_WORDS.match(matter) else Act.ASSERTS
    if verb_act is Act.ASSERTS:
        if TELLS.fullmatch(cue[at:end]) and TO_DO.match(content):
            return Act.ASKS
        if SAYS_NOTHING.match(content):
            return Act.DECLINES
        if TAKEN_BACK.search(content):
            return Act.RETRACTS
        untrue = calls_untrue(matter) or says_no(matter)
        return Act.DENIES if untrue else _put_forward(source, matter, content, sentence)
    if verb_act is Act.ASKS and names_untruth(source, matter):
        return Act.DENIES
    return verb_act


def _put_forward(source: str, matter: str, content: str, sentence: str) -> Act:
    """The act of words that declare nothing untrue outright. If they assert, they may still deny others' words."""
    act = _modal(content)
    if act is Act.ASSERTS and (
        names_untruth(source, matter) or (is_negative(content) and answers_words(content, sentence))
    ):
        return Act.DENIES
    return act


def _modal(content: str) -> Act:
    """The act by the first finite verb: what is to come or may be is no fact yet."""
    first = FINITE.search(content)
    modal = (first.group("modal") or first.group("short") or "").lower() if first else ""
    if not modal or first is None:
        return Act.ASSERTS
    if not content[: first.start()].strip('"“ '):
        return Act.HEDGES
    if modal in DUTY:
        return Act.ASKS
    return Act.PLANS if FUTURE.match(modal) else Act.HEDGES


def believes(act: Act, content: str) -> bool:
    """Whether the speaker believes the words to be true now: "analysts believe that it has sold out"."""
    return act is Act.HEDGES and _modal(content) is Act.ASSERTS


def _denies_words(verb: str, before: str, source: str, matter: str) -> bool:
    """Whether the speaker denies words, since people also deny and reject other things."""
    if COURT.search(source):
        return False
    if PASSIVE.search(before) and not source and not is_anaphor(matter):
        return bool(DENY.match(verb) and SPOKEN.search(matter))
    if SPOKEN.search(matter):
        return True
    if DENY.match(verb):
        return bool(NAMED_DENIAL.match(f"{verb} {matter}")) or not WITHHELD.search(matter)
    if RULED_OUT.match(verb):
        return True
    return bool(PROPOSITION.match(matter)) and not ONLY_REJECTED.match(matter)


def denies_by_its_cue(cue: str) -> bool:
    """Whether the cue denies the content. Otherwise the content itself holds the denial."""
    return _verb(cue)[0] is Act.DENIES


def says_the_contrary(cue: str, content: str) -> bool:
    """Whether a denial's content says what is so ("no, we sold nothing"), unlike "it is a lie"."""
    return not denies_by_its_cue(cue) and not calls_untrue(content) and not names_untruth("", content)


def is_negative(content: str) -> bool:
    """Whether the words say that something is not so, by a negation before or at their first verb."""
    verb = VERB.search(content)
    return bool(NOT_SO.search(content, 0, verb.end() + AFTER_VERB if verb else SHORT_CLAUSE))


def is_anaphor(content: str) -> bool:
    """Whether the content only points at words spoken before: "the claim", "those reports"."""
    return bool(ANAPHOR.match(content)) and not OF_WORDS.match(content)


def points_at_words(content: str) -> bool:
    """Whether the content begins with words spoken before: "the charges", "reports of a merger"."""
    return bool(SPOKEN.match(content))


def points_back(act: Act, cue: str, content: str) -> bool:
    """Whether an answer that codes no event of its own is about earlier words."""
    if act is Act.DENIES:
        return is_anaphor(content) or calls_untrue(content) or says_no(content)
    return act is Act.RETRACTS or (
        act is Act.DECLINES and bool(ON_MATTER.search(f"{cue} {first_words(content.lstrip(), NEAR)}"))
    )


def reports_words(content: str) -> bool:
    """Whether the content names somebody's words and reports them: "reports that the talks had failed"."""
    return bool(OF_WORDS.match(content))


def without_untruth(words: str) -> str:
    """The words without the part that calls them untrue; unchanged if nothing would be left."""
    called = IS_UNTRUE.search(words)
    before = words[: called.start()] if called else ""
    return before if len(before.split()) > 1 else words


def is_bare(content: str) -> bool:
    """Whether an answer relies on the question for its content: "no", "that is not true at all"."""
    return bool(ONLY_ANSWERS.fullmatch(content))


def asked_clause(content: str) -> str:
    """The proposition in a question: "whether he had resigned", "about reports that he had"."""
    return denied_clause(QUESTION.sub("", content, count=1))


def maker(content: str) -> Span | None:
    """Where the content of a denial names whose words it denies: X in "X's claim that ..."."""
    found = MAKER.match(content)
    return next((found.span(name) for name in ("owner", "by") if found[name]), None) if found else None


def denied_clause(content: str) -> str:
    """The proposition inside the content: Z in "reports by X that Y said Z"; the content itself without one."""
    match = OF_WORDS.match(content) or NO_EVIDENCE.match(content)
    if not match:
        return content
    untrue = IS_UNTRUE.search(content, match.end())
    clause = content[match.end() : untrue.start() if untrue else None]
    nested = NESTED.match(clause)
    return clause[nested.end() :] if nested else clause
