"""Statements that meet at a subject, drawn by chance, and what is told of them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st

from claimwire.claims import Evidence, EvidenceChange, PartWithdrawn
from claimwire.items import Order
from claimwire.linking import SubjectLinks, pair_model
from claimwire.statements import Act, Outcome, Relation, Statement
from tests.unit.builders import CAPTURED, NOON, statement

ITEMS = ("abc", "def", "ghi", "jkl")
"""Items, by the names of their statements."""

FREE = "mnopqrstuvwxyz"

ANSWERS = [r for r in Relation if r not in (Relation.ASSERTS, Relation.REPEATS)]

SUBJECT = "place:pokrovsk.ua"
HOLDS = Outcome(code="holds", actor="Ukraine", target="Russia", place="pokrovsk.ua")
WITHDREW = Outcome(code="withdrew", actor="Ukraine", target="Russia", place="pokrovsk.ua")

coded = st.builds(
    lambda name, act, side, outcome, hours, primary, words, order, worth: statement(
        side,
        act,
        outcome,
        id=name,
        hours=hours,
        subjects=(SUBJECT, "side:Ukraine") if primary else ("side:Ukraine", SUBJECT),
        terms=words,
        order=(order, "", ""),
        about=("Russia", "Ukraine"),
        worth=worth,
    ),
    st.sampled_from("abcdefgh"),
    st.sampled_from(Act),
    st.sampled_from(["Russia", "Ukraine", "Estuary Monitor", "outlet:Meridian"]),
    st.sampled_from([CAPTURED, CAPTURED, HOLDS, WITHDREW, None]),
    st.sampled_from([0, 0, 1, 5, 24 * 20, 24 * 60]),
    st.booleans(),
    st.sampled_from([("depot", "dock", "fuel"), ("bank", "depot", "dock", "talk"), ()]),
    st.integers(1, 3),
    st.integers(0, 1),
)
WORDS = [
    ("depot", "dock", "fuel"),
    ("bank", "depot", "dock", "talk"),
    ("depot", "dock", "fuel", "orion", "shipyard"),
    ("orion", "shipyard", "takeover"),
    ("bank", "orion", "takeover"),
    ("shipyard",),
    (),
]

uncoded = st.builds(
    lambda name, act, side, item, hours, end, primary, words, target, relation, worth, flags, context: statement(
        side,
        act,
        None,
        id=name,
        item=item,
        hours=hours,
        end=end,
        quote=" ".join(words),
        subjects=(SUBJECT, "side:Acme") if primary else ("side:Acme", SUBJECT),
        terms=words,
        target="" if target == name else target,
        relation=relation,
        worth=worth,
        context=context,
        about=("Acme",),
        **dict.fromkeys(flags, True),
    ),
    st.sampled_from("abcdefgh"),
    st.sampled_from([Act.ASSERTS, Act.DENIES, Act.DENIES, Act.CONFIRMS, Act.DECLINES, Act.PLANS, Act.RETRACTS]),
    st.sampled_from(["Acme", "unnamed", "media:United States", "outlet:Meridian"]),
    st.sampled_from(["urn:1", "urn:2", "urn:3"]),
    st.sampled_from([0, 0, 1, 5, 24 * 20, 24 * 60]),
    st.sampled_from([4, 8]),
    st.sampled_from([True, True, False]),
    st.sampled_from(WORDS),
    st.sampled_from(["", "", *"abcd"]),
    st.sampled_from([None, *ANSWERS]),
    st.integers(0, 2),
    st.sets(st.sampled_from(["negative", "corrects", "reported", "recalled"]), max_size=2),
    st.sampled_from([("acme", "bid", "orion"), ("acme", "strike")]),
)
"""Denials of company news and the like, with answers to sentences of their own item, before and after them."""

statements = st.one_of(coded, uncoded, uncoded)
steps = st.lists(st.one_of(statements, statements, st.sampled_from("abcdefgh")), max_size=20)
"""Statements to put, and ids to withdraw."""


@contextmanager
def low_bars() -> Iterator[None]:
    """What is alike at all joins, so that the tests hang on no tuning, and much is linked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pair_model, "BARS", dict.fromkeys(pair_model.AnswerKind, 0.2))
        yield


Standing = dict[tuple[str, str], Evidence]


def take(links: SubjectLinks, step: Statement | str) -> list[EvidenceChange]:
    return links.change(withdrawn=[step]) if isinstance(step, str) else links.change([step])


def hear(standing: Standing, changes: Iterable[EvidenceChange | PartWithdrawn]) -> None:
    for change in changes:
        if isinstance(change, PartWithdrawn):
            standing.pop((change.claim, change.statement), None)
            continue
        key = (change.evidence.claim, change.evidence.statement.id)
        if change.live:
            standing[key] = change.evidence
        else:
            del standing[key]


def ordered(said: Statement, order: Order) -> Statement:
    """The statement as another version of its item says it."""
    return replace(said, order=order)


@st.composite
def over_days(draw: st.DrawFn, days: int) -> list[Statement]:
    """Statements of many items within so many days. Those of one item are published together, and answer each other."""
    hours = st.integers(0, 24 * days)
    items = {item: draw(hours) for item in ITEMS}
    made = []
    for said in draw(st.lists(statements, min_size=10, max_size=40)):
        item = draw(st.sampled_from(["", "", *ITEMS]))  # what is of no such item moves from version to version
        names = item or FREE
        name, target = draw(st.sampled_from(names)), draw(st.sampled_from(["", *item])) if item else ""
        published = NOON + timedelta(hours=items[item] if item else draw(hours))
        own = {"item": f"urn:{item}"} if item else {}
        made.append(replace(said, id=name, target="" if target == name else target, published=published, **own))
    return made
