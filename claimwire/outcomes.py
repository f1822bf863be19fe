"""Outcomes: what a text can report as having happened, and which two of them cannot both hold.

Most answers to claims from a battlefield hold no word of denial: "we took the town"
against "we hold the north of it". The two tables here decide which exclude each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files

from claimwire.places import is_region, town_of
from claimwire.statements import Outcome

OUTCOMES_FILE = files("claimwire") / "data" / "outcomes.tsv"


class Favour(StrEnum):
    """Whose interest an outcome serves. The other side's word for it counts more."""

    ACTOR = "actor"
    TARGET = "target"
    NOBODY = "nobody"


class Field(StrEnum):
    """What an outcome is about. Each field has its own slots."""

    WAR = "war"
    """Actor and target are states or armed groups; the place is where they fight."""
    LOSS = "loss"
    """People killed or hurt and craft that crashed, in a war or not; the target is the side they belonged to."""
    INTENTION = "intention"
    """Actor and target are states. Nothing has happened yet, so plans and warnings report it too."""
    MEETING = "meeting"
    """It has no side or place of its own; its words join it to others."""


class Flag(StrEnum):
    """Further traits of an outcome, listed in its row."""

    KEEPS = "keeps"
    """It leaves things as they were. Said against a claim, it is an answer and no claim of its own."""
    FORETOLD = "foretold"
    """Plans and possibilities report it as well, since nothing has happened yet."""
    GROUND = "ground"
    """Ground changes hands or does not. A side that reports a loss of ground concedes it, while a side that reports a
    strike on itself accuses. The ground of a town is not that of its region."""
    PLACE = "place"
    """It is a fight for a place. If none is named, it is the place that the text is about."""
    FRONT = "front"
    """It concerns a whole front, or what has left it, and so needs no place."""
    SOFT = "soft"
    """Texts on markets, companies and weather use its words as well."""
    STRIKE = "strike"
    """Something is hit from afar."""
    OBJECT = "object"
    """Its verb has an object, or is a participle: "troops surrounded in the town"."""
    DEFENCE = "defence"
    """The defender reports it, and need not name himself."""
    BEFALLS = "befalls"
    """A text often reports it without saying who did it."""
    COUNTED = "counted"
    """The number in its phrase counts what was hit or repelled."""
    TOLL = "toll"
    """It counts what one side has lost, and the two sides count differently."""
    RECURS = "recurs"
    """It happens again and again, so that one of another day is another event."""


@dataclass(frozen=True, slots=True)
class OutcomeKind:
    """One row of the table of outcomes.

    Attributes
    ----------
    favours
        Whose interest it serves.
    days
        For how many days an answer may still mean it. After a strike, for example, comes the next one.
    acled, plover
        The event type in these two schemes; empty where none fits.
    meaning
        The outcome in words, of actor A, target T and place P.
    """

    field: Field
    favours: Favour
    days: int
    flags: frozenset[Flag]
    acled: str
    plover: str
    meaning: str

    @property
    def two_sided(self) -> bool:
        """Whether it has an opponent, so that it concerns each of two warring sides."""
        return self.field in (Field.WAR, Field.INTENTION)


def _rows() -> Iterator[tuple[str, OutcomeKind]]:
    for line in OUTCOMES_FILE.read_text("utf8").splitlines():
        if not line.startswith("#"):
            code, field, favours, days, flags, acled, plover, meaning = line.split("\t")
            schemes = (acled.strip("-"), plover.strip("-"))
            flagged = frozenset(Flag(flag) for flag in flags.strip("-").split())
            yield code, OutcomeKind(Field(field), Favour(favours), int(days), flagged, *schemes, meaning)


OUTCOMES: dict[str, OutcomeKind] = dict(_rows())
"""The table of outcomes, by code."""


def has(code: str, flag: Flag) -> bool:
    """Whether the row of an outcome has a flag."""
    return flag in OUTCOMES[code].flags


class Actors(StrEnum):
    """Whether the row of a pair holds for outcomes with the same actor or with different ones."""

    SAME = "same"
    OTHER = "other"


class Bearing(StrEnum):
    """What one outcome says about another."""

    AGREES = "agrees"
    EXCLUDES = "excludes"
    LIMITS = "limits"


