import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire import Item, Part, Statement, extract
from claimwire.extraction.drafting.item_reading import TooManyStatements
from claimwire.extraction.text_size import words as size_in_words
from claimwire.sides import sides_in
from claimwire.statements import RECORD
from tests.unit.builders import extracted, item, seed_items
from tests.unit.wires import sentences


def check_spans(version: Item, statements: list[Statement]) -> None:
    texts = {Part.HEADLINE: version.headline, Part.BODY: version.body}
    ids = {s.id for s in statements}
    for s in statements:
        text = texts[s.part]
        assert text[s.start : s.end] == s.quote
        for start, end in ((s.start, s.end), *s.cue, *s.source, *s.content):
            assert 0 <= start < end <= len(text)
        for spans in (s.cue, s.source, s.content):
            assert list(spans) == sorted(spans)
            assert all(text[start:end].strip() for start, end in spans)
        assert s.content
        assert len(s.cue) <= 1
        assert not (s.cue and any(start < s.cue[0][1] and s.cue[0][0] < end for start, end in s.source))
        assert not s.target or s.target in ids
        assert 1 <= len(s.subjects) <= 6
        assert not any(UNPRINTED.search(subject) for subject in s.subjects if not subject.startswith(RECORD))


UNPRINTED = re.compile(r"[\x00-\x1f\x7f-\x9f]")
"""What parts keys must stand in none."""


@pytest.mark.parametrize("version", seed_items(), ids=lambda i: f"{i.uri[-12:]}-{i.version}")
def test_quotes_of_the_seeds_stand_where_their_spans_say(version: Item) -> None:
    check_spans(version, list(extracted(version)))


FRAGMENTS = [
    "Russia",
    "Ukraine",
    "Ukraine’s General Staff",
    "Gen. Valery Gerasimov",
    "Pokrovsk",
    "the city",
    "Stara Vyshnia",
    "said",
    "said that",
    "- ",
    ".- They fled - said Hajda",
    "denied",
    "denied reports that",
    "claims to have taken",
    "had captured",
    "withdrew from",
    "neither confirm nor deny",
    "according to",
    "was untrue",
    "which was wrong",
    "something that",
    "we hold the north of",
    "it",
    "not",
    "two hundred drones",
    "37",
    '"',
    "“",
    "”",
    "'",
    "’s",
    ",",
    ".",
    "?",
    ";",
    " - ",
    "--",
    "\n",
    "\r\n",
    "\n\n",
    " ",
    "\N{NO-BREAK SPACE}",
    "\N{RIGHT-TO-LEFT MARK}",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\N{COMBINING ACUTE ACCENT}",
    "\N{ZERO WIDTH JOINER}",
    "\N{GRINNING FACE}",
    "\N{WOMAN}\N{ZERO WIDTH JOINER}\N{ROCKET}",
    "\N{REGIONAL INDICATOR SYMBOL LETTER U}\N{REGIONAL INDICATOR SYMBOL LETTER A}",
    "é",
    "İ",
    "ß",
    "ﬁ",
    "ǰǰ",
    "Aΐ",
    "KYIV, Dec 2 (Agency) - ",
    "CORRECTED-",
    "\0",
    "\N{LINE SEPARATOR}",
    "\x85",
    "\x1c",
    "(",
    ")",
    "[",
    "”’”",
    "“‘“",
    "''",
    "…",
    "\t",
    "\x7f",
    "\x1b[31m",
    "\N{ZERO WIDTH NO-BREAK SPACE}",
    "\N{LEFT-TO-RIGHT ISOLATE}",
    "\N{HEBREW LETTER ALEF}",
    "漢字",
    "\U0010ffff",
    "\ufffe",
    "а",
    "Zelenskyy\0Putin",
    "Pokrovsk\0",
    "CORRECTED-",
    "http://x.example/?q=said+that",
    "<ACME.N>",
    "U.S.",
    "1,000,000",
]
fragments = st.lists(st.sampled_from(FRAGMENTS), max_size=30).flatmap(
    lambda words: st.sampled_from(["", " "]).map(lambda space: space.join(words))
)
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=300),
    fragments,
    st.tuples(fragments, sentences, fragments).map("".join),
)


