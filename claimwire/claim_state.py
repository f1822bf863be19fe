"""Claim state: all that is known of a claim, its evidence and its verdicts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from claimwire.claims import READING, DecidedBy, Evidence, EvidenceChange
from claimwire.reasons import of_verdict
from claimwire.status_events import StatusChanged
from claimwire.statuses import Standing, Status, standing_of
from claimwire.verdict_weighing import EVERYBODY, Rulings, Trusted, rulings
from claimwire.verdicts import Bears, HasStatus, IsOneWith, Verdict

VERDICT = "\0"
"""The prefix of the keys under which verdicts are kept. No subject begins with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A statement's part in a claim as last reported, the event that it caused, and the claim's status then.

    The rows of its parts are all that is kept of a change. The first part is kept first, with the event. Each part has
    the status that all of them lead to, so that the kept rows are enough if a crash comes between them.

    Attributes
    ----------
    tick
        How many changes and verdicts were folded into the claim until then.
    """

    change: EvidenceChange
    event: StatusChanged | None = None
    status: Status | None = None
    sequence: int = 0
    tick: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldVerdict:
    """A verdict on a claim, with the same fields beside it as `Held` has."""

    verdict: Verdict
    event: StatusChanged | None = None
    status: Status | None = None
    sequence: int = 0
    tick: int = 0


Row = Held | HeldVerdict


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimState:
    """All that is known of a claim: its evidence by subject and statement, withdrawn parts too, and its verdicts.

    A claim belongs to one subject, until a version corrects its place and so moves it to another.

    Attributes
    ----------
    tick
        How many changes and verdicts were folded into it.
    held, verdicts
        The rows, by the keys under which they are kept.
    trusted
        Whose verdicts count.
    """

    id: str
    status: Status | None = None
    sequence: int = 0
    tick: int = 0
    held: dict[str, Held] = field(default_factory=dict)
    verdicts: dict[str, HeldVerdict] = field(default_factory=dict)
    trusted: Trusted = EVERYBODY

    @classmethod
    def restored(cls, id: str, rows: Mapping[str, Row], trusted: Trusted = EVERYBODY) -> "ClaimState":
        """The claim, made again from the rows of its parts and verdicts.

        Every status has a sequence number of its own, and no row is kept with a lower number than a row before it.
        So the highest is the claim's.
        """
        last = max(rows.values(), key=lambda row: row.sequence, default=None)
        return cls(
            id=id,
            status=last.status if last else None,
            sequence=last.sequence if last else 0,
            tick=max((row.tick for row in rows.values()), default=0),
            held={key: row for key, row in rows.items() if isinstance(row, Held)},
            verdicts={key: row for key, row in rows.items() if isinstance(row, HeldVerdict)},
            trusted=trusted,
        )

    def row(self, key: str) -> Row:
        """The row under a key."""
        return self.verdicts[key] if key.startswith(VERDICT) else self.held[key]

    def counted(self) -> list[Verdict]:
        """The verdicts that count, the earliest first, including those that were undone or overruled."""
        given = (row.verdict for row in self.verdicts.values())
        return sorted((v for v in given if self.trusted.counts(v.maker)), key=lambda v: v.moment)

    def rulings(self) -> Rulings:
        """The verdicts that hold."""
        return rulings(self.counted()) if self.verdicts else NO_RULINGS

    def parts(self) -> dict[str, EvidenceChange]:
        """What was joined to the claim, by statement. A statement that several subjects join counts once.

        A part that came from another claim gives way to one that was joined here.
        """
        return {change.statement: change for _, change in sorted(self._live().items(), reverse=True)}

    def _live(self) -> dict[tuple[bool, str], EvidenceChange]:
        """The parts that bear on the claim now; of several for one statement that with the lowest key counts."""
        return {(bool(h.change.path), key): h.change for key, h in self.held.items() if h.change.live}

    def joined(self) -> list[Evidence]:
        """What was joined to the claim, in the order of publication, before any verdict."""
        return _in_order(part.evidence for part in self.parts().values())

    def evidence(self) -> list[Evidence]:
        """What bears on the claim now, in the order of publication."""
        ruled = self.rulings()
        return ruled_by(ruled.statements, self.joined()) if ruled.statements else self.joined()

    def since(self) -> datetime:
        """The moment from which it is a claim, at the subject where it became one first."""
        live = [h.change.evidence for h in self.held.values() if h.change.live]
        return min(e.since or e.statement.published for e in live if e.opens)

    def opening(self) -> Evidence | None:
        """The evidence that opened the claim; None once it is withdrawn."""
        own = {key: part for key, part in self._live().items() if part.statement == self.id}
        part = own[min(own)] if own else None
        return part.evidence if part and part.evidence.opens else None

    def goes_on_under(self) -> str:
        """The claim that goes on in its place, because a verdict merged the two; empty for none.

        Where verdicts form a ring, the claim with the lowest id lives on. Evidence never returns to its own claim, but
        the evidence of the claim into which this one would merge reaches it, and its path names the whole ring.
        """
        merged = self.rulings().merged
        if merged is None or not isinstance(merged.says, IsOneWith):
            return ""
        into = merged.says.into
        paths = (part.path for part in self.parts().values())
        rings = [path[path.index(into) :] for path in paths if into in path]
        return "" if any(self.id < min(ring) for ring in rings) else into

    def is_shown(self) -> bool:
        """Whether the ledger shows the claim: somebody asserts it, and no verdict takes it away."""
        return self.opening() is not None and self.rulings().no_claim is None and not self.goes_on_under()

    def standing(self) -> Standing | None:
        """The claim's standing; None where nothing asserts it."""
        opening = self.opening()
        if opening is None or opening.opens is None:
            return None
        by_evidence = standing_of(opening.opens, self.evidence())
        ruled = self.rulings().status
        if ruled and isinstance(ruled.says, HasStatus):
            return replace(by_evidence, status=ruled.says.status)
        return by_evidence

    def decided_by(self) -> DecidedBy:
        """Whose word decides what the claim is: that of the verdict that makes the difference, else the reading's."""
        ruled, opening = self.rulings(), self.opening()
        decides = ruled.no_claim or (ruled.merged if self.goes_on_under() else None) or ruled.status
        if decides is None and ruled.statements and opening and opening.opens:
            read = standing_of(opening.opens, self.joined())
            now = standing_of(opening.opens, self.evidence())
            decides = max(ruled.statements.values(), key=lambda v: v.moment) if read != now else None
        return decided_by(decides) if decides else READING


