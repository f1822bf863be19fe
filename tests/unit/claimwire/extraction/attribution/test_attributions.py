"""Attributions: cue, source and content of what an item reports somebody as saying."""

from dataclasses import replace

import pytest

from claimwire.extraction import tagger
from claimwire.extraction.attribution.attributions import Attribution, attributions, by_sentence, tag
from claimwire.extraction.text.sentences import Sentence, sentences
from tests.unit.builders import said

Worded = tuple[str, str, str]


def worded(text: str, a: Attribution) -> Worded:
    """Source, cue and content of an attribution, as words."""
    content = " … ".join(text[slice(*span)].strip(' ",“”.') for span in a.content)
    return (text[slice(*a.source)] if a.source else ""), text[slice(*a.cue)], content


def found(body: str, headline: str = "") -> list[Worded]:
    of_headline, of_body = attributions(tag(headline, body))
    return [worded(headline, a) for a in of_headline] + [worded(body, a) for a in of_body]


@pytest.mark.parametrize(
    ("body", "attribution"),
    [
        ("Iran said it had sunk a tanker.", ("Iran", "said", "it had sunk a tanker")),
        ("“It is a lie,” said Ivanov.", ("Ivanov", "said", "It is a lie")),
        ("According to Iran, a tanker sank.", ("Iran", "According to", "a tanker sank")),
        ("WASHINGTON, March 3 (Agency) - Iran said it had sunk a tanker.", ("Iran", "said", "it had sunk a tanker")),
        ("CORRECTED-Iran said it had sunk a tanker.", ("Iran", "said", "it had sunk a tanker")),
        ("The report was denied by Iran.", ("Iran", "was denied", "The report")),
    ],
)
def test_one_attribution(body: str, attribution: Worded) -> None:
    assert found(body) == [attribution]


@pytest.mark.parametrize(
    ("body", "attribution"),
    [
        ("The minister was quoted as denying the attack.", ("The minister", "was quoted as denying", "the attack")),
        ("The president was reported as denying the claim.", ("The president", "was reported as denying", "the claim")),
    ],
)
def test_who_is_quoted_as_denying_denies(body: str, attribution: Worded) -> None:
    assert found(body) == [attribution]


@pytest.mark.parametrize(
    ("body", "speech"),
    [
        ("- It is not so. Nobody left. We hold the mill - said the mayor of Odesa.", "It is not so. Nobody left."),
        ("Kyiv spoke of a lull.- They lie. Nobody left the mill - he said in Odesa.", "They lie."),
        ("- They hold the mill. It is calm now - assures Piotr Wrona, the mayor.", "They hold the mill."),
    ],
)
def test_speech_between_dashes_is_one_speakers_from_its_first_sentence(body: str, speech: str) -> None:
    _, of_body = attributions(tag("", body))
    [whole] = [a for a in of_body if any(speech in body[slice(*span)] for span in a.content)]
    assert whole.source
    assert body[slice(*whole.source)].startswith(("the mayor", "he", "Piotr Wrona"))


def test_dash_without_another_before_it_closes_no_speech() -> None:
    assert found("It fell and it is gone.\n\nIt burned - said the mayor") == [("the mayor", "said", "It burned")]


def test_words_end_before_the_dash_that_parts_them_from_their_speaker() -> None:
    tagged = tag("", "The mill burned - said the mayor")
    whole = tagger.TaggedAttribution(cue=((18, 22),), source=((23, 32),), content=((0, 17),))
    _, [a] = attributions(replace(tagged, read=replace(tagged.read, attributions=[whole])))
    assert a.content == ((0, 15),)


@pytest.mark.parametrize(
    ("body", "mark", "words", "sources", "cues"),
    [
        ("Iran: we shot first.", ":", "we shot first", ["Iran"], [":"]),
        ("Not so: we shot first.", ":", "we shot first", [], []),
        ("The mill burned - said the mayor", "-", "The mill burned", ["said the mayor", "the mayor"], ["said"]),
    ],
    ids=["a speaker", "nobody", "a speaker who has his own cue"],
)
def test_mark_is_a_cue_only_beside_its_speaker(
    body: str, mark: str, words: str, sources: list[str], cues: list[str]
) -> None:
    def spans(*parts: str) -> tuple[tuple[int, int], ...]:
        return tuple((body.index(part), body.index(part) + len(part)) for part in parts)

    tagged, content = tag("", body), spans(words)
    first = tagger.TaggedAttribution(spans(mark), spans(*sources[:1]), content)
    others = [tagger.TaggedAttribution(spans("said"), spans(source), content) for source in sources[1:]]
    _, read = attributions(replace(tagged, read=replace(tagged.read, attributions=[first, *others])))
    assert [body[slice(*a.cue)] for a in read] == cues


