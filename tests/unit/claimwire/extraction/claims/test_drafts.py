"""Ids of statements: what they hang on, and what a newer release of the extractor may change without changing them."""

from collections.abc import Iterable
from dataclasses import replace

from claimwire import Act, Item, Ledger, Part, Statement, extract
from claimwire.extraction.claims.drafts import Draft, statements
from claimwire.places import Gazetteer
from tests.unit.builders import item, seed_items

TEXT = "Yesterday Russian forces captured Pokrovsk, Gerasimov said. Ukraine denied it. Rain fell in Kyiv."


def draft(words: str, act: Act = Act.ASSERTS, **fields: object) -> Draft:
    start = TEXT.index(words)
    made = Draft(
        part=Part.BODY, span=(start, start + len(words)), act=act, words=words, speaker="Gerasimov", side="Russia"
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def ids(*drafts: Draft) -> list[str]:
    return [s.id for s in statements(item(TEXT), Gazetteer(TEXT), drafts, [], "", TEXT)]


CLAIM = draft("Russian forces captured Pokrovsk, Gerasimov said.")
DENIAL = draft("Ukraine denied it.", Act.DENIES, side="Ukraine", speaker="Ukraine", target=0)
FOUND_NOW = draft("Rain fell in Kyiv.")


def test_what_else_an_extractor_finds_in_the_item_leaves_ids_as_they_are() -> None:
    claim, denial = ids(CLAIM, DENIAL)
    assert ids(FOUND_NOW, CLAIM, replace(DENIAL, target=1))[1:] == [claim, denial]
    assert ids(CLAIM) == [claim]


def test_whom_and_what_an_extractor_reads_in_the_words_leaves_ids_as_they_are() -> None:
    [id] = ids(CLAIM)
    spans = {"cue": ((0, 4),), "source": ((5, 9),), "content": ((10, 14),)}
    assert ids(replace(CLAIM, speaker="the general", side="unnamed", words="they took it", recalled=True, **spans)) == [
        id
    ]


def test_a_quote_that_ends_at_another_mark_keeps_its_id_and_one_of_other_words_has_another() -> None:
    [id] = ids(CLAIM)
    start, end = CLAIM.span
    assert ids(replace(CLAIM, span=(start, end - 1))) == [id]
    assert ids(replace(CLAIM, span=(0, end))) != [id]
    assert ids(replace(CLAIM, act=Act.HEDGES)) != [id]


def newer(version: Item, made: Iterable[Statement]) -> list[Statement]:
    """As a release might read the item that finds one more statement, and gives all spans otherwise."""
    extra = extract(item("Rain fell in Kyiv, the mayor said.", uri=version.uri))
    moved = [replace(s, start=s.start + 1, end=s.end + 1, cue=(), speaker=f"{s.speaker} himself") for s in made]
    return [*(replace(s, order=version.order, published=version.published) for s in extra), *moved]


def test_claims_of_a_newer_extractor_have_the_ids_that_they_had() -> None:
    before, after = Ledger(), Ledger()
    for version in seed_items():
        made = extract(version)
        before.add(version, made)
        after.add(version, newer(version, made) if made else made)
    assert {c["id"] for c in before.claims()} <= {c["id"] for c in after.claims()}
    assert len(list(before.claims())) > 10
