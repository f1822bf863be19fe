import json
from contextlib import suppress
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item, Statement
from streams.codecs import Undecodable
from streams.intake import OverLimit, statements_of, take_in
from streams.settings import Settings
from tests.poison import GOOD, HOSTILE, UNREADABLE, document
from tests.unit.builders import extracted, item, ninjs, seed_items

SETTINGS = Settings()


def taken(data: bytes | None, settings: Settings) -> tuple[Item, list[Statement]]:
    """Item and statements of a record under the key that its item should have."""
    key = None
    with suppress(orjson.JSONDecodeError, TypeError, KeyError, AttributeError, UnicodeEncodeError):
        key = orjson.loads(data or b"")["uri"].encode()
    item = take_in(key, data, settings)
    return item, statements_of(item, settings)


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_poison_is_refused_with_a_reason(data: bytes | None) -> None:
    with pytest.raises(Undecodable, match=r"\w{3}"):
        taken(data, SETTINGS)


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_item_is_read_as_it_is(data: bytes) -> None:
    version, statements = taken(data, SETTINGS)
    assert version.uri == "urn:poison"
    for s in statements:
        assert (version.headline if s.part == "headline" else version.body)[s.start : s.end] == s.quote


def test_of_a_field_given_twice_the_last_counts() -> None:
    version, _ = taken(document()[:-1] + b', "uri": "urn:last"}', SETTINGS)
    assert version.uri == "urn:last"


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        (
            {"max_item_bytes": 1024},
            r"^[\d,]+ bytes; the limit is 1,024 \(max_item_bytes\)\. Raise CLAIMWIRE_MAX_ITEM_BYTES",
        ),
        (
            {"max_item_words": 23},
            r"^24 words and marks; the limit is 23 \(max_item_words\)\. Raise CLAIMWIRE_MAX_ITEM_",
        ),
        (
            {"max_item_statements": 1},
            r"^2 statements or more; the limit is 1 \(max_item_statements\)\. Raise CLAIMWIRE_",
        ),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_limit_is_named_with_the_size_and_what_to_do(setting: dict[str, int], reason: str) -> None:
    data = document(body=f"{GOOD} {GOOD}", note="x" * 1000)
    taken(data, SETTINGS)
    with pytest.raises(OverLimit, match=reason) as refused:
        taken(data, Settings(**setting))
    assert "claimwire rejected retry" in str(refused.value)


def test_item_as_large_as_the_limits_is_read() -> None:
    version = item(f"{GOOD} {GOOD}")
    assert len(statements_of(version, Settings(max_item_words=24, max_item_statements=2))) == 2


def test_kill_of_an_item_is_taken_however_long_it_is() -> None:
    version = item("word " * 10_000, pubStatus="canceled")
    assert statements_of(version, Settings(max_item_words=10)) == []


def test_no_seed_is_near_a_limit() -> None:
    third = Settings(max_item_words=SETTINGS.max_item_words // 3, max_item_statements=100, max_item_bytes=2**18)
    for version in seed_items():
        assert statements_of(version, third) == list(extracted(version))


values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(st.characters(), max_size=20),
        st.sampled_from(["\ud800", "\0", "2025-12-01T12:00:00Z", "9999-12-31T23:59:59-23:59", "usable", "en", "main"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["value", "role", "contentType", "name", "x"]), inner, max_size=4),
    ),
    max_leaves=12,
)
fields = st.dictionaries(st.sampled_from([*ninjs(), "firstCreated", "version", "pubStatus", "language", "x"]), values)


def assert_read_or_refused(data: bytes) -> None:
    try:
        version, statements = taken(data, SETTINGS)
    except Undecodable:
        return
    assert isinstance(version, Item)
    assert orjson.dumps(statements)


@given(st.binary(max_size=400))
def test_any_bytes_are_an_item_or_refused(data: bytes) -> None:
    assert_read_or_refused(data)


@given(values)
def test_any_json_is_an_item_or_refused(value: Any) -> None:
    assert_read_or_refused(json.dumps(value).encode())


@given(fields)
def test_item_with_any_fields_is_read_or_refused(odd: dict[str, Any]) -> None:
    assert_read_or_refused(json.dumps({**ninjs(GOOD), **odd}).encode())


@given(st.integers(0, len(document()) - 1), st.binary(min_size=1, max_size=4))
def test_item_with_any_bytes_in_it_is_read_or_refused(at: int, odd: bytes) -> None:
    data = document()
    assert_read_or_refused(data[:at] + odd + data[at + len(odd) :])


@pytest.mark.parametrize("key", [None, b"", b"urn:other"])
def test_item_under_another_key_than_its_uri_is_refused(key: bytes | None) -> None:
    with pytest.raises(Undecodable, match="its key is not the item's uri"):
        take_in(key, orjson.dumps(ninjs("They took it.")), SETTINGS)
