from claimwire import Item
from claimwire.items import latest_versions
from streams.feeds import Document, Unreadable, read_bytes
from tests.unit.streams.feeds.samples import NEWSML_1


def read(raw: bytes) -> Item:
    [found] = read_bytes(raw, "wire")
    assert isinstance(found, Document)
    assert Item.from_ninjs(found.ninjs).uri == found.uri
    return Item.from_ninjs(found.ninjs)


def test_revisions_are_versions_of_one_item_although_their_identifiers_differ() -> None:
    third = NEWSML_1.replace(b"urn:story:1", b"urn:newsml:meridian.example:20251201:1:3")
    fourth = third.replace(b">3</RevisionId>", b">4</RevisionId>").replace(b"20251201:1:3", b"20251201:1:4")
    killed = fourth.replace(b'FormalName="Embargoed"', b'FormalName="Canceled"')
    versions = [read(killed), read(third)]
    assert latest_versions(versions) == {"urn:newsml:meridian.example:20251201:1": versions[0]}
    assert not versions[0].speaks


def test_identifier_without_a_revision_is_that_of_all_versions() -> None:
    assert read(NEWSML_1).uri == "urn:story:1"
    assert read(NEWSML_1.replace(b"urn:story:1", b"urn:1:3")).uri == "urn:1"


def test_priority_of_the_document_stands_in_for_an_urgency() -> None:
    envelope = b"<NewsEnvelope><Priority FormalName='4'/></NewsEnvelope><NewsItem xml"
    [found] = read_bytes(
        NEWSML_1.replace(b'<Urgency FormalName="2"/>', b"").replace(b"<NewsItem xml", envelope), "wire"
    )
    assert isinstance(found, Document)
    assert found.ninjs["urgency"] == 4


def test_embargo_without_an_end_is_withheld_and_with_an_end_that_is_no_date_refused() -> None:
    start, end = NEWSML_1.index(b"<StatusWillChange>"), NEWSML_1.index(b"</StatusWillChange>") + 19
    assert read(NEWSML_1).pub_status == "usable"
    assert read(NEWSML_1[:start] + NEWSML_1[end:]).pub_status == "withheld"
    [refused] = read_bytes(NEWSML_1.replace(b"20251201T180000Z", b"tonight"), "wire")
    assert isinstance(refused, Unreadable)
    assert "embargo, 'tonight'" in refused.reason


def test_advice_to_editors_is_kept() -> None:
    kind = b"<NewsLineType FormalName='AdvisoryLine'/>"
    advice = b"<NewsLine>" + kind + b"<NewsLineText>CORRECTS para 4</NewsLineText></NewsLine>"
    [found] = read_bytes(NEWSML_1.replace(b"</NewsLines>", advice + b"</NewsLines>"), "wire")
    assert isinstance(found, Document)
    assert found.ninjs["edNote"] == "CORRECTS para 4"


def test_identifier_that_is_left_out_is_made_of_its_parts() -> None:
    start, end = NEWSML_1.index(b"<PublicIdentifier>"), NEWSML_1.index(b"</NewsIdentifier>")
    [found] = read_bytes(NEWSML_1[:start] + NEWSML_1[end:], "wire")
    assert isinstance(found, Document)
    assert found.ninjs["uri"] == "urn:newsml:meridian.example:20251201:1:3"


def test_text_may_be_plain_html_or_marked_up_and_photos_have_none() -> None:
    body = NEWSML_1[NEWSML_1.index(b"<nitf>") : NEWSML_1.index(b"</nitf>") + 7]
    for content, text in (
        (b"One.\n\nTwo.", "One.\n\nTwo."),
        (b"<![CDATA[<p>One.</p><p>Two.</p>]]>", "One.\n\nTwo."),
        (b"<html><body><p>One.</p><p>Two.</p></body></html>", "One.\n\nTwo."),
    ):
        assert read(NEWSML_1.replace(body, content)).body == text
    assert read(NEWSML_1.replace(body, b"")).body == "A caption."
