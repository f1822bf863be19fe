"""Answers: which statement of the same item a denial, a confirmation or a "no comment" speaks of.

An item mostly tells both: what was said, and what the other side says to that. Only the item can
tell to what "the charges" or "this" points, so it is settled here and not on the stream.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from claimwire.extraction.acts import is_anaphor, is_negative, points_at_words, words_pointed_at
from claimwire.extraction.drafts import Draft
from claimwire.extraction.slots import deeds
from claimwire.extraction.subjects import names_in, names_of
from claimwire.extraction.terms import Bag, bag, terms
from claimwire.outcomes import bearing
from claimwire.sides import is_state, sides_in
from claimwire.statements import MEDIA, OUTLET, PUT_FORWARD, REPORTS, UNNAMED, Act

REACH = 24
"""Statements back in which an item's answer finds what it speaks of."""

AHEAD = 10
"""Statements ahead in which it does, where the item tells the answer first."""

NEAR = 4
"""Statements back in which one finds it by pointing alone ("the charge")."""

LEAST_LIKENESS = {Act.DENIES: 0.25, Act.CONFIRMS: 0.3, Act.CONCEDES: 0.35, Act.RETRACTS: 0.2, Act.ASSERTS: 0.6}
"""How alike an answer's words must be to those that it answers, from 0 to 1, by its act: an explicit
denial answers something; words with a "not" in them may."""

TELLS = frozenset({Act.DENIES, Act.CONFIRMS, Act.CONCEDES})
"""Answers that tell shortly what they answer: "confirmed the dismissals"."""

TOLD = 0.6
"""Likeness of an answer all of whose words stand in what it answers."""

LEAST_OF_OTHER_DEEDS = 0.35
"""How alike they must be where an answer denies a deed that the other does not tell."""

LEAST_ACCUSED = 0.45
"""How alike they must be where one says "not" of whom the other speaks."""

LEAST_RUMOURED = 0.12
"""How alike they must be where the item tells a rumour: it tells it since somebody answers it."""

HEARSAY = re.compile(
    r"\b(?:reports?|rumou?rs?|speculation|press|media|newspapers?|papers?|magazine|article|newsletter|talk)\b", re.I
)

LEAST_TURN = 0.12
"""How alike the words of two states must be where one's are told as against the other's ("But ...")."""

CALLED = re.compile(r" as\b.*+$", re.S)
"""What words pointed at are called: "the claims as wild allegations"."""

BARE = 1
"""Terms of an answer that says nothing but what it points at: "the charges"."""

SHORT = 4
"""Terms of an answer that only points: it has no matter of its own."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A draft with what is asked of it for each that may answer it, or that it may answer."""

    draft: Draft
    words: Bag
    matter: int
    """Terms of what it says besides what it calls the words at which it points."""
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
        words = draft.words
        points = is_anaphor(words) or points_at_words(words)
        matter = len(terms(CALLED.sub("", words) if is_anaphor(words) else words))
        named = frozenset(side for _, _, side in sides_in(words))
        return cls(
            draft,
            bag(terms(words)),
            matter,
            is_negative(words),
            points,
            named & {side for _, _, side in sides_in(words_pointed_at(words))} if points else frozenset(),
            named,
            frozenset(names_in(words)),
            frozenset(deeds(words)),
        )

    @property
    def is_plain(self) -> bool:
        """Whether it is put forward without a word of denial or of turning against anything."""
        return self.draft.act is Act.ASSERTS and not (self.negative or self.draft.turns)

    def is_about(self, side: str) -> bool:
        """Whether the words name a side: a state, or somebody by name."""
        return side in self.sides or not self.names.isdisjoint(names_of(side))


