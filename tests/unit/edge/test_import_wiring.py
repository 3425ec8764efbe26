"""How long a worker waits before it asks again: longer each time, within bounds, never quite the same."""

import time

import pytest
from sluice.edge import import_wiring


def test_rests_grow_and_end_growing(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    for attempts in (1, 2, 3, 4, 50):
        import_wiring._rest(attempts)
    bounds = [(0.25, 0.5), (0.5, 1), (1, 2), (2, 4), (4, 8)]
    assert all(low <= rest <= high for rest, (low, high) in zip(slept, bounds, strict=True))
