"""What a reader sees is what is read: no furniture of pages, no markup, no invisible characters, one language."""

from typing import Any

import orjson
import pytest

from claimwire import Item
from streams.feeds import Document, read_bytes
from tests.unit.streams.feeds.cases import claims, documents, items
from tests.unit.streams.feeds.samples import ALL, ATOM, JSONFEED, MAIL, NEWSML_1, NEWSML_G2, NITF, RSS

SENTENCE = "Russia's Defence Ministry said on Monday its forces had captured the town of Vovchansk."
TITLE = b"City taken"


def only(raw: bytes) -> Item:
    [document] = read_bytes(raw, "wire")
    assert isinstance(document, Document), document
    return Item.from_ninjs(document.ninjs)


def made(name: str) -> dict[str, Any]:
    [document] = documents(name)
    return document


def test_break_or_block_in_a_headline_is_a_blank() -> None:
    assert [item.headline for item in items("rss-br-in-title.xml")] == ["Russia says it took Vovchansk"] * 2
    assert {claim["side"] for claim in claims("rss-br-in-title.xml")} == {"Russia"}


@pytest.mark.parametrize("raw", [NITF, NEWSML_G2, NEWSML_1, ATOM.replace(b"City &lt;b&gt;taken&lt;/b&gt;", TITLE)])
@pytest.mark.parametrize("broken", [b"City<br/>taken", b"City&lt;br/&gt;taken", b"<p>City</p><p>taken</p>"])
def test_break_in_a_headline_is_a_blank_in_every_format(raw: bytes, broken: bytes) -> None:
    assert only(raw.replace(TITLE, broken)).headline == "City taken"


def test_outlet_is_the_source_of_an_item_that_others_collect() -> None:
    name = "rss-aggregator-source.xml"
    [item] = items(name)
    assert (item.outlet, item.headline, item.body) == ("Wire A", "Russia says it took Vovchansk", "")
    [claim] = claims(name)
    assert (claim["side"], claim["status"]) == ("Russia", "unverified")
    source = b"<entry><source><title>Wire A</title></source>"
    collected = ATOM.replace(b"<entry>", source).replace(b"City &lt;b&gt;taken&lt;/b&gt;", b"City taken - Wire A")
    assert (only(collected).outlet, only(collected).headline) == ("Wire A", "City taken")


def test_body_of_newsml_1_is_the_text_of_the_body_and_of_nothing_beside_it() -> None:
    assert [item.body for item in items("newsml1-role-title-body.xml")] == [SENTENCE]
    for role in (b"Title", b"Stylesheet", b"Abstract", b"Contact"):
        beside = b"<NewsComponent><Role FormalName='%b'/><ContentItem><DataContent>Beside.</DataContent></ContentItem>"
        raw = NEWSML_1.replace(b"<NewsComponent><Role FormalName", beside % role + b"</NewsComponent>\0", 1)
        raw = raw.replace(b"\0", b"<NewsComponent><Role FormalName")
        assert "Beside" not in only(raw).body
        nothing = raw.replace(b'"Caption"', b'"Title"').replace(b'"Main"', b'"Title"')
        assert only(nothing).body == ""


def test_language_of_newsml_1_may_be_that_of_a_component() -> None:
    [item] = items("newsml1-component-language.xml")
    assert (item.language, item.speaks) == ("fr", False)


def test_html_that_is_called_plain_is_read_as_html() -> None:
    [item] = items("g2-escaped-html-as-text-plain.xml")
    assert item.body == f'{SENTENCE}\n\nIt gave no "proof".'
    html = "<p>One.</p><p>Two.</p>"
    old = {**orjson.loads(ALL["ninjs"]), "body_text": html}
    feed = orjson.loads(JSONFEED)
    feed["items"][0]["content_text"] = html
    start, end = ATOM.index(b"<content"), ATOM.index(b"</content>") + 10
    atom = ATOM[:start] + b"<content type='text'>&lt;p>One.&lt;/p>&lt;p>Two.&lt;/p></content>" + ATOM[end:]
    for raw in (orjson.dumps(old), orjson.dumps(feed), atom):
        assert only(raw).body == "One.\n\nTwo."


