"""The mutations of `tests/faults` stand where they say: a change of the code leaves none of them idle."""

import pytest

from tests.faults.mutations import MUTATIONS, PACKAGES, Mutation
from tests.stream.harness import ROOT

SOURCES = {
    str(p.relative_to(ROOT)): p.read_text("utf8") for package in PACKAGES for p in (ROOT / package).rglob("*.py")
}


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_text_that_a_mutation_replaces_stands_once_in_the_tree_and_in_its_file(mutation: Mutation) -> None:
    assert [file for file, source in SOURCES.items() for _ in range(source.count(mutation.text))] == [mutation.file]


@pytest.mark.parametrize("mutation", MUTATIONS, ids=str)
def test_mutated_file_is_another_one_that_python_takes(mutation: Mutation) -> None:
    mutated = mutation.of(SOURCES[mutation.file])
    assert mutated != SOURCES[mutation.file]
    compile(mutated, mutation.file, "exec")
