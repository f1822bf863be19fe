"""A slip in one entry hides no other: what can be read is read, and the slip is named."""

import gzip
import mailbox
from pathlib import Path

import pytest

from claimwire import Item
from streams.feeds import Document, Hints, Slip, Unreadable, read_bytes
from tests.unit.streams.feeds.cases import CASES, claims, found, items
from tests.unit.streams.feeds.samples import ALL, ATOM, MAIL, NEWSML_1, NEWSML_G2, RSS

START, END = RSS.index(b"<item>"), RSS.index(b"</channel>")
ITEM = RSS[START:END]
TWO = RSS[:END] + ITEM.replace(b"urn:story:1", b"urn:story:2") + RSS[END:]


def read(raw: bytes, hints: Hints = Hints()) -> tuple[list[Item], list[str]]:  # noqa: B008
    """The items, and what people are told."""
    listed = list(read_bytes(raw, "wire", hints))
    told = [f.reason for f in listed if not isinstance(f, Document)]
    return [Item.from_ninjs(f.ninjs) for f in listed if isinstance(f, Document)], told


@pytest.mark.parametrize(
    ("name", "slip"), [("rss-control-character.xml", "invalid Char"), ("rss-bare-ampersand.xml", "Entity")]
)
def test_both_entries_of_a_feed_with_a_slip_are_read_and_the_slip_is_named(name: str, slip: str) -> None:
    assert len(items(name)) == 2
    assert {str(claim["status"]) for claim in claims(name)} == {"disputed"}
    [told] = [f for f in found(name) if not isinstance(f, Document)]
    assert isinstance(told, Slip)
    assert slip in told.reason
    assert told.where == f"{CASES / name}:3"


@pytest.mark.parametrize("name", ["rss-doctype-entities.xml", "newsml1-doctype-parameter-entity.xml"])
def test_declarations_are_skipped(name: str) -> None:
    assert len(items(name)) == 1
    assert all(isinstance(f, Document) for f in found(name))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"City &lt;", b"City \xe2\x80 &lt;"),  # a character that was cut
        (b"City &lt;", b"Caf\xe9 &lt;"),  # windows-1252 that says it is UTF-8
        (b"City &lt;", b"City &#8; &#xFFFF; &lt;"),
        (b"City &lt;", b"City &bogus; & &lt;"),
        (b"City &lt;", b"City <x:b>x</x:b> &lt;"),  # a prefix that is bound to nothing
        (b"City &lt;", b"City < 2 &lt;"),
        (b'<?xml version="1.0"?>', b'<?xml version="1.0" encoding="no-such"?><!-- \xe9 -->'),
    ],
)
def test_slips_of_any_kind_lose_no_entry(old: bytes, new: bytes) -> None:
    assert old in TWO
    found, told = read(TWO.replace(old, new, 1))
    assert [item.uri for item in found] == ["urn:story:1", "urn:story:2"]
    assert found[1].body == read(RSS)[0][0].body
    assert told


def test_tag_that_is_not_closed_ends_before_the_next_one() -> None:
    whole, _ = read(TWO)
    for tag in (b"</title>", b"</guid>", b"</content:encoded>", b"</item>"):
        found, told = read(TWO.replace(tag, b"", 1))
        assert [(i.uri, i.headline, i.body) for i in found] == [(i.uri, i.headline, i.body) for i in whole], tag
        assert told


@pytest.mark.parametrize("raw", [ATOM, NEWSML_G2, NEWSML_1])
def test_control_characters_are_forgiven_in_every_format_of_xml(raw: bytes) -> None:
    [item], [slip] = read(raw.replace(b"City", b"City\x08"))
    assert item.headline == "City taken"
    assert "not well-formed XML" in slip


def test_entry_in_whose_middle_a_feed_ends_is_left_out_and_an_item_alone_is_refused() -> None:
    cut = TWO[: TWO.rindex(b"Kyiv denied")]
    [item], [slip] = read(cut)
    assert item.uri == "urn:story:1"
    assert "not well-formed XML" in slip
    for raw in (RSS, ATOM, NEWSML_G2, NEWSML_1, ALL["nitf"]):
        assert read(raw[: raw.rindex(b"Kyiv denied")])[0] == []


def test_entities_in_text_that_is_no_markup_are_no_use_of_a_declaration() -> None:
    declared = RSS.replace(b"<rss", b'<!DOCTYPE rss [<!ENTITY nbsp "&#160;"><!ENTITY x "ten">]><rss', 1)
    assert read(declared.replace(b"<![CDATA[", b"<![CDATA[&nbsp;&x;"))[0]
    found, [reason] = read(declared.replace(b"City", b"City&x;"))
    assert found == []
    assert "uses the entity 'x', which it declares" in reason