@given(texts, st.one_of(st.just(""), fragments, fragments.map(str.upper)))
def test_any_text_is_read_and_its_spans_hold(body: str, headline: str) -> None:
    version = item(body, headline)
    statements = extract(version)
    check_spans(version, statements)
    assert len({s.id for s in statements}) == len(statements)
    assert statements == extract(version)


@pytest.mark.parametrize("word", ["ǰǰ", "Aΐ", "İİ", "ẖẗ"])
def test_letters_that_come_apart_without_their_case_are_read(word: str) -> None:
    version = item(f"{word} said that {word} had taken {word}.", word)
    check_spans(version, extract(version))


@given(fragments, fragments)
def test_entities_and_tags_in_a_plain_text_are_text(before: str, after: str) -> None:
    marked = f"{before} A&amp;B <b>Corp</b> said&nbsp;that it&rsquo;s &lt;over&gt; &#x1F600;. {after}"
    for body in (marked, unescape(marked)):
        version = item(body)
        check_spans(version, extract(version))


def test_decoded_entities_change_nothing_but_the_offsets() -> None:
    marked = "Acme said&nbsp;that it&rsquo;s over.\n\nIran denied that a tanker had sunk &ndash; again."
    body = unescape(marked)
    version = item(body)
    statements = extract(version)
    check_spans(version, statements)
    assert [body[slice(*s.cue[0])] for s in statements if s.cue] == ["said", "denied"]


@given(st.lists(st.one_of(sentences, fragments), max_size=5))
def test_windows_line_breaks_harm_no_span(told: list[str]) -> None:
    version = item("\r\n".join(told), "Iran denies report\r\n")
    check_spans(version, extract(version))


