from types import SimpleNamespace

import pytest

from streams.carried_headers import arrived, carried, take_up


def test_record_that_carries_nothing_arrives_itself_and_what_it_causes_carries_that_on() -> None:
    take_up(SimpleNamespace(headers=None, timestamp=1700000000.25))
    headers = carried()
    assert headers == [("arrived", b"1700000000250")]
    take_up(SimpleNamespace(headers=headers, timestamp=1800000000.0))
    assert carried() == headers
    assert arrived() == 1700000000.25


@pytest.mark.parametrize("odd", [b"", b"soon", b"-5", b"9" * 4000, "²".encode()])
def test_header_that_holds_no_time_is_not_believed(odd: bytes) -> None:
    take_up(SimpleNamespace(headers=[("arrived", odd)], timestamp=1700000000.0))
    assert arrived() == 1700000000.0


def test_record_without_a_time_can_be_taken_up() -> None:
    take_up(SimpleNamespace(headers=[], timestamp=None))
    assert arrived() == 0.0
