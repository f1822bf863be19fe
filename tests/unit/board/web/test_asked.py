from datetime import UTC, datetime

import pytest

from board.web.asked import AskedList, asked_filters, only_as_of
from claimwire.statuses import Status
from streams.errors import UserError

ASKED = asked_filters(status=[Status.DISPUTED], side="A & B", words=" fell ", as_of="2025-12-01T10:00Z", after="5.7")


def test_link_repeats_what_was_typed_and_begins_at_the_first_page() -> None:
    kept = "status=disputed&side=A+%26+B&words=fell&as_of=2025-12-01T10%3A00Z"
    assert ASKED.link("/claims") == f"/claims?{kept}"
    assert ASKED.next("/claims", "3.1") == f"/claims?{kept}&after=3.1"
    assert ASKED.next("/claims", "") == ""
    assert AskedList(ASKED.filters).link("/") == "/"


def test_link_can_leave_filters_out_and_put_others_in_their_place() -> None:
    assert ASKED.link("/", without=("status", "words", "as_of")) == "/?side=A+%26+B"
    assert ASKED.link("/", without=("status", "words", "as_of"), side="C") == "/?side=C"


def test_status_is_asked_for_beside_others_and_taken_back() -> None:
    assert "status=disputed&" not in ASKED.toggled("/", "disputed")
    assert ASKED.toggled("/", "refuted").count("status=") == 2


def test_size_of_the_page_is_kept_from_page_to_page() -> None:
    assert asked_filters(limit=3).next("/", "9") == "/?after=9&limit=3"


def test_moment_is_typed_as_at_the_command_line() -> None:
    day = asked_filters(since="2025-12-01", until="2025-12-01").filters
    assert day.since == datetime(2025, 12, 1, tzinfo=UTC)
    assert day.until == datetime(2025, 12, 1, 23, 59, 59, 999999, tzinfo=UTC)
    with pytest.raises(UserError, match="until"):
        asked_filters(until="2025-12-01T10:00")


@pytest.mark.parametrize("typed", ["Pokrovsk", "krasnoarmeysk", "pokrovsk.ua"])
def test_place_is_asked_for_by_its_key_or_by_a_name(typed: str) -> None:
    asked = asked_filters(place=typed)
    assert asked.filters.place == "pokrovsk.ua"
    assert asked.link("/claims") == "/claims?place=pokrovsk.ua"


def test_place_that_no_gazetteer_holds_is_asked_for_as_it_was_typed() -> None:
    assert asked_filters(place="stara-vyshnia").filters.place == "stara-vyshnia"


def test_other_pages_keep_the_moment_alone() -> None:
    assert only_as_of(ASKED).link("/sides") == "/sides?as_of=2025-12-01T10%3A00Z"
    assert only_as_of(ASKED).filters.side == ""


def test_answer_tells_what_was_asked_for() -> None:
    assert ASKED.as_json() == {
        "status": ["disputed"], "side": "A & B", "words": "fell", "as_of": "2025-12-01T10:00:00Z",
    }  # fmt: skip
