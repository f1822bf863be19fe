from typing import Any

import pytest

from streams.feeds import Document, Hints, Slip, Unreadable, read_bytes
from tests.unit.streams.feeds.samples import ATOM, RSS


def read(raw: bytes) -> dict[str, Any]:
    [found] = read_bytes(raw, "wire", Hints(undated=True))
    assert isinstance(found, Document), found
    return found.ninjs


def test_entry_without_an_identifier_has_its_absolute_link_and_without_that_a_digest() -> None:
    start, end = RSS.index(b"<guid"), RSS.index(b"</guid>") + 7
    linked = RSS[:start] + RSS[end:]
    assert read(linked)["uri"] == "https://meridian.example/1"
    nameless = linked.replace(b"<link>/1</link>", b"")
    assert read(nameless)["uri"].startswith("urn:claimwire:entry:")
    assert read(nameless) == read(nameless)
    assert read(nameless)["uri"] != read(nameless.replace(b"Monday", b"Tuesday"))["uri"]


def test_entry_without_a_date_has_no_place_in_the_ledger() -> None:
    undated = RSS.replace(b"Mon, 01 Dec 2025 13:00:00 +0100", b"the other day")
    slip, found = read_bytes(undated, "wire", Hints(undated=True))
    assert isinstance(slip, Slip)
    assert "'the other day', cannot be read" in slip.reason
    assert isinstance(found, Document)
    assert "versionCreated" not in found.ninjs
    [refused] = read_bytes(undated, "wire")
    assert isinstance(refused, Unreadable)
    assert "no date" in refused.reason
    assert refused.line


def test_atom_has_the_time_of_its_first_publication_and_that_of_its_change() -> None:
    made = read(ATOM)
    assert (made["firstCreated"], made["versionCreated"]) == ("2025-12-01T11:00:00Z", "2025-12-01T12:00:00Z")
    once = read(ATOM.replace(b"<published>2025-12-01T11:00:00Z</published>", b""))
    assert once["versionCreated"] == "2025-12-01T12:00:00Z"
    assert "firstCreated" not in once


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ('<content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.</content>', "One.\n\nTwo."),
        ('<content type="text">1 &lt; 2</content>', "1 < 2"),
        ('<content src="https://meridian.example/1" type="text/html"/>', "A teaser"),
        ("", "A teaser"),
    ],
)
def test_content_of_atom_is_read_by_its_type(content: str, body: str) -> None:
    start, end = ATOM.index(b"<content"), ATOM.index(b"</content>") + 10
    assert read(ATOM[:start] + content.encode() + ATOM[end:])["bodies"][0]["value"] == body


def test_links_of_atom_are_made_absolute() -> None:
    assert read(ATOM)["claimwire"]["link"] == "https://meridian.example/1"


def test_description_of_a_picture_is_not_the_entrys_text() -> None:
    media = b'<rss xmlns:m="http://search.yahoo.com/mrss/"><channel><item><guid>a</guid>%b</item></channel></rss>'
    assert read(media % b"<m:group><m:description>One</m:description></m:group>")["bodies"][0]["value"] == "One"
    assert read(media % b"<m:content><m:description>One</m:description></m:content>")["bodies"] == []
