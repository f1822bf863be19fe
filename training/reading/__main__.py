"""Trains the reader's heads: ``python -m training.reading --shared DIR --out DIR``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from claimwire.claim_detection.network import ReaderNetwork

from . import corpora
from .examples import Example, example
from .fit import Array, Plan, Weights, fit
from .tune import Judged, tune


def main() -> None:
    """Train with each corpus left out, fit the bars on what those weights make of it, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of corpora and readings")
    parser.add_argument("--readings", type=Path, nargs="*", default=[], help="more readings to learn from")
    parser.add_argument("--out", type=Path, required=True, help="where the weights and bars go")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.out.mkdir(parents=True, exist_ok=True)
    out, plan = arguments.out, Plan(seed=arguments.seed)
    files = [arguments.shared / corpora.READINGS, *corpora.ours(), *arguments.readings]
    items = corpora.items(arguments.shared)
    examples = [example(items[r["item"]], r) for r in corpora.readings(*files)]
    examples = [each for each in examples if each.seen.spans and len(each.states)]
    examples += [each for each in examples if each.corpus not in corpora.CORPORA] * (corpora.TIMES - 1)
    judged: list[Judged] = []
    for name in sorted(corpora.CORPORA):
        rest = [each for each in examples if each.corpus != name]
        network = ReaderNetwork(_trained(out / f"without-{name}" / "heads.npz", rest, plan))
        unseen = [each for each in examples if each.corpus == name]
        judged += [(each, network.judge(each.seen, each.states.astype(np.float32))) for each in unseen]
    settings = json.dumps(asdict(tune(judged)), indent=1) + "\n"
    for path in (out, *out.glob("without-*")):
        (path / "settings.json").write_text(settings, "utf8")
    _trained(out / "heads.npz", examples, plan)


def _trained(path: Path, examples: Sequence[Example], plan: Plan) -> Weights:
    """The weights in a file; trained first if it is not there, so that an interrupted run goes on."""
    if path.exists():
        with np.load(path) as file:
            return {name: file[name].astype(np.float32) for name in file.files}
    path.parent.mkdir(parents=True, exist_ok=True)
    light = {name: _light(array) for name, array in fit(examples, plan).items()}
    np.savez_compressed(path, **light)  # type: ignore[arg-type]
    return _trained(path, examples, plan)


def _light(array: Array) -> NDArray[np.floating[Any]]:
    """The numbers of a matrix in half their size, as they ship."""
    return array.astype(np.float16) if array.ndim > 1 else array


if __name__ == "__main__":
    main()
