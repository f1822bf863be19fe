import json
from pathlib import Path

import pytest

from tests.stream.harness import SEEDS, Stream

FORMATS = ["jsonld", "annotations", "csv", "parquet"]


@pytest.mark.parametrize("form", FORMATS)
def test_export_of_the_stream_is_that_of_the_file(fed: Stream, tmp_path: Path, form: str) -> None:
    folder = tmp_path / "ledger"
    assert fed.run("ledger", SEEDS, "--out", folder).code == 0
    files = [tmp_path / "stream", tmp_path / "file"]
    for file, source in zip(files, ([], ["--from", folder]), strict=True):
        ended = fed.run("export", form, "-o", file, *source)
        assert ended.code == 0, ended.said
    assert files[0].read_bytes() == files[1].read_bytes() != b""


def test_feed_of_the_stream_tells_its_last_changes(fed: Stream) -> None:
    ids = {json.loads(record.value)["id"] for record in fed.records("claims.status")}
    ended = fed.run("export", "atom", "--last", "3")
    assert ended.code == 0, ended.said
    assert ended.text.count("<entry>") == 3
    assert all(any(id in line for id in ids) for line in ended.text.splitlines() if "urn:claimwire:event:" in line)


def test_output_that_cannot_be_written_is_named_and_leaves_nothing(fed: Stream, tmp_path: Path) -> None:
    ended = fed.run("export", "csv", "-o", tmp_path / "no" / "claims.csv")
    assert ended.code == 1
    assert f"cannot write {tmp_path}/no/claims.csv: No such file or directory" in ended.err
    assert "Traceback" not in ended.err


def test_feed_as_of_a_moment_is_refused_in_words(fed: Stream) -> None:
    ended = fed.run("export", "atom", "--as-of", "2025-12-01")
    assert ended.code == 1
    assert "--as-of" in ended.err


def test_what_is_no_plain_file_is_written_to_and_not_replaced(fed: Stream, tmp_path: Path) -> None:
    target, link = tmp_path / "claims.csv", tmp_path / "link.csv"
    target.touch()
    link.symlink_to(target)
    ended = fed.run("export", "csv", "-o", link)
    assert ended.code == 0, ended.said
    assert link.is_symlink()
    assert target.read_text("utf8").startswith('"id","status",')
    refused = fed.run("export", "csv", "-o", "")
    assert (refused.code, "cannot write ." in refused.err, "Traceback" in refused.err) == (1, True, False)
