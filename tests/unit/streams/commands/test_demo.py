import json

from streams.commands.demo import last_word
from tests.unit.builders import NOON, seed_items, written_with


def test_last_word_is_on_a_claim_that_is_answered_by_nobody_before() -> None:
    seeds = seed_items()
    said = last_word([json.loads(line) for line in written_with(seeds)], NOON)
    before, after = (
        {c["id"]: (c["status"], c["decided_by"]["kind"]) for c in map(json.loads, written_with(arrived))}
        for arrived in (seeds, [*seeds, said])
    )
    assert before[said.claim] == ("unverified", "reading")
    assert after == {**before, said.claim: ("disputed", "person")}
