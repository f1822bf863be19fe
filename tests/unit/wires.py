"""Small made-up wires: items that keep answering each other, in every way that a version can change."""

from datetime import timedelta

from hypothesis import strategies as st

from claimwire import Item
from tests.unit.builders import NOON, item

PLACES = ["Pokrovsk", "Kupyansk", "Siversk", "Vovchansk"]

SENTENCES = [
    "Russian forces have captured {place}, General Valery Gerasimov said.",
    "Russian forces have taken the city, the Russian Defence Ministry said.",
    "Ukraine denied that {place} had fallen.",
    "Ukrainian officials denied the claim.",
    "Ukrainian troops hold the north of {place}, the Ukrainian General Staff said.",
    "Ukraine acknowledged that its troops had withdrawn from {place}.",
    "Ukraine's General Staff declined to comment.",
    "Estuary Monitor said that {place} had not been captured.",
    "Russian forces have captured {place}.",
    "Russian troops were advancing, the Kremlin said.",
    "Ukraine conceded that Russian forces were making progress.",
    "Ukraine said its forces had shot down {count} Russian drones over {place}.",
    "Russia's Defence Ministry retracted its claim that Russian forces had captured {place}.",
    "Gerasimov's statement that Russian forces had captured {place} was untrue.",
    "Ukrainian soldiers have driven the Russians out of {place}, President Volodymyr Zelenskyy said.",
    "The Kremlin denied reports that a meeting with Witkoff had been put off.",
    "A meeting with U.S. envoy Steve Witkoff has been put off, Russian channels reported.",
    "Acme denied reports of talks with the Orion pension fund about its shipyards.",
    "Russia's claims have often proved premature.",
    "Acme is in talks with the Orion pension fund about its shipyards, a union leader said.",
]

sentences = st.builds(
    lambda template, place, count: template.format(place=place, count=count),
    st.sampled_from(SENTENCES),
    st.sampled_from(PLACES),
    st.sampled_from([3, 9]),
)
bodies = st.lists(sentences, min_size=0, max_size=3).map("\n\n".join)
headlines = st.one_of(
    st.just(""),
    sentences.map(lambda s: s.rstrip(".")),
    st.sampled_from(PLACES).map(lambda place: f"Fighting near {place}, Ukraine"),
)


def _version(uri: int, number: int, hours: int, first: int, headline: str, body: str, status: str, outlet: str) -> Item:
    return item(
        body,
        headline,
        uri=f"urn:{uri}",
        version=str(number),
        versionCreated=(NOON + timedelta(hours=max(hours, first))).isoformat(),
        firstCreated=(NOON + timedelta(hours=first)).isoformat(),
        pubStatus=status,
        outlet=outlet,
    )


versions = st.builds(
    _version,
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from([0, 1, 1, 30, 24 * 12, 24 * 60]),
    st.sampled_from([0, 1, 2, 24 * 12, 24 * 60]),
    headlines,
    bodies,
    st.sampled_from(["usable", "usable", "usable", "usable", "canceled", "withheld"]),
    st.sampled_from(["Meridian", "Northgate"]),
)
"""An item version; of five uris, so that versions meet, with times that tie."""

wires = st.lists(versions, min_size=1, max_size=7)
