"""The difference between the live ledger and what a replay makes of a stretch of the items.

A replay knows only the items of its stretch. So it compares only a claim that rests on them alone:

- All item versions of its live evidence lie in the stretch.
- No statement of the replayed claim bears on a live claim with evidence from elsewhere.
- The claim depends on no verdict from after the stretch.

Every other claim that the stretch touches counts as reaching beyond it. In a replay of all items, no
claim reaches beyond.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from claimwire.snapshots import all_evidence
from claimwire.verdicts import IsOneWith, Verdict

Claim = Mapping[str, Any]
"""A snapshot, as JSON holds it."""

ItemVersion = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A claim of which a replay makes something else.

    Attributes
    ----------
    live, replayed
        The whole claim in the live ledger, and in the replay.
    joined, withdrawn
        Evidence only in the replay, and evidence only in the live ledger.
    altered
        Ids of statements that are evidence in both, with the fields that differ.
    fields
        Names of the claim's fields that differ, besides its evidence.
    """

    live: Claim
    replayed: Claim
    joined: list[Claim]
    withdrawn: list[Claim]
    altered: dict[str, list[str]]
    fields: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What a replay would change in the live ledger.

    Attributes
    ----------
    new, gone
        Claims only in the replay, and claims only in the live ledger.
    same
        How many claims are the same, to the byte.
    beyond
        How many claims touch the stretch and reach beyond it, and so are not compared.
    """

    new: list[Claim]
    gone: list[Claim]
    changed: list[Changed]
    same: int
    beyond: int


def difference(
    live: Sequence[Claim],
    replayed: Sequence[Claim],
    taken: Set[ItemVersion],
    subjects: Collection[str] = (),
    ruled_beyond: Collection[str] = (),
) -> Difference:
    """Compare the claims that rest on a stretch alone.

    Parameters
    ----------
    taken
        The item versions of the stretch.
    ruled_beyond
        The claims that depend on verdicts from after the stretch.
    subjects
        The subjects of the wanted claims; without any, all claims are wanted.
    """
    elsewhere = {c["id"]: c for c in live if c["id"] in ruled_beyond or not _versions(c) <= taken}
    bearing = {e["statement"] for c in elsewhere.values() for e in all_evidence(c)}
    reaching = {
        c["id"]
        for c in replayed
        if c["id"] in elsewhere or c["id"] in ruled_beyond or any(e["statement"] in bearing for e in all_evidence(c))
    }
    now = {c["id"]: c for c in replayed if c["id"] not in reaching}
    was = {c["id"]: c for c in live if c["id"] not in elsewhere and c["id"] not in reaching}
    touched = reaching | {id for id, c in elsewhere.items() if not _versions(c).isdisjoint(taken)}

    def wanted(claims: Sequence[Claim]) -> list[Claim]:
        return [c for c in claims if not subjects or c["subject"] in subjects]

    both = [(was[c["id"]], c) for c in wanted(list(now.values())) if c["id"] in was]
    return Difference(
        new=wanted([c for id, c in now.items() if id not in was]),
        gone=wanted([c for id, c in was.items() if id not in now]),
        changed=[_changed(old, new) for old, new in both if old != new],
        same=sum(old == new for old, new in both),
        beyond=len({c["id"] for c in wanted([*live, *replayed])} & touched),
    )


def ruled_beyond(verdicts: Iterable[Verdict], within: Collection[str]) -> set[str]:
    """The claims that depend on verdicts from after a stretch: their claims, and those into which these are merged.

    Parameters
    ----------
    verdicts
        All verdicts that count.
    within
        Ids of the verdicts within the stretch.
    """
    goes_on: dict[str, set[str]] = defaultdict(set)
    waiting = []
    for v in verdicts:
        if isinstance(v.says, IsOneWith):
            goes_on[v.claim].add(v.says.into)
        if v.id not in within:
            waiting.append(v.claim)
    found: set[str] = set()
    while waiting:
        claim = waiting.pop()
        if claim not in found:
            found.add(claim)
            waiting.extend(goes_on[claim])
    return found


def _versions(claim: Claim) -> set[ItemVersion]:
    return {(e["item"], e["version"]) for e in all_evidence(claim)}


def _changed(live: Claim, replayed: Claim) -> Changed:
    was, now = ({e["statement"]: e for e in c["evidence"]} for c in (live, replayed))
    return Changed(
        live=live,
        replayed=replayed,
        joined=[e for id, e in now.items() if id not in was],
        withdrawn=[e for id, e in was.items() if id not in now],
        altered={id: _differing(was[id], e) for id, e in now.items() if id in was and was[id] != e},
        fields=[name for name in _differing(live, replayed) if name != "evidence"],
    )


def _differing(one: Claim, other: Claim) -> list[str]:
    return [name for name in dict.fromkeys((*one, *other)) if one.get(name) != other.get(name)]
