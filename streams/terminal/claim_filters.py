"""Claim filters: the claims of a ledger that a user asks for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claimwire.sides import sides_in
from claimwire.snapshots import headline
from claimwire.statements import MEDIA, OUTLET
from claimwire.statuses import Status
from claimwire.times import parse_time

Claim = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WantedClaims:
    """The conditions for a claim. A field that is left out sets none.

    Attributes
    ----------
    statuses
        The claim has one of these.
    side
        A name of the side that claims it.
    since
        There was news of it then or later.
    search
        These words are in the claim, its claimant or its evidence.
    limit
        It is one of the latest claims, so many.
    """

    statuses: Collection[Status] = ()
    side: str = ""
    since: datetime | None = None
    search: str = ""
    limit: int | None = None


def chosen(claims: Sequence[Claim], wanted: WantedClaims) -> list[Claim]:
    """The wanted claims, in their order."""
    there = {c["side"].casefold() for c in claims}
    side = next((key for key in side_keys(wanted.side) if key in there), wanted.side) if wanted.side else None
    found = [c for c in claims if _fits(c, wanted, side)]
    if wanted.limit is None:
        return found
    latest = sorted(found, key=lambda c: (c["published"], c["id"]))[-wanted.limit :]
    kept = {c["id"] for c in latest}
    return [c for c in found if c["id"] in kept]


def _fits(claim: Claim, wanted: WantedClaims, side: str | None) -> bool:
    return (
        (not wanted.statuses or claim["status"] in wanted.statuses)
        and (side is None or claim["side"].casefold() == side)
        and (wanted.since is None or parse_time(claim["updated"]) >= wanted.since)
        and _folded(wanted.search) in _folded(_words(claim))
    )


def _words(claim: Claim) -> str:
    said = (word for e in claim["evidence"] for word in (e["speaker"], e["quote"]))
    return " ".join((claim["text"], headline(claim), claim["claimant"], claim["side"], *said))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def side_keys(name: str) -> list[str]:
    """The keys that the side named by a user may have in a ledger, the likeliest first."""
    names = [name.casefold(), *sorted(known.casefold() for _, _, known in sides_in(name.title()))]
    return [f"{prefix}{each}" for prefix in ("", OUTLET, MEDIA) for each in names]