@pytest.mark.parametrize("words", ["Russia said that its forces had taken Pokrovsk and ", "aé\N{GRINNING FACE}", "he "])
def test_spans_of_a_sentence_of_100_000_characters_hold(words: str) -> None:
    version = item(words * (100_000 // len(words)))
    check_spans(version, extract(version))


@given(st.lists(sentences, min_size=1, max_size=4), st.sampled_from(["\r\n", "\r\n\r\n", "\n", " \n\n\n"]))
def test_kind_of_line_break_does_not_change_what_is_said(told: list[str], line_break: str) -> None:
    plain = extract(item("\n\n".join(told)))
    broken = extract(item(line_break.join(told)))
    assert [(s.act, s.side, s.outcome, s.quote) for s in broken] == [(s.act, s.side, s.outcome, s.quote) for s in plain]


@pytest.mark.parametrize("mark", ["\N{RIGHT-TO-LEFT MARK}", "\N{ZERO WIDTH SPACE}", "\N{ZERO WIDTH NO-BREAK SPACE}"])
def test_invisible_mark_at_the_end_of_a_sentence_does_not_change_who_said_it(mark: str) -> None:
    [statement] = extract(item(f"Russian forces have captured Pokrovsk, General Valery Gerasimov said.{mark}"))
    assert statement.side == "Russia"


@given(fragments, sentences)
def test_text_before_a_paragraph_does_not_shift_it_by_more_than_its_length(before: str, sentence: str) -> None:
    shifted = [s for s in extract(item(f"{before}\n\n{sentence}")) if s.start > len(before)]
    assert all(s.quote in sentence for s in shifted)


SENTENCE = "Russia said on Monday that its forces had taken the city of Pokrovsk"

REPEATED = {
    "quotes": '"',
    "curly quotes": "“",
    "quoted stops": '". ',
    "cue after cue": "said ",
    "speaker after speaker": "X said, ",
    "told he told": "he told the ",
    "according to": "according to ",
    "one letter words": "A ",
    "brackets": "(",
    "reports": "the report that ",
    "names": "Ab ",
    "remarks": "Russia's claims have often, ",
    "rated": "proved wrong ",
    "sides": "Russia ",
    "places": "Pokrovsk ",
    "captured": "captured ",
    "capitals": "A",
    "hyphens": "A-",
    "apostrophes": "A'",
    "control": "in its control ",
    "dashes": "- It fell - said the man ",
    "glued stops": "ab.Ab",
    "untruths": "they said the false ",
    "denials": "despite denials ",
    "asked": "asked if it denied ",
    "white space": " ",
    "line breaks": "\n",
    "commas": f"{SENTENCE}, ",
    "sentences": f"{SENTENCE}. ",
    "paragraphs": f"{SENTENCE}.\n\n",
    "quoted paragraphs": f"“{SENTENCE}.”\n\n",
}

LINEAR = 25
"""Between ten, the growth in proportion to ten times the text, and a hundred, that of its square. It
is generous: the short text takes a few milliseconds, so a busy neighbour may double either time."""

PROPORTIONAL = 12
"""What prose takes on a processor of its own; one of a few tries finds it so."""

QUADRUPLE = 7
"""Between four, in proportion to four times the text, and sixteen; some of the time is for the text's start."""

TRIES = 5

SHORTEST = 0.002
"""Seconds below which a time is noise."""

ENDLESS = 3_000
"""Times what a page of prose takes: only ends what would never end. It is the ratio of two times that is tested."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Fails as soon as its body has taken longer."""

    def stop(*_: object) -> None:
        pytest.fail(f"takes longer than {seconds:.3f} s of the processor")

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def seconds_to_read(text: str) -> float:
    version = item(text)
    sides_in.cache_clear()  # or the second time would be quicker than the first
    start = time.process_time()
    extract(version)
    return time.process_time() - start


@cache
def usual_seconds() -> float:
    """What a page of plain prose takes on this machine."""
    return max(seconds_to_read(f"{SENTENCE}. " * 40) for _ in range(3))


@pytest.mark.slow
@pytest.mark.parametrize("unit", REPEATED.values(), ids=REPEATED)
def test_time_grows_in_proportion_to_the_text(unit: str) -> None:
    short = unit * (3_000 // len(unit))
    with at_most(ENDLESS * usual_seconds()):
        seconds_to_read(short)
        ratios = (seconds_to_read(short * 10) / max(seconds_to_read(short), SHORTEST) for _ in range(TRIES))
        assert any(ratio <= LINEAR for ratio in ratios)


@pytest.mark.slow
@pytest.mark.parametrize(
    "text",
    [
        pytest.param('"' * 5_000, id="quotes"),
        pytest.param("said " * 5_000, id="said"),
        pytest.param("A " * 20_000, id="letters"),
        pytest.param("(" * 20_000, id="brackets"),
        pytest.param("the report that " * 3_000, id="reports"),
        pytest.param("X said, " * 3_000, id="speakers"),
        pytest.param(f"{SENTENCE} and " * 1_250, id="one sentence of 100,000 characters"),
        pytest.param(f"{SENTENCE}. " * 1_400, id="sentences of 100,000 characters"),
    ],
)
def test_pathological_text_is_read_to_its_end(text: str) -> None:
    with at_most(ENDLESS * usual_seconds()):
        seconds_to_read(text)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=5), st.sampled_from(["", " "]))
def test_four_times_any_hostile_text_takes_no_more_than_in_proportion(unit: list[str], space: str) -> None:
    repeated = space.join(unit) + space
    short = repeated * (2_000 // len(repeated) + 1)
    seconds_to_read(short)
    ratios = (seconds_to_read(short * 4) / max(seconds_to_read(short), 0.005) for _ in range(TRIES))
    assert any(ratio <= QUADRUPLE for ratio in ratios), repeated


@given(texts)
def test_text_that_makes_more_statements_than_it_may_is_refused_and_else_read_as_it_is(body: str) -> None:
    version = item(body)
    made = extract(version)
    if len(made) > 2:
        with pytest.raises(TooManyStatements):
            extract(version, len(made) // 3)
    assert extract(version, 1_000) == made


@pytest.mark.parametrize(
    ("text", "size"),
    [("", 0), ("They took it.", 4), ("w" * 80, 10), (" " * 800, 100), ("“No,” he said.", 7), ("漢" * 16, 2)],
)
def test_size_of_a_text_is_its_words_and_marks_and_never_far_below_its_characters(text: str, size: int) -> None:
    assert size_in_words(text) == size


@pytest.mark.slow
@pytest.mark.parametrize("unit", [f"{SENTENCE}. ", f"{SENTENCE}.\n\n"], ids=["sentences", "paragraphs"])
def test_ten_times_the_prose_takes_ten_times_as_long(unit: str) -> None:
    short, long = unit * 50, unit * 500
    seconds_to_read(short)
    ratios = (seconds_to_read(long) / seconds_to_read(short) for _ in range(TRIES))
    assert any(ratio <= PROPORTIONAL for ratio in ratios)
