"""Builders of the values that tests speak of."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from claimwire import Act, Item, Ledger, Part, Statement, extract
from claimwire.claim_detection.decoding import Found, FoundAnswer, FoundClaim
from claimwire.claim_detection.features import Floats
from claimwire.claims import ClaimChange, Evidence, EvidenceChange, Proposition
from claimwire.extraction.outcomes.coding import code
from claimwire.extraction.outcomes.item_context import ItemContext
from claimwire.extraction.pipeline import Reads
from claimwire.extraction.tagger import TaggerReading
from claimwire.linking.candidates import Candidate, Surroundings
from claimwire.places import Gazetteer
from claimwire.statements import ANSWERS, Outcome, Relation, Span
from claimwire.verdicts import CarriedStatement, Verdict
from streams.codecs import encode

NOON = datetime(2025, 12, 1, 12, tzinfo=UTC)

CAPTURED = Outcome(code="captured", actor="Russia", target="Ukraine", place="pokrovsk.ua")


def seed_items() -> list[Item]:
    """The demo's items, in the order in which they arrive."""
    return list(_seeds())


@cache
def _seeds() -> tuple[Item, ...]:
    paths = sorted((p for p in files("seeds").iterdir() if p.name.endswith(".json")), key=lambda p: p.name)
    return tuple(Item.from_ninjs(json.loads(p.read_text("utf8"))) for p in paths)


def ninjs(body: str = "", headline: str = "", **fields: Any) -> dict[str, Any]:
    """A ninjs 3 document."""
    outlet = fields.pop("outlet", "Meridian")
    return {
        "uri": "urn:one",
        "versionCreated": "2025-12-01T12:00:00Z",
        "headlines": [{"role": "main", "value": headline}] if headline else [],
        "bodies": [{"role": "main", "contentType": "text/plain", "value": body}],
        "infoSources": [{"name": outlet, "role": "provider"}],
        **fields,
    }


def item(body: str = "", headline: str = "", **fields: Any) -> Item:
    """An item version with that text."""
    return Item.from_ninjs(ninjs(body, headline, **fields))


def wire(*bodies: str, hours: float = 1) -> list[Item]:
    """Items of their own with these bodies, each published so many hours after the one before."""
    return [
        item(body, uri=f"urn:{i}", versionCreated=(NOON + timedelta(hours=hours * i)).isoformat(), outlet=f"Outlet {i}")
        for i, body in enumerate(bodies)
    ]


@cache
def extracted(version: Item) -> tuple[Statement, ...]:
    """Its statements; extraction is pure, so that once is enough."""
    return tuple(extract(version))


def ledger_of(items: Iterable[Item]) -> Ledger:
    """The ledger after these items, in this order."""
    made = Ledger()
    for version in items:
        made.add(version, extracted(version))
    return made


def told(read: TaggerReading, span: Span) -> str:
    """The words of a span."""
    words = zip(read.words.texts, read.words.starts, strict=True)
    return " ".join(word for word, start in words if span[0] <= start < span[1])


