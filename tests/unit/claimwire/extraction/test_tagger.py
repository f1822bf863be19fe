"""The attribution tagger: what it finds, and that no text harms it."""

import pytest

from claimwire.extraction.tagger import TaggedAttribution, Tagger, load

QUOTED = "“We hold the north of the city,” the corps said. “They are lying.”"


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load()


def parts(text: str, found: TaggedAttribution) -> tuple[str, str, str]:
    """Source, cue and content as words."""
    source, cue, content = (
        " … ".join(text[start:end] for start, end in spans) for spans in (found.source, found.cue, found.content)
    )
    return source, cue, content


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Gerasimov said the city had fallen.", "Gerasimov", "said", "the city had fallen"),
        ("IRAQ SAYS NO AIRCRAFT LOST", "IRAQ", "SAYS", "NO AIRCRAFT LOST"),
        ("Kremlin denies troops have left city", "Kremlin", "denies", "troops have left city"),
        ("No sign of gas attack, UN says", "UN", "says", "No sign of gas attack"),
        ("Ukrainian officials denied the claim.", "Ukrainian officials", "denied", "the claim"),
    ],
)
def test_finds_who_said_what(tagger: Tagger, text: str, source: str, cue: str, content: str) -> None:
    [found] = tagger.attribute([text])[0]
    got = parts(text, found)
    assert got[:2] == (source, cue)
    assert got[2].strip(" .,") == content


def test_quotation_may_have_two_parts(tagger: Tagger) -> None:
    [found] = [f for f in tagger.attribute([QUOTED])[0] if QUOTED[slice(*f.cue[0])] == "said"]
    assert "north of the city" in parts(QUOTED, found)[2]


ODD = {
    "empty": "",
    "white space": " \n\r\n\t\N{LINE SEPARATOR} ",
    "marks": "“”\"'‘’-–—…" * 200,
    "emoji": "Bob 😀 said 👍🏽 “it’s 🇺🇦 done”. " * 20,
    "crlf": "Bob said it was done.\r\n\r\nAnn denied it.\r\n",
    "combining": "Zelensky\u0301 sai\u0301d the a\u0308rmy fell. \u0301\u0301",
    "controls": "a\x00b said\ufeff \u200b it \x1b[0m",
    "surrogate": "x \ud800 said y",
    "other scripts": "他说他们否认了。 قال المتحدث إنه Он сказал, что это неправда. " * 20,
    "long word": "a" * 100_000,
    "dotted word": "a." * 50_000,
    "wrapped": "The general told reporters on Tuesday that the whole of\nthe city had fallen.\n",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_any_text_gives_spans_inside_it(tagger: Tagger, text: str) -> None:
    for found in tagger.attribute([text])[0]:
        assert found.cue
        assert found.content
        for spans in (found.cue, found.source, found.content):
            assert list(spans) == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)


def test_text_is_read_alone(tagger: Tagger) -> None:
    texts = [QUOTED, "IRAQ SAYS NO AIRCRAFT LOST", *(t for t in ODD.values() if len(t) < 5000)]
    alone = [tagger.attribute([text])[0] for text in texts]
    assert tagger.attribute(texts) == alone
    assert tagger.attribute(texts[::-1]) == alone[::-1]


def test_line_endings_do_not_matter(tagger: Tagger) -> None:
    plain = "Bob said it was done.\n\nAnn denied it.\n"
    windows = plain.replace("\n", "\r\n")
    of_plain, of_windows = ([parts(t, f) for f in tagger.attribute([t])[0]] for t in (plain, windows))
    assert of_plain == of_windows != []
