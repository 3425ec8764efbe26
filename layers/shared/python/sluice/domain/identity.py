"""Who is asking."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A user as a verified token names them; only ``user_id`` (the ``sub`` claim) is always there."""

    user_id: str
    email: str | None = None
    name: str | None = None
    username: str | None = None
    picture: str | None = None
