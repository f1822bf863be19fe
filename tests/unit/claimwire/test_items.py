from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest

from claimwire import Item, PubStatus, UnreadableItem
from claimwire.items import latest_versions
from tests.unit.builders import item, ninjs

IN_ORDER = [
    {"version": "1", "versionCreated": "2025-12-01T12:00:00Z"},
    {"version": "1", "versionCreated": "2025-12-01T12:00:00.500Z"},
    {"version": "1", "versionCreated": "2025-12-01T12:00:01Z"},
    {"version": "1", "versionCreated": "2025-12-01T14:00:00+01:00"},
    {"version": "2", "versionCreated": "2025-12-01T12:00:00Z"},
    {"version": "10", "versionCreated": "2025-12-01T11:00:00Z"},
]


@pytest.mark.parametrize(("earlier", "later"), [*pairwise(IN_ORDER)])
def test_later_version_has_the_greater_order(earlier: dict[str, str], later: dict[str, str]) -> None:
    assert item(**earlier).order < item(**later).order


@pytest.mark.parametrize(
    "field",
    [
        {"outlet": "Northgate"},
        {"firstCreated": "2025-11-30T00:00:00Z"},
        {"language": "de"},
        {"headline": "Other"},
        {"pubStatus": "withheld"},
    ],
)
def test_versions_that_say_other_things_never_have_the_same_order(field: dict[str, str]) -> None:
    assert item("x").order != item("x", **field).order


def test_same_document_has_the_same_order() -> None:
    assert item("x").order == item("x").order


@pytest.mark.parametrize(
    ("given", "number"), [("3", 3), (3, 3), ("", 0), ("draft", 0), ("-1", 0), ("²", 0), ("9" * 40, 0)]
)
def test_version_is_a_number_or_none(given: Any, number: int) -> None:
    assert item(version=given).version == number


def test_item_without_version_is_read() -> None:
    assert item("x").version == 0


def test_published_is_when_the_first_version_was_created() -> None:
    made = item(firstCreated="2025-12-01T09:00:00Z", versionCreated="2025-12-01T12:00:00Z")
    assert made.published.hour == 9
    assert made.version_created.hour == 12


def test_first_version_is_never_later_than_this_one() -> None:
    made = item(firstCreated="2025-12-01T13:00:00Z", versionCreated="2025-12-01T12:00:00Z")
    assert made.published.hour == 12


@pytest.mark.parametrize(
    ("status", "language", "speaks"),
    [
        ("usable", "en", True),
        ("usable", "en-GB", True),
        ("usable", "EN", True),
        ("usable", "de", False),
        ("canceled", "en", False),
        ("withheld", "en", False),
    ],
)
def test_only_usable_english_speaks(status: str, language: str, speaks: bool) -> None:
    assert item(pubStatus=status, language=language).speaks is speaks


def test_missing_status_is_usable() -> None:
    assert item().pub_status is PubStatus.USABLE


def test_origin_tells_when_the_version_was_created() -> None:
    made = item(firstCreated="2025-12-01T10:00:00Z", versionCreated="2025-12-01T12:00:00Z")
    assert made.origin.version_created == datetime(2025, 12, 1, 12, tzinfo=UTC)


def test_origin_of_a_kill_without_a_time_has_none() -> None:
    document = ninjs(pubStatus="canceled")
    del document["versionCreated"]
    assert Item.from_ninjs(document).origin.version_created is None


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ([], ""),
        ([{"value": "one"}], "one"),
        ([{"value": "one"}, {"role": "main", "value": "two"}], "two"),
        ([{"role": "main", "contentType": "text/html", "value": "<p>"}, {"value": "two"}], "two"),
    ],
)
def test_main_plain_text_is_the_body(bodies: list[dict[str, str]], text: str) -> None:
    assert Item.from_ninjs({**ninjs(), "bodies": bodies}).body == text


