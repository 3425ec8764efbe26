"""Callers are remembered once a process and identity, and no request fails because of it."""

from dataclasses import replace

from sluice.domain.errors import Unavailable
from sluice.domain.identity import Caller
from sluice.edge.profiles import Acquaintances

from tests.builders import ALICE, BOB
from tests.fakes.profiles import FakeProfiles


class Forgetful(FakeProfiles):
    """Cannot be reached at the first time."""

    def remember(self, caller: Caller) -> None:
        super().remember(caller)
        if self.told == 1:
            raise Unavailable("Later.")


def test_who_comes_again_is_not_written_again() -> None:
    profiles = FakeProfiles()
    met = Acquaintances(profiles)
    for caller in (ALICE, BOB, ALICE, BOB):
        met.meet(caller)
    assert profiles.told == 2
    assert profiles.find("alice") == ALICE


def test_who_says_something_new_is_written_again() -> None:
    profiles = FakeProfiles()
    met = Acquaintances(profiles)
    met.meet(ALICE)
    met.meet(replace(ALICE, name="Alice B."))
    assert profiles.find("alice") == replace(ALICE, name="Alice B.")


def test_what_could_not_be_remembered_is_the_next_time() -> None:
    profiles = Forgetful()
    met = Acquaintances(profiles)
    met.meet(ALICE)
    met.meet(ALICE)
    met.meet(ALICE)
    assert profiles.told == 2


def test_a_process_with_many_users_does_not_grow_for_ever() -> None:
    profiles = FakeProfiles()
    met = Acquaintances(profiles)
    for number in range(10_001):
        met.meet(Caller(user_id=str(number)))
    met.meet(Caller(user_id="0"))
    assert profiles.told == 10_002
