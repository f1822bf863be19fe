from streams.worker.supervisor import LONGEST_PAUSE, Pauses


def test_pauses_grow_to_a_bound_and_are_never_none() -> None:
    pauses = Pauses()
    taken = [pauses.next() for _ in range(100)]
    assert 0.25 <= taken[0] <= 0.5
    assert all(LONGEST_PAUSE / 2 <= pause <= LONGEST_PAUSE for pause in taken[5:])


def test_pauses_of_many_waiters_differ() -> None:
    assert len({Pauses().next() for _ in range(20)}) > 1


def test_pauses_begin_anew_after_something_went_well() -> None:
    pauses = Pauses()
    for _ in range(10):
        pauses.next()
    pauses.reset()
    assert pauses.next() <= 0.5
