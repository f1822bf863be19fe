"""PolNeAR's development half: news texts with the attributions that people marked in them."""

import json
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attributions import Attribution
from benchmarks.shared import Score, Shared
from claimwire import Item

ARCHIVE = "data/polnear-train-dev.tar.xz"
SCORER = "attribution"
PART = "dev"


@dataclass(frozen=True, slots=True)
class PolNeAR:
    """The unpacked half."""

    shared: Shared
    folder: Path
    items: list[Item]

    @property
    def words(self) -> int:
        """How many words its texts have, told by white space."""
        return sum(len(item.body.split()) for item in self.items)

    def score(self, found: Iterable[tuple[Item, Attribution]]) -> Score:
        """The official figures of what was found."""
        statements = self.folder / "statements.jsonl"
        with statements.open("w", encoding="utf8") as file:
            file.writelines(json.dumps(attribution.as_json(item.uri)) + "\n" for item, attribution in found)
        return self.shared.score(SCORER, "score", self.folder, PART, statements)

    def gold(self) -> Iterator[tuple[Item, list[Attribution]]]:
        """The items, each with the attributions that people marked."""
        documents = self.shared.scorer(SCORER).documents(str(self.folder), PART)
        for item, (_, _, marked) in zip(self.items, documents, strict=True):
            yield item, [Attribution(tuple(a["cue"]), tuple(a["source"]), tuple(a["content"])) for a in marked]


@contextmanager
def unpacked(shared: Shared) -> Iterator[PolNeAR]:
    """Unpack it into a folder that is deleted again."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        with tarfile.open(shared.path(ARCHIVE)) as archive:
            members = [m for m in archive if m.name.startswith(f"{PART}/")]
            archive.extractall(folder, members, filter="data")
        documents = shared.run(SCORER, "items", folder, PART).splitlines()
        yield PolNeAR(shared, folder, [Item.from_ninjs(json.loads(document)) for document in documents])
