import re
from importlib.resources import files
from pathlib import Path

import pytest

from claimwire import Act
from claimwire.extraction.acts.acts import act_of, denied_clause, is_bare, is_negative, points_back
from claimwire.extraction.acts.untruths import calls_untrue
from claimwire.places import gazetteer_lines
from tests.unit.builders import acts, said

DENIALS = [
    "Ukraine denied that Pokrovsk had fallen.",
    "Ukraine denied reports that Pokrovsk had fallen.",
    "Ukraine denied having lost Pokrovsk.",
    "Ukraine dismissed claims by Moscow that Pokrovsk had fallen.",
    "Ukraine rejected Russian claims that Pokrovsk had fallen.",
    "Ukraine refuted the report that Pokrovsk had fallen.",
    "Russia denied responsibility for the strike on Pokrovsk.",
    "Russia denied any involvement in the attack on Kyiv.",
    "Russia strongly denied the charges.",
    "Russia has repeatedly denied that it struck Pokrovsk.",
    "Russia denied having struck Pokrovsk.",
    "Russia issued a denial of the report.",
    "The report was denied by Russia.",
    "A report that Pokrovsk had fallen was denied by Ukraine.",
    "Ukraine rejected the accusation that it had shelled Pokrovsk.",
    "Ukraine rejected as groundless a report that Pokrovsk had fallen.",
    "Ukraine dismissed as nonsense a report that Pokrovsk had fallen.",
    "Ukraine disputed the figures.",
    "Ukraine said claims that Pokrovsk had fallen were false.",
    "Ukraine said there was no truth in the report.",
    "Ukraine said it was not true that Pokrovsk had fallen.",
    "Ukraine called the report a lie.",
    "Acme denied reports that it was in talks with Orion.",
    "Acme ruled out a merger with Orion.",
    "The company denied wrongdoing.",
    "Rumours that the mill would close were flatly denied.",
    "Despite denials from the ministry, the mill has been closed.",
    "Amid Moscow's denials that it had shelled Pokrovsk, residents fled.",
    "Asked whether the talks had failed, the minister denied it.",
    "Kyiv challenged the statement that Pokrovsk had fallen.",
    "The bank took issue with the report that it was short of money.",
]


DECLARED_UNTRUE = [
    "The minister said reports of a rift were mischievous.",
    "He told a newspaper in Odesa that accusations that his country planned a war were pure speculation.",
    "The ministry called the allegations a fairy tale.",
    "The minister said he does not see any grounds for the allegation.",
    "“There is nothing to the rumours,” the chairman said.",
    "“Nothing of the sort has happened,” the minister said.",
    "“No,” the minister said.",
    "“No, we did not sell it,” the chairman said.",
    "“It would be wrong to say that we lost Pokrovsk,” the general said.",
    "“This does not correspond to reality,” the ministry said.",
    "“We do not know why they make such clearly untrue statements,” the chairman said.",
    "The envoy urged the West not to repeat baseless accusations that his country plans a war.",
    "The union said the company kept spreading false reports about the strike.",
    "“They lied about our losses,” the general said.",
    "“We categorically reject these accusations,” the spokesman said.",
    "The army said the information about its losses is not true.",
    "The ministry insisted that no such talks took place.",
    "“There is no truth whatsoever in these allegations,” the ministry said.",
    "There is no fever on the island, as has been rumoured, the minister said.",
    "The airline said, in response to press reports, that it was not for sale.",
    "The airline is not for sale, a spokeswoman said in a comment on an article in a Dutch paper.",
    "Commenting on reports that it had shut the mill, Acme said: “We have not shut anything.”",
]
"""Denials without a verb that denies: the words themselves say that others are not so."""


@pytest.mark.parametrize("body", [*DENIALS, *DECLARED_UNTRUE])
def test_denial_of_words_is_a_denial(body: str) -> None:
    assert Act.DENIES in [act for act, _, _ in acts(body)]


