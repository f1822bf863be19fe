"""The chart: how many claims were open, disputed and settled, day by day, as lines of an SVG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT = 720, 240
LEFT, BOTTOM, TOP, RIGHT = 44, 28, 12, 12
KINDS = ("open", "disputed", "settled")
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart's lines and their places.

    Attributes
    ----------
    lines
        The points of each kind's line, as SVG writes them.
    steps
        The numbers beside the chart, with the height of each.
    first, last
        The first and last day.
    """

    lines: Mapping[str, str]
    steps: Sequence[tuple[int, float]]
    first: str
    last: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def chart_of(days: Sequence[Mapping[str, Any]]) -> Chart | None:
    """The chart of some days; None where there is no line to draw."""
    if len(days) < 2:
        return None
    most: int = max(1, *(day[kind] for day in days for kind in KINDS))
    step = _step(most)
    top = -(-most // step) * step
    across = (WIDTH - LEFT - RIGHT) / (len(days) - 1)

    def height(number: int) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * number / top, 1)

    lines = {
        kind: " ".join(f"{LEFT + n * across:.1f},{height(day[kind])}" for n, day in enumerate(days)) for kind in KINDS
    }
    steps = [(number, height(number)) for number in range(0, top + 1, step)]
    return Chart(lines, steps, days[0]["day"], days[-1]["day"])


def _step(most: int) -> int:
    """The step between the numbers: a round number, such that few steps reach the highest."""
    size = 1
    while True:
        for round_number in (size, 2 * size, 5 * size):
            if most <= MOST_STEPS * round_number:
                return round_number
        size *= 10
