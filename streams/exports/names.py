"""Names of claims, evidence, events and sides in the exports."""

from claimwire.statements import MEDIA, OUTLET

NAMESPACE = "urn:claimwire"


def claim_urn(claim: str) -> str:
    """The URN of a claim by its id."""
    return f"{NAMESPACE}:claim:{claim}"


def side_name(side: str) -> str:
    """A side as people write it: an outlet by its own name, a country's press by the name of the country."""
    return side.removeprefix(OUTLET).removeprefix(MEDIA)


def is_url(uri: str) -> bool:
    """Whether the uri of an item is an address that a browser opens."""
    return uri.startswith(("http://", "https://"))
