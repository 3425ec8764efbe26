"""A secret is asked for seldom, and an outage of its keeper changes nothing."""

import pytest
from sluice.adapters.rotating import RotatingSecret
from sluice.domain.errors import Unavailable


class Keeper:
    """Says what it is told to; ``None``: it cannot be reached."""

    def __init__(self, text: str | None) -> None:
        self.text = text
        self.seconds = 50.0
        self.asked = 0

    def read(self) -> str:
        self.asked += 1
        if self.text is None:
            raise Unavailable("Not now.")
        return self.text


def test_a_secret_is_read_again_after_five_minutes() -> None:
    keeper = Keeper("old")
    secret = RotatingSecret(keeper.read, lambda: keeper.seconds)
    assert secret.text() == "old"
    keeper.text, keeper.seconds = "new", 350
    assert (secret.text(), keeper.asked) == ("old", 1)
    keeper.seconds = 351
    assert (secret.text(), keeper.asked) == ("new", 2)


def test_a_known_secret_stays_while_its_keeper_cannot_be_reached() -> None:
    keeper = Keeper("known")
    secret = RotatingSecret(keeper.read, lambda: keeper.seconds)
    secret.text()
    keeper.text, keeper.seconds = None, 400
    assert [secret.text(), secret.text()] == ["known", "known"]
    assert keeper.asked == 2


def test_one_that_was_never_read_is_unavailable_and_asked_for_again() -> None:
    keeper = Keeper(None)
    secret = RotatingSecret(keeper.read, lambda: keeper.seconds)
    for _ in range(2):
        with pytest.raises(Unavailable):
            secret.text()
    keeper.text = "late"
    assert secret.text() == "late"
