import lzma
from io import BytesIO
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire import Item
from streams.feeds import Document, Slip, Unreadable, read_paths, read_stream
from tests.unit.builders import ninjs


def line(uri: str) -> bytes:
    return orjson.dumps(ninjs("They took it.", uri=uri))


def read(data: bytes, lines: bool = False) -> list[Document | Unreadable]:
    return list(read_stream(BytesIO(data), "wire.jsonl" if lines else "standard input"))


def uris(found: list[Document | Unreadable]) -> list[str]:
    return [f.ninjs["uri"] for f in found if isinstance(f, Document)]


@pytest.mark.parametrize("name", ["wire.jsonl", "wire.ndjson", "wire.jsonl.xz"])
def test_lines_are_items_and_bad_ones_are_named_by_file_and_line(tmp_path: Path, name: str) -> None:
    data = b"\n".join([line("urn:1"), b"{not json", b"", b'{"uri": "urn:2"}', b"3", line("urn:3")])
    path = tmp_path / name
    path.write_bytes(lzma.compress(data) if name.endswith(".xz") else data)
    found = list(read_paths([path]))
    assert uris(found) == ["urn:1", "urn:3"]
    bad = [f for f in found if isinstance(f, Unreadable)]
    assert [b.where for b in bad] == [f"{path}:{n}" for n in (2, 4, 5)]
    assert bad[0].raw == b"{not json"
    assert bad[0].reason.startswith("not JSON")
    assert "versionCreated" in bad[1].reason


def test_bad_first_line_of_a_file_of_lines_does_not_lose_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    path.write_bytes(b"oops\n" + line("urn:1"))
    assert uris(list(read_paths([path]))) == ["urn:1"]


def test_standard_input_may_be_lines_one_document_or_a_text() -> None:
    assert uris(read(line("urn:1") + b"\n" + line("urn:2"))) == ["urn:1", "urn:2"]
    assert uris(read(orjson.dumps(ninjs("x", uri="urn:1"), option=orjson.OPT_INDENT_2))) == ["urn:1"]
    assert uris(read(b"[" + line("urn:1") + b",\n" + line("urn:2") + b"]")) == ["urn:1", "urn:2"]
    [text] = read(b"2025-12-01 They took it.")
    assert isinstance(text, Document)


def test_folder_gives_its_files_in_the_order_of_their_names(tmp_path: Path) -> None:
    for number in (2, 1, 3):
        (tmp_path / f"{number}.json").write_bytes(line(f"urn:{number}"))
    (tmp_path / "README.md").write_text("no item")
    assert uris(list(read_paths([tmp_path]))) == ["urn:1", "urn:2", "urn:3"]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2025-12-02 They took it.", "2025-12-02T00:00:00Z"),
        ("date 2025-12-02 They took it.", "2025-12-02T00:00:00Z"),
        ("\n Date: 2025-12-02\nThey took it.", "2025-12-02T00:00:00Z"),
        ("2025-12-02T10:00Z They took it.", "2025-12-02T10:00:00Z"),
        ("2025-12-02 10:00:30 They took it.", "2025-12-02T10:00:30Z"),
        ("2025-12-02T10:00+02:00 They took it.", "2025-12-02T08:00:00Z"),
        ("2025-12-02T10:00:00+0200\r\nThey took it.", "2025-12-02T08:00:00Z"),
        ("\ufeff2025-12-02 They took it.", "2025-12-02T00:00:00Z"),
    ],
)
def test_plain_text_begins_with_its_date(text: str, moment: str) -> None:
    [found] = read(text.encode())
    assert isinstance(found, Document)
    assert found.ninjs["versionCreated"] == moment
    assert Item.from_ninjs(found.ninjs).body == "They took it."


def test_plain_text_read_again_is_the_same_item() -> None:
    assert read(b"2025-12-02 They took it.") == read(b"2025-12-02 They took it.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"They took it.", "must begin with its date"),
        (b"2025-13-02 They took it.", "2025-13-02"),
        (b"2025-12-02 \n ", "no text"),
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"\xff\xfe2\x000\x00", "must begin with its date"),
        (b'{"uri": "urn:1"', "not JSON"),
        (b'{"uri": "urn:1"}', "versionCreated"),
        (b"[1, 2]", "no object"),
    ],
)
def test_what_cannot_be_read_is_given_back_with_its_reason(data: bytes, reason: str) -> None:
    found = read(data)
    assert found
    assert all(isinstance(f, Unreadable) and reason in f.reason for f in found)


@given(st.binary(max_size=200), st.booleans())
def test_bytes_of_any_kind_are_read_or_given_back(data: bytes, lines: bool) -> None:
    for found in read(data, lines=lines):
        assert isinstance(found, Document | Slip | Unreadable)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ["uri", "versionCreated", "version", "firstCreated", "pubStatus", "language", "headlines", "bodies"]
FIELDS += ["infoSources", "provider", "headline", "body_text", "body_html", "guid", "versioncreated", "contenttype"]


@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_fields_of_any_type_are_read_or_given_back(fields: dict[str, object]) -> None:
    for found in read(orjson.dumps({**ninjs("They took it."), **fields}), lines=True):
        if isinstance(found, Document):
            Item.from_ninjs(found.ninjs)


def test_missing_file_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    (tmp_path / "there.jsonl").write_bytes(line("urn:1"))
    missing, there = read_paths([tmp_path / "nothing.json", tmp_path / "there.jsonl"])
    assert isinstance(missing, Unreadable)
    assert missing.where.endswith("nothing.json")
    assert missing.raw is None
    assert isinstance(there, Document)


def test_damaged_archive_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl.xz"
    path.write_bytes(lzma.compress(line("urn:1"))[:-20])
    (tmp_path / "there.jsonl").write_bytes(line("urn:2"))
    *_, damaged, there = read_paths([path, tmp_path / "there.jsonl"])
    assert isinstance(damaged, Unreadable)
    assert damaged.where.endswith("wire.jsonl.xz")
    assert isinstance(there, Document)
