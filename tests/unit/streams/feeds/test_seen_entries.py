from typing import Any

import orjson

from streams.feeds import Document
from streams.feeds.seen_entries import GONE_AFTER, Seen, news

NOON, LATER = "2025-12-01T12:00:00Z", "2025-12-01T13:00:00Z"
DATED = {"versionCreated": "2025-12-01T09:00:00Z"}


def entry(text: str, uri: str = "urn:1", **fields: Any) -> Document:
    made = {"uri": uri, "bodies": [{"value": text}], **fields}
    return Document(uri, made, orjson.dumps(made), "feed")


def sent(seen: Seen, now: str, *entries: Document) -> list[dict[str, Any]]:
    found = list(news(entries, seen, now))
    assert all(orjson.loads(d.value) == d.ninjs for d in found)
    return [d.ninjs for d in found]


def test_an_entry_is_sent_once_with_the_date_it_has() -> None:
    seen: Seen = {}
    [first] = sent(seen, NOON, entry("a", **DATED))
    assert first["versionCreated"] == DATED["versionCreated"]
    assert sent(seen, LATER, entry("a", **DATED)) == []


def test_an_entry_without_a_date_is_of_the_moment_at_which_it_was_first_seen() -> None:
    seen: Seen = {}
    assert sent(seen, NOON, entry("a"))[0]["versionCreated"] == NOON
    assert sent(seen, LATER, entry("a")) == []


def test_changed_words_under_the_same_date_are_a_later_version() -> None:
    seen: Seen = {}
    sent(seen, NOON, entry("a", **DATED))
    [changed] = sent(seen, LATER, entry("b", **DATED))
    assert (changed["versionCreated"], changed["firstCreated"]) == (LATER, DATED["versionCreated"])


def test_changed_words_under_a_later_date_keep_that_date() -> None:
    seen: Seen = {}
    sent(seen, NOON, entry("a", **DATED))
    [changed] = sent(seen, LATER, entry("b", versionCreated="2025-12-01T10:00:00Z"))
    assert (changed["versionCreated"], changed["firstCreated"]) == ("2025-12-01T10:00:00Z", DATED["versionCreated"])


def test_two_entries_under_one_identifier_are_not_news_for_ever() -> None:
    seen: Seen = {}
    assert len(sent(seen, NOON, entry("a", **DATED), entry("b", **DATED))) == 2
    assert sent(seen, LATER, entry("a", **DATED), entry("b", **DATED)) == []


def test_what_has_left_the_feed_is_forgotten_in_the_end() -> None:
    seen: Seen = {}
    sent(seen, NOON, entry("a", **DATED))
    for _ in range(GONE_AFTER):
        sent(seen, NOON, entry("b", uri="urn:2"))
    assert seen.keys() == {"urn:1", "urn:2"}
    sent(seen, NOON, entry("b", uri="urn:2"))
    assert seen.keys() == {"urn:2"}
