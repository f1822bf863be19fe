"""Decisions: what a statement does to the earlier claims of its subject."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from claimwire import reasons
from claimwire.claims import Evidence, Proposition, own_voice
from claimwire.linking import pair_model
from claimwire.linking.claim_openings import TELLS, opened_by, opens_by_itself, proposition_of
from claimwire.linking.relations import BEARS_OUT, WITNESSED, Match, answer, in_item, likelier, match
from claimwire.linking.rumours import is_rumour
from claimwire.outcomes import OUTCOMES, Field, Flag, has
from claimwire.statements import AGAINST, ANSWERS, CLAIMING, UNNAMED, Act, Relation, Statement, normal_quote

GIVES_WAY_WITHIN = timedelta(days=1)
"""The claim itself turns up within this time after its answer. One item, or one day's items, may report the two in
either order."""

CORRECTED_WITHIN = timedelta(days=5)
"""An outlet corrects an item by another item within this time."""

SAME_STORY = 0.4
"""The least likeness of the leads of an item and of its correction."""

SAME_SENTENCE = 0.55
"""The least likeness of a sentence and its correction."""


SAYS_SO = frozenset({Act.ASSERTS, Act.CONFIRMS, Act.CONCEDES})
"""Acts by which a side says that something is so after it has denied it."""


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
        """The claim that a statement opens, with its relation to it; `since` defaults to its own publication."""
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
        """Remove the evidence that was added last, and restore the `latest` from before it."""
        self.evidence.pop()
        self.latest = latest


@dataclass(frozen=True, slots=True)
class Decision:
    """What a statement does.

    Attributes
    ----------
    joins
        The claims that it bears on, and how: the one of its own item that it answers, and an earlier one.
    opens
        The claim that it puts forward, with its relation to it. A denial of something that nobody has said opens
        what it denies.
    replaces
        The implied claim that gives way to the opened claim.
    """

    joins: tuple[tuple[str, Match], ...] = ()
    opens: tuple[Proposition, Relation] | None = None
    replaces: str = ""


class KnownStatements(Protocol):
    """What comes before a statement at its subject."""

    subject: str

    def claims_since(self, moment: datetime) -> list[OpenClaim]:
        """Claims of which some evidence was published since then."""

    def claim_of(self, statement_id: str) -> OpenClaim | None:
        """The claim that a statement puts forward, or would open if it were answered."""

    def awaiting(self, statement_id: str) -> OpenClaim | None:
        """The implied claim whose opening answer points at this statement, which comes later in the same item."""

    def is_answered_ahead(self, statement_id: str) -> bool:
        """Whether an answer that opens no claim points at this statement, which comes later in the same item."""

    def is_open(self, statement_id: str) -> bool:
        """Whether a statement puts an open claim forward."""

    def like(self, statement: Statement, since: datetime) -> Iterator[Statement]:
        """Statements that can be answered and share a rare word with this one, each once."""


def decide(statement: Statement, known: KnownStatements, since: datetime) -> Decision:
    """What the statement does, given what comes before it at the subject.

    Parameters
    ----------
    known
        What comes before the statement.
    since
        How far back the statement answers.
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
    """The decision, with the join to the claim that the statement answers in its own item."""
    if pointed is None or decision.opens or pointed[0] in dict(decision.joins):
        return decision
    return replace(decision, joins=(*decision.joins, pointed))


def _tells_no_more(statement: Statement) -> bool:
    """Whether a statement is an answer, and so puts forward only what it answers."""
    return statement.act in ANSWERS


