import pytest

from streams.feeds import xml
from streams.feeds.documents import NotReadable
from streams.feeds.xml import text_of, words


def parse(raw: bytes) -> xml.Element:
    root, slips = xml.parse(raw)
    assert slips == []
    return root


@pytest.mark.parametrize(
    ("prolog", "said"),
    [
        ('<!DOCTYPE a [<!ENTITY x "123 &y;"><!ENTITY y "&x;">]>', "'x'"),
        ('<!DOCTYPE a [\n<!ENTITY x SYSTEM "file:///etc/passwd">]>', "'x'"),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:1/">]>', "'x'"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>', "'x'"),
        ('<!DOCTYPE a [<!ENTITY x "ten">]>', "'x'"),
        ("<?xml version='1.0'?><!-- c --><!DOCTYPE a [<!ENTITY x 'ten'>]>", "'x'"),
    ],
)
def test_a_document_that_uses_an_entity_that_it_declares_is_refused(prolog: str, said: str) -> None:
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(NotReadable, match="entit") as caught:
            parse(f"{prolog}<a b='&x;'>&x;</a>".encode(encoding))
        assert said in str(caught.value)


def test_a_dtd_is_not_looked_for_and_its_entities_are_not_there() -> None:
    dtd = b'<!DOCTYPE a PUBLIC "-//X//EN" "http://127.0.0.1:1/no.dtd">'
    assert words(parse(dtd + b"<a>one&nbsp;&eacute;</a>")) == "one é"
    with pytest.raises(NotReadable, match="own"):
        parse(dtd + b"<a>\n&own;</a>")


def test_errors_name_line_and_column() -> None:
    with pytest.raises(NotReadable, match="line 3, column") as caught:
        parse(b"<a>\n<b>\n</a>")
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9 \x93x\x94</a>", "café “x”"),
        ("<?xml version='1.0' encoding='ISO-8859-1'?><a>café</a>".encode(), "café"),  # it says so, and is UTF-8
        ("<?xml version='1.0' encoding='windows-1251'?><a>Киев</a>".encode("cp1251"), "Киев"),
        ("<?xml version='1.0' encoding='Shift_JIS'?><a>記事</a>".encode("shift_jis"), "記事"),
        (b"\n <?xml version='1.0'?><a>late</a>", "late"),
        (b"<a>1 &lt; 2 &amp; 3</a>", "1 < 2 & 3"),
    ],
)
def test_text_is_what_was_meant_by_it(raw: bytes, text: str) -> None:
    assert words(parse(raw)) == text


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"\xff\xfe<\x00a\x00>", "not"),
        (b"<a>\x00</a>", "not well-formed"),
        (b"<" * 50_000, "not well-formed"),
        (b"<a>" * 5_000, "not well-formed"),
        (b"<rss>" + b"<!--" * 200_000, "not well-formed"),
        (b"<rss>" + b"<![CDATA[" * 100_000, "not well-formed"),
        (b"<rss>" + b"<a '\"" * 100_000, "not well-formed"),
        (b"<rss><item>" + b"<a>" * 200 + b"</b>" * 100_000, "not well-formed"),
    ],
)
def test_what_is_no_text_or_no_xml_is_named(raw: bytes, reason: str) -> None:
    with pytest.raises(NotReadable, match=reason):
        parse(raw)


def test_paragraphs_of_prose_stay_apart_and_inline_elements_in_their_line() -> None:
    assert text_of(parse(b"<x><p>One <em>two</em>\nthree.</p><p>Four<br/>five</p></x>")) == (
        "One two three.\n\nFour\n\nfive"
    )
    assert text_of(parse(b"<x><team>Home</team><team>Away</team></x>")) == "Home\n\nAway"
