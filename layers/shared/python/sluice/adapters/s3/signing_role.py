"""The credentials that URLs are signed with, and when they end.

A function's own credentials do not say when they expire, and a URL dies with the credentials that
signed it. So URLs are signed with a role assumed for that purpose, whose end is known (one hour, the
most that AWS allows to a role that another role assumes); docs/adr/0013.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sluice.domain.errors import Unavailable

_LIFETIME = timedelta(hours=1)
_LEAST_LEFT = timedelta(minutes=55)
_WORTH_SIGNING_WITH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class SigningCredentials:
    """What signs, and until when its signatures hold (``None``: no end of its own)."""

    access_key: str
    secret_key: str
    session_token: str | None = None
    expires_at: datetime | None = None


class Roles(Protocol):
    """Whoever lends roles."""

    def assume_role(self, role_arn: str, *, session: str, seconds: int) -> tuple[str, str, str, datetime]:
        """Access key, secret key, session token, and their end; ``Unavailable`` while there are none."""


class SigningRole:
    """Credentials of one role, taken again every few minutes: what they sign lives for most of an hour."""

    def __init__(self, roles: Roles, role_arn: str) -> None:
        self._roles = roles
        self._role_arn = role_arn
        self._held: SigningCredentials | None = None

    def credentials(self, now: datetime) -> SigningCredentials:
        """Credentials with at least 55 minutes to live, or less while no others can be had.

        Raises:
            Unavailable: the role cannot be assumed at the moment.
        """
        held = self._held
        left = held.expires_at - now if held and held.expires_at else timedelta()
        if held is None or left < _LEAST_LEFT:
            try:
                self._held = held = self._assume()
            except Unavailable:
                if held is None or left < _WORTH_SIGNING_WITH:
                    raise
                # What they sign ends earlier, and says so: better than no URLs at all.
        return held

    def _assume(self) -> SigningCredentials:
        seconds = int(_LIFETIME.total_seconds())
        return SigningCredentials(*self._roles.assume_role(self._role_arn, session="sign", seconds=seconds))
