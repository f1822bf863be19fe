"""How fast this machine is now: what tests wait for takes as long as the machine takes."""

import time
from collections.abc import Iterator

QUICK = 3_700
"""Rounds that a quiet core of the machine on which the waits were chosen does in a second."""

STEP = 0.02


def slowness() -> float:
    """How many times longer than a quiet core takes this machine takes now, as a calibrating second shows it."""
    rounds, began = 0, time.monotonic()
    while time.monotonic() - began < 1:
        sum(number * number for number in range(5_000))
        rounds += 1
    return max(1.0, QUICK / rounds)


def patience(seconds: float) -> Iterator[None]:
    """Goes round until that time is over, and so much longer as the machine is slower by then."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < seconds or waited < seconds * slowness():
        yield
        time.sleep(STEP)
