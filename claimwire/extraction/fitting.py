"""Fitting: how well an answer of an item fits a claim of it, by what it points at and by its words."""

import re
from dataclasses import dataclass

from claimwire.extraction.acts import is_anaphor, is_negative, points_at_words, without_untruth, words_pointed_at
from claimwire.extraction.drafts import Draft
from claimwire.extraction.slots import deeds
from claimwire.extraction.subjects import names_in, names_of
from claimwire.extraction.terms import Bag, bag, terms
from claimwire.outcomes import bearing
from claimwire.sides import is_state, sides_in
from claimwire.statements import MEDIA, OUTLET, REPORTS, Act

REACH = 24
"""Statements back in which an item's answer finds what it speaks of."""

NEAR = 4
"""Statements back in which one finds it by pointing alone ("the charge")."""

NEXT = 2
"""Statements back in which one is told as against it ("But ...")."""

LEAST_LIKENESS = {Act.DENIES: 0.25, Act.CONFIRMS: 0.3, Act.CONCEDES: 0.35, Act.RETRACTS: 0.2}
"""How alike the words of an answer with such a verb must be to those that it answers, from 0 to 1."""

LEAST_OF_OTHER_DEEDS = 0.35
"""That, where one denies a deed that the other does not tell."""

LEAST_RUMOURED = 0.12
"""That, where the item tells a rumour: it tells it since somebody answers it."""

LEAST_TURN = 0.12
"""How alike words told as against another state's must be, which speak of the same countries."""

LEAST_OTHER_TURN = 0.3
"""That, where they speak of others."""

LEAST_NEGATIVE = 0.6
"""How alike words that say "not" must be to those that they answer, if they speak of the same deed."""

LEAST_ACCUSED = 0.5
"""That, where the claim is about who speaks."""

LEAST_HEARD = 0.3
"""That, where the claim is a rumour or a newspaper's."""

LEAST_DISCLAIMED = 0.2
"""That, where it is one about who says that he plans nothing of the kind."""

LEAST_TOLD = 0.4
"""Share of the words of a "no comment" that a claim holds, where these tell a report: "on rumours that ..."."""

LEAST_NAMED = 0.25
"""That share where the words only name it: "no comment on the sale"."""

SHORTLY = frozenset({Act.CONFIRMS, Act.CONCEDES})
"""Answers that tell shortly what they answer: "confirmed the dismissals"."""

TOLD = 0.6
"""Likeness of a short answer all of whose words stand in what it answers."""

BARE = 1
"""Terms of an answer that says nothing but what it points at: "the charges"."""

SHORT = 4
"""Terms of an answer that only points: it has no matter of its own."""

HEARSAY = re.compile(
    r"\b(?:reports?|rumou?rs?|speculation|press|media|newspapers?|papers?|magazine|article|newsletter|talk)\b", re.I
)
RUMOUR = re.compile(r"\b(?:rumou?rs?|speculation|(?:reports?|talk) (?:that|of))\b", re.I)
"""What the outlet itself tells as a rumour."""

DISCLAIMED = re.compile(
    r"(?:\b(?:no|not|neither|never)|n['’]t)\b[^.;,]{0,25}\b(?:plan(?:s|ning|ned)?|intentions?|intend(?:s|ing)?|talks"
    r"|negotiat\w+|discuss\w+|seek(?:ing)?|consider(?:ing)?|interested)\b",
    re.I,
)
"""What one says of oneself when rumours go round: "it had no plans to sell", "it is not in talks"."""

CALLED = re.compile(r" as\b.*+$", re.S)
"""What words pointed at are called: "the claims as wild allegations"."""

COMMENT_ON = re.compile(r"^\W*(?:to )?comment(?:ed|ing)? (?:\w+ly |further |directly )?(?:on|about) ", re.I)
"""What stands before the matter of one who does not comment."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft with what is asked of it for each that may answer it, or that it may answer."""

    draft: Draft
    words: Bag
    matter: int
    """Terms of what it says besides whose words it points at, and what it calls them."""
    negative: bool
    points: bool
    whose: frozenset[str]
    """Sides whose words it points at: "the Iraqi claims"."""
    sides: frozenset[str]
    names: frozenset[str]
    deeds: frozenset[str]

    @classmethod
    def of(cls, draft: Draft) -> "Seen":
        """Look at a draft once."""
        words = without_untruth(draft.words) if draft.act is Act.DENIES else COMMENT_ON.sub("", draft.words)
        points = is_anaphor(words) or points_at_words(words)
        at = words_pointed_at(words) if points else ""
        named, whose = _sides(words), _sides(at)
        matter = words.removeprefix(at) if whose else CALLED.sub("", words) if is_anaphor(words) else words
        return cls(
            draft=draft,
            words=bag(terms(words)),
            matter=len(terms(matter)),
            negative=is_negative(words),
            points=points,
            whose=whose,
            sides=named,
            names=frozenset(names_in(words)),
            deeds=frozenset(deeds(words)),
        )

    def is_about(self, side: str) -> bool:
        """Whether the words name a side: a state, or somebody by name."""
        return side in self.sides or not self.names.isdisjoint(names_of(side))


