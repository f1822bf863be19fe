from board.web.sessions import FIRST_TO_WAIT, LIFETIME_SECONDS, LONGEST_WAIT, MOST_ADDRESSES, Sessions, Tries

TOKEN = "a token of many characters"


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def test_session_is_known_again_until_it_ends() -> None:
    clock = Clock()
    sessions = Sessions(TOKEN, clock)
    begun = sessions.begin("Änna “A”")
    assert sessions.read(begun.cookie) == begun
    clock.now += LIFETIME_SECONDS - 1
    assert sessions.read(begun.cookie) == begun
    clock.now += 2
    assert sessions.read(begun.cookie) is None


def test_cookie_of_another_board_or_of_nobody_is_none() -> None:
    for cookie in (Sessions(TOKEN).begin("Anna").cookie, "", ".", "x.y", "\udcff.\udcff", "ä"):
        assert Sessions(TOKEN).read(cookie) is None


def test_form_is_good_for_its_own_session_alone() -> None:
    sessions = Sessions(TOKEN)
    first, second = sessions.begin("Anna"), sessions.begin("Anna")
    assert sessions.is_form_of(first, first.form_token)
    assert not sessions.is_form_of(second, first.form_token)
    assert not sessions.is_form_of(first, "")


def test_token_is_known_and_nothing_else() -> None:
    sessions = Sessions(TOKEN)
    assert sessions.is_token(TOKEN)
    assert not any(map(sessions.is_token, ("", TOKEN[:-1], TOKEN + " ", "ä\udcff")))


def test_each_wrong_token_doubles_the_wait_of_its_address_alone() -> None:
    clock = Clock()
    tries = Tries(clock)
    waits = []
    for _ in range(FIRST_TO_WAIT + 20):
        tries.failed("one")
        waits.append(tries.wait("one"))
        clock.now += waits[-1]
    assert waits[: FIRST_TO_WAIT + 2] == [0.0] * (FIRST_TO_WAIT - 1) + [1.0, 2.0, 4.0]
    assert waits[-1] == LONGEST_WAIT
    assert tries.wait("two") == 0
    tries.succeeded("one")
    tries.failed("one")
    assert tries.wait("one") == 0


def test_addresses_are_forgotten_where_there_are_too_many() -> None:
    tries = Tries(Clock())
    for number in range(MOST_ADDRESSES + 5):
        tries.failed(str(number))
    assert len(tries._failed) == MOST_ADDRESSES
