"""Relations: whether and how a statement bears on a claim."""

import re
from dataclasses import dataclass, replace

from claimwire import reasons
from claimwire.claims import Proposition, own_voice
from claimwire.extraction.speakers.speaker_rules import OUTLET_NAME
from claimwire.linking import loss_counts
from claimwire.linking.pair_model import SAME, features, meet, retells, score
from claimwire.outcomes import OUTCOMES, Bearing, Field, Flag, bearing, elsewhere, has
from claimwire.reasons import CommonGround
from claimwire.rules import rule
from claimwire.sides import party
from claimwire.statements import FORETOLD, MEDIA, REPORTS, UNNAMED, Act, Outcome, Relation, Statement

LEAST_SHARED = 2
"""How many words two statements of one item must share to speak of one event without a place."""

SAME_EVENT = 0.3
SAME_STORY = 0.2
"""How alike the words of two statements, and what their items are about, must be for that across items."""

BEARS_OUT = frozenset({Relation.REPEATS, Relation.CONFIRMS, Relation.CORROBORATES})
"""Relations in which a statement says what the claim says."""

LEAST_SAME = 0.3
"""How surely a later item with a coded event must put forward the same proposition to repeat the claim."""

AFRESH = rule(
    r"\b(?:again|new|fresh|another|further|(?:second|third|fourth|fifth) (?:successive|consecutive|straight))\b",
    re.I,
    finds="a second straight raid",
    passes="in the second week of raids",
)
"""Words for one more event of a kind."""

AT_SEA = rule(r"\b(?:sea|gulf|strait)\b", finds="black-sea", passes="swansea.gb")
"""Marks the key of a place where more than one event a day has room."""

WITNESSED = frozenset({Field.WAR, Field.LOSS})
"""Fields whose events others can bear out. Others who report a plan only report what was announced."""


@dataclass(frozen=True, slots=True)
class Match:
    """A statement's bearing on a claim: how, how surely (0 to 1), and for what reasons."""

    relation: Relation
    score: float
    why: tuple[str, ...]


def match(statement: Statement, proposition: Proposition, opener: Statement) -> Match | None:
    """How a statement's coded event bears on a claim's; None where it does not.

    Parameters
    ----------
    opener
        The statement that opened the claim.
    """
    ours, theirs = effective(statement), proposition.outcome
    if not (ours and theirs):
        return None
    days = abs(statement.published - opener.published).days
    if days > min(OUTCOMES[theirs.code].days, OUTCOMES[ours.code].days):
        return None
    counts = loss_counts.exclude(statement, opener)
    found = Bearing.EXCLUDES if counts else bearing(theirs, ours)
    ground = _common_ground(statement, opener, ours, theirs) if found else None
    if found is None or ground is None:
        return None
    if ours.code == theirs.code == "struck" and found is Bearing.EXCLUDES and _two_strikes(statement, ours, theirs):
        return None
    if _is_another(statement, opener, found):
        return None
    relation = _relation(statement, proposition, found)
    same = relation in BEARS_OUT and _says_the_same(statement, opener)
    if relation in BEARS_OUT and not same and not _confirms(statement, opener, relation):
        return None
    if same and ours.code == theirs.code and (retells(statement, opener) or _in_its_words(statement, opener)):
        relation = Relation.REPEATS
    if relation is None:
        return None
    shared = reasons.of_common_ground(ground, statement, opener, theirs)
    why = (reasons.of_events(ours, theirs), *reasons.of_bearing(found, counts), shared)
    return Match(relation, _certainty(ours, theirs), why)


