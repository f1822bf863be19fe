"""Faults seeded in a copy of the tree: the verdict on a worker that runs it must name what they break."""

from pathlib import Path

import pytest

from tests.faults.mutations import MUTATIONS, Mutation
from tests.faults.run import LONG, Run
from tests.faults.verdict import Verdict
from tests.stream.harness import ROOT


@pytest.mark.skipif(not LONG, reason="each takes as long as a fault test: make faults")
@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
@pytest.mark.parametrize("seed", [1])
def test_verdict_finds_it_where(run: Run, tmp_path: Path, mutation: Mutation) -> None:
    run.struck(mutation.strike, tree=mutation.make(ROOT, tmp_path / "mutated"))
    assert run.verdict(in_order=True) != Verdict()
