"""Makers: whose claim a sentence tells that accuses somebody, or that denies the words of somebody whom it names."""

from collections.abc import Sequence
from dataclasses import replace

from claimwire.extraction.acts.acts import denied_clause, maker
from claimwire.extraction.claims.accusation_rules import PRONOUN
from claimwire.extraction.claims.accusations import Accusation, accusation, charger
from claimwire.extraction.claims.drafts import Draft
from claimwire.extraction.claims.page import Page
from claimwire.extraction.claims.proposition_rules import HEAD
from claimwire.extraction.claims.propositions import clause, readable, sentence_around
from claimwire.outcomes import Flag, favoured, has
from claimwire.rules import rule
from claimwire.statements import ANSWERS, OUTLET, REPORTS, UNNAMED, Act, Span

SPEECH = rule(
    r"(?<=\w)[.,;:]? [\"“](?=[A-Z])",
    finds="that the mill had closed. “We are open",
    passes="that the “red mill” had closed",
)
"""Separates the denied proposition from the words that deny it."""


def accused(
    made: Sequence[Draft], number: int, heart: Span, held: Sequence[int], span: Span, page: Page
) -> tuple[int, Draft, bool] | None:
    """The draft of an accuser whose claim is what somebody is accused of; None if there is none.

    With it come its number, and whether the outlet calls the accusation untrue.

    Parameters
    ----------
    heart
        The heart of the claim, counted from the start of its part.
    held
        The numbers of the drafts that hold it.
    span
        The sentence, up to the first answer in it.
    """
    part, _ = page.sentences[number]
    said = [
        at for at in held if made[at].speaker and not made[at].side.startswith(OUTLET) and made[at].act not in ANSWERS
    ]
    told, reported = _told([made[at] for at in said], page.text(part), heart, span)
    claim = _claim(told, number, page) if told else ""
    if told is None or not claim:
        return None
    by_others = [at for at in said if made[at].side != REPORTS]
    if by_others and told.form.verdict and not reported:
        return by_others[0], replace(made[by_others[0]], text=claim), told.untrue
    named = told.accuser or (charger([page.words[number], *page.words]) if told.form.charge else "")
    if not (named or told.form.passive):
        return None
    speaker, side = page.speakers.resolve(named, page.words[number]) if named else (UNNAMED, REPORTS)
    alone = not said or not told.form.verdict or reported
    at, draft = (len(made), page.own(part, span, Act.ASSERTS)) if alone else (said[0], made[said[0]])
    return at, replace(draft, speaker=speaker, side=side, text=claim), told.untrue


def _told(said: Sequence[Draft], text: str, heart: Span, span: Span) -> tuple[Accusation | None, bool]:
    """The accusation in the words of speakers, or else in the sentence, and whether a speaker tells it of others.

    None if speakers call one untrue themselves.
    """
    words = text[slice(*heart)]
    contents = [clause(text[slice(*each)]) for draft in said for each in draft.content if each[1] <= span[1]]
    in_contents = next(filter(None, (accusation(content, words) for content in contents)), None)
    if in_contents and in_contents.untrue and in_contents.form.verdict:
        return None, False
    if in_contents:
        return in_contents, bool(in_contents.accuser and in_contents.form.verdict)
    return accusation(sentence_around(text, span), words), False


def _claim(told: Accusation, number: int, page: Page) -> str:
    """The claim of an accusation as a whole proposition; empty if it is unclear who is accused."""
    who, verdict = told.accused, told.verdict
    if PRONOUN.fullmatch(who):
        name = page.told(number).meant_by(who, page.words[number])
        if not name:
            return ""
        who = f"[{name}]"
    claim = readable(told.told(who), page.told(number))
    return claim.replace(f" {verdict} ", f" [{verdict}] ", 1) if verdict else claim


def made_by(denial: Draft, number: int, page: Page) -> Draft | None:
    """The claim of somebody whom its denial names ("Acme's claim that ..."); None if the denial names nobody."""
    text, (start, end) = page.text(denial.part), denial.content[0] if denial.content else denial.span
    named = maker(text[start:end]) if denial.act is Act.DENIES else None
    if named is None:
        return None
    source = (start + named[0], start + named[1])
    speaker, side = page.speakers.resolve(text[slice(*source)], page.words[number])
    if side == denial.side:
        return None
    words, outcome = denied_words(text[start:end]), denial.outcome
    who = speaker, side
    if outcome is not None and has(outcome.code, Flag.GROUND) and denial.side in favoured(outcome):
        # Nobody denies having gained ground, so "it" means the maker, and the gain is his.
        outcome = replace(outcome, actor=side)
    elif HEAD.match(words):
        words, who = denied_words(denial.words), (denial.speaker, denial.side)
    claim = readable(words, page.told(number, *who))
    if not claim:
        return None
    return Draft(
        part=denial.part,
        span=(source[0], end),
        act=Act.ASSERTS,
        words=words,
        speaker=speaker,
        side=side,
        source=(source,),
        content=denial.content,
        outcome=outcome,
        worth=max(denial.worth, 1),
        text=claim,
    )


def denied_words(content: str) -> str:
    """What the content of a denial denies, as a clause."""
    return clause(SPEECH.split(denied_clause(content), maxsplit=1)[0])
