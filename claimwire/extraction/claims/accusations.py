"""Accusations: what somebody is accused of, as a claim of whoever accuses them.

"The union accused the mill of dumping waste" puts forward that the mill dumped waste, and so does "the mill is charged
with dumping waste". A denial answers the deed, and nobody denies the charge.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimwire.extraction.claims import accusation_rules as rules
from claimwire.extraction.claims.proposition_rules import FINITE
from claimwire.extraction.claims.propositions import balanced, is_participle
from claimwire.extraction.text.terms import WORD

BESIDE = 40
"""Characters before an accusation within which the outlet may call it untrue, or nobody make it."""

LEAST_SHARE = 0.5
"""The least share of a heart's words that an accusation must hold to be the claim."""


@dataclass(frozen=True, slots=True)
class Accusation:
    """What somebody is accused of.

    Attributes
    ----------
    accused
        The words that name them, as a subject. They may be a pronoun.
    deed
        What they are accused of.
    accuser
        The words that name who accuses them; empty if they do not, or by a pronoun.
    untrue
        Whether the words call it untrue.
    share
        The share of the heart's words that it holds.
    """

    accused: str
    deed: str
    accuser: str
    form: rules.Form
    untrue: bool
    share: float

    def told(self, accused: str) -> str:
        """The claim, with other words for the accused: "the mill is guilty of theft"."""
        if not self.form.verdict:
            return self.deed
        apposed = "," in accused and " and " not in accused.rpartition(",")[2]
        comma = "," if apposed and accused[-1] not in '”"' else ""
        return f"{accused}{comma} {self.verdict} {self.deed}"

    @property
    def verdict(self) -> str:
        """The words between the accused and the deed, which the item does not have; empty if none are needed."""
        if not self.form.verdict:
            return ""
        many = bool(rules.MANY.search(self.accused.partition(",")[0]) or rules.LIST.search(self.accused))
        if self.form.verdict == rules.HAS:
            return "have" if many else rules.HAS
        return f"{'are' if many else 'is'} {self.form.verdict}"


def accusation(words: str, heart: str) -> Accusation | None:
    """The accusation that a sentence tells and that holds the heart of a claim; None if there is none.

    Parameters
    ----------
    words
        A sentence or a clause.
    heart
        The words of it that are the claim's heart.
    """
    return max(_accusations(words, heart), key=lambda found: found.share, default=None)


def _accusations(words: str, heart: str) -> Iterator[Accusation]:
    begun = rules.WHEN.match(words)
    start = begun.end() if begun else 0
    for form in rules.FORMS:
        found = form.pattern.match(words, start) if form.passive else form.pattern.search(words)
        if found is None:
            continue
        told_from = found.start("why" if "why" in found.groupdict() else 0 if form.verdict else "deed")
        before = words[max(0, found.start() - BESIDE) : found.start()]
        if not form.passive and rules.NEGATED.search(before):
            continue
        share = _share(heart, words[told_from : found.end()])
        accused = _subject(found["accused"], form)
        if share >= LEAST_SHARE and (accused or not form.verdict):
            untrue = rules.UNTRUE.search(words, max(0, found.start() - BESIDE), found.start("deed"))
            by = found.groupdict().get("accuser") or ("" if form.passive else _accuser(words[: found.start()]))
            yield Accusation(
                accused,
                balanced(rules.LOOSE.sub("", found["deed"].strip(" ,."))),
                by,
                form,
                untrue is not None,
                share,
            )


def charger(sentences: Iterable[str]) -> str:
    """Who charges people in an item, according to the first of its sentences that says so; empty if none does."""
    return next((found.group() for each in sentences if (found := rules.CHARGERS.search(each))), "")


def _accuser(before: str) -> str:
    """Who accuses, by the words before the verb; empty if they name nobody, or are more than a name."""
    found = rules.ACCUSER.fullmatch(before)
    return "" if found is None or rules.PRONOUN.fullmatch(found[1]) else found[1]


def _share(heart: str, words: str) -> float:
    """The share of a heart's words that the words hold."""
    own, inside = WORD.findall(heart), set(WORD.findall(words))
    return sum(word in inside for word in own) / len(own) if own else 0.0


def _subject(words: str, form: rules.Form) -> str:
    """The words that name an accused, as a subject; empty if they are none.

    The subject of a passive may have clauses of its own ("the owner, who lives in May, is accused of ..."). They go.
    """
    words = rules.DAY.sub("", words.strip(" ,"))
    if form.passive and _holds_verb(words):
        words = words.partition(",")[0]
        if _holds_verb(words):
            return ""
    words = words.strip(" ,")
    return "" if rules.NO_SUBJECT.match(words) else rules.SUBJECTS.get(words, words)


def _holds_verb(words: str) -> bool:
    return any(not is_participle(words, verb) for verb in FINITE.finditer(words))