NO_DENIALS = [
    "A Kyiv court denied bail to a former minister.",
    "The court in Kyiv denied a request that Ukraine had made.",
    "The judge denied reports of a mistrial.",
    "Reporters were denied access to Pokrovsk.",
    "Ukraine denied entry to Russian officials.",
    "Ukraine rejected a proposal to leave Pokrovsk.",
    "Ukraine rejected the offer.",
    "Russia rejected calls to leave Pokrovsk.",
    "The loss of Pokrovsk could not be denied, Ukraine said.",
    "Nobody can deny that Pokrovsk fell.",
    "Ukraine would neither confirm nor deny that Pokrovsk had fallen.",
    "Ukraine did not deny that Pokrovsk had fallen.",
    "Did Ukraine deny that Pokrovsk had fallen?",
    "Ukraine was denied access to the site.",
    "Workers were denied benefits, the union said.",
    "The judge dismissed the suit.",
    "The board rejected the bid as too low.",
    "Acme said it had not discussed a merger.",
    "Acme said it has no plans to sell the shipyard.",
    "The minister said it was wrong to raise taxes.",
    "The minister said it was premature to speak to the rebels.",
    "The court convicted him of making false statements to the bank.",
    "The judge said he had filed false reports.",
    "The minister challenged Iran to release the crew.",
    "“No, we will not sell it,” the chairman said.",
    "“No, we hold the mill,” the general said.",
    "“No decision has been taken,” the minister said.",
    "Asked about the reports, the minister said he was not aware of them.",
    "Traders said there had been speculation that the bank would be sold.",
    "The airline said it was not for sale.",
    "“That would be wrong,” the minister said.",
]


@pytest.mark.parametrize("body", NO_DENIALS)
def test_denial_of_anything_else_is_none(body: str) -> None:
    assert Act.DENIES not in [act for act, _, _ in acts(body)]


SILENT = [
    "Ukraine declined to comment.",
    "Ukraine declined all comment.",
    "Ukraine's General Staff would not comment on Pokrovsk.",
    "Ukraine would neither confirm nor deny that Pokrovsk had fallen.",
    "Ukraine did not confirm that Pokrovsk had fallen.",
    "Ukraine has not confirmed that Pokrovsk had fallen.",
    "Ukraine did not deny that Pokrovsk had fallen.",
    "Ukraine did not say that Pokrovsk had fallen.",
    "Ukraine never said that Pokrovsk had fallen.",
    "Ukraine refused to comment.",
    "Ukraine did not immediately respond to a request for comment.",
    "Ukraine declined to say how many troops it had lost.",
    "Ukraine said it would not comment on the report.",
    "Ukraine said it had no comment.",
    "Ukraine said it had no knowledge of the talks and had no comment to make.",
    "Ukraine said it was its policy not to comment on such reports.",
    "Ukraine said it does not comment on reports.",
    "Ukraine said the U.S. had not been able to verify the reports.",
    "Ukraine said it had no confirmation of the reports.",
]


@pytest.mark.parametrize("body", SILENT)
def test_declining_to_comment_is_its_own_act(body: str) -> None:
    assert [act for act, _, _ in acts(body)] == [Act.DECLINES]


@pytest.mark.parametrize(
    ("body", "act"),
    [
        ("Russia confirmed that Vovchansk had been captured.", Act.CONFIRMS),
        ("Ukraine acknowledged that its troops had withdrawn from Pokrovsk.", Act.CONCEDES),
        ("Ukraine admitted that Pokrovsk had fallen.", Act.CONCEDES),
        ("Ukraine conceded the loss of Pokrovsk.", Act.CONCEDES),
        ("Russia retracted its claim that Pokrovsk had fallen.", Act.RETRACTS),
        ("Russia withdrew its statement that Pokrovsk had fallen.", Act.RETRACTS),
        ("Russia vowed to take Pokrovsk.", Act.PLANS),
        ("Acme plans to build a factory in Ohio.", Act.PLANS),
        ("Acme expects earnings to rise this year.", Act.PLANS),
        ("The minister promised that taxes would fall.", Act.PLANS),
        ("The minister said taxes will rise in May.", Act.PLANS),
        ("Russia asked who had taken Pokrovsk.", Act.ASKS),
        ("The minister urged Japan to open its markets.", Act.ASKS),
        ("The minister said Japan should open its markets.", Act.ASKS),
        ("The union demanded higher wages.", Act.ASKS),
        ("Acme refused to sell the shipyard.", Act.REFUSES),
        ("Acme turned down the offer from Orion.", Act.REFUSES),
        ("The court rejected the appeal.", Act.REFUSES),
        ("The president vetoed the bill.", Act.REFUSES),
        ("A Kyiv court denied bail to a former minister.", Act.REFUSES),
        ("Analysts believe that the dollar will fall.", Act.HEDGES),
        ("The minister said the talks may fail.", Act.HEDGES),
        ("Acme hopes to finish the talks by June.", Act.HEDGES),
        ("Ukraine could not confirm that Pokrovsk had fallen.", Act.HEDGES),
        ("The newspaper retracted its report that the minister had resigned.", Act.RETRACTS),
        ("The minister took back his remarks.", Act.RETRACTS),
        ("The minister said he had withdrawn his remarks.", Act.RETRACTS),
        ("Acme corrected a statement that it made on Monday.", Act.RETRACTS),
        ("Acme said it has revised downward its previously reported profit.", Act.RETRACTS),
        ("Acme said it revised its forecast.", Act.ASSERTS),
        ("Russia said that Ukraine had withdrawn its claim.", Act.ASSERTS),
        ("The minister apologised for saying that the bank had failed.", Act.RETRACTS),
        ("Russia said that Pokrovsk had fallen.", Act.ASSERTS),
        ("According to Russia, Pokrovsk has fallen.", Act.ASSERTS),
    ],
)
def test_cue_tells_the_act(body: str, act: Act) -> None:
    assert act in [s.act for s in said(body)]