def _is_covered(statement: Statement) -> bool:
    """Whether only its code joins a statement: not for answers about events that news also reports without a code.

    The code of a denied intention finds all that is said of it. Similar words elsewhere are about another matter.
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
    """The claim of the sentence that a wire correction rewords; None where the sentence is unchanged."""
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
    return claim.id, Match(relation, best[0], (reasons.IN_A_CORRECTION, reasons.in_common(best[0])))


def _likest(statement: Statement, known: KnownStatements, since: datetime) -> tuple[str, Match] | None:
    """The claim that the statement most surely answers, by likeness."""
    best: tuple[float, OpenClaim, Match] | None = None
    for other in _answerable(statement, known, since):
        kind = pair_model.kind(statement, other)
        if other.item == statement.item or kind is None:
            continue
        restates = kind in pair_model.RESTATES
        if statement.relation is None and not restates and kind is not pair_model.AnswerKind.BEARS_OUT:
            continue  # the reader finds no answer in it
        if restates and (not known.is_open(other.id) or (other.deeds and not statement.deeds)):
            continue  # a statement that only names the matter does not repeat it
        found = pair_model.features(statement, other)
        if found["amounts"] == 1 and statement.act is not Act.DENIES:
            continue  # for all that both count they give different numbers
        question = pair_model.SAME if restates else pair_model.MATTER
        sure = pair_model.score(found, question)
        if sure < pair_model.BARS[kind] or (best and sure <= best[0]):
            continue
        claim = known.claim_of(other.id)
        if claim and restates and not _restates(statement, claim, other, pair_model.BARS[kind]):
            continue
        if claim is None or (claim.proposition.outcome and (statement.outcome or statement.act is not Act.DENIES)):
            continue  # codes join coded statements
        why = pair_model.why(statement, other, found, question, sure)
        restated = Match(Relation.REPEATS, sure, why) if restates else None
        match = restated or answer(statement, claim.proposition, other, why, sure)
        if match:
            best = sure, claim, match
    return (best[1].id, _after_its_denial(statement, best[1], best[2])) if best else None


def compared_within(statement: Statement, window: timedelta) -> timedelta:
    """How far back a statement is compared with others by its words.

    Plain words only repeat a recent claim or bear out a recent expectation. They are four in five statements, and
    need no comparison with weeks of a stream.
    """
    whole = statement.act in ANSWERS or statement.corrects or statement.outcome is not None
    return window if whole else min(window, pair_model.SAID_AGAIN_WITHIN)


def _answerable(statement: Statement, known: KnownStatements, since: datetime) -> Iterator[Statement]:
    """The statements that a statement may answer by likeness."""
    if statement.act in ANSWERS:
        yield from known.like(statement, since)
        return
    lately = statement.published - compared_within(statement, statement.published - since)
    for other in known.like(statement, lately):
        if known.is_open(other.id) or is_rumour(other):
            yield other


def _after_its_denial(statement: Statement, claim: OpenClaim, found: Match) -> Match:
    """The match. Where a side now says what it has denied before, it does not repeat: it confirms."""
    if found.relation not in (Relation.REPEATS, Relation.CORROBORATES) or statement.act not in SAYS_SO:
        return found
    if statement.side == UNNAMED or own_voice(statement):
        return found
    denied = any(e.statement.side == statement.side and e.relation in AGAINST for e in claim.evidence)
    return replace(found, relation=Relation.CONFIRMS, why=(*found.why, reasons.HAD_DENIED)) if denied else found


def _restates(statement: Statement, claim: OpenClaim, other: Statement, bar: float) -> bool:
    """Whether a statement that repeats one statement of the claim also puts forward the claim itself.

    A statement that bears out a forecast is no forecast. Repeating it says nothing about the next forecast.
    """
    opener = claim.opener
    if other is opener:
        return True
    return pair_model.score(pair_model.features(statement, opener), pair_model.SAME) >= bar


def _best(statement: Statement, claims: Iterable[OpenClaim]) -> tuple[OpenClaim, Match] | None:
    """The claim that the statement bears on most surely. Among claims that its event fits equally, words decide."""
    found = [(c, m) for c in claims if (m := match(statement, c.proposition, c.opener))]
    most = max((m.score for _, m in found), default=0.0)
    best = [(c, m) for c, m in found if m.score == most]
    if len(best) < 2:
        return best[0] if best else None
    return max(best, key=lambda f: (likelier(statement, f[0].opener), f[0].opener.place_in_stream))


def _best_unopened(statement: Statement, known: KnownStatements, since: datetime) -> tuple[OpenClaim, Match] | None:
    """A coded event of another item that opened no claim there, and that the statement is the first to answer.

    A statement that only reports the event too retells the news, unless it confirms in so many words.
    """
    like = [o for o in known.like(statement, since) if o.outcome and o.item != statement.item]
    claims = [claim for o in like if not known.is_open(o.id) and (claim := known.claim_of(o.id))]
    best = _best(statement, claims)
    retells = statement.act not in ANSWERS and best is not None and best[1].relation in BEARS_OUT
    return None if retells else best


def _gives_way(claim: OpenClaim, statement: Statement, found: Match) -> bool:
    """Whether the claim was known only from answers, and this statement is the claim itself.

    A side that speaks against its own interest answers too, so it is not the claimant. A side that says it days
    after the answer repeats it.
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
