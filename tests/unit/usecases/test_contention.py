"""Writers that meet come apart: longer and longer pauses, never so long that a request is lost."""

from sluice.usecases.contention import rounds


def test_the_first_attempt_comes_at_once() -> None:
    pauses: list[float] = []
    assert next(rounds(pauses.append)) == 0
    assert pauses == []


def test_pauses_grow_but_stay_short_and_all_of_them_fit_into_a_request() -> None:
    pauses: list[float] = []
    attempts = list(rounds(pauses.append))
    assert len(attempts) == len(pauses) + 1
    assert max(pauses) <= 0.4
    assert all(pause <= 0.01 * 2 ** (n + 1) for n, pause in enumerate(pauses))
