"""Claim openings: the claim that a statement puts forward, its own or that of others which it answers."""

from dataclasses import replace

from claimwire.claims import Proposition
from claimwire.extraction.acts.acts import is_bare
from claimwire.extraction.claims.propositions import clause
from claimwire.linking.relations import effective
from claimwire.outcomes import OUTCOMES, Field, Flag, favoured, has, in_words
from claimwire.statements import PUT_FORWARD, REPORTS, Act, Relation, Statement

TELLS = {Act.DENIES: Relation.DENIES, Act.DECLINES: Relation.NO_COMMENT}
"""Answers that tell themselves what they answer, with their relation to it. Who confirms or concedes what nobody is
told to have said puts it forward himself."""

LEAST_MATTER = {Act.DENIES: 1, Act.DECLINES: 2}
"""Terms of an answer that tells what it answers; with fewer it only points, or names a thing."""

LEAST_PUT = 2
"""Terms of what puts something forward: with fewer it only names a thing ("Japan")."""


def opened_by(statement: Statement) -> tuple[Proposition, Relation] | None:
    """The claim that a statement puts forward, with its relation to it; None where it puts nothing forward.

    An answer that tells what it answers ("denied that ...") puts that forward, as a claim of others.
    """
    if _is_denied_event(statement):
        return _denied(statement), Relation.DENIES
    if _tells_what_it_answers(statement):
        return _implied(statement), TELLS[statement.act]
    if statement.act not in PUT_FORWARD:
        return None
    if statement.outcome and _against_interest(statement):
        return _implied(statement), Relation.CONFIRMS
    if statement.outcome is None and len(statement.terms) < LEAST_PUT:
        return None
    return proposition_of(statement), Relation.ASSERTS


def _is_denied_event(statement: Statement) -> bool:
    """Whether somebody who answers says that a coded event is not so: what he denies is the event."""
    outcome = statement.outcome
    answers = statement.act is Act.DENIES or statement.relation is Relation.DENIES
    return answers and outcome is not None and outcome.negated and OUTCOMES[outcome.code].field is Field.INTENTION


def _tells_what_it_answers(statement: Statement) -> bool:
    """Whether somebody else's claim is known from the answer alone: it is a whole proposition, and no mere pointing."""
    if statement.act not in LEAST_MATTER or (statement.act is Act.DECLINES and not statement.reported):
        return False
    matter = len(statement.terms) >= LEAST_MATTER[statement.act] and not is_bare(statement.proposition)
    return statement.outcome is not None or (matter and bool(clause(statement.proposition)))


def opens_by_itself(statement: Statement) -> bool:
    """Whether a statement opens its claim before anybody answers it: the reader holds that worth following."""
    return statement.worth > 0


def _against_interest(statement: Statement) -> bool:
    """Whether a side tells what another one, that is named, has gained. What it did itself it may well say."""
    outcome = statement.outcome
    if outcome is None or outcome.actor in ("", statement.side):
        return False
    loses = statement.side in statement.about and statement.side not in _favours(statement)
    return loses and outcome is not None and has(outcome.code, Flag.GROUND)


def _favours(statement: Statement) -> tuple[str, ...]:
    return favoured(statement.outcome) if statement.outcome else ()


def _text(statement: Statement) -> str:
    """The claim in words: an intention in those of the table, since it is often told in passing."""
    outcome = statement.outcome
    if outcome and not outcome.negated and OUTCOMES[outcome.code].field is Field.INTENTION:
        return in_words(outcome)
    return statement.proposition


def proposition_of(statement: Statement) -> Proposition:
    """What the statement claims."""
    return Proposition(
        text=_text(statement),
        claimant=statement.speaker,
        side=statement.side,
        about=statement.about,
        favours=_favours(statement),
        subject=statement.subjects[0],
        outcome=effective(statement),
    )


def _implied(statement: Statement) -> Proposition:
    """The claim that is known from its answer alone."""
    return Proposition(
        text=_text(statement),
        claimant=REPORTS,
        side=REPORTS,
        about=statement.about,
        favours=_favours(statement),
        subject=statement.subjects[0],
        outcome=statement.outcome,
        implied=True,
    )


def _denied(statement: Statement) -> Proposition:
    """The claim that is known from somebody's saying that it is not so."""
    assert statement.outcome is not None
    outcome = replace(statement.outcome, negated=False)
    return replace(_implied(statement), text=in_words(outcome), favours=favoured(outcome), outcome=outcome)