def test_source_ends_with_its_sentence() -> None:
    body = "“Demand was weak,” said Archie Dunham, vice president of chemicals at Conoco. Dunham said supply had risen."
    assert [source.rstrip(".") for source, _, _ in found(body)] == [
        "Archie Dunham, vice president of chemicals at Conoco",
        "Dunham",
    ]


def test_headline_and_body_have_offsets_of_their_own() -> None:
    headline, body = "IRAN DENIES REPORT", "Iran denied a report that it had sunk a tanker."
    of_headline, of_body = attributions(tag(headline, body))
    assert [worded(headline, a)[:2] for a in of_headline] == [("IRAN", "DENIES")]
    assert [worded(body, a)[:2] for a in of_body] == [("Iran", "denied")]


@pytest.mark.parametrize(("headline", "body"), [("", ""), (" ", "\n"), ("", "Blah blah blah."), ("...", "?!")])
def test_text_in_which_nobody_speaks_has_none(headline: str, body: str) -> None:
    assert attributions(tag(headline, body)) == ([], [])


def test_sentences_are_told_with_what_is_cued_in_them_and_who_goes_on() -> None:
    body = "“We hold the north. They are lying,” Ukraine said. Rain fell."
    told = by_sentence(attributions(tag("", body))[1], sentences(body))
    assert [len(t.cued) for t in told] == [0, 1, 0]
    assert told[0].lender == told[1].cued[0]
    assert told[1].lender is told[2].lender is None


A = Attribution(cue=(10, 14), source=(5, 9), content=((0, 4), (16, 20)))


def test_content_in_a_sentence_is_what_stands_there() -> None:
    assert A.span == (0, 20)
    assert A.content_in(Sentence(0, 15)) == (0, 4)
    assert A.content_in(Sentence(2, 18)) == (2, 18)
    assert A.content_in(Sentence(5, 15)) is None


def test_cue_and_source_inside_a_content_are_blanked() -> None:
    assert A.said_in("this Iran said, they left", (0, 25)) == f"this{' ' * 10}, they left"


WIRE = {
    "flash": ("", "IRAQ SAYS NO AIRCRAFT LOST", ["Iraq"]),
    "flash, passive": ("", "ACME SAID TO BE IN TALKS", ["unnamed"]),
    "agency tag": ("Iran denied the report.\n\n Reuter\n\x03", "", ["Iran"]),
    "byline": ("By Jane Smith and John Doe\n\nIran denied the report.", "", ["Iran"]),
    "credits": ("Iran denied the report.\n\n(Reporting by Jane Smith in Tehran; Editing by John Doe)", "", ["Iran"]),
    "byline and dateline": ("By Jane Smith\n\nTEHRAN, Dec 2 (Agency) - Iran denied the report.", "", ["Iran"]),
    "hyphens": ("- Iraq said that it had sunk a tanker.\n- Iran denied that a tanker had sunk.", "", ["Iraq", "Iran"]),
    "bullets": ("• Iraq said a tanker sank.\n• Iran denied the claim.", "", ["Iraq", "Iran"]),
    "table": (
        "    Shr 34 cts vs 1.19 dlrs\n    Net 807,000 vs 2,858,000\n    Revs 1.5 mln vs 3.1 mln\n Reuter\n",
        "",
        [],
    ),
    "table with a name": ("Shr 34 cts vs 1.19\nNet 807,000 vs 2,858,000", "ACME CORP <ACM> 4TH QTR NET", []),
    "filler": ("  Blah blah blah.\n\n\x03", "", []),
    "preface": ("(Corrects name of minister in paragraph 2)\n\nIran denied the report.", "", ["Iran"]),
    "correction": ('Please read in item headlined "Iran" the figure 3.4 mln, not 4.3 mln.', "", []),
    "lost spaces": ("Iraq said a tanker sank.Iran denied the claim.The Kremlin had no comment.", "", ["Iraq", "Iran"]),
    "lost space and quote": ("Iraq said a tanker sank.“It is a lie,” Iran said.", "", ["Iraq", "Iran"]),
    "wrapped": ("    Iran said it would close\nthe strait.\n    Iraq denied the\nreport.\n", "", ["Iran", "Iraq"]),
}


@pytest.mark.parametrize(("body", "headline", "sides"), WIRE.values(), ids=WIRE)
def test_wire_text_is_read_as_it_comes(body: str, headline: str, sides: list[str]) -> None:
    assert [s.side for s in said(body, headline) if s.cue] == sides