@pytest.mark.parametrize(
    "body",
    ["Ukraine said the report was untrue.", "Ukraine called the claim false.", "The report is false, Ukraine said."],
)
def test_declaring_a_report_false_is_a_denial(body: str) -> None:
    made = said(f"Russia said that its forces had captured Pokrovsk.\n\n{body}")
    assert [s.act for s in made if s.side == "Ukraine"] == [Act.DENIES]


@pytest.mark.parametrize(
    ("body", "code", "negated"),
    [
        ("Ukraine said reports that Pokrovsk had fallen were false.", "captured", False),
        ("“No, Russia has not captured Pokrovsk,” Ukraine said.", "captured", False),
        ("Commenting on reports that Pokrovsk had fallen, Ukraine said: “Pokrovsk has not fallen.”", "holds", True),
        ("Ukraine denied that Pokrovsk had fallen.", "captured", False),
    ],
)
def test_what_is_denied_is_the_contrary_of_what_is_said(body: str, code: str, negated: bool) -> None:
    [denial] = [s for s in said(body) if s.act is Act.DENIES]
    assert denial.outcome
    assert (denial.outcome.code, denial.outcome.negated, denial.negative) == (code, negated, False)


def test_what_is_denied_keeps_a_not_of_its_own() -> None:
    [denial] = [s for s in said("Ukraine denied that Pokrovsk had not fallen.") if s.act is Act.DENIES]
    assert denial.negative


@pytest.mark.parametrize("body", ["Russian troops withdrew from Pokrovsk.", "Russia withdrew its ambassador."])
def test_withdrawing_other_things_than_words_retracts_nothing(body: str) -> None:
    assert Act.RETRACTS not in [s.act for s in said(body)]


@pytest.mark.parametrize(
    ("body", "denier", "others"),
    [
        ("Ukraine's president was quoted as denying the attack.", "Ukraine", []),
        ("Ukraine's envoy was quoted as saying that Iran denied the report.", "Iran", ["Ukraine"]),
        ("Ukraine said the Kremlin denied the report.", "Russia", ["Ukraine"]),
        ("John Smith said he was tired. His lawyer denied that Smith had taken money.", "John Smith", ["John Smith"]),
    ],
)
def test_denial_is_of_who_denies_and_not_of_who_reports_it(body: str, denier: str, others: list[str]) -> None:
    made = said(body)
    assert [s.side for s in made if s.act is Act.DENIES] == [denier]
    assert [s.side for s in made if s.act is Act.ASSERTS] == others


@pytest.mark.parametrize(
    ("words", "negative"),
    [
        ("no ship was hit", True),
        ("it has no plans to sell the unit", True),
        ("it never agreed to the deal", True),
        ("there are no plans to raise taxes", True),
        ("Pokrovsk had not fallen", True),
        ("NO AIRCRAFT LOST", True),
        ("Pokrovsk fell, not Siversk", True),
        ("Pokrovsk had fallen", False),
        ("it would no longer wait", False),
        ("not only Pokrovsk but Siversk had fallen", False),
        ("no less than 20 ships were hit", False),
        ("the town had fallen after three weeks in which the enemy did not rest", False),
        ("", False),
    ],
)
def test_words_are_negative_by_their_first_verb(words: str, negative: bool) -> None:
    assert is_negative(words) is negative


@pytest.mark.parametrize(
    ("content", "points"),
    [
        ("the claim", True),
        ("those reports", True),
        ("it", True),
        ("the report of a merger", False),
        ("reports that Pokrovsk had fallen", False),
        ("", False),
    ],
)
def test_denial_of_bare_words_points_back(content: str, points: bool) -> None:
    assert points_back(Act.DENIES, "denied", content) is points


