from collections.abc import Sequence

import pytest

from claimwire import Act, extract
from claimwire.claim_detection.decoding import Found, FoundAnswer, FoundClaim
from claimwire.claim_detection.features import Floats
from claimwire.extraction.drafting.item_reading import TooManyStatements
from claimwire.extraction.tagger import TaggerReading
from claimwire.statements import OUTLET, REPORTS, Relation, Span, Statement
from tests.unit.builders import item


class Finds:
    """A reader that finds what it is told to find, by the numbers of sentences; hearts are words of the text."""

    def __init__(
        self,
        claims: dict[int, str],
        answers: dict[int, tuple[Relation, int | None]] | None = None,
        answering: tuple[float, ...] = (),
    ) -> None:
        self._claims = claims
        self._answers = answers or {}
        self._answering = answering

    def read(self, read: TaggerReading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        claims = {n: FoundClaim(worth=2, chance=0.9, heart=_place(read, words)) for n, words in self._claims.items()}
        answers = {n: FoundAnswer(relation, target, 0.9) for n, (relation, target) in self._answers.items()}
        return Found(claims, answers, self._answering)


def _place(read: TaggerReading, words: str) -> Span:
    """Where some words stand in what was read."""
    wanted, texts = words.split(), read.words.texts
    at = next(n for n in range(len(texts)) if texts[n : n + len(wanted)] == wanted)
    return read.words.starts[at], read.words.ends[at + len(wanted) - 1]


def followed(made: Sequence[Statement]) -> list[tuple[str, str]]:
    return [(s.side, s.proposition) for s in made if s.worth]


def test_claim_is_the_statement_whose_words_hold_its_heart() -> None:
    body = "The town is quiet. Russia said that its army had taken Pokrovsk on Monday."
    made = extract(item(body), reader=Finds({1: "army had taken Pokrovsk"}))
    assert followed(made) == [("Russia", "[Russia’s] army had taken Pokrovsk on Monday")]


def test_claim_that_nobody_is_told_to_make_is_the_outlets() -> None:
    body = "The plant in Leeds has been closed for good since the fire in March."
    made = extract(item(body), reader=Finds({0: "plant in Leeds has been closed"}))
    assert followed(made) == [(f"{OUTLET}Meridian", body)]


def test_claim_without_a_whole_proposition_is_not_opened() -> None:
    made = extract(item("He had been arrested there on Monday."), reader=Finds({0: "been arrested"}))
    assert followed(made) == []


def test_symbols_without_a_word_open_no_claim_even_where_the_reader_finds_one() -> None:
    body = "🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥 🚀 🔥"
    made = extract(item(body), reader=Finds({0: "🔥"}))
    assert [s.quote for s in made] == [body]
    assert followed(made) == []


SPOKEN = (
    "Russia said that its army had taken Pokrovsk. The mayor was in Kyiv, a spokesman said. It rained, Ukraine said."
)


def test_statement_has_the_chance_that_its_sentence_answers_a_claim() -> None:
    made = extract(item(SPOKEN), reader=Finds({}, answering=(0.021, 0.456, 0.0)))
    assert {s.quote[:5]: s.answering for s in made} == {"Russi": 0.02, "The m": 0.46, "It ra": 0.0}


def test_only_what_opens_or_may_answer_a_claim_holds_its_sentence_and_the_items_headline_and_lead() -> None:
    found = Finds({1: "army had taken Pokrovsk"}, answering=(0.0, 0.0, 0.456, 0.0))
    made = extract(item(SPOKEN, headline="Town  taken"), reader=found)
    first, second, _ = (sentence + "." for sentence in SPOKEN.strip(".").split(". "))
    lead = f"{first} {second}"
    assert {s.quote[:5]: (s.sentence, s.headline, s.lead) for s in made} == {
        "Russi": (first, "Town taken", lead),
        "The m": (second, "Town taken", lead),
        "It ra": ("", "", ""),
    }


def test_answer_points_at_the_claim_of_its_item() -> None:
    body = "Russia said that its army had taken Pokrovsk. Ukraine denied the claim."
    found = Finds({0: "army had taken Pokrovsk"}, {1: (Relation.DENIES, 0)})
    made = {s.id: s for s in extract(item(body), reader=found)}
    [answer] = [s for s in made.values() if s.relation]
    assert (answer.side, answer.relation, answer.act) == ("Ukraine", Relation.DENIES, Act.DENIES)
    assert made[answer.target].side == "Russia"
    assert made[answer.target].subjects[0] in answer.subjects


def test_answer_that_nobody_is_told_to_give_is_the_outlets() -> None:
    body = "Russia said that its army had taken Pokrovsk. Nothing of the sort has happened there so far."
    found = Finds({0: "army had taken Pokrovsk"}, {1: (Relation.DENIES, 0)})
    [answer] = [s for s in extract(item(body), reader=found) if s.relation]
    assert (answer.side, answer.act) == (f"{OUTLET}Meridian", Act.DENIES)


def test_denial_that_tells_what_it_denies_puts_that_forward_and_answers_it() -> None:
    body = "The bank denied that it had sold its shares in the brewery."
    found = Finds({0: "it had sold its shares"}, {0: (Relation.DENIES, 0)})
    [denial] = [s for s in extract(item(body), reader=found) if s.worth]
    assert (denial.act, denial.relation, denial.target) == (Act.DENIES, Relation.DENIES, "")
    assert denial.proposition.endswith("had sold its shares in the brewery")


def test_answer_to_what_another_item_told_points_at_nothing() -> None:
    body = "Ukraine denied the claim on Tuesday."
    [answer] = [s for s in extract(item(body), reader=Finds({}, {0: (Relation.DENIES, None)})) if s.relation]
    assert (answer.relation, answer.target) == (Relation.DENIES, "")


def test_item_that_the_reader_lets_say_more_than_it_may_is_refused() -> None:
    body = "The plant in Leeds has been closed for good. The mine in Cardiff has been sold to a bank."
    found = Finds({0: "plant in Leeds has been closed", 1: "mine in Cardiff has been sold"})
    assert len(extract(item(body), most=2, reader=found)) == 2
    with pytest.raises(TooManyStatements, match="2 statements"):
        extract(item(body), most=1, reader=found)


def test_denial_that_spells_out_what_was_told_before_answers_that() -> None:
    body = (
        "Sudan said that the Emirates were responsible for an attack on the harbour. "
        "Iceland denied that it was responsible for the attack on the harbour of Sudan."
    )
    found = Finds(
        {0: "responsible for an attack on the harbour", 1: "responsible for the attack on the harbour"},
        {1: (Relation.DENIES, 1)},
    )
    made = {s.id: s for s in extract(item(body), reader=found)}
    [denial] = [s for s in made.values() if s.relation]
    assert made[denial.target].side == "Sudan"
    assert [s.side for s in made.values() if s.worth] == ["Sudan"]


def test_nobody_denies_what_he_says_himself() -> None:
    body = "Iceland said that the study had been thorough. Iceland denied that the sale would hurt the fish."
    found = Finds({0: "study had been thorough"}, {1: (Relation.DENIES, 0)})
    [denial] = [s for s in extract(item(body), reader=found) if s.relation]
    assert denial.target == ""


def test_who_alone_tells_a_thing_confirms_nothing_by_it() -> None:
    body = "Iceland confirmed that its frigate had run aground near Bergen."
    [made] = extract(item(body), reader=Finds({0: "frigate had run aground"}, {0: (Relation.CONFIRMS, 0)}))
    assert (made.act, made.relation, made.worth) == (Act.ASSERTS, None, 2)


def test_speaker_without_a_name_has_the_one_that_the_item_tells() -> None:
    body = "Iceland's Fisheries Ministry was closed. The ministry said that its frigate had run aground."
    [made] = [s for s in extract(item(body), reader=Finds({1: "frigate had run aground"})) if s.worth]
    assert made.speaker == "The ministry [Fisheries Ministry]"


def test_event_that_somebody_confirms_is_told_by_the_sentence() -> None:
    body = "Iceland confirmed the loss of its frigate near Bergen."
    [made] = extract(item(body), reader=Finds({0: "loss of its frigate"}))
    assert (made.side, made.proposition) == ("Iceland", "Iceland confirmed the loss of its frigate near Bergen")


def test_sentence_that_begins_with_the_time_or_the_place_is_a_claim() -> None:
    body = "In April, the plant in Leeds was closed for good after a fire."
    made = extract(item(body), reader=Finds({0: "plant in Leeds was closed"}))
    assert followed(made) == [(f"{OUTLET}Meridian", body)]


def test_whole_sentence_is_the_outlets_where_nobody_in_it_speaks() -> None:
    body = "Russia and Ukraine have agreed to several swaps of prisoners, and this exchange was the largest."
    [made] = [s for s in extract(item(body), reader=Finds({0: "have agreed to several swaps"})) if s.worth]
    assert (made.side, made.proposition) == (f"{OUTLET}Meridian", body)


def test_who_declines_to_comment_denies_nothing() -> None:
    body = "Iceland said that its frigate had run aground. A spokesman for Norway declined to comment on the frigate."
    found = Finds({0: "frigate had run aground"}, {1: (Relation.DENIES, 0)})
    [answer] = [s for s in extract(item(body), reader=found) if s.relation]
    assert answer.relation is Relation.NO_COMMENT


def test_nameless_source_bears_out_no_other() -> None:
    body = "Sources said that the frigate had run aground. Witnesses said that the frigate lay on the rocks."
    found = Finds({0: "frigate had run aground"}, {1: (Relation.CONFIRMS, 0)})
    assert [s for s in extract(item(body), reader=found) if s.relation] == []


def test_nothing_corroborates_a_claim_of_its_own_item() -> None:
    body = "Russia said that its army had taken Pokrovsk. Poland said that the army was in Pokrovsk."
    found = Finds({0: "army had taken Pokrovsk"}, {1: (Relation.CORROBORATES, 0)})
    assert [s for s in extract(item(body), reader=found) if s.relation] == []


def test_claim_known_from_its_denial_ends_where_the_denial_is_quoted() -> None:
    body = 'Acme denied that the company had sold its mine in Leeds. "We are not thinking of selling it," it said.'
    [claim] = [s for s in extract(item(body), reader=Finds({0: "sold its mine"}, {0: (Relation.DENIES, 0)})) if s.worth]
    assert "thinking" not in claim.proposition


@pytest.mark.parametrize(
    ("body", "heart", "claim", "side"),
    [
        (
            "Ukraine has accused Russia of burning and looting the mill, which Russia denies.",
            "accused Russia of burning",
            "Russia [is guilty of] burning and looting the mill",
            "Ukraine",
        ),
        (
            "Iceland was itself accused of scuppering the deal, a claim which it denied.",
            "accused of scuppering the deal",
            "Iceland [is guilty of] scuppering the deal",
            REPORTS,
        ),
        (
            "The harbour was closed over suspected links to the army — allegations Iceland has rejected.",
            "closed over suspected links",
            "The harbour [has] links to the army",
            REPORTS,
        ),
    ],
)
def test_sentence_that_answers_what_it_tells_is_a_claim_and_its_answer(
    body: str, heart: str, claim: str, side: str
) -> None:
    made = extract(item(body), reader=Finds({0: heart}, {0: (Relation.DENIES, 0)}))
    assert followed(made) == [(side, claim)]
    [opened] = [s for s in made if s.worth]
    assert [(s.act, s.target) for s in made if s.relation] == [(Act.DENIES, opened.id)]


def test_people_of_one_side_may_deny_each_others_words() -> None:
    body = "Ann Lee of Iceland said that the study had been thorough. Bo Ray of Iceland denied that it had been."
    made = {s.id: s for s in extract(item(body), reader=Finds({0: "study had been"}, {1: (Relation.DENIES, 0)}))}
    [denial] = [s for s in made.values() if s.relation]
    assert made[denial.target].speaker.startswith("Ann Lee")


def test_claim_of_a_denial_in_negative_words_says_what_is_denied() -> None:
    body = "In response to reports of a sale the bank said that it had not sold its shares in the brewery."
    [denial] = [s for s in extract(item(body), reader=Finds({})) if s.act is Act.DENIES]
    assert denial.proposition == "it had sold its shares in the brewery"


def test_pronoun_other_than_the_speakers_means_somebody_else() -> None:
    body = "The army spoke of hospitals. It has said they were used by rebels."
    made = extract(item(body), reader=Finds({1: "they were used by rebels"}))
    assert not any("[The army] were used" in text for _, text in followed(made))


def test_claim_leaves_out_whom_the_speaker_addresses() -> None:
    body = "Japan told the trade body in Geneva that the plan of South Korea violated its rules."
    made = extract(item(body), reader=Finds({0: "plan of South Korea violated"}))
    assert followed(made) == [("Japan", "The plan of South Korea violated its rules")]