def pointed(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, those that answer one of their item with the place of that one.

    Parameters
    ----------
    drafts
        In the order in which the item was read.
    """
    seen = [Seen.of(d) for d in drafts]
    return [replace(d, target=_answered(seen, at)) for at, d in enumerate(drafts)]


def _answered(seen: Sequence[Seen], at: int) -> int | None:
    """The place of the draft that one answers, if it answers any of its item."""
    answer = seen[at].draft
    if answer.act not in LEAST_LIKENESS and answer.act is not Act.DECLINES:
        return None
    if answer.act is Act.ASSERTS and answer.side.startswith(OUTLET):
        return None
    best: tuple[float, int] | None = None
    for place in range(max(0, at - REACH), min(len(seen), at + AHEAD + 1)):
        claim, away = seen[place].draft, abs(at - place)
        if place == at or claim.act not in PUT_FORWARD or not _other(claim, answer):
            continue
        if place > at and not _told_later(claim, answer):
            continue
        if seen[at].is_plain and not (_is_hearsay(claim) and seen[place].is_about(answer.side)):
            continue
        if claim.part is not answer.part and away > 1:
            continue
        if answer.act is Act.ASSERTS and _overlap(claim, answer):
            continue
        if seen[place].negative and answer.act in (Act.DENIES, Act.ASSERTS):
            continue
        score = _fit(seen[at], seen[place], away)
        if score is not None and (best is None or score > best[0]):
            best = score, place
    return best[1] if best else None


def _overlap(one: Draft, other: Draft) -> bool:
    """Whether one of two drafts stands in the other: what somebody reports is no answer to the report."""
    return one.part is other.part and one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _told_later(claim: Draft, answer: Draft) -> bool:
    """Whether an item tells first the answer and then what it answers: rumours, reports, what had been said."""
    told_before = claim.recalled or claim.side == UNNAMED or _is_hearsay(claim)
    return told_before and answer.act is not Act.CONCEDES


def _is_hearsay(claim: Draft) -> bool:
    """Whether words are a rumour, or those of a newspaper."""
    if claim.side.startswith(OUTLET):
        return bool(HEARSAY.search(claim.words))
    return claim.side == REPORTS or claim.side.startswith(MEDIA) or bool(HEARSAY.search(claim.speaker))


def _other(claim: Draft, answer: Draft) -> bool:
    """Whether the two speak for different parties; who retracts takes back own words."""
    same = claim.side == answer.side
    return same if answer.act is Act.RETRACTS else not same or claim.side.startswith(OUTLET)


def _opposed(answer: Draft, claim: Draft, alike: float, back: int) -> bool:
    """Whether "But Kyiv said ..." is said against a claim of another state."""
    if answer.act is not Act.ASSERTS or not answer.turns or UNNAMED in (answer.side, claim.side):
        return False
    states = is_state(answer.side) and is_state(claim.side)
    return states and back <= NEAR and alike >= LEAST_TURN


def _can_be_meant(mine: Seen, claim: Draft, back: int) -> bool:
    """Whether what only points at words can mean a claim: the near ones of others, or those of whom it names."""
    if mine.whose:
        return claim.side in mine.whose
    return back <= NEAR and (not claim.side.startswith(OUTLET) or _is_hearsay(claim))


def _fit(mine: Seen, theirs: Seen, back: int) -> float | None:
    """How well an answer fits a claim; None where it does not."""
    answer, claim = mine.draft, theirs.draft
    if answer.outcome and claim.outcome and bearing(claim.outcome, answer.outcome) is None:
        return None
    alike = mine.words.cosine(theirs.words)
    if answer.act in TELLS:
        alike = max(alike, TOLD * mine.words.share_in(theirs.words))
    accused = theirs.is_about(answer.side)
    near = 1 - back / REACH
    if answer.act is Act.DECLINES:
        return near if answer.answers and back <= NEAR and not claim.side.startswith(OUTLET) else None
    if _opposed(answer, claim, alike, back):
        return alike + 0.3 * near
    if mine.points and _can_be_meant(mine, claim, back) and (mine.matter <= BARE or (mine.matter <= SHORT and alike)):
        return 0.5 + alike + 0.3 * accused + 0.5 * near
    least = LEAST_RUMOURED if _is_hearsay(claim) and not mine.is_plain else LEAST_LIKENESS[answer.act]
    if answer.act is Act.DENIES and mine.deeds and theirs.deeds.isdisjoint(mine.deeds):
        least = max(least, LEAST_OF_OTHER_DEEDS)
    if accused and answer.act is Act.ASSERTS:
        least = min(least, LEAST_ACCUSED)
    return alike + 0.2 * accused + 0.2 * near if alike >= least else None