@pytest.mark.parametrize(
    ("content", "clause"),
    [
        ("reports that Pokrovsk had fallen", "Pokrovsk had fallen"),
        ("a report by Interfax that Pokrovsk had fallen", "Pokrovsk had fallen"),
        ("a report by Interfax that Ukraine said Pokrovsk had fallen", "Pokrovsk had fallen"),
        ("rumours it would sell the shipyard", "it would sell the shipyard"),
        ("claims offered to settle the suit", "claims offered to settle the suit"),
        ("that Pokrovsk had fallen", "that Pokrovsk had fallen"),
        ("the claim", "the claim"),
    ],
)
def test_what_is_denied_is_the_clause_inside_the_reports(content: str, clause: str) -> None:
    assert denied_clause(content) == clause


@pytest.mark.parametrize(
    "body",
    [
        "Asked whether the shipyard would be sold, the minister said no.",
        '"No, that is not true at all," the minister said when asked about a report that the shipyard would be sold.',
        "Asked if the shipyard would be sold, the minister said it was not true.",
    ],
)
def test_answer_takes_its_matter_from_the_question(body: str) -> None:
    [denial] = [s for s in said(body) if s.act is Act.DENIES]
    assert denial.proposition.strip(" .”") == "the shipyard would be sold"
    assert not denial.negative


@pytest.mark.parametrize(
    ("content", "bare"),
    [("no", True), ("that is not true at all", True), ("the reports", True), ("no bank was sold", False)],
)
def test_bare_answer_says_nothing_of_its_matter(content: str, bare: bool) -> None:
    assert is_bare(content) is bare


@pytest.mark.parametrize("act", [act for act in Act if act not in (Act.DENIES, Act.RETRACTS, Act.DECLINES)])
def test_other_acts_do_not_point_back(act: Act) -> None:
    assert not points_back(act, "said", "the claim")


def test_act_and_outcome_stay_apart() -> None:
    [statement] = said("Ukraine denied that its troops had withdrawn from Pokrovsk.")
    assert statement.act is Act.DENIES
    assert statement.outcome is not None
    assert (statement.outcome.code, statement.outcome.actor, statement.outcome.negated) == (
        "withdrew",
        "Ukraine",
        False,
    )


COMPANIES = (Path(__file__).parent / "companies.txt").read_text("utf8").splitlines()
"""Well-known companies of the world, many of them with a name that begins like a word of a pattern."""

DATA = files("claimwire") / "data"
WORDS_THEMSELVES = re.compile(r"\b(?:Court|Never|None|Nor|Not)\b(?! [A-Z]\w+$)|None Such|Court House")
"""Names that hold such a word as a whole, which no letters tell from it: "Earls Court", "Never", "Thot Not"."""


def names_of_sides() -> list[str]:
    rows = [line.split("\t") for line in (DATA / "sides.tsv").read_text("utf8").splitlines() if line[0] != "#"]
    return [name for _, side, names, leaders in rows for name in (side, *f"{names}|{leaders}".split("|")) if name]


def names_of_places() -> list[str]:
    return [line.partition("\t")[0] for line in gazetteer_lines("place_names")]


@pytest.mark.parametrize("cue", ["denied", "confirmed", "said"])
@pytest.mark.parametrize(
    "names", [COMPANIES, names_of_sides(), names_of_places()], ids=["companies", "sides", "places"]
)
def test_no_name_before_a_cue_changes_the_act(cue: str, names: list[str]) -> None:
    content = "that it had sold the shipyard"
    act = act_of(cue, "It ", "It", content)
    told = [name for name in names if not WORDS_THEMSELVES.search(name)]
    assert [name for name in told if act_of(cue, f"{name} has ", name, content) is not act] == []


@pytest.mark.parametrize("name", [name for name in COMPANIES if name.startswith("N")])
def test_company_denies_whatever_its_name_begins_with(name: str) -> None:
    assert [act for act, _, _ in acts(f"{name} denied that it had sold the shipyard.")] == [Act.DENIES]


@pytest.mark.parametrize("name", ["Volcano", "Piano", "Casino"])
def test_rest_of_a_word_at_the_edge_of_what_is_looked_at_is_no_negation(name: str) -> None:
    for length in range(20, 42):
        assert act_of("denied", f"{name} {'x' * (length - 2)} ", name, "that it had sold the shipyard") is Act.DENIES


@pytest.mark.parametrize("name", ["Toyota", "Intel", "Ford"])
def test_name_that_begins_like_a_preposition_is_read_like_any_other(name: str) -> None:
    assert calls_untrue(f"there was no evidence {name} had sold it") is calls_untrue(
        "there was no evidence Acme had sold it"
    )
