from typing import Any

import pytest

from board.web.chart import BOTTOM, HEIGHT, LEFT, TOP, WIDTH, chart_of


def days(*numbers: int) -> list[dict[str, Any]]:
    return [
        {"day": f"2025-12-{n:02}", "open": number, "disputed": 0, "settled": 0} for n, number in enumerate(numbers, 1)
    ]


def test_lines_go_from_the_first_day_to_the_last_between_bottom_and_top() -> None:
    made = chart_of(days(0, 2, 4))
    assert made is not None
    bottom = HEIGHT - BOTTOM
    [first, middle, last] = made.lines["open"].split()
    assert first == f"{LEFT:.1f},{bottom:.1f}"
    assert middle.endswith(f",{(bottom + TOP) / 2}")
    assert last.endswith(f",{TOP:.1f}")
    assert made.lines["settled"].endswith(f",{bottom:.1f}")
    assert float(last.partition(",")[0]) <= WIDTH
    assert (made.first, made.last) == ("2025-12-01", "2025-12-03")


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (0, [0, 1]),
        (3, [0, 1, 2, 3]),
        (6, [0, 2, 4, 6]),
        (37, [0, 10, 20, 30, 40]),
        (1_000_000, [0, 500_000, 1_000_000]),
    ],
)
def test_few_round_numbers_stand_beside_the_chart_and_the_highest_is_not_passed(most: int, numbers: list[int]) -> None:
    made = chart_of(days(0, most))
    assert made is not None
    assert [number for number, _ in made.steps] == numbers


def test_one_day_makes_no_line() -> None:
    assert chart_of(days(1)) is None
    assert chart_of([]) is None
