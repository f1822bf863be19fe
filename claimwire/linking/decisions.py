"""Decisions: what a statement does to the claims of a subject that stand before it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from claimwire.claims import Evidence, Proposition, own_voice
from claimwire.linking import pair_model
from claimwire.linking.claim_openings import TELLS, opened_by, opens_by_itself, proposition_of
from claimwire.linking.relations import BEARS_OUT, WITNESSED, Match, answer, in_item, likelier, match
from claimwire.linking.rumours import is_rumour
from claimwire.outcomes import OUTCOMES, Field, Flag, has
from claimwire.statements import AGAINST, ANSWERS, CLAIMING, UNNAMED, Act, Relation, Statement, normal_quote

GIVES_WAY_WITHIN = timedelta(days=1)
"""Time after an answer within which the claim itself turns up: one item tells the two in either order, and one day's
items do."""

CORRECTED_WITHIN = timedelta(days=5)
"""Time within which an outlet corrects an item by another one."""

SAME_STORY = 0.4
"""How alike the leads of an item and of its correction are, at least."""

SAME_SENTENCE = 0.55
"""How alike a sentence and its correction are, at least."""


SAYS_SO = frozenset({Act.ASSERTS, Act.CONFIRMS, Act.CONCEDES})
"""Acts by which a side that has denied something says that it is so."""


@dataclass(slots=True)
class OpenClaim:
    """A claim of the subject, with the evidence so far, its opening statement first.

    Attributes
    ----------
    latest
        When the last of its evidence was published.
    """

    opener: Statement
    proposition: Proposition
    evidence: list[Evidence]
    latest: datetime

    @classmethod
    def by(
        cls, opener: Statement, proposition: Proposition, relation: Relation, since: datetime | None = None
    ) -> "OpenClaim":
        """The claim that a statement opens, with its own relation to it; by itself, if no other moment is given."""
        since = since or opener.published
        opening = Evidence(claim=opener.id, relation=relation, statement=opener, opens=proposition, since=since)
        return cls(opener, proposition, [opening], opener.published)

    @property
    def id(self) -> str:
        """Identifier of the claim: that of its opening statement."""
        return self.opener.id

    def join(self, statement: Statement, found: Match) -> None:
        """Add a statement that bears on the claim."""
        self.evidence.append(Evidence(claim=self.id, relation=found.relation, statement=statement, why=found.why))
        self.latest = max(self.latest, statement.published)

    def part(self, latest: datetime) -> None:
        """Take away the evidence added last, before which the latest was another."""
        self.evidence.pop()
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Decision:
    """What a statement does.

    Attributes
    ----------
    joins
        The claims that it bears on, and how: that of its item which it answers, and an earlier one.
    opens
        The claim that it puts forward, with the relation that it has to it: a denial of something
        that nobody has said opens what it denies.
    replaces
        The implied claim that gives way to the one opened.
    """

    joins: tuple[tuple[str, Match], ...] = ()
    opens: tuple[Proposition, Relation] | None = None
    replaces: str = ""


class KnownStatements(Protocol):
    """What stands before a statement at its subject."""

    subject: str

    def claims_since(self, moment: datetime) -> list[OpenClaim]:
        """Claims of which some evidence was published since then."""

    def claim_of(self, statement_id: str) -> OpenClaim | None:
        """The claim that a statement puts forward, or would open if it were answered."""

    def awaiting(self, statement_id: str) -> OpenClaim | None:
        """The implied claim whose opening answer points at the statement, which its item tells later."""

    def is_answered_ahead(self, statement_id: str) -> bool:
        """Whether an answer that opens no claim points at the statement, which its item tells later."""

    def is_open(self, statement_id: str) -> bool:
        """Whether a statement puts an open claim forward."""

    def like(self, statement: Statement, since: datetime) -> Iterator[Statement]:
        """Statements that can be answered and share a rare word with this one, each once."""


def decide(statement: Statement, known: KnownStatements, since: datetime) -> Decision:
    """What the statement does, given what stands before it at the subject.

    Parameters
    ----------
    known
        What stands before it.
    since
        How far back it answers.
    """
    primary = statement.subjects[0] == known.subject
    corrected = _corrected(statement, known) if statement.corrects else None
    if corrected:
        return Decision(joins=(corrected,))
    awaiting = known.awaiting(statement.id)
    if awaiting:
        return Decision(opens=opened_by(statement), replaces=awaiting.id)
    pointed = _pointed(statement, known) if statement.target else None
    if statement.outcome and not (own_voice(statement) and statement.relation is None and statement.worth == 0):
        best = _best(statement, known.claims_since(since)) or _best_unopened(statement, known, since)
        if best:
            claim, found = best
            coded = _coded(statement, primary, claim, _after_its_denial(statement, claim, found))
            return _also(coded, pointed)
    silent = _is_covered(statement) or (own_voice(statement) and statement.act is not Act.DENIES)
    likest = None if silent else _likest(statement, known, since)
    joins = dict(join for join in (likest, pointed) if join)
    opens = primary and (opens_by_itself(statement) or known.is_answered_ahead(statement.id))
    if joins:
        answers_only = not opens or likest is not None or _tells_no_more(statement)
        return Decision(joins=tuple(joins.items()), opens=None if answers_only else opened_by(statement))
    return Decision(opens=opened_by(statement)) if opens else Decision()


def _also(decision: Decision, pointed: tuple[str, Match] | None) -> Decision:
    """The decision, with what the statement answers in its own item."""
    if pointed is None or decision.opens or pointed[0] in dict(decision.joins):
        return decision
    return replace(decision, joins=(*decision.joins, pointed))


def _tells_no_more(statement: Statement) -> bool:
    """Whether an answer puts nothing forward but what it answers."""
    return statement.act in ANSWERS


def _is_covered(statement: Statement) -> bool:
    """Whether codes alone join a statement: any event, but the answers about such as news also tells uncoded.

    A denial of an intention meets all that is said of it where it is coded; what is like it elsewhere is of another
    matter.
    """
    outcome = statement.outcome
    if outcome is None:
        return False
    by_code = OUTCOMES[outcome.code].field in (*WITNESSED, Field.INTENTION)
    return by_code or statement.act not in (*TELLS, Act.DECLINES)


def _pointed(statement: Statement, known: KnownStatements) -> tuple[str, Match] | None:
    """The claim of its own item that an answer points at."""
    claim = known.claim_of(statement.target)
    found = in_item(statement, claim.proposition) if claim else None
    return (claim.id, found) if claim and found else None


def _coded(statement: Statement, primary: bool, claim: OpenClaim, found: Match) -> Decision:
    """What a coded event does to the claim that it bears on."""
    if _gives_way(claim, statement, found) and primary:
        return Decision(opens=(proposition_of(statement), Relation.ASSERTS), replaces=claim.id)
    against = found.relation in AGAINST
    if against and primary and opens_by_itself(statement) and _changes_things(statement):
        return Decision(joins=((claim.id, found),), opens=(proposition_of(statement), Relation.ASSERTS))
    return Decision(joins=((claim.id, found),))


def _corrected(statement: Statement, known: KnownStatements) -> tuple[str, Match] | None:
    """The claim of the sentence that a wire correction puts otherwise; None where it stands as it was."""
    best: tuple[float, Statement] | None = None
    for other in known.like(statement, statement.published - CORRECTED_WITHIN):
        found = pair_model.features(statement, other)
        if other.item == statement.item or other.corrects or found["context"] < SAME_STORY:
            continue
        if normal_quote(other.quote) == normal_quote(statement.quote):
            return None
        if found["alike"] >= SAME_SENTENCE and (best is None or found["alike"] > best[0]):
            best = found["alike"], other
    claim = known.claim_of(best[1].id) if best else None
    if best is None or claim is None:
        return None
    own = own_voice(claim.opener)
    relation = Relation.RETRACTS if own else Relation.PARTLY
    return claim.id, Match(relation, best[0], ("the outlet corrects it", f"alike {best[0]:.2f}"))


def _likest(statement: Statement, known: KnownStatements, since: datetime) -> tuple[str, Match] | None:
    """The claim that a statement without a coded event answers most surely, by likeness."""
    best: tuple[float, OpenClaim, Match] | None = None
    for other in _answerable(statement, known, since):
        kind = pair_model.kind(statement, other)
        if other.item == statement.item or kind is None:
            continue
        restates = kind in pair_model.RESTATES
        if statement.relation is None and not restates and kind is not pair_model.AnswerKind.BEARS_OUT:
            continue  # its reader hears no answer in it
        if restates and (not known.is_open(other.id) or (other.deeds and not statement.deeds)):
            continue  # who only names the matter says nothing of it again
        found = pair_model.features(statement, other)
        if found["amounts"] == 1 and statement.act is not Act.DENIES:
            continue  # all that both count is another number
        question = pair_model.SAME if restates else pair_model.MATTER
        sure = pair_model.score(found, question)
        if sure < pair_model.BARS[kind] or (best and sure <= best[0]):
            continue
        claim = known.claim_of(other.id)
        if claim and restates and not _restates(statement, claim, other, pair_model.BARS[kind]):
            continue
        if claim is None or (claim.proposition.outcome and (statement.outcome or statement.act is not Act.DENIES)):
            continue  # what is coded is joined by its code
        why = pair_model.reasons(found, question, pair_model.BARS[kind])
        restated = Match(Relation.REPEATS, sure, why) if restates else None
        match = restated or answer(statement, claim.proposition, other, why, sure)
        if match:
            best = sure, claim, match
    return (best[1].id, _after_its_denial(statement, best[1], best[2])) if best else None


def compared_within(statement: Statement, window: timedelta) -> timedelta:
    """How far back a statement is compared with others by its words.

    Plain words say again what was claimed lately, or bear out what was expected: four in five, they need not be
    compared with a stream that has run for weeks.
    """
    whole = statement.act in ANSWERS or statement.corrects or statement.outcome is not None
    return window if whole else min(window, pair_model.SAID_AGAIN_WITHIN)


def _answerable(statement: Statement, known: KnownStatements, since: datetime) -> Iterator[Statement]:
    """What a statement may answer by its likeness."""
    if statement.act in ANSWERS:
        yield from known.like(statement, since)
        return
    lately = statement.published - compared_within(statement, statement.published - since)
    for other in known.like(statement, lately):
        if known.is_open(other.id) or is_rumour(other):
            yield other


def _after_its_denial(statement: Statement, claim: OpenClaim, found: Match) -> Match:
    """The match, where a side now says so what it has denied: then it repeats nobody, it confirms."""
    if found.relation not in (Relation.REPEATS, Relation.CORROBORATES) or statement.act not in SAYS_SO:
        return found
    if statement.side == UNNAMED or own_voice(statement):
        return found
    denied = any(e.statement.side == statement.side and e.relation in AGAINST for e in claim.evidence)
    return replace(found, relation=Relation.CONFIRMS, why=(*found.why, "it had denied it")) if denied else found


def _restates(statement: Statement, claim: OpenClaim, other: Statement, bar: float) -> bool:
    """Whether what says again what one statement of the claim says puts forward the claim itself.

    What bears out a forecast is no forecast: who says it again says nothing of the next one.
    """
    opener = claim.opener
    if other is opener:
        return True
    return pair_model.score(pair_model.features(statement, opener), pair_model.SAME) >= bar


def _best(statement: Statement, claims: Iterable[OpenClaim]) -> tuple[OpenClaim, Match] | None:
    """The claim that the statement bears on most surely; of those that its event fits alike, the likest in words."""
    found = [(c, m) for c in claims if (m := match(statement, c.proposition, c.opener))]
    most = max((m.score for _, m in found), default=0.0)
    best = [(c, m) for c, m in found if m.score == most]
    if len(best) < 2:
        return best[0] if best else None
    return max(best, key=lambda f: (likelier(statement, f[0].opener), f[0].opener.place_in_stream))


def _best_unopened(statement: Statement, known: KnownStatements, since: datetime) -> tuple[OpenClaim, Match] | None:
    """The coded event of another item that the statement is the first to answer, though its item made no claim of it.

    Who tells it as well retells the news of it, unless he confirms it by that word.
    """
    like = [o for o in known.like(statement, since) if o.outcome and o.item != statement.item]
    claims = [claim for o in like if not known.is_open(o.id) and (claim := known.claim_of(o.id))]
    best = _best(statement, claims)
    retells = statement.act not in ANSWERS and best is not None and best[1].relation in BEARS_OUT
    return None if retells else best


def _gives_way(claim: OpenClaim, statement: Statement, found: Match) -> bool:
    """Whether the claim was known from answers alone, and this is the claim itself.

    A side that speaks against its own interest answers too, so it is not the one that claims; and who says it
    days after the answer says it again.
    """
    if not claim.proposition.implied or statement.published - claim.opener.published > GIVES_WAY_WITHIN:
        return False
    answering = {e.statement.side for e in claim.evidence}
    itself = found.relation in (Relation.REPEATS, Relation.CORROBORATES)
    return statement.act in CLAIMING and itself and statement.side not in answering


def _changes_things(statement: Statement) -> bool:
    outcome = statement.outcome
    return (
        statement.act is Act.ASSERTS
        and outcome is not None
        and not outcome.negated
        and not has(outcome.code, Flag.KEEPS)
    )
