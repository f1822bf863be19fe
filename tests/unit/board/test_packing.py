import json

from board.packing import pack, unpack
from tests.unit.builders import seed_items, written


def test_what_was_packed_is_there_again_and_takes_a_third_of_its_room() -> None:
    values = written(seed_items())
    assert [unpack(pack(value)) for value in values] == [json.loads(value) for value in values]
    assert 3 * sum(len(pack(value)) for value in values) < sum(map(len, values))


def test_values_that_were_packed_with_this_dictionary_stay_readable() -> None:
    """Changing the known text would make every store unreadable."""
    kept = bytes.fromhex("783fc7cffdd58326c644a032a4b45a0b005255071d")
    assert unpack(kept) == {"id": "a", "sequence": 1}
