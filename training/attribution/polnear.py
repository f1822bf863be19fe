"""Reads PolNeAR: news texts with brat stand-off attributions."""

from __future__ import annotations

import re
import tarfile
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution as annotated; offsets are code points into the text."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One news text with its attributions."""

    name: str
    text: str
    gold: tuple[Gold, ...]


def read(archive: Path, part: str) -> list[Document]:
    """Read one part of PolNeAR from its archive, or from a folder of the same layout.

    Parameters
    ----------
    archive : Path
        A tar archive or a folder that holds ``{train,dev}/{text,attributions}``.
    part : str
        ``train`` or ``dev``.

    Returns
    -------
    list[Document]
        In order of their names; of a text that several people annotated, the first annotation.
    """
    files = _folder(archive, part) if archive.is_dir() else _archive(archive, part)
    annotated: dict[str, str] = {}
    for name in sorted(files):
        if name.endswith(".ann"):
            annotated.setdefault(re.sub(r"_[0-9a-f]{4}\.ann$", "", name), files[name])
    documents = []
    for name in sorted(files):
        plain = name.removesuffix(".txt")
        if not name.endswith(".ann") and plain in annotated:
            documents.append(Document(plain, files[name], _attributions(annotated[plain])))
    return documents


def _folder(folder: Path, part: str) -> dict[str, str]:
    return {
        path.name: path.read_bytes().decode()
        for kind in ("text", "attributions")
        for path in (folder / part / kind).iterdir()
    }


def _archive(archive: Path, part: str) -> dict[str, str]:
    files: dict[str, str] = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            if part in path.parts and path.parent.name in ("text", "attributions"):
                content = tar.extractfile(member)
                if content is not None:
                    files[path.name] = content.read().decode()
    return files


def _attributions(annotation: str) -> tuple[Gold, ...]:
    spans: dict[str, list[Span]] = {}
    found: list[Gold] = []
    for line in annotation.split("\n"):
        cells = line.split("\t")
        if cells[0].startswith("T") and len(cells) >= 2:
            places = cells[1].split(" ", 1)[1].split(";")
            spans[cells[0]] = [(int(a), int(b)) for a, b in (p.split() for p in places)]
        elif cells[0].startswith("E"):
            roles: dict[str, list[Span]] = defaultdict(list)
            for pair in cells[1].split():
                role, target = pair.split(":")
                roles[re.sub(r"\d+$", "", role)] += spans.get(target, [])
            if "Discard" not in roles and roles["Cue"]:
                cue, source, content = (tuple(sorted(roles[r])) for r in ("Cue", "Source", "Content"))
                found.append(Gold(cue, source, content))
    return tuple(found)


def covered(starts: list[int], ends: list[int], spans: tuple[Span, ...]) -> list[int]:
    """Return the words that spans of characters touch.

    Parameters
    ----------
    starts, ends : list[int]
        The words' offsets.
    spans : tuple[tuple[int, int], ...]
        Spans of characters, end exclusive.

    Returns
    -------
    list[int]
        Indices of words, in order.
    """
    found: set[int] = set()
    for start, end in spans:
        found.update(range(bisect_left(ends, start + 1), bisect_left(starts, end)))
    return sorted(found)
