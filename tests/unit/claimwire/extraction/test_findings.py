from collections.abc import Sequence

from claimwire import Act, extract
from claimwire.extraction.tagger import Reading
from claimwire.reading.decoding import Answer, Claim, Found
from claimwire.reading.features import Floats
from claimwire.statements import OUTLET, Relation, Span, Statement
from tests.unit.builders import item


class Finds:
    """A reader that finds what it is told to find, by the numbers of sentences; hearts are words of the text."""

    def __init__(self, claims: dict[int, str], answers: dict[int, tuple[Relation, int | None]] | None = None) -> None:
        self._claims = claims
        self._answers = answers or {}

    def read(self, read: Reading, spans: Sequence[Span], in_headline: int, heard: Floats) -> Found:
        claims = {n: Claim(worth=2, chance=0.9, heart=_place(read, words)) for n, words in self._claims.items()}
        return Found(claims, {n: Answer(relation, target, 0.9) for n, (relation, target) in self._answers.items()})


def _place(read: Reading, words: str) -> Span:
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
