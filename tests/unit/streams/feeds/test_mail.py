from email.message import EmailMessage
from typing import Any

import pytest

from streams.feeds import Document, Format, Hints, Unreadable, read_bytes
from tests.unit.streams.feeds.samples import MAIL


def read(raw: bytes) -> dict[str, Any]:
    [found] = read_bytes(raw, "story.eml")
    assert isinstance(found, Document), found
    return found.ninjs


def test_message_id_is_the_uri_and_the_sender_the_source() -> None:
    made = read(MAIL)
    assert made["uri"] == "mid:story-1@meridian.example"
    assert made["provider"] == {"name": "Meridian"}
    assert made["claimwire"]["format"] == "e-mail"


def test_plain_part_comes_before_html_and_encoded_words_are_read() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "desk@meridian.example", "Zürich fällt"
    message["Date"], message["Message-ID"] = "Mon, 01 Dec 2025 13:00:00 +0100", "<a@b>"
    message.set_content("One\nline – wrapped.\n\nNext.")
    message.add_alternative("<p>HTML.</p>", subtype="html")
    made = read(message.as_bytes())
    assert made["headlines"][0]["value"] == "Zürich fällt"
    assert made["bodies"][0]["value"] == "One line – wrapped.\n\nNext."
    html = EmailMessage()
    html["Subject"], html["Date"] = "Zürich fällt", "Mon, 01 Dec 2025 13:00:00 +0100"
    html.set_content("<p>One.</p><p>Two.</p>", subtype="html")
    assert read(html.as_bytes())["bodies"][0]["value"] == "One.\n\nTwo."


def test_message_without_an_identifier_is_named_by_a_digest() -> None:
    raw = MAIL.replace(b"Message-ID: <story-1@meridian.example>\n", b"")
    assert read(raw)["uri"].startswith("urn:claimwire:mail:")
    assert read(raw) == read(raw.replace(b"\n", b"\r\n"))


@pytest.mark.parametrize("raw", [b"From: a@b.c\nSubject: \n\n", b"\n\n"])
def test_empty_message_is_named(raw: bytes) -> None:
    [found] = read_bytes(raw, "story.eml", Hints(Format.MAIL))
    assert isinstance(found, Unreadable)


def test_a_text_that_begins_with_its_date_is_no_mail() -> None:
    assert read(b"Date: 2025-12-02\nThey took it.")["claimwire"]["format"] == "plain text"