def test_characters_that_nobody_sees_are_taken_out() -> None:
    [item] = items("rss-soft-hyphens.xml")
    assert item.headline == "Russia says it took Vovchansk"
    assert item.body == SENTENCE
    for raw in ALL.values():
        spoiled = raw.replace(b"Strelsau", "Strel\u00adsau\u200b".encode())
        assert "Strelsau" in only(spoiled).body


def test_control_characters_are_the_quotes_that_were_meant() -> None:
    [item] = items("rss-c1-quotes.xml")
    assert item.headline == "Ukraine’s army: “We hold Vovchansk”"
    assert item.body == "The General Staff said: “We hold Vovchansk.”"
    mail = MAIL.replace(b"charset=utf-8", b"charset=iso-8859-1").replace(b"They took it", b"")
    assert "“it”" in only(mail.replace(b"denied it", b"denied \x93it\x94")).body
    assert "“it”" in only(mail.replace(b"denied it", "denied \x93it\x94".encode())).body


def test_content_of_atom_in_base64_is_decoded_and_a_picture_is_no_text() -> None:
    for name in ("atom03-base64.xml", "atom-image-content.xml"):
        assert [item.body for item in items(name)] == [SENTENCE]
    picture = NEWSML_G2.replace(b"<contentSet>", b"<contentSet><inlineData contenttype='image/png'>iVBOR</inlineData>")
    assert only(picture).body == only(NEWSML_G2).body


def test_language_that_is_undetermined_is_none() -> None:
    [item] = items("rss-language-und.xml")
    assert item.speaks
    assert "language" not in made("rss-language-und.xml")
    assert len(claims("rss-language-und.xml")) == 1
    assert only(ALL["ninjs"].replace(b"en-GB", b"und")).speaks
    assert Item.from_ninjs({"uri": "urn:1", "versionCreated": "2025-12-01T12:00:00Z", "language": "und"}).speaks


def test_of_an_item_in_several_languages_the_english_one_is_read() -> None:
    french = b"<headline xml:lang='fr'>Ville prise</headline><language tag='fr'/>"
    raw = NEWSML_G2.replace(b'<language tag="en-GB"/>', french + b'<language tag="en-GB"/>')
    raw = raw.replace(b"<headline>City", b"<headline xml:lang='en-GB'>City")
    raw = raw.replace(b"<contentSet>", b"<contentSet><inlineData xml:lang='fr'>Texte.</inlineData>")
    raw = raw.replace(b"<inlineXML content", b"<inlineXML xml:lang='en-GB' content")
    item = only(raw)
    assert (item.language, item.headline, item.body) == ("en-GB", "City taken", only(NEWSML_G2).body)
    component = b"<NewsComponent xml:lang='%b'><Role FormalName='Main'/><ContentItem><DataContent>%b</DataContent>"
    both = b"".join(
        component % pair + b"</ContentItem></NewsComponent>" for pair in ((b"fr", b"Un."), (b"en", b"One."))
    )
    start, end = NEWSML_1.index(b"<NewsComponent><Role"), NEWSML_1.rindex(b"</NewsComponent>")
    raw = NEWSML_1[:start] + both + NEWSML_1[end:]
    raw = raw.replace(b'<Language FormalName="en-GB"/>', b"")
    assert (only(raw).language, only(raw).body) == ("en", "One.")
    parts = [{"language": tag, "contentType": "text/plain", "value": tag} for tag in ("fr", "en")]
    given = {"uri": "urn:1", "versionCreated": "2025-12-01T12:00:00Z", "language": "fr"}
    item = only(orjson.dumps({**given, "headlines": parts, "bodies": parts}))
    assert (item.language, item.headline, item.body) == ("en", "en", "en")


def test_list_of_links_in_a_feed_of_ones_own_is_a_text() -> None:
    listed = RSS.replace(b"<content:encoded><![CDATA[", b"<content:encoded><![CDATA[<a href='x'>Link</a>")
    assert only(listed).body.startswith("Link")
