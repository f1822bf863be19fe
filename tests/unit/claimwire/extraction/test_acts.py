import pytest

from claimwire import Act
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
]


@pytest.mark.parametrize("body", DENIALS)
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
]


@pytest.mark.parametrize("body", NO_DENIALS)
def test_denial_of_anything_else_is_none(body: str) -> None:
    assert Act.DENIES not in [act for act, _, _ in acts(body)]


@pytest.mark.parametrize(
    "body",
    [
        "Ukraine declined to comment.",
        "Ukraine's General Staff would not comment on Pokrovsk.",
        "Ukraine would neither confirm nor deny that Pokrovsk had fallen.",
        "Ukraine did not confirm that Pokrovsk had fallen.",
        "Ukraine refused to comment.",
    ],
)
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
        ("Russia asked who had taken Pokrovsk.", Act.ASKS),
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
def test_declaring_a_report_false_denies_the_claim_before_it(body: str) -> None:
    made = said(f"Russia said that its forces had captured Pokrovsk.\n\n{body}")
    assert [(s.act, s.outcome.code if s.outcome else "") for s in made if s.side == "Ukraine"] == [
        (Act.DENIES, "captured")
    ]


@pytest.mark.parametrize("body", ["Russian troops withdrew from Pokrovsk.", "Russia withdrew its ambassador."])
def test_withdrawing_other_things_than_words_retracts_nothing(body: str) -> None:
    assert Act.RETRACTS not in [s.act for s in said(body)]


def test_act_and_outcome_stay_apart() -> None:
    [statement] = said("Ukraine denied that its troops had withdrawn from Pokrovsk.")
    assert statement.act is Act.DENIES
    assert statement.outcome is not None
    assert (statement.outcome.code, statement.outcome.actor, statement.outcome.negated) == (
        "withdrew",
        "Ukraine",
        False,
    )
