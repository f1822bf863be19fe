from datetime import UTC, datetime
from typing import Any

import pytest

from claimwire.statuses import Status
from streams.terminal.claim_filters import WantedClaims, chosen


def claim(name: str, **fields: Any) -> dict[str, Any]:
    evidence = [{"speaker": "General Gerasimov", "quote": f"We hold {name}."}]
    made = {"id": name, "status": "unverified", "side": "Russia", "claimant": "Gerasimov", "text": f"took {name}"}
    return {
        **made,
        "published": "2025-12-01T10:00:00Z",
        "updated": "2025-12-01T10:00:00Z",
        "evidence": evidence,
    } | fields


LEDGER = [
    claim("a", published="2025-12-03T00:00:00Z", updated="2025-12-05T00:00:00Z"),
    claim("m", side="media:Russia", updated="2025-11-30T10:00:00Z", published="2025-11-30T10:00:00Z"),
    claim("b", side="Ukraine", status="disputed"),
    claim("c", side="outlet:Meridian", text="The  depot\nburned", updated="2025-12-02T10:00:00Z"),
]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (WantedClaims(), "ambc"),
        (WantedClaims(statuses=[Status.DISPUTED]), "b"),
        (WantedClaims(statuses=[Status.DISPUTED, Status.UNVERIFIED]), "ambc"),
        (WantedClaims(side="moscow"), "a"),
        (WantedClaims(side="media:russia"), "m"),
        (WantedClaims(side="UKRAINE"), "b"),
        (WantedClaims(side="meridian"), "c"),
        (WantedClaims(side="nobody"), ""),
        (WantedClaims(since=datetime(2025, 12, 2, tzinfo=UTC)), "ac"),
        (WantedClaims(search="depot BURNED"), "c"),
        (WantedClaims(search="we hold b"), "b"),
        (WantedClaims(search="gerasimov", statuses=[Status.DISPUTED]), "b"),
        (WantedClaims(limit=2), "ac"),
        (WantedClaims(limit=1, side="ukraine"), "b"),
        (WantedClaims(limit=9), "ambc"),
    ],
)
def test_only_claims_that_are_wanted_are_chosen_and_they_keep_their_order(wanted: WantedClaims, found: str) -> None:
    assert "".join(c["id"] for c in chosen(LEDGER, wanted)) == found