def _is_another(statement: Statement, opener: Statement, found: Bearing) -> bool:
    """Whether the times of the two show that the statement's event is another one of its kind.

    An event without a time happened on its item's day. If the two are at one place, or exclude each other, they may be
    a day apart. A denial or retraction may speak of any time.
    """
    if statement.item == opener.item:
        return False
    if not any(s.outcome and has(s.outcome.code, Flag.RECURS) for s in (statement, opener)):
        return False
    if loss_counts.of_the_war(statement) and loss_counts.of_the_war(opener):
        return False
    if statement.times and opener.times:
        return not meet(statement, opener, slack=1)
    if statement.act in (Act.DENIES, Act.RETRACTS):
        return False
    if found is Bearing.EXCLUDES:
        return not meet(statement, opener, slack=1)
    afresh = bool(AFRESH.search(statement.proposition)) and not AFRESH.search(opener.proposition)
    return afresh or not meet(statement, opener, slack=1 if _at_one_place(statement, opener) else 0)


def _confirms(statement: Statement, opener: Statement, relation: Relation) -> bool:
    """Whether a statement confirms what it does not say in full. A bare report of other losses does not."""
    reports = statement.act is Act.ASSERTS and loss_counts.without_one_count(statement, opener)
    return relation is Relation.CONFIRMS and not reports


def _in_its_words(statement: Statement, opener: Statement) -> bool:
    """Whether two statements share words of one item, as when a report names whom it heard it from."""
    one_text = (statement.item, statement.part) == (opener.item, opener.part)
    return one_text and statement.start < opener.end and opener.start < statement.end


def _at_one_place(statement: Statement, opener: Statement) -> bool:
    ours, theirs = statement.outcome, opener.outcome
    return bool(ours and theirs and ours.place and ours.place == theirs.place)


def _says_the_same(statement: Statement, opener: Statement) -> bool:
    """Whether two statements put forward the same.

    An intention is the same in any words. So is an event in one item or at one place, unless that place is a sea, or
    they are losses and the two do not give one count.
    """
    if not loss_counts.without_one_count(statement, opener):
        at_sea = AT_SEA.search(statement.outcome.place if statement.outcome else "")
        standing = statement.outcome is not None and OUTCOMES[statement.outcome.code].field is Field.INTENTION
        if standing or statement.item == opener.item or (_at_one_place(statement, opener) and not at_sea):
            return True
    return score(features(statement, opener), SAME) >= LEAST_SAME


def _common_ground(statement: Statement, opener: Statement, ours: Outcome, theirs: Outcome) -> CommonGround | None:
    """What the two events share that makes them one: a place, two sides, or words; None if nothing does."""
    return _anchor(ours, theirs) or (CommonGround.WORDS if _same_words(statement, opener) else None)


def _anchor(ours: Outcome, theirs: Outcome) -> CommonGround | None:
    """Whether both events are at one place, losses of one side, or between the same two sides."""
    if ours.place and theirs.place:
        return CommonGround.PLACE
    kind = OUTCOMES[ours.code]
    if kind.field is Field.LOSS:
        one_loss = bool(ours.target) and ours.target == theirs.target and not (ours.place or theirs.place)
        return CommonGround.LOSSES if one_loss else None
    if kind.field is not Field.INTENTION and not has(ours.code, Flag.FRONT):
        return None
    pair = {ours.actor, ours.target}
    return CommonGround.SIDES if "" not in pair and pair == {theirs.actor, theirs.target} else None


def _two_strikes(statement: Statement, ours: Outcome, theirs: Outcome) -> bool:
    """Whether these are two strikes. In a war both sides strike; only an accused side answers by accusing another."""
    return bool(ours.actor and theirs.actor) and ours.actor != theirs.actor and statement.side != theirs.actor


def likelier(statement: Statement, opener: Statement) -> float:
    """How surely a statement means this claim, among claims that fit its event equally."""
    return score(features(statement, opener))


def _same_words(statement: Statement, opener: Statement) -> bool:
    """Whether two statements without a common place are about the same matter, by their words."""
    if statement.item == opener.item:
        return len(set(statement.terms) & set(opener.terms)) >= LEAST_SHARED
    found = features(statement, opener)
    return found["alike"] >= SAME_EVENT and found["context"] >= SAME_STORY


