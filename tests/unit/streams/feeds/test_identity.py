"""Versions of one story are one item, and two stories never are."""

from typing import Any

import orjson
import pytest

from claimwire import Item
from streams.feeds import Document, read_bytes
from streams.feeds.identity import lasting
from tests.unit.streams.feeds.cases import claims, items
from tests.unit.streams.feeds.samples import ALL, ATOM, CREATED, JSONFEED, MAIL, NEWSML_1, NEWSML_G2, NITF, RSS, URI


def uris(*raws: bytes) -> list[str]:
    found = [f for raw in raws for f in read_bytes(raw, "wire")]
    assert all(isinstance(f, Document) for f in found)
    return [f.uri for f in found if isinstance(f, Document)]


def test_one_id_at_two_outlets_is_of_two_items_and_the_claim_is_disputed() -> None:
    names = ("rss-numeric-guid-outlet-a.xml", "rss-numeric-guid-outlet-b.xml")
    assert len({item.uri for item in items(*names)}) == 2
    assert [claim["status"] for claim in claims(*names)] == ["disputed"]


OUTLETS = {
    "rss": (RSS, b"https://meridian.example/", b"https://other.example/"),
    "atom": (ATOM, b"urn:feed", b"urn:other"),
    "jsonfeed": (JSONFEED, b"Meridian", b"Other"),
    "newsml-g2": (NEWSML_G2, b"<name>Meridian", b"<name>Other"),
    "nitf": (NITF, b'regsrc="MER"', b'regsrc="OTH"'),
    "ninjs": (ALL["ninjs"], b"Meridian", b"Other"),
    "digitalwires": (ALL["digitalwires"], b"Meridian", b"Other"),
}


@pytest.mark.parametrize("name", OUTLETS)
def test_an_id_that_is_no_uri_holds_in_its_feed_only(name: str) -> None:
    raw, feed, other = OUTLETS[name]
    assert feed in raw
    one, two = uris(raw.replace(URI.encode(), b"1001"), raw.replace(URI.encode(), b"1001").replace(feed, other))
    assert one != two
    [document] = read_bytes(raw.replace(URI.encode(), b"1001"), "wire")
    assert isinstance(document, Document)
    assert document.ninjs["uri"] == "1001"
    assert uris(raw, raw.replace(feed, other)) == [URI, URI]


def test_message_id_without_a_host_holds_for_its_sender_only() -> None:
    raw = MAIL.replace(b"<story-1@meridian.example>", b"<1001>")
    assert len({*uris(raw, raw.replace(b"desk@meridian.example", b"desk@other.example"))}) == 2


def test_one_guid_of_two_articles_in_a_feed_gives_two_items() -> None:
    name = "rss-one-guid-two-articles.xml"
    assert [item.uri for item in items(name)] == ["https://wire-a.example/1", "https://wire-a.example/2"]
    assert [claim["status"] for claim in claims(name)] == ["disputed"]


def test_one_id_of_two_entries_in_atom_and_in_json_feed_gives_two_items() -> None:
    start, end = ATOM.index(b"<entry>"), ATOM.index(b"</feed>")
    entry = ATOM[start:end]
    twice = ATOM[:end] + entry.replace(b'href="/1"', b'href="/2"') + ATOM[end:]
    assert uris(twice) == ["https://meridian.example/1", "https://meridian.example/2"]
    feed = orjson.loads(JSONFEED)
    feed["items"] = [{**feed["items"][0], "url": f"https://meridian.example/{n}"} for n in (1, 2)]
    assert uris(orjson.dumps(feed)) == ["https://meridian.example/1", "https://meridian.example/2"]


def test_an_entry_given_twice_with_its_link_is_one_item() -> None:
    start, end = RSS.index(b"<item>"), RSS.index(b"</channel>")
    assert uris(RSS[:end] + RSS[start:end] + RSS[end:]) == [URI, URI]


def revision(public: str, item: str = "N1", number: int = 1, date: str = "20251201") -> bytes:
    raw = NEWSML_1.replace(URI.encode(), public.encode())
    raw = raw.replace(b"<NewsItemId>1<", b"<NewsItemId>%b<" % item.encode())
    raw = raw.replace(b">20251201<", b">%b<" % date.encode())
    return raw.replace(b">3</RevisionId>", b">%d</RevisionId>" % number)


def test_constant_identifier_of_an_agency_gives_way_to_provider_date_and_item() -> None:
    one, later, other = uris(
        revision("urn:agency"), revision("urn:agency", number=2), revision("urn:agency", item="N2", number=1)
    )
    assert one == later == "urn:newsml:meridian.example:20251201:N1"
    assert other != one
    assert {*uris(revision("urn:a:1"), revision("urn:a:2", number=2), revision("urn:a:1", item="N2"))} == {one, other}


def test_identifier_with_time_and_version_gives_way_to_provider_date_and_item() -> None:
    one, later = uris(
        revision("urn:agency:N1:20251201T120000Z:1"), revision("urn:agency:N1:20251201T130000Z:2", number=2)
    )
    assert one == later


@pytest.mark.parametrize(
    ("uri", "version", "name"),
    [
        ("urn:newsml:a.example:20260302:N1:2", "2", "urn:newsml:a.example:20260302:N1"),
        ("urn:newsml:a.example:20260302:N1:2N", "2", "urn:newsml:a.example:20260302:N1"),
        ("urn:newsml:a.example:20260302:N1", "1", ""),
        ("https://a.example/items/7?version=2", "2", "https://a.example/items/7"),
        ("https://a.example/items/7/v2", "2", "https://a.example/items/7"),
        ("tag:a.example,2026:story-7", "7", ""),
        ("https://a.example/7", "7", ""),
        ("urn:story:3", "3", ""),
        ("", "", ""),
    ],
)
def test_uri_loses_the_version_in_which_it_plainly_ends(uri: str, version: str, name: str) -> None:
    assert lasting(uri, version, "A") == name


def ninjs(**fields: Any) -> bytes:
    return orjson.dumps({"versioncreated": CREATED, "source": "A", **fields})


def test_uri_with_time_and_version_gives_way_to_the_identifier_that_stays() -> None:
    first, second = "urn:a:20260302T080000:v1", "urn:a:20260302T093000:v2"
    assert len({*uris(ninjs(uri=first, version=1, guid="urn:s1"), ninjs(uri=second, version=2, guid="urn:s1"))}) == 1
    assert len({*uris(ninjs(uri=first, version=1, guid="urn:s1"), ninjs(uri=second, version=2, guid="urn:s2"))}) == 2
    g2 = NEWSML_G2.replace(b'version="3"', b'version="%d"').replace(URI.encode(), b"%b")
    g2 = g2.replace(b"<urgency>", b"<altId>%b</altId><urgency>")
    assert len({*uris(g2 % (first.encode(), 1, b"S1"), g2 % (second.encode(), 2, b"S1"))}) == 1
    nitf = NITF.replace(URI.encode(), b"%b").replace(b'key="CITY" version="3"', b'key="%b" version="%d"')
    assert len({*uris(nitf % (first.encode(), b"S1", 1), nitf % (second.encode(), b"S1", 2))}) == 1
    assert len({*uris(nitf % (first.encode(), b"S1", 1), nitf % (second.encode(), b"S2", 2))}) == 2


def test_ninjs_made_again_keeps_what_the_item_is_called() -> None:
    [document] = read_bytes(ninjs(uri="1001"), "wire")
    assert isinstance(document, Document)
    assert uris(document.value) == [document.uri] == ["A#1001"]
    assert Item.from_ninjs(document.ninjs).uri == "A#1001"
