"""Every rule on words is held against its two examples."""

import importlib
import pkgutil

import pytest

import claimwire
from claimwire.rules import RULES, Rule

for module in pkgutil.walk_packages(claimwire.__path__, "claimwire."):
    importlib.import_module(module.name)


def named(rule: Rule) -> str:
    return rule.finds[:60]


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rule_finds_its_example(rule: Rule) -> None:
    assert rule.holds_in(rule.finds)


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_rule_passes_over_its_counter_example(rule: Rule) -> None:
    assert not rule.holds_in(rule.passes)
