import time

import pytest

from streams.feeds.markup import plain_line, plain_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One &amp; two.</p><p>Three.</p>", "One & two.\n\nThree."),
        ("One<br>two<br/><br/>three", "One\n\ntwo\n\nthree"),
        ("<td>a</td><td>b</td>", "a b"),
        ("a <b>b</b>, <a href='x'>c</a>.\n d", "a b, c. d"),
        ("<head><title>t</title></head><body>b</body>", "b"),
        ("<script>x < y</script><style>p{}</style>b", "b"),
        ("No tags,\nwrapped.\n\nNext &amp; last.", "No tags, wrapped.\n\nNext & last."),
        ("<pre>One\ntwo.\n\nThree.</pre>", "One two.\n\nThree."),
        ("1 < 2, 3 &lt; 4", "1 < 2, 3 < 4"),
        ("a\u00a0b&nbsp;c", "a b c"),
        ("<p>open", "open"),
        ("</p></div>", ""),
        ("", ""),
    ],
)
def test_html_becomes_paragraphs(html: str, text: str) -> None:
    assert plain_text(html) == text


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("City <b>taken</b>", "City taken"),
        ("Ben &amp; Jerry &#8211; a", "Ben & Jerry – a"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("AT&T\n  falls", "AT&T falls"),
        ("the <center> cannot", "the <center> cannot"),
    ],
)
def test_headlines_lose_inline_markup_and_nothing_else(title: str, line: str) -> None:
    assert plain_line(title) == line


LINEAR = 25
"""Between ten, the growth in proportion to ten times the text, and a hundred, that of its square."""

TRIES = 5


@pytest.mark.parametrize("piece", ["<", "<!", "<![", "<!--", "<a ", "<a b='", "</", "&", "&#", "<p", "<script>", "<b>"])
def test_time_for_hostile_markup_grows_in_proportion_to_it(piece: str) -> None:
    def seconds(characters: int) -> float:
        start = time.process_time()
        plain_text(piece * (characters // len(piece)))
        plain_line(piece * (characters // len(piece)))
        return time.process_time() - start

    assert any(seconds(200_000) <= LINEAR * seconds(20_000) for _ in range(TRIES))
