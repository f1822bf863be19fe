"""Every rule on words is held against its two examples."""

import importlib
import pkgutil
from pathlib import Path

import pytest

import claimwire
from claimwire.rules import RULES, WordRule

for module in pkgutil.walk_packages(claimwire.__path__, "claimwire."):
    importlib.import_module(module.name)


def named(rule: WordRule) -> str:
    return rule.finds[:60]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rule_finds_its_example(rule: WordRule) -> None:
    assert rule.holds_in(rule.finds)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rule_passes_over_its_counter_example(rule: WordRule) -> None:
    assert not rule.holds_in(rule.passes)


def test_no_pattern_of_a_module_stands_without_examples() -> None:
    bare = [
        f"{path.name}: {line.strip()}"
        for path in Path(claimwire.__path__[0]).rglob("*.py")
        for line in path.read_text("utf8").splitlines()
        if "re.compile(" in line and not line.startswith(" ")
    ]
    assert bare == []
