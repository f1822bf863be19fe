"""kill -9 of the worker at named points: between two steps that random kills seldom come between."""

import pytest

from tests.faults.run import LONG, Run
from tests.faults.strikes import STRIKES, Strike


@pytest.mark.parametrize("strike", STRIKES if LONG else STRIKES[:1], ids=str)
@pytest.mark.parametrize("seed", [1])
def test_kill_at_a_named_point_changes_no_event(run: Run, strike: Strike) -> None:
    run.struck(strike)
    run.judge(in_order=True)
