import json
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from streams.escaping import shown

ANY = st.text(st.characters(exclude_categories=()))


def test_whatever_steers_hides_or_turns_round_is_written_out_and_letters_and_spaces_are_not() -> None:
    every = {c: category(c) for c in map(chr, [*range(0x11000), *range(0xE0000, 0xE0200)])}
    stays = {c for c, kind in every.items() if kind[0] in "LMNPS" or kind == "Zs"}
    assert {c for c in every if shown(c) == c} == stays


def test_it_is_written_out_as_json_does() -> None:
    assert shown("a\x1b\x7f\x9b\u202e\U000e0041\udcff") == r"a\u001b\u007f\u009b\u202e\udb40\udc41\udcff"


def test_line_ends_stay_only_where_they_are_meant() -> None:
    assert shown("a\nb") == r"a\u000ab"
    assert shown("a\n\r", lines=True) == "a\n" + r"\u000d"


@given(ANY)
def test_json_means_the_same_when_it_is_shown(text: str) -> None:
    line = shown(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(line) == json.loads(json.dumps({"text": text}))


@given(ANY)
def test_what_is_shown_can_be_shown_again(text: str) -> None:
    assert shown(shown(text)) == shown(text)