class FollowsAll:
    """A reader that finds a claim in each sentence, and hears answers to other items by a word of theirs."""

    HEARD = (
        ("denied", Relation.DENIES),
        ("confirmed", Relation.CONFIRMS),
        ("declined", Relation.NO_COMMENT),
        ("would not say", Relation.NO_COMMENT),
    )

    def read(self, read: TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        """A claim a sentence, and the answers."""
        claims = {n: FoundClaim(worth=1, chance=0.9, heart=span) for n, span in enumerate(spans)}
        heard = {n: r for n, span in enumerate(spans) for word, r in self.HEARD if word in told(read, span)}
        return Found(claims, {n: FoundAnswer(relation, None, 0.9) for n, relation in heard.items()})


def claims_of(items: Iterable[Item], reader: Reads | None = None) -> list[dict[str, Any]]:
    """The claims of the ledger after these items, as JSON holds them; as another reader reads them, if there is one."""
    if reader is None:
        return [json.loads(line) for line in written(items)]
    made = Ledger()
    for version in items:
        made.add(version, extract(version, reader=reader))
    return [json.loads(encode(claim)) for claim in made.claims()]


def written(items: Iterable[Item]) -> list[bytes]:
    """The claims of the ledger after these items, and the remarks on records, as bytes."""
    made = ledger_of(items)
    return [encode(value) for value in (*made.claims(), *made.remarks())]


def written_with(arrived: Iterable[Item | Verdict]) -> list[bytes]:
    """The claims of the ledger after items and verdicts, as bytes."""
    made = Ledger()
    for each in arrived:
        if isinstance(each, Verdict):
            made.rule(each)
        else:
            made.add(each, extracted(each))
    return [encode(claim) for claim in made.claims()]


class FindsNothing:
    """A reader that finds nothing worth following: what is left is what the words say."""

    def read(self, read: TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        """Nothing."""
        return Found({}, {})


def said(body: str, headline: str = "", **fields: Any) -> list[Statement]:
    """The statements of a text, without what the trained reader makes of them."""
    return extract(item(body, headline, **fields), reader=FindsNothing())


def acts(body: str, headline: str = "") -> list[tuple[Act, str, str]]:
    """Act, side and outcome code of each statement of a text."""
    return [(s.act, s.side, s.outcome.code if s.outcome else "") for s in said(body, headline)]


def coded(words: str, *context: str, **reader: Any) -> list[Outcome]:
    """Outcomes of some words; the context tells which countries the item is about."""
    gazetteer = Gazetteer(words, *context, "Ukraine Russia")
    return code(words, ItemContext(gazetteer=gazetteer, opponents=("Russia", "Ukraine"), at_war=True, **reader))


def statement(
    side: str = "Russia",
    act: Act = Act.ASSERTS,
    outcome: Outcome | None = CAPTURED,
    *,
    hours: float = 0,
    **fields: Any,
) -> Statement:
    """A statement said so many hours after noon."""
    made = Statement(
        id=fields.pop("id", f"{side}-{act}-{hours}"),
        item=f"urn:{side}:{hours}",
        order=(1, "2025-12-01T12:00:00Z", "00"),
        published=NOON + timedelta(hours=hours),
        outlet="Meridian",
        part=Part.BODY,
        start=0,
        end=4,
        quote="They",
        act=act,
        proposition="They took it",
        speaker=side,
        side=side,
        about=("Russia", "Ukraine"),
        outcome=outcome,
        subjects=("place:pokrovsk.ua",),
        worth=1 if outcome or act in ANSWERS else 0,
    )
    return replace(made, **fields)


CLAIM = Proposition(
    text="Russian forces have taken Pokrovsk",
    claimant="Gerasimov",
    side="Russia",
    about=("Belarus", "Russia", "Ukraine"),
    favours=("Russia",),
    subject="place:pokrovsk.ua",
    outcome=CAPTURED,
)


def evidence(side: str, relation: Relation, hours: float = 1, **fields: Any) -> Evidence:
    """A side's word on `CLAIM`, said so many hours after noon."""
    opens = fields.pop("opens", None)
    word = statement(side, hours=hours, id=fields.pop("id", f"{side}-{relation}-{hours}"), **fields)
    return Evidence(claim="c", relation=relation, statement=word, opens=opens)


OPENING = evidence("Russia", Relation.ASSERTS, hours=0, opens=CLAIM, id="c")


def change(of: Evidence, revision: int = 1, live: bool = True) -> ClaimChange:
    """The evidence joined, or withdrawn."""
    part = EvidenceChange(evidence=of, subject="place:town", revision=revision, live=live)
    return ClaimChange(claim=of.claim, parts=(part,))


def together(*changes: ClaimChange) -> ClaimChange:
    """Changes of a claim at once."""
    return ClaimChange(claim=changes[0].claim, parts=tuple(part for c in changes for part in c.parts))


def final_statuses(events: Sequence[Any]) -> dict[str, str]:
    """The status that each claim's last event tells."""
    return {e.claim.id: str(e.status) for e in events}


def candidate(
    text: str = "Orion will bid",
    *,
    opening: str = "Orion will bid.",
    answering: str = "There is no bid, Acme said.",
    speaker: str = "Orion",
    outlet: str = "Meridian",
    claim: str = "c1" * 10,
    answer: str = "d1" * 10,
    **fields: Any,
) -> Candidate:
    """A denial that was not joined to a claim of a bid."""
    opener = statement("Orion", outcome=None, id=claim, quote=opening, speaker=speaker, outlet=outlet)
    denial = statement("Acme", Act.DENIES, None, id=answer, quote=answering, hours=5, speaker=speaker, outlet=outlet)
    made = Candidate(
        id="0" * 32,
        claim=claim,
        text=text,
        claimant=speaker,
        opening=CarriedStatement.of(opener),
        answering=CarriedStatement.of(denial),
        opening_in=Surroundings(sentence=opening, headline="Orion to bid for Acme", lead="Orion wants to buy Acme."),
        answering_in=Surroundings(sentence=answering, headline="Acme denies bid", lead="Acme has denied a report."),
        relation=Relation.DENIES,
        score=0.4,
        bar=0.5,
        joined=False,
    )
    return replace(made, **fields)
