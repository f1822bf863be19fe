"""schema.org: each claim as a Claim, and also as a ClaimReview unless its status is unverified.

Source of the types and properties: https://schema.org/Claim, https://schema.org/ClaimReview (version 29).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from claimwire.places import place_of
from claimwire.snapshots import decided_by
from claimwire.statements import Relation
from claimwire.statuses import STATUSES, Status
from streams.exports.names import claim_urn, is_url, side_name

Node = dict[str, Any]

MEANINGS = {row.status: row.when for row in STATUSES}
SAYS_IT = frozenset({Relation.ASSERTS, Relation.REPEATS, Relation.CORROBORATES, Relation.CONFIRMS})
PUBLISHER: Node = {"@type": "Organization", "name": "claimwire"}


def document(claims: Iterable[Mapping[str, Any]]) -> Node:
    """The JSON-LD document of a ledger's claims."""
    return {"@context": "https://schema.org", "@graph": [node for claim in claims for node in _nodes(claim)]}


def _nodes(claim: Mapping[str, Any]) -> Iterable[Node]:
    made = _claim(claim)
    yield made
    if claim["status"] != Status.UNVERIFIED:
        yield _review(claim, made["@id"])


def _claim(claim: Mapping[str, Any]) -> Node:
    appearances = _articles(line for line in claim["evidence"] if line["relation"] in SAYS_IT)
    made: Node = {
        "@type": "Claim",
        "@id": claim_urn(claim["id"]),
        "text": claim["text"],
        "author": {"@type": "Organization", "name": side_name(claim["side"])},
        "creditText": claim["claimant"],
        "datePublished": claim["published"],
        "dateModified": claim["updated"],
        "about": [{"@type": "Thing", "name": side_name(side)} for side in claim["about"]],
    }
    if appearances:
        made |= {"firstAppearance": appearances[0], "appearance": appearances}
    place = place_of(claim["outcome"]["place"]) if claim["outcome"] else None
    if place:
        geo = {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        made["contentLocation"] = {"@type": "Place", "name": place.name, "geo": geo}
    return made


def _review(claim: Mapping[str, Any], reviewed: str) -> Node:
    return {
        "@type": "ClaimReview",
        "@id": f"{reviewed}:review",
        "claimReviewed": claim["text"],
        "itemReviewed": {"@type": "Claim", "@id": reviewed},
        "author": PUBLISHER,
        "datePublished": claim["updated"],
        "reviewRating": {
            "@type": "Rating",
            "alternateName": claim["status"],
            "ratingExplanation": decided_by(claim).words or MEANINGS[Status(claim["status"])],
        },
        "reviewBody": "\n".join(_told(line) for line in claim["evidence"]),
        "citation": _articles(claim["evidence"]),
    }


def _told(line: Mapping[str, Any]) -> str:
    speaker = line["speaker"] or side_name(line["side"])
    return f"{line['published']} {speaker} {line['relation']}: {line['quote']}"


def _articles(lines: Iterable[Mapping[str, Any]]) -> list[Node]:
    """The items, each once, in the order of publication."""
    return list({line["item"]: _article(line) for line in lines}.values())


def _article(line: Mapping[str, Any]) -> Node:
    made: Node = {"@type": "NewsArticle", "@id": line["item"], "datePublished": line["published"]}
    if line["outlet"]:
        made["publisher"] = {"@type": "NewsMediaOrganization", "name": line["outlet"]}
    if is_url(line["item"]):
        made["url"] = line["item"]
    return made
