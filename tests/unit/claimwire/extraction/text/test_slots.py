from datetime import date

import pytest

from claimwire.extraction.text.slots import deeds, figures, times

DAY = date(2024, 3, 13)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("agreed to pay about 265 mln dlrs", ("2.65e+08 dlr",)),
        ("a bid of $3.5 billion", ("3.5e+09 dlr",)),
        ("two billion dollars of notes at 5-7/8 percent", ("2e+09 dlr", "5.875 pct")),
        ("19 soldiers and 1,200 tonnes of rice", ("1200 tonne", "19 soldier")),
        ("19.3 million U.S. dollars", ("1.93e+07 dlr",)),
        ("the ceiling of 15.8 mln set for 30 days", ("1.58e+07 ",)),
        ("nothing was said in 2024", ()),
    ],
)
def test_figures_come_with_what_they_count_in_one_form(words: str, expected: tuple[str, ...]) -> None:
    assert figures(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("the ship was hit yesterday", ("2024-03-12/2024-03-12",)),
        ("it was hit on Monday", ("2024-03-11/2024-03-11",)),
        ("talks will resume on Monday", ("2024-03-18/2024-03-18",)),
        ("output fell in February", ("2024-02-01/2024-02-29",)),
        ("signed on March 9", ("2024-03-09/2024-03-09",)),
        ("signed on 9 March", ("2024-03-09/2024-03-09",)),
        ("sold last week", ("2024-03-04/2024-03-10",)),
        ("hit at the weekend", ("2024-03-09/2024-03-10",)),
        ("due next month", ("2024-04-01/2024-04-30",)),
        ("the pact of last December", ()),
        ("on February 31", ()),
    ],
)
def test_times_are_days_of_the_calendar_counted_from_the_item(words: str, expected: tuple[str, ...]) -> None:
    assert times(words, DAY) == expected


def test_time_long_past_is_background_and_no_time_of_the_news() -> None:
    assert times("the ceiling that it set in November", DAY) == ()


def test_deeds_are_the_verbs_in_the_form_of_the_terms() -> None:
    assert deeds("it has agreed to acquire the smelter") == deeds("it agreed to buy the smelter")
    assert deeds("the smelter at Port Pirie") == ()


@pytest.mark.parametrize("verb", ["begin", "become", "nominate", "notify", "beat", "believe"])
def test_verb_that_begins_like_a_word_before_a_verb_is_a_deed(verb: str) -> None:
    assert deeds(f"it will {verb} them") == deeds(f"it will now {verb} them") != ()
