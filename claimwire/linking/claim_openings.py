"""Claim openings: the claim that a statement puts forward, either its own or somebody else's that it answers."""

import re
from dataclasses import replace

from claimwire.claims import Proposition
from claimwire.extraction.acts.acts import is_bare
from claimwire.extraction.acts.untruths import holds_untruth
from claimwire.extraction.claims.propositions import clause
from claimwire.linking.relations import effective
from claimwire.outcomes import OUTCOMES, Field, Flag, favoured, has, in_words
from claimwire.rules import rule
from claimwire.statements import PUT_FORWARD, REPORTS, UNNAMED, Act, Part, Relation, Statement

TELLS = {Act.DENIES: Relation.DENIES, Act.DECLINES: Relation.NO_COMMENT}
"""Answers that themselves say what they answer, with their relation to it. A speaker who confirms or concedes what
nobody is reported to have said puts it forward himself."""

LEAST_MATTER = {Act.DENIES: 1, Act.DECLINES: 2}
"""The fewest terms of an answer that says what it answers. With fewer it only points at a thing, or names it."""

LEAST_PUT = 2
"""The fewest terms of a statement that puts something forward. With fewer it only names a thing ("Japan")."""

CALLED = (
    r"(?:(?:press|media|news|newspaper|market|online) )?(?:reports?|rumou?rs?|whispers|speculation|suggestions?"
    r"|allegations?|accusations?|assertions?|charges|claims?)\b"
)
DENYING = "|".join(rf"(?<=\b{verb} )" for verb in ("deny", "denied", "denies", "denying", "rejected", "dismissed"))

NAMELESS = rule(
    rf"\b{CALLED}(?= (?:\w+ )?that\b)|(?:{DENYING}){CALLED}",
    re.I,
    finds="dismissed press reports that it would close",
    passes="denied that it made a false report of a threat",
)
"""What words without an author are called by those who answer them or pass them on."""


def opened_by(statement: Statement) -> tuple[Proposition, Relation] | None:
    """The claim that a statement puts forward, with the statement's relation to it; None where there is none.

    An answer that says what it answers ("denied that ...") puts that forward, as a claim of others.
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
    """Whether an answer denies a coded intention. The intention is then the claim."""
    outcome = statement.outcome
    answers = statement.act is Act.DENIES or statement.relation is Relation.DENIES
    return answers and outcome is not None and outcome.negated and OUTCOMES[outcome.code].field is Field.INTENTION


def _tells_what_it_answers(statement: Statement) -> bool:
    """Whether the answer alone gives somebody else's claim: it holds a whole proposition, and does not just point.

    Words that hold the denial ("these baseless accusations") give no claim.
    """
    if statement.act not in LEAST_MATTER or (statement.act is Act.DECLINES and not statement.reported):
        return False
    if statement.outcome is not None:
        return True
    words = statement.proposition
    matter = len(statement.terms) >= LEAST_MATTER[statement.act] and not is_bare(words)
    return matter and bool(clause(words)) and not holds_untruth(words)


def opens_by_itself(statement: Statement) -> bool:
    """Whether a statement opens its claim before anybody answers it, because the reader finds it worth following."""
    return statement.worth > 0


def _against_interest(statement: Statement) -> bool:
    """Whether a side reports what another, named side has gained. Its own deeds are not against its interest."""
    outcome = statement.outcome
    if outcome is None or outcome.actor in ("", statement.side):
        return False
    loses = statement.side in statement.about and statement.side not in _favours(statement)
    return loses and outcome is not None and has(outcome.code, Flag.GROUND)


def _nameless(statement: Statement) -> str:
    """Who puts a claim forward if nobody is named: what the item calls the words ("rumors"), else "unnamed"."""
    called = NAMELESS.search(statement.quote)
    return called.group().lower() if called else UNNAMED


def _favours(statement: Statement) -> tuple[str, ...]:
    return favoured(statement.outcome) if statement.outcome else ()


def _text(statement: Statement) -> str:
    """The claim in words. An intention takes the table's words, since speakers often mention it only in passing."""
    outcome = statement.outcome
    if outcome and not outcome.negated and OUTCOMES[outcome.code].field is Field.INTENTION:
        return in_words(outcome)
    return statement.proposition


def _headline(statement: Statement) -> str:
    return "" if statement.part is Part.HEADLINE else statement.headline


def proposition_of(statement: Statement) -> Proposition:
    """What the statement claims."""
    return Proposition(
        text=_text(statement),
        claimant=statement.speaker or _nameless(statement),
        side=statement.side,
        about=statement.about,
        favours=_favours(statement),
        subject=statement.subjects[0],
        outcome=effective(statement),
        headline=_headline(statement),
    )


def _implied(statement: Statement) -> Proposition:
    """The claim that is known only from its answer."""
    return Proposition(
        text=_text(statement),
        claimant=_nameless(statement),
        side=REPORTS,
        about=statement.about,
        favours=_favours(statement),
        subject=statement.subjects[0],
        outcome=statement.outcome,
        implied=True,
        headline=_headline(statement),
    )


def _denied(statement: Statement) -> Proposition:
    """The claim that is known because somebody says that it is not so."""
    assert statement.outcome is not None
    outcome = replace(statement.outcome, negated=False)
    return replace(_implied(statement), text=in_words(outcome), favours=favoured(outcome), outcome=outcome)
