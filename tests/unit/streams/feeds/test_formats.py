import random
from typing import Any

import pytest

from claimwire import Item
from streams.feeds import Document, Format, Hints, Slip, Unreadable, read_bytes
from tests.unit.streams.feeds.cases import found
from tests.unit.streams.feeds.samples import ALL, BODY, CREATED, HEADLINE, URI

VERSIONED = ("newsml-g2", "nitf", "newsml-1", "digitalwires", "ninjs")


def only(raw: bytes, format: Format | None = None) -> dict[str, Any]:
    [found] = read_bytes(raw, "wire", Hints(format))
    assert isinstance(found, Document), found
    return found.ninjs


@pytest.mark.parametrize("name", ALL)
def test_every_format_is_told_by_its_content_and_gives_the_same_story(name: str) -> None:
    made = only(ALL[name])
    item = Item.from_ninjs(made)
    assert item.body == BODY
    assert item.version_created.isoformat() == CREATED.replace("Z", "+00:00")
    assert made == only(ALL[name], Format(name))
    assert made["standard"] == {"name": "ninjs", "version": "3.0"}
    assert made["claimwire"]["format"]
    if name != "text":
        assert item.headline == HEADLINE
        assert made["language"] == "en-GB"
        assert item.outlet == "Meridian"
    if name not in ("text", "mail"):
        assert made["uri"] == URI
        assert item.uri == URI
        assert made["by"] == "By Ann Author"
    if name in VERSIONED:
        assert item.version == 3
        assert made["urgency"] == 2
        assert made["embargoed"] == "2025-12-01T18:00:00Z"


@pytest.mark.parametrize("name", ALL)
def test_a_file_read_again_gives_the_same_bytes(name: str) -> None:
    assert list(read_bytes(ALL[name], "wire")) == list(read_bytes(ALL[name], "wire"))


@pytest.mark.parametrize("name", ["newsml-g2", "nitf", "digitalwires"])
def test_signal_of_a_correction_is_kept(name: str) -> None:
    assert only(ALL[name])["claimwire"]["signals"] == ["sig:correction"]


def test_a_format_that_is_named_is_held_to() -> None:
    for name, raw in ALL.items():
        for format in Format:
            if format != name and (name, format) not in {("text", "mail"), ("mail", "text")}:
                assert all(isinstance(f, Unreadable) for f in read_bytes(raw, "wire", Hints(format))), (name, format)


@pytest.mark.parametrize(
    ("raw", "reason", "line"),
    [
        (b"<html><p>no feed</p></html>", "root element <html> is of no format", 1),
        (b"\n<!doctype html>\n<html><p>no feed</p></html>", "an HTML page", 1),
        (b"<rss>\n<channel>\n<item>", "not well-formed XML", 3),
        (b"<rss/>", "without a channel", 1),
        (b"<NewsML/>", "without a NewsItem", 1),
        (b"\n<packageItem guid='urn:1'/>", "without a newsItem", 2),
        (b"<newsItem version='1'/>", "no identifier", 1),
        (b"<newsItem guid='u'><itemMeta><pubStatus qcode='stat:odd'/></itemMeta></newsItem>", "stat:odd", 1),
        (b"[[{}]]", "list in a list", 0),
        (b'{"uri": "urn:1", "versionCreated": "2025-01-01T00:00:00Z", "bodies": "abc"}', "bodies is not a list", 1),
        (b'{"version": "https://jsonfeed.org/version/1"}', "no list of items", 1),
        (b'{"format": "digitalwires@1"}', "no identifier", 1),
        (b"[" * 100_000, "not JSON", 1),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "no uri", 1),
        (b'{"uri": "urn:1",\n "headline": }', "not JSON", 2),
        (
            rb'{"uri": "u:1", "bodies": [{"value": "Closed. \ud800"}]}',
            "not JSON: no low surrogate in string",
            1,
        ),
    ],
)
def test_what_is_no_news_is_refused_with_its_reason_and_line(raw: bytes, reason: str, line: int) -> None:
    found = list(read_bytes(raw, "wire"))
    assert found
    for bad in found:
        assert isinstance(bad, Unreadable)
        assert reason in bad.reason
        assert bad.line == line


@pytest.mark.parametrize(
    "raw",
    [
        b"<rss><channel/></rss>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'/>",
        b'{"version": "https://jsonfeed.org/version/1", "items": []}',
        b'{"_items": []}',
        b'{"data": {"items": []}}',
        b"[]",
    ],
)
def test_empty_feed_has_no_items_and_no_error(raw: bytes) -> None:
    assert list(read_bytes(raw, "wire")) == []
    assert found("rss-empty.xml") == []


def test_one_bad_item_of_a_feed_does_not_lose_the_others() -> None:
    two = ALL["newsml-g2"].replace(b"<packageItem", b"<newsItem version='1'/><packageItem")
    bad, good = read_bytes(two, "wire")
    assert isinstance(bad, Unreadable)
    assert bad.raw is not None
    assert b"newsItem" in bad.raw
    assert isinstance(good, Document)
    assert good.line > bad.line > 0
    first, second, third = read_bytes(b'[{"uri": "u"}, 7, ' + ALL["ninjs"] + b"]", "wire")
    assert isinstance(first, Unreadable)
    assert isinstance(second, Unreadable)
    assert second.raw == b"7"
    assert isinstance(third, Document)


def mutations(raw: bytes, chance: random.Random, number: int) -> list[bytes]:
    """Cut, with bytes flipped, with pieces doubled, left out and put elsewhere."""
    made = []
    for _ in range(number):
        data = bytearray(raw[: chance.randrange(len(raw))] if chance.random() < 0.3 else raw)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(data) + 1)
            kind = chance.randrange(3)
            if kind == 0 and data:
                data[at % len(data)] = chance.randrange(256)
            elif kind == 1:
                del data[at : at + chance.randrange(40)]
            else:
                start = chance.randrange(len(raw))
                data[at:at] = raw[start : start + chance.randrange(60)]
        made.append(bytes(data))
    return made


@pytest.mark.parametrize("name", ALL)
def test_damaged_files_are_read_or_named_and_never_raise(name: str) -> None:
    chance = random.Random(name)
    for raw in [*mutations(ALL[name], chance, 300), *(ALL[name][:n] for n in range(0, len(ALL[name]), 7))]:
        for format in (None, Format(name)):
            for each in read_bytes(raw, "wire", Hints(format, undated=True)):
                assert isinstance(each, Document | Slip | Unreadable)
                assert each.where.startswith("wire")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["newsml-g2", "rss", "ninjs", "text"])
def test_text_in_any_unicode_encoding_is_read(name: str, encoding: str) -> None:
    marks = {"utf-16-le": "\ufeff", "utf-16-be": "\ufeff"}
    raw = (marks.get(encoding, "") + ALL[name].decode()).encode(encoding)
    assert Item.from_ninjs(only(raw)).body == BODY
