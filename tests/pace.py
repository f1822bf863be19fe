"""How fast this machine is now: what tests wait for takes as long as the machine takes."""

import time
from collections.abc import Iterator

QUICK = 3_700
"""Rounds that a quiet core of the machine on which the waits were chosen does in a second."""

GENEROUS = 5
"""How many times longer a test waits than what it waits for should take: it fails later, and passes no later."""

STEP = 0.02


def slowness() -> float:
    """How many times longer than a quiet core takes this machine takes now, as a calibrating second shows it."""
    rounds, began = 0, time.monotonic()
    while time.monotonic() - began < 1:
        sum(number * number for number in range(5_000))
        rounds += 1
    return max(1.0, QUICK / rounds)


def at_most(seconds: float) -> float:
    """How long a test waits, at the most, for what should take so long on a quiet core."""
    return GENEROUS * seconds * slowness()


def patience(seconds: float) -> Iterator[None]:
    """Goes round for what should take so long on a quiet core, until a generous multiple of that time is over."""
    began = time.monotonic()
    while (waited := time.monotonic() - began) < GENEROUS * seconds or waited < at_most(seconds):
        yield
        time.sleep(STEP)