NO_RULINGS = Rulings()


def decided_by(verdict: Verdict) -> DecidedBy:
    """The verdict's maker, as the one who decides."""
    maker = verdict.maker
    return DecidedBy(kind=maker.kind, name=maker.name, version=maker.version, reason=verdict.reason, verdict=verdict.id)


def ruled_by(statements: Mapping[str, Verdict], joined: list[Evidence]) -> list[Evidence]:
    """The evidence of a claim after the verdicts on its statements.

    Parameters
    ----------
    statements
        The verdicts, by statement.
    joined
        The evidence that the reading has joined.
    """
    read = {e.statement.id: e for e in joined}
    ruled = dict(read)
    for id, verdict in statements.items():
        says = verdict.says
        if not isinstance(says, Bears) or (id in read and read[id].opens):
            continue
        ruled.pop(id, None)
        if says.relation is None:
            continue
        why = (of_verdict(str(verdict.maker), verdict.reason),)
        if id in read:
            ruled[id] = replace(read[id], relation=says.relation, why=why, verdict=verdict.id)
        elif says.carried:
            statement = says.carried.restored()
            ruled[id] = Evidence(
                claim=verdict.claim, relation=says.relation, statement=statement, why=why, verdict=verdict.id
            )
    return _in_order(ruled.values())


def _in_order(evidence: Iterable[Evidence]) -> list[Evidence]:
    return sorted(evidence, key=lambda e: e.statement.place_in_stream)