def answer(
    statement: Statement, proposition: Proposition, answered: Statement, why: tuple[str, ...], sure: float = 1.0
) -> Match | None:
    """How a statement bears on a claim, given that it speaks of the claim's matter.

    Parameters
    ----------
    answered
        The statement of the claim that it speaks of.
    why
        How we know that it does.
    """
    differs = statement.negative != answered.negative
    against = (statement.act is Act.DENIES) != differs
    agreement = Bearing.EXCLUDES if against else Bearing.AGREES
    relation = _relation(statement, proposition, agreement)
    return Match(relation, sure, why) if relation else None


def in_item(statement: Statement, proposition: Proposition) -> Match | None:
    """How an answer bears on the claim of its own item that the reader linked it to; None where it does not.

    A side answers itself only by taking its words back or by saying the contrary.
    """
    relation = statement.relation
    ours, theirs = effective(statement), proposition.outcome
    if ours and theirs and elsewhere(ours, theirs):
        return None
    own = party(statement.side) == party(proposition.side) != UNNAMED and not own_voice(statement)
    if relation is None or (own and relation is Relation.NO_COMMENT):
        return None
    if own and relation is Relation.CONFIRMS and not proposition.implied:
        return Match(Relation.REPEATS, 1.0, (reasons.IN_ITS_ITEM,))
    return Match(relation, 1.0, (reasons.IN_ITS_ITEM,))


def effective(statement: Statement) -> Outcome | None:
    """The outcome in the speaker's version: if he denies it, it did not happen."""
    outcome = statement.outcome
    if outcome and statement.act is Act.DENIES:
        return replace(outcome, negated=not outcome.negated)
    return outcome


def _certainty(ours: Outcome, theirs: Outcome) -> float:
    """How much of the event a statement shares with a claim, from 0.5 to 1."""
    same = (
        ours.code == theirs.code,
        bool(ours.actor) and ours.actor == theirs.actor,
        bool(ours.place) and ours.place == theirs.place,
        ours.count is not None and ours.count == theirs.count,
    )
    return 0.5 + sum(same) / 8


def _relation(statement: Statement, proposition: Proposition, agreement: Bearing) -> Relation | None:
    side = party(statement.side)
    own = side == party(proposition.side) != UNNAMED
    if statement.act is Act.RETRACTS:
        return Relation.RETRACTS if own and agreement is Bearing.AGREES else None
    if statement.act is Act.DECLINES:
        return Relation.NO_COMMENT if not own and agreement is Bearing.AGREES else None
    foretold = statement.act in FORETOLD and statement.outcome is None
    if foretold or statement.act in (Act.ASKS, Act.REFUSES, Act.APPRAISES):
        return None
    if agreement is Bearing.LIMITS:
        return Relation.REPEATS if own else Relation.PARTLY
    if agreement is Bearing.EXCLUDES:
        return (
            Relation.DENIES
            if statement.act is Act.DENIES or _says_not(statement, proposition)
            else Relation.CONTRADICTS
        )
    if own or _is_press(statement):
        return Relation.REPEATS
    if side in proposition.about and side not in proposition.favours:
        return Relation.CONFIRMS
    return Relation.REPEATS if _is_common_talk(proposition) else Relation.CORROBORATES


def _is_press(statement: Statement) -> bool:
    """Whether an outlet speaks. It mostly retells what it was told, which is no second source."""
    side = statement.side
    return own_voice(statement) or side.startswith(MEDIA) or OUTLET_NAME.search(side) is not None


def _is_common_talk(proposition: Proposition) -> bool:
    """Whether one more speaker is no new source: for reports without an author, and for what nobody can witness."""
    outcome = proposition.outcome
    return proposition.side == REPORTS or (outcome is not None and OUTCOMES[outcome.code].field not in WITNESSED)


def _says_not(statement: Statement, proposition: Proposition) -> bool:
    """Whether the statement has the claim's own outcome with a "not"."""
    ours, theirs = statement.outcome, proposition.outcome
    return bool(ours and theirs and ours.code == theirs.code and ours.negated != theirs.negated)
