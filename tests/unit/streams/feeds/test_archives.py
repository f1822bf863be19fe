import gzip
import io
import lzma
import zipfile
from pathlib import Path

import pytest

from streams.feeds import Document, Slip, Unreadable, archives, files, read_paths, read_stream
from tests.unit.streams.feeds.samples import ALL, URI


def packed(*members: tuple[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def read(raw: bytes, name: str = "wire") -> list[Document | Unreadable]:
    return list(read_stream(io.BytesIO(raw), name))


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress, lambda raw: packed(("story.xml", raw))])
@pytest.mark.parametrize("name", ["newsml-g2", "ninjs", "rss"])
def test_packed_files_are_read_whatever_their_name(name: str, pack: object) -> None:
    [found] = read(pack(ALL[name]), "wire.dat")  # type: ignore[operator]
    assert isinstance(found, Document)
    assert found.ninjs["uri"] == URI


def test_zip_gives_its_readable_files_by_name_and_touches_no_disk(tmp_path: Path) -> None:
    raw = packed(
        ("b/2.xml", ALL["nitf"]), ("../../etc/1.json", ALL["ninjs"]), ("/3.rss", ALL["rss"]),
        ("photo.jpg", b"\xff\xd8"), ("__MACOSX/2.xml", b"rubbish"), (".hidden.xml", b"rubbish"), ("4.xml", b"<rss>"),
    )  # fmt: skip
    path = tmp_path / "wire.zip"
    path.write_bytes(raw)
    found = list(read_paths([tmp_path]))
    assert [f.where for f in found] == [
        f"{path}/../../etc/1.json:1", f"{path}//3.rss:4", f"{path}/4.xml:1", f"{path}/b/2.xml",
    ]  # fmt: skip
    assert [type(f) for f in found] == [Document, Document, Unreadable, Document]
    assert list(tmp_path.iterdir()) == [path]


def test_packed_lines_are_numbered() -> None:
    raw = gzip.compress(ALL["ninjs"] + b"\noops\n" + ALL["ninjs"] + b"\n")
    assert [(type(f), f.where) for f in read(raw, "wire.jsonl.gz")] == [
        (Document, "wire.jsonl.gz:1"), (Unreadable, "wire.jsonl.gz:2"), (Document, "wire.jsonl.gz:3"),
    ]  # fmt: skip


def test_bombs_end_at_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 100_000)
    monkeypatch.setattr(files, "MAX_DOCUMENT", 20_000)
    [long] = read(gzip.compress(b" " + b"x" * 90_000))
    assert isinstance(long, Unreadable)
    assert "too long" in long.reason
    *_, much = read(lzma.compress(b"{}\n" * 40_000), "wire.jsonl.xz")
    assert isinstance(much, Unreadable)
    assert "holds more than" in much.reason
    many = read(packed(*((f"{n}.json", b" " * 15_000) for n in range(20))))
    assert "holds more than" in many[-1].reason  # type: ignore[union-attr]
    assert len(many) < 10
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    [crowd] = read(packed(*((f"{n}.json", b"{}") for n in range(4))))
    assert isinstance(crowd, Unreadable)
    assert "4 files" in crowd.reason


def test_archive_in_an_archive_a_damaged_and_an_encrypted_one_are_named() -> None:
    [nested] = read(packed(("inner.zip", packed(("a.xml", b"<rss/>"))), ("a.txt", b"")))[:1]
    assert isinstance(nested, Unreadable)
    whole = packed(("story.xml", ALL["nitf"]), ("z.xml", ALL["rss"]))
    for raw in (whole[:-30], gzip.compress(ALL["nitf"])[:-9], lzma.compress(ALL["nitf"])[:-20], b"PK\x03\x04rubbish"):
        assert any("damaged" in f.reason for f in read(raw) if isinstance(f, Unreadable)), raw[:9]
    flagged = bytearray(packed(("story.xml", ALL["nitf"])))
    for at in (flagged.index(b"PK\x03\x04") + 6, flagged.index(b"PK\x01\x02") + 8):
        flagged[at] |= 1
    [locked] = read(bytes(flagged))
    assert isinstance(locked, Unreadable)
    assert "password" in locked.reason


def test_flipped_bytes_of_archives_never_raise() -> None:
    for raw in (packed(("a.xml", ALL["nitf"])), gzip.compress(ALL["rss"]), lzma.compress(ALL["ninjs"])):
        for at in range(len(raw)):
            damaged = bytearray(raw)
            damaged[at] ^= 0x55
            for found in read(bytes(damaged)):
                assert isinstance(found, Document | Slip | Unreadable)
