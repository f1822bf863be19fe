"""Made-up claims for the board's benchmarks, as `judge` would write them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random

from claimwire.items import Origin, PubStatus
from claimwire.statements import Part, Relation
from claimwire.status_events import Cause, ClaimSummary, Location, StatusChanged
from claimwire.statuses import Status
from claimwire.times import format_time
from streams.codecs import encode
from streams.kafka.topics import SNAPSHOTS, STATUS, Topic

BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
WORDS, SIDES, OUTLETS, PLACES = 40_000, 300, 400, 3_000
LENGTH = 14
"""Words of a claim, and of a quote."""


def claim_id(number: int) -> str:
    """The id of a made-up claim. As with real ones, neighbours are far apart."""
    return sha256(str(number).encode()).hexdigest()[:20]


class MadeUp:
    """Claims whose words, sides, outlets and places are as unevenly frequent as in news."""

    def __init__(self, evidence: int) -> None:
        self._chance = Random(1)
        self._evidence = evidence

    def often(self, number: int) -> int:
        """One of so many, the first far more often than the last."""
        return int(number ** self._chance.random()) - 1

    def words(self) -> str:
        """A sentence."""
        return " ".join(f"w{self.often(WORDS)}" for _ in range(LENGTH))

    def records(self, number: int) -> Iterator[tuple[Topic, str, bytes]]:
        """What `judge` writes of a claim: a status event or two, and the snapshot."""
        id, published = claim_id(number), BEGINNING + timedelta(seconds=20 * number)
        side, about = f"Side {self.often(SIDES)}", (f"Side {self.often(SIDES)}", f"Side {self.often(SIDES)}")
        key, text = f"place-{self.often(PLACES)}.xx", self.words()
        status = Status.DISPUTED if number % 5 == 0 else Status.CONFIRMED if number % 17 == 0 else Status.UNVERIFIED
        summary = ClaimSummary(
            id=id, text=text, claimant=f"{side}'s spokesman", side=side, about=about, subject=f"place:{key}",
            outcome="captured", place=Location(key=key, name=key), implied=False, published=published,
        )  # fmt: skip
        lines = [self._line(number, n, published, status) for n in range(self._evidence)]
        steps = [Status.UNVERIFIED] + ([status] if status != Status.UNVERIFIED else [])
        for sequence, (previous, now) in enumerate(zip([None, *steps], steps, strict=False), start=1):
            event = StatusChanged(
                id=f"{id}{sequence:012x}", sequence=sequence, claim=summary, previous=previous, status=now,
                cause=_cause(lines[sequence - 1], published), sources=1,
            )  # fmt: skip
            yield STATUS, id, encode(event)
        snapshot = {
            "id": id, "status": status, "sources": 1, "text": text, "headline": "", "claimant": summary.claimant,
            "side": side, "about": about, "favours": [side], "subject": summary.subject,
            "outcome": {
                "code": "captured", "actor": side, "target": about[0], "place": key, "negated": False, "partial": False,
                "count": None,
            },
            "event_types": {}, "implied": False, "published": format_time(published), "since": format_time(published),
            "updated": lines[-1]["published"],
            "decided_by": {"kind": "reading", "name": "", "version": "", "reason": "", "verdict": ""}, "verdicts": [],
            "evidence": lines, "set_aside": [],
        }  # fmt: skip
        yield SNAPSHOTS, id, encode(snapshot)

    def _line(self, number: int, n: int, published: datetime, status: Status) -> dict[str, object]:
        relation = Relation.ASSERTS if n == 0 else Relation.REPEATS
        if n == 1 and status == Status.DISPUTED:
            relation = Relation.DENIES
        quote = self.words()
        return {
            "statement": f"{n:04x}{number:016x}", "item": f"urn:item:{number}:{n}", "version": 1, "part": "body",
            "start": 100, "end": 100 + len(quote), "relation": relation, "act": "asserts",
            "speaker": f"Speaker {self.often(5000)}", "side": f"Side {self.often(SIDES)}",
            "outlet": f"Outlet {self.often(OUTLETS)}", "quote": quote,
            "published": format_time(published + timedelta(minutes=7 * n)), "recalled": False,
            "why": ["the same town and outcome"], "read_as": relation, "verdict": "",
        }  # fmt: skip


def _cause(line: dict[str, object], published: datetime) -> Cause:
    item = str(line["item"])
    origin = Origin(item=item, version=1, pub_status=PubStatus.USABLE)
    return Cause(
        relation=Relation(str(line["relation"])), withdrawn=False, speaker=str(line["speaker"]),
        side=str(line["side"]), quote=str(line["quote"]), item=item, version=1, part=Part.BODY, start=0, end=1,
        outlet=str(line["outlet"]), published=published, due_to=origin,
    )  # fmt: skip
