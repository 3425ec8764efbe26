"""The providers' rate limits, on a clock of the test's own."""

from local.twins.limits import Bucket, Window


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_gives_a_burst_and_then_its_rate() -> None:
    clock = Clock()
    bucket = Bucket(1, 3, clock)
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    clock.now = 1.0
    assert [bucket.take(), bucket.take()] == [True, False]
    clock.now = 60.0
    assert bucket.left == 0
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_a_window_blocks_for_a_whole_window_once_it_is_overdrawn() -> None:
    clock = Clock()
    window = Window(2, 300, clock)
    assert [window.take(), window.take()] == [None, None]
    clock.now = 10.0
    assert window.take() == 300
    clock.now = 309.0
    assert window.take() == 1
    clock.now = 310.0
    assert window.take() is None
    assert (window.left, window.resets_in) == (1, 300)
