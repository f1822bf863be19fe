import os
import stat
from pathlib import Path

import pytest

from streams.errors import InputUnreadable
from streams.feeds import Unreadable
from streams.ingest.drop_folder import DONE, ERRORS, FAILED, Folder

BAD = [Unreadable(None, "why\nnot", "a\nb")]
LONGEST = os.pathconf("/", "PC_NAME_MAX")


def settled(folder: Folder) -> list[Path]:
    """The files that two looks find the same."""
    folder.complete()
    return folder.complete()


@pytest.mark.parametrize(
    "name",
    [
        b"n" * 249,
        b"n" * 255,
        b"n" * 251 + b".xml",
        b"n." + b"s" * 253,
        "é".encode() * 127,
        "\U0001f600".encode() * 63,
        b"\xff\xfe.xml",
        b"\xff" * 255,
        b"line\nend.xml",
        b"\x1b[2J",
        b"-rf *",
    ],
)
@pytest.mark.parametrize("errors", [[], BAD])
def test_file_of_any_name_is_put_away_and_twice_the_same_name_too(
    name: bytes, errors: list[Unreadable], tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    for content in (b"one", b"two"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write(content)
        [found] = settled(folder)
        assert folder.put_away(found, errors)
        assert not found.exists()
    there = [f for f in (tmp_path / (FAILED if errors else DONE)).iterdir() if not f.name.endswith(ERRORS)]
    assert sorted(f.read_bytes() for f in there) == [b"one", b"two"]
    if errors:
        told = [f.with_name(f.name + ERRORS).read_text("utf8") for f in there]
        assert told == [r"a\u000ab: why\u000anot" + "\n"] * 2


@pytest.mark.parametrize("name", [DONE, FAILED])
def test_link_in_the_place_of_a_folder_is_refused_at_the_start_and_later(name: str, tmp_path: Path) -> None:
    drop, elsewhere = tmp_path / "drop", tmp_path / "elsewhere"
    drop.mkdir()
    elsewhere.mkdir()
    folder = Folder(drop)
    (drop / "a.xml").write_text("x")
    [file] = settled(folder)
    (drop / name).rmdir()
    (drop / name).symlink_to(elsewhere)
    with pytest.raises(InputUnreadable, match=rf"{name} is a link.*It stays"):
        folder.put_away(file, BAD if name == FAILED else [])
    assert file.exists()
    assert settled(folder) == [], "it is not sent again each second"
    assert [*elsewhere.iterdir()] == []
    with pytest.raises(InputUnreadable, match="remove it"):
        Folder(drop)
    (drop / name).unlink()
    (drop / name).symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputUnreadable, match="remove it"):
        Folder(drop)


def test_links_inside_the_folders_are_not_written_through(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    precious = tmp_path / ".precious"
    precious.write_text("precious")
    for link in (f"a.xml{ERRORS}", "b.xml"):
        (tmp_path / FAILED / link).symlink_to(precious)
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text("x")
    for file in settled(folder):
        assert folder.put_away(file, BAD)
    assert precious.read_text() == "precious"


def test_file_that_cannot_be_moved_is_told_and_left_until_it_changes(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / DONE).rmdir()
    (tmp_path / DONE).write_text("no folder")
    file = tmp_path / "a.xml"
    file.write_text("x")
    assert settled(folder) == [file]
    with pytest.raises(InputUnreadable, match=r"a\.xml cannot be moved to done/"):
        folder.put_away(file, [])
    assert settled(folder) == []
    file.write_text("other")
    assert settled(folder) == [file]


def test_what_is_not_read_is_told_once_with_the_reason(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    (tmp_path / "sub").mkdir()
    (tmp_path / "link.xml").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "pipe.xml")
    for quiet in (".hidden", "growing.part", "a.xml"):
        (tmp_path / quiet).write_text("")
    told = "\n".join(folder.left_out())
    for words in ("link.xml is a link", "pipe.xml is no plain file", "sub is a folder"):
        assert words in told
    assert len(told.splitlines()) == 3
    assert folder.left_out() == []
    (tmp_path / "sub").rmdir()
    assert folder.left_out() == []
    (tmp_path / "sub").mkdir()
    assert len(folder.left_out()) == 1


def test_folders_that_it_makes_are_there_from_the_start(tmp_path: Path) -> None:
    Folder(tmp_path)
    assert {f.name for f in tmp_path.iterdir() if stat.S_ISDIR(f.stat().st_mode)} == {DONE, FAILED}