@pytest.mark.parametrize(
    ("fields", "outlet"),
    [
        ({"infoSources": [{"name": "A"}, {"name": "B"}]}, "A"),
        ({"infoSources": [{"role": "x"}, {"name": "B"}]}, "B"),
        ({"infoSources": [{"name": "A"}], "provider": {"name": "P"}}, "P"),
        ({"infoSources": []}, ""),
        ({"infoSources": None}, ""),
    ],
)
def test_provider_or_first_source_publishes(fields: dict[str, Any], outlet: str) -> None:
    assert Item.from_ninjs({**ninjs(), **fields}).outlet == outlet


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"uri": None}, "uri is absent"),
        ({"uri": 3}, "uri is not a string"),
        ({"uri": " "}, "uri is empty"),
        ({"uri": "\ud800"}, "half a surrogate"),
        ({"versionCreated": None}, "versionCreated is absent"),
        ({"versionCreated": "yesterday"}, "versionCreated: 'yesterday'"),
        ({"versionCreated": "2025-12-01T12:00:00"}, "names no time zone"),
        ({"versionCreated": "0001-01-01T00:00:00+10:00"}, "not between 1900 and 2100"),
        ({"firstCreated": 3}, "firstCreated"),
        ({"version": True}, "version is not a string"),
        ({"version": [1]}, "version is not a string"),
        ({"pubStatus": "killed"}, "pubStatus 'killed'"),
        ({"headlines": "City taken"}, "headlines is not a list"),
        ({"bodies": ["x"]}, "bodies is not a list of objects"),
        ({"bodies": [{"value": 3}]}, "value is not a string"),
        ({"bodies": [{"value": "\udfff"}]}, "half a surrogate"),
        ({"bodies": [{"contentType": "text/html", "value": "<p>"}]}, "no text/plain"),
        ({"infoSources": {"name": "A"}}, "infoSources is not a list"),
        ({"language": 3}, "language is not a string"),
    ],
)
def test_document_that_is_no_item_is_named(fields: dict[str, Any], message: str) -> None:
    with pytest.raises(UnreadableItem, match=message):
        Item.from_ninjs({**ninjs("x"), **fields})


@pytest.mark.parametrize("document", [None, [], "x", 3])
def test_what_is_no_object_is_no_item(document: Any) -> None:
    with pytest.raises(UnreadableItem, match="not a JSON object"):
        Item.from_ninjs(document)


def test_latest_version_of_each_uri_counts() -> None:
    a1, a2, b = item(uri="a", version="1"), item(uri="a", version="2"), item(uri="b")
    assert latest_versions([a2, b, a1]) == {"a": a2, "b": b}


@pytest.mark.parametrize(("given", "read"), [(1, 1), (9, 9), ("3", 3), (0, None), (10, None), ("x", None), ([], None)])
def test_urgency_is_one_to_nine_or_none(given: object, read: int | None) -> None:
    assert item("They took it.", urgency=given).urgency == read


def test_versions_that_differ_in_urgency_alone_are_told_apart() -> None:
    assert item("They took it.", urgency=1).order != item("They took it.", urgency=2).order


@pytest.mark.parametrize("status", ["withheld", "canceled"])
def test_kill_under_the_number_and_time_of_what_it_kills_is_the_later_version(status: str) -> None:
    for number in range(20):
        document = ninjs(f"They took it {number}.", version="2")
        usable, killed = Item.from_ninjs(document), Item.from_ninjs({**document, "pubStatus": status})
        assert killed.order > usable.order


def test_identifier_of_all_versions_comes_before_that_of_one() -> None:
    document = ninjs("They took it.", uri="urn:one:2")
    assert Item.from_ninjs({**document, "claimwire": {"item": "urn:one"}}).uri == "urn:one"
    assert Item.from_ninjs({**document, "claimwire": {"format": "x"}}).uri == "urn:one:2"
    assert Item.from_ninjs({**document, "claimwire": "x"}).uri == "urn:one:2"