BEARINGS: dict[frozenset[str], tuple[Actors, Bearing]] = {
    frozenset({"struck"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"captured"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"captured", "holds"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"captured", "cleared"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"captured", "repelled"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"captured", "withdrew"}): (Actors.OTHER, Bearing.AGREES),
    frozenset({"holds"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"holds", "cleared"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"holds", "withdrew"}): (Actors.SAME, Bearing.EXCLUDES),
    frozenset({"advanced", "repelled"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"advanced", "withdrew"}): (Actors.SAME, Bearing.EXCLUDES),
    frozenset({"shot_down", "returned"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"destroyed", "returned"}): (Actors.OTHER, Bearing.EXCLUDES),
    frozenset({"advanced", "succeeded"}): (Actors.SAME, Bearing.LIMITS),
    frozenset({"attack_intended", "attack_decided"}): (Actors.SAME, Bearing.AGREES),
}
"""Pairs of outcomes that cannot both hold (EXCLUDES), that mean the same (AGREES), or of which
a denied one narrows the other (LIMITS).

A set of one names two outcomes of the same code. Either of a pair may be the claim or the answer.
"""

CAME_TO_HOLD = frozenset({"captured", "holds"})
"""These agree if they have one actor: whoever has taken a place holds it, and the other way round."""


def elsewhere(one: Outcome, other: Outcome) -> bool:
    """Whether two events happened at two places.

    What happens in a town happens in the region named after it, and what did not happen in the region did not
    happen in the town. Ground is an exception: whoever has taken the town has not taken the region.
    """
    if not (one.place and other.place) or one.place == other.place:
        return False
    if town_of(one.place) != town_of(other.place) or has(one.code, Flag.GROUND) or has(other.code, Flag.GROUND):
        return True
    denied = next((event for event in (one, other) if event.negated), None)
    return one.negated != other.negated and denied is not None and not is_region(denied.place)


def bearing(claim: Outcome, answer: Outcome) -> Bearing | None:
    """What the answer's outcome says about the claim's; None if nothing.

    Two outcomes bear on each other only at one place (`elsewhere`). If one text leaves out an actor or a place, it
    is taken from the other.
    """
    if elsewhere(claim, answer):
        return None
    same_actor = not claim.actor or not answer.actor or claim.actor == answer.actor
    if same_actor and (claim.code == answer.code or {claim.code, answer.code} == CAME_TO_HOLD):
        if claim.count is not None and answer.count is not None and claim.count != answer.count:
            return None
        if OUTCOMES[claim.code].field is Field.LOSS and claim.target and answer.target not in ("", claim.target):
            return None
        if claim.negated != answer.negated:
            return Bearing.EXCLUDES
        return Bearing.LIMITS if answer.partial and not claim.partial else Bearing.AGREES
    actors, meaning = BEARINGS.get(frozenset({claim.code, answer.code}), (None, None))
    if actors is None or meaning is None:
        return None
    if not (claim.actor and answer.actor) or (actors is Actors.SAME) != same_actor:
        return None
    if meaning is Bearing.LIMITS:
        return Bearing.LIMITS if claim.negated != answer.negated else None
    return None if claim.negated or answer.negated else meaning


def in_words(outcome: Outcome) -> str:
    """The outcome in words, by its row of the table and without its negation."""
    slots = {"A": outcome.actor, "T": outcome.target, "P": outcome.place}
    return re.sub(r"\b[ATP]\b", lambda m: slots[m.group()] or "somebody", OUTCOMES[outcome.code].meaning)


def concerned(outcome: Outcome) -> tuple[str, ...]:
    """Sides that the outcome is about, in alphabetical order."""
    return tuple(sorted({outcome.actor, outcome.target} - {""}))


def favoured(outcome: Outcome) -> tuple[str, ...]:
    """Sides that gain from the outcome; if it did not happen, the others."""
    favour = OUTCOMES[outcome.code].favours
    if favour is Favour.NOBODY:
        return ()
    actor_gains = (favour is Favour.ACTOR) != outcome.negated
    side = outcome.actor if actor_gains else outcome.target
    return (side,) if side else ()