def _sides(words: str) -> frozenset[str]:
    return frozenset(side for _, _, side in sides_in(words))


def is_hearsay(claim: Draft) -> bool:
    """Whether words are a rumour, or those of a newspaper."""
    if claim.side.startswith(OUTLET):
        return bool(RUMOUR.search(claim.words))
    return claim.side == REPORTS or claim.side.startswith(MEDIA) or bool(HEARSAY.search(claim.speaker))


def fit(mine: Seen, theirs: Seen, back: int) -> float | None:
    """How well an answer fits a claim; None where it does not.

    Parameters
    ----------
    back
        How many statements stand between the two, and one.
    """
    answer, claim = mine.draft, theirs.draft
    if answer.outcome and claim.outcome and bearing(claim.outcome, answer.outcome) is None:
        return None
    near = 1 - back / REACH
    if answer.act is Act.DECLINES:
        return _fit_of_silence(mine, theirs, back, near)
    if answer.act is Act.ASSERTS:
        return _fit_of_words(mine, theirs, back, near)
    return _fit_of_verb(mine, theirs, back, near)


def _fit_of_silence(mine: Seen, theirs: Seen, back: int, near: float) -> float | None:
    """How well a "no comment" fits a claim: one near it, that holds what it names."""
    if not mine.draft.answers or back > NEAR or theirs.draft.side.startswith(OUTLET):
        return None
    told = mine.words.share_in(theirs.words)
    if mine.matter > BARE and told < (LEAST_TOLD if mine.draft.reported else LEAST_NAMED):
        return None
    return near + told


def _fit_of_words(mine: Seen, theirs: Seen, back: int, near: float) -> float | None:
    """How well words without a verb that answers fit a claim: "But Kyiv said ...", "it had sold no shares".

    They answer what is said of who speaks. The outlet's own story they mostly go on to tell.
    """
    claim, accused = theirs.draft, theirs.is_about(mine.draft.side)
    hearsay, alike = is_hearsay(claim), mine.words.cosine(theirs.words)
    if _overlap(claim, mine.draft):
        return None
    if _turns_on(mine, theirs, alike, back):
        return alike + 0.3 * near
    if claim.side.startswith(OUTLET) and not hearsay:
        return None
    least = _least_of_words(mine, theirs, accused, hearsay)
    return alike + 0.2 * accused + 0.2 * near if alike >= least else None


def _least_of_words(mine: Seen, theirs: Seen, accused: bool, hearsay: bool) -> float:
    """How alike they must be; more than all where words as these answer nothing."""
    if hearsay and accused and DISCLAIMED.search(mine.draft.words):
        return LEAST_DISCLAIMED
    if hearsay and mine.negative:
        return LEAST_HEARD
    if accused and (hearsay or mine.negative):
        return LEAST_ACCUSED
    return LEAST_NEGATIVE if mine.negative and not mine.deeds.isdisjoint(theirs.deeds) else 2.0


def _fit_of_verb(mine: Seen, theirs: Seen, back: int, near: float) -> float | None:
    """How well a denial, a confirmation or the like fits a claim: by what it points at, or by its words."""
    answer, claim = mine.draft, theirs.draft
    alike, accused = mine.words.cosine(theirs.words), theirs.is_about(answer.side)
    if answer.act in SHORTLY:
        alike = max(alike, TOLD * mine.words.share_in(theirs.words))
    if mine.points and _can_be_meant(mine, claim, back) and (mine.matter <= BARE or (mine.matter <= SHORT and alike)):
        return 0.5 + alike + 0.3 * accused + 0.5 * near
    least = LEAST_RUMOURED if is_hearsay(claim) else LEAST_LIKENESS[answer.act]
    if answer.act is Act.DENIES and mine.deeds and theirs.deeds.isdisjoint(mine.deeds):
        least = max(least, LEAST_OF_OTHER_DEEDS)
    return alike + 0.2 * accused + 0.2 * near if alike >= least else None


def _overlap(one: Draft, other: Draft) -> bool:
    """Whether one of two drafts stands in the other: what somebody reports is no answer to the report."""
    return one.part is other.part and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _turns_on(mine: Seen, theirs: Seen, alike: float, back: int) -> bool:
    """Whether "But Kyiv said ..." is said against a claim of another state."""
    answer, claim = mine.draft, theirs.draft
    if not answer.turns or back > NEXT or not (is_state(answer.side) and is_state(claim.side)):
        return False
    of_the_same = theirs.is_about(answer.side) or not mine.sides.isdisjoint(theirs.sides)
    return alike >= (LEAST_TURN if of_the_same else LEAST_OTHER_TURN)


def _can_be_meant(mine: Seen, claim: Draft, back: int) -> bool:
    """Whether what only points at words can mean a claim: the near ones of others, or those of whom it names."""
    if mine.whose:
        return claim.side in mine.whose
    return back <= NEAR and (not claim.side.startswith(OUTLET) or is_hearsay(claim))
