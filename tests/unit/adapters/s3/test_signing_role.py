"""Credentials to sign with: always with most of their hour left, and never a surprise at their end."""

from datetime import datetime, timedelta

import pytest
from sluice.adapters.s3.signing_role import SigningRole
from sluice.domain.errors import Unavailable

from tests.builders import NOW, at


class Sts:
    """Roles that can be assumed while ``up``; each time other credentials, good for an hour."""

    def __init__(self) -> None:
        self.now, self.taken, self.up = NOW, 0, True

    def assume_role(self, role_arn: str, *, session: str, seconds: int) -> tuple[str, str, str, datetime]:
        if not self.up:
            raise Unavailable("no")
        self.taken += 1
        return f"A{self.taken}", "s", "t", self.now + timedelta(seconds=seconds)


def role_of(sts: Sts) -> SigningRole:
    return SigningRole(sts, "arn:aws:iam::1:role/signing")


def at_time(sts: Sts, role: SigningRole, now: datetime) -> str:
    sts.now = now
    return role.credentials(now).access_key


def test_credentials_are_taken_once_and_kept_for_some_minutes() -> None:
    sts = Sts()
    role = role_of(sts)
    assert [at_time(sts, role, at(seconds)) for seconds in (0, 1, 299)] == ["A1", "A1", "A1"]
    assert at_time(sts, role, at(301)) == "A2"


def test_what_they_sign_lives_for_most_of_an_hour() -> None:
    sts = Sts()
    role = role_of(sts)
    for seconds in range(0, 7200, 100):
        sts.now = at(seconds)
        ends = role.credentials(sts.now).expires_at
        assert ends is not None
        assert ends - sts.now >= timedelta(minutes=55)


def test_credentials_that_still_hold_are_used_while_no_others_can_be_had() -> None:
    sts = Sts()
    role = role_of(sts)
    at_time(sts, role, NOW)
    sts.up = False
    assert at_time(sts, role, at(1800)) == "A1"
    with pytest.raises(Unavailable):
        at_time(sts, role, at(3600))


def test_a_role_that_cannot_be_assumed_is_unavailable() -> None:
    sts = Sts()
    sts.up = False
    with pytest.raises(Unavailable):
        role_of(sts).credentials(NOW)
