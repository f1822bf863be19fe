"""W3C Web Annotations: each piece of evidence as an annotation of the words in its item.

Source: https://www.w3.org/TR/annotation-model/ (Recommendation of 2017).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from claimwire.verdicts import MakerKind
from streams.exports.names import NAMESPACE, claim_urn

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
CREATORS = {MakerKind.PERSON: "Person", MakerKind.MODEL: "Software"}


def annotations(claims: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """An annotation for each piece of evidence of each claim.

    It selects the words twice: by their text, and by their position in the headline or the body.
    """
    for claim in claims:
        for line in claim["evidence"]:
            yield _annotation(claim, line)


def _annotation(claim: Mapping[str, Any], line: Mapping[str, Any]) -> dict[str, Any]:
    made_by = {v["id"]: v["maker"] for v in claim.get("verdicts", ())}.get(line.get("verdict", ""))
    creator = {"creator": {"type": CREATORS[made_by["kind"]], "name": made_by["name"]}} if made_by else {}
    position = {"type": "TextPositionSelector", "start": line["start"], "end": line["end"]}
    return {
        "@context": CONTEXT,
        "id": f"{NAMESPACE}:evidence:{claim['id']}:{line['statement']}",
        "type": "Annotation",
        "motivation": "assessing",
        "created": line["published"],
        **creator,
        "body": [
            {"type": "SpecificResource", "source": claim_urn(claim["id"]), "purpose": "linking"},
            {"type": "TextualBody", "value": line["relation"], "format": "text/plain", "purpose": "classifying"},
        ],
        "target": {
            "source": line["item"],
            "selector": [
                {"type": "TextQuoteSelector", "exact": line["quote"]},
                {"type": "FragmentSelector", "value": line["part"], "refinedBy": position},
            ],
        },
    }
