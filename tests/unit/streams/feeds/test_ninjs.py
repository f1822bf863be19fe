from typing import Any

import pytest

from claimwire import Item
from claimwire.items import UnreadableItem
from streams.feeds.documents import NotReadable
from streams.feeds.ninjs import to_ninjs3
from tests.unit.builders import ninjs

COMMON = {"uri": "urn:one", "language": "en"}
DATED = {**COMMON, "versionCreated": "2025-12-01T12:00:00Z"}

ONE = {
    **COMMON,
    "versioncreated": "2025-12-01T12:00:00Z",
    "firstcreated": "2025-12-01T11:00:00Z",
    "pubstatus": "usable",
    "version": "3",
    "headline": "City taken",
    "body_text": "They took it.",
    "copyrightholder": "Meridian",
}
TWO = {
    **COMMON,
    "versioncreated": "2025-12-01T12:00:00Z",
    "firstcreated": "2025-12-01T11:00:00Z",
    "pubstatus": "usable",
    "version": "3",
    "headlines": [{"role": "main", "value": "City taken"}],
    "bodies": [{"role": "main", "contenttype": "text/plain", "value": "They took it."}],
    "infosources": [{"role": "provider", "name": "Meridian"}],
}
THREE = ninjs(
    "They took it.",
    "City taken",
    version="3",
    firstCreated="2025-12-01T11:00:00Z",
    pubStatus="usable",
    language="en",
)
SUPERDESK = {
    "guid": "urn:one",
    "language": "en",
    "versioncreated": "2025-12-01T12:00:00+0000",
    "firstcreated": "2025-12-01T11:00:00+0000",
    "pubstatus": "usable",
    "version": "3",
    "headline": "City taken",
    "body_html": "<p>They took it.</p>",
    "source": "Meridian",
}


@pytest.mark.parametrize("document", [ONE, TWO, THREE, SUPERDESK], ids=["1", "2", "3", "superdesk"])
def test_every_release_of_ninjs_gives_the_same_item(document: dict[str, Any]) -> None:
    assert Item.from_ninjs(to_ninjs3(document)) == Item.from_ninjs(THREE)


@pytest.mark.parametrize("document", [ONE, TWO, THREE, SUPERDESK], ids=["1", "2", "3", "superdesk"])
def test_ninjs_3_made_again_stays_as_it_is(document: dict[str, Any]) -> None:
    made = to_ninjs3(document)
    assert to_ninjs3(made) == made
    assert made["standard"] == {"name": "ninjs", "version": "3.0"}


def test_uri_comes_before_superdesks_guid() -> None:
    assert to_ninjs3({**SUPERDESK, "uri": "urn:two"})["uri"] == "urn:two"
    assert to_ninjs3({"uri": "urn:two", **SUPERDESK})["uri"] == "urn:two"


def test_plain_text_comes_before_html() -> None:
    both = {**ONE, "body_html": "<p>Other words.</p>"}
    assert Item.from_ninjs(to_ninjs3(both)).body == "They took it."


def test_html_becomes_paragraphs() -> None:
    html = "<div><p>One &amp; two.</p><ul><li>A</li><li>B</li></ul><script>x()</script>C<br>D</div>"
    made = to_ninjs3({**SUPERDESK, "body_html": html})
    assert Item.from_ninjs(made).body == "One & two.\n\nA\n\nB\n\nC\n\nD"


def test_what_an_agency_adds_is_kept() -> None:
    assert to_ninjs3({**ONE, "x-desk": 7})["x-desk"] == 7


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ([{"role": "main", "contenttype": "text/html", "value": "<p>A</p>"}], "A"),
        (
            [
                {"role": "caption", "contentType": "text/plain", "value": "C"},
                {"role": "main", "contentType": "text/html", "value": "<p>A</p>"},
            ],
            "A",
        ),
        ([{"role": "html", "contentType": "text/html", "value": "<p>A</p>"}], "A"),
        ([{"role": "x", "contentType": "text/vnd.IPTC.NITF", "value": "<nitf><body><p>A</p></body></nitf>"}], "A"),
        ([{"contentType": "text/html", "value": "<p>A</p>"}, {"contentType": "text/plain", "value": "B"}], "B"),
        ([{"contentType": "text/markdown", "value": "A"}], "A"),
        ([{"contentType": "application/pdf", "value": "A"}], ""),
    ],
)
def test_main_body_is_made_plain_whatever_it_is_in(bodies: list[dict[str, str]], text: str) -> None:
    assert (
        Item.from_ninjs(to_ninjs3({**COMMON, "versionCreated": "2025-12-01T12:00:00Z", "bodies": bodies})).body == text
    )


def test_habits_of_superdesk_and_of_older_releases_are_read() -> None:
    made = to_ninjs3(
        {
            **SUPERDESK, "$standard": {"name": "ninjs", "version": "1.4"}, "version": None, "pubstatus": "cancelled",
            "headline": "City <b>taken</b> &amp; held", "byline": None, "evolvedfrom": "urn:zero",
        }
    )  # fmt: skip
    item = Item.from_ninjs(made)
    assert (item.version, item.pub_status, item.headline) == (0, "canceled", "City taken & held")
    assert made["evolvedfrom"] == "urn:zero"
    assert made["claimwire"] == {"format": "ninjs 1.4"}
    assert "$standard" not in made


@pytest.mark.parametrize(
    ("given", "headline"),
    [
        ({"headline": "A", "headline_seo": "B"}, "A"),
        ({"headline_seo": "B", "title": "C"}, "B"),
        ({"title": "C"}, "C"),
        ({"headlines": [], "title": "C"}, "C"),
        ({"headlines": [{"role": "short", "value": "A"}, {"role": "main", "value": "B"}]}, "B"),
        ({"headlines": [{"contenttype": "text/html", "value": "<b>A</b>"}]}, "A"),
        ({}, ""),
    ],
)
def test_headline_is_the_main_one_else_what_stands_for_it(given: dict[str, Any], headline: str) -> None:
    assert (
        Item.from_ninjs(to_ninjs3({**COMMON, "versionCreated": "2025-12-01T12:00:00Z", **given})).headline == headline
    )


def test_dates_are_put_right_or_left_for_the_error_that_names_them() -> None:
    assert to_ninjs3({**COMMON, "firstcreated": "2025-12-01"})["versionCreated"] == "2025-12-01T00:00:00Z"
    with pytest.raises(UnreadableItem, match="versionCreated: 'soon'"):
        Item.from_ninjs(to_ninjs3({**COMMON, "versioncreated": "soon"}))


@pytest.mark.parametrize("document", [[], "item", 3, None, {}, {"uri": ""}, {"headline": "no uri"}])
def test_what_is_no_item_is_named(document: Any) -> None:
    with pytest.raises(NotReadable):
        to_ninjs3(document)
