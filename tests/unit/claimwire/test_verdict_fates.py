from datetime import timedelta
from itertools import permutations

from claimwire.statements import Relation
from claimwire.statuses import Status
from claimwire.verdict_fates import Fate, fates
from claimwire.verdict_weighing import Trusted, rulings
from claimwire.verdicts import Bears, Comments, HasStatus, Maker, MakerKind, Says, Undoes, Verdict, verdict
from tests.unit.builders import NOON

CLAIM, OTHER, STATEMENT = "c1" * 10, "d2" * 10, "e3" * 10
ANNA, MODEL = Maker(kind=MakerKind.PERSON, name="Anna"), Maker(kind=MakerKind.MODEL, name="small")
DENIES, CONFIRMS = (Bears(statement=STATEMENT, relation=r) for r in (Relation.DENIES, Relation.CONFIRMS))


def made(says: Says, hours: float, maker: Maker = ANNA, claim: str = CLAIM) -> Verdict:
    return verdict(claim, says, maker, "", NOON + timedelta(hours=hours))


def test_each_verdict_is_told_once_with_its_fate_and_by_whom_the_earliest_first() -> None:
    undone = made(DENIES, 1)
    undoing = made(Undoes(verdict=undone.id), 2)
    overruled = made(HasStatus(status=Status.REFUTED), 3, MODEL)
    holding = made(HasStatus(status=Status.DISPUTED), 4)
    void = made(Undoes(verdict=holding.id), 5, MODEL)
    nobody = made(Undoes(verdict="f4" * 16), 6)
    elsewhere = made(CONFIRMS, 7, MODEL, OTHER)
    told = [undone, undoing, overruled, holding, void, nobody, elsewhere]
    for order in permutations(told[:4]):
        found = fates([*order, *told[4:], *order])
        assert [(f.verdict, f.fate, f.by) for f in found] == [
            (undone, Fate.UNDONE, undoing),
            (undoing, Fate.HOLDS, None),
            (overruled, Fate.OVERRULED, holding),
            (holding, Fate.HOLDS, None),
            (void, Fate.VOID, None),
            (nobody, Fate.VOID, None),
            (elsewhere, Fate.HOLDS, None),
        ]


def test_comments_hold_beside_each_other_whoever_makes_them() -> None:
    by_model, *by_anna = (
        verdict(CLAIM, Comments(), by, "Ask them.", NOON + timedelta(hours=n))
        for n, by in enumerate((MODEL, ANNA, ANNA))
    )
    undoing = made(Undoes(verdict=by_anna[0].id), 4)
    found = fates([by_model, *by_anna, undoing])
    assert [f.fate for f in found] == [Fate.HOLDS, Fate.UNDONE, Fate.HOLDS, Fate.HOLDS]


def test_undoing_that_is_undone_lets_the_first_hold_again() -> None:
    first = made(DENIES, 1)
    undo = made(Undoes(verdict=first.id), 2)
    redo = made(Undoes(verdict=undo.id), 3)
    assert [(f.fate, f.by) for f in fates([first, undo, redo])] == [
        (Fate.HOLDS, None),
        (Fate.UNDONE, redo),
        (Fate.HOLDS, None),
    ]
    assert rulings([first, undo, redo]).statements == {STATEMENT: first}


def test_maker_whom_the_setting_leaves_out_counts_for_nothing_and_overrules_nobody() -> None:
    models, annas = made(DENIES, 1, MODEL), made(CONFIRMS, 2)
    found = fates([models, annas], Trusted(("model",)))
    assert [(f.verdict, f.fate) for f in found] == [(models, Fate.HOLDS), (annas, Fate.NOT_COUNTED)]