def test_declaration_where_none_may_be_is_refused() -> None:
    for raw in (
        b"x<!DOCTYPE rss [<!ENTITY x 'ten'>]>",
        b"<!DOCTYPE rss [<!ENTITY x 'ten'",
        b"<!doctype rss [<!ENTITY x 'y'>]>",
    ):
        assert read(RSS.replace(b"<rss", raw + b"<rss", 1).replace(b"<title>", b"<title a='&x;'>"), Hints())[0] == []


def test_json_with_raw_line_ends_in_strings_is_read_and_named() -> None:
    name = "json-raw-newline-in-string.json"
    [item] = items(name)
    assert item.body.split() == [*item.body.split("\n")[0].split(), "A", "second", "line.", "Tabbed."]
    assert [type(f) for f in found(name)] == [Slip, Document]
    assert read(b'{"uri": "urn:1", "version": NaN}')[0] == []
    assert (
        read(b'{"uri": "urn:1", "versioncreated": "2025-12-01T12:00:00Z", "headline": "Caf\xe9"}')[0][0].headline
        == "Café"
    )


def test_mail_in_a_charset_that_nobody_knows_is_read() -> None:
    [item] = items("mail-unknown-charset.eml")
    assert item.headline == "Russia says"
    assert item.body.startswith("Russia's Defence Ministry said")
    [cafe], [slip] = read(MAIL.replace(b"utf-8", b"x-user-defined").replace(b"denied it", b"denied caf\xe9"))
    assert "café" in cafe.body
    assert "'x-user-defined' is not known" in slip


def test_mbox_gives_its_messages(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "box.mbox")
    for number in (1, 2):
        message = MAIL.replace(b"story-1", b"story-%d" % number).replace(b"Kyiv denied", b"From here on Kyiv denied")
        box.add(mailbox.mboxMessage(message))
    box.close()
    found, told = read((tmp_path / "box.mbox").read_bytes())
    assert told == []
    assert [item.uri for item in found] == [f"mid:story-{n}@meridian.example" for n in (1, 2)]
    assert all(item.body.endswith("From here on Kyiv denied it.") for item in found)


def test_gzip_with_white_space_behind_it_and_in_parts_is_read() -> None:
    assert len(items("gzip-trailing-crlf.jsonl.gz")) == 2
    parts = (
        gzip.compress(ALL["ninjs"] + b"\n") + gzip.compress(ALL["ninjs"].replace(b"urn:story:1", b"urn:2")) + b"\0" * 9
    )
    assert len(read(parts)[0]) == 2
    *_, damaged = read_bytes(gzip.compress(ALL["ninjs"])[:-9], "wire")
    assert isinstance(damaged, Unreadable)


def test_envelopes_of_agencies_are_opened() -> None:
    [item] = items("ap-media-envelope.json")
    assert (item.uri, item.version, item.body, item.headline) == ("0123abcd", 2, "", "Russia says it took Vovchansk")
    for envelope in (
        b'{"item": %b}',
        b'{"data": {"item": %b}}',
        b'{"data": {"items": [{"item": %b}]}}',
        b'{"items": [%b]}',
    ):
        assert read(envelope % ALL["ninjs"]) == read(ALL["ninjs"])


def test_document_that_is_one_entry_of_atom_is_read() -> None:
    [item] = items("atom-entry-document.xml")
    assert (item.uri, item.headline) == ("tag:wire-a.example,2026:1", "Russia says it took Vovchansk")


def test_charset_of_http_counts() -> None:
    raw = (CASES / "http-charset-cp1251.xml").read_bytes()
    [item], told = read(raw, Hints(charset="windows-1251"))
    assert (item.headline, item.body) == ("Россия: Vovchansk", "Минобороны России.")
    assert told == []


def test_what_comes_over_the_network_is_unpacked_as_from_a_file_and_within_limits() -> None:
    lines = b"\n".join(ALL["ninjs"].replace(b"urn:story:1", b"urn:%d" % n) for n in (1, 2))
    assert [item.uri for item in read(lines)[0]] == ["urn:1", "urn:2"]
    assert [item.uri for item in read(gzip.compress(lines))[0]] == ["urn:1", "urn:2"]
    *_, bomb = read_bytes(gzip.compress(b"{}\n" * 2 + b" " * 70 * 2**20), "body")
    assert isinstance(bomb, Unreadable)
