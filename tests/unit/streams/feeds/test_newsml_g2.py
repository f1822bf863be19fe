from typing import Any

import pytest

from streams.feeds import Document, read_bytes
from tests.unit.streams.feeds.samples import BODY, ESCAPED, HTML, NEWSML_G2


def read(raw: bytes) -> dict[str, Any]:
    [found] = read_bytes(raw, "wire")
    assert isinstance(found, Document), found
    return found.ninjs


def test_properties_have_their_place_in_ninjs() -> None:
    made = read(NEWSML_G2)
    assert made["type"] == "text"
    assert made["provider"] == {"name": "Meridian"}
    assert made["infoSources"] == [{"name": "Agency"}, {"name": "Meridian"}]
    assert made["subjects"] == [{"name": "conflict"}]
    assert made["edNote"] == "To editors"  # and not what is for editors' eyes only
    assert (made["slugline"], made["copyrightHolder"], made["usageTerms"]) == ("CITY", "Meridian", "Not in Strelsau")
    assert made["firstCreated"] == "2025-12-01T11:00:00Z"
    assert made["claimwire"] == {"format": "NewsML-G2 2.32", "signals": ["sig:correction"]}


@pytest.mark.parametrize(
    ("element", "status"),
    [
        (b'<pubStatus qcode="stat:withheld"/>', "withheld"),
        (b'<pubStatus qcode="pubstat:canceled"/>', "canceled"),
        (b'<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/canceled"/>', "canceled"),
        (b"<pubStatus><name>usable</name></pubStatus>", "usable"),
        (b"", "usable"),
    ],
)
def test_publishing_status_is_told_by_code_uri_or_name(element: bytes, status: str) -> None:
    assert read(NEWSML_G2.replace(b'<pubStatus qcode="stat:usable"/>', element))["pubStatus"] == status


def test_title_stands_in_for_a_headline_and_the_items_language_for_the_contents() -> None:
    raw = NEWSML_G2.replace(b"headline>", b"x-headline>").replace(b'<language tag="en-GB"/>', b"")
    made = read(raw)
    assert made["headlines"][0]["value"] == "Another title"
    assert made["language"] == "de"


@pytest.mark.parametrize(
    "content",
    [
        b'<inlineData contenttype="text/plain">%b</inlineData>' % BODY.replace("&", "&amp;").encode(),
        b'<inlineData contenttype="text/html">%b</inlineData>' % ESCAPED.encode(),
        b'<remoteContent href="a.jpg"/><inlineXML/><inlineXML><nitf><body><body.content>%b'
        b"</body.content></body></nitf></inlineXML>" % HTML.encode(),
    ],
)
def test_body_is_the_first_inline_content_with_text(content: bytes) -> None:
    start, end = NEWSML_G2.index(b"<contentSet>") + 12, NEWSML_G2.index(b"</contentSet>")
    assert read(NEWSML_G2[:start] + content + NEWSML_G2[end:])["bodies"][0]["value"] == BODY


def test_priority_of_the_message_stands_in_for_an_urgency() -> None:
    raw = NEWSML_G2.replace(b"<urgency>2</urgency>", b"").replace(b"<header>", b"<header><priority>4</priority>")
    assert read(raw)["urgency"] == 4


def test_photo_without_text_is_an_item_without_a_body() -> None:
    start, end = NEWSML_G2.index(b"<contentSet>") + 12, NEWSML_G2.index(b"</contentSet>")
    assert read(NEWSML_G2[:start] + b'<remoteContent href="a.jpg"/>' + NEWSML_G2[end:])["bodies"] == []
