"""Bearer tokens for the local stack: anybody who can reach it may be whoever they name."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

import jwt

LIFETIME = timedelta(hours=12)
LONGEST_NAME = 40
_NAME = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")


class BadName(ValueError):
    """No user can have this name; the message says what a name is."""


def mint_token(name: str, *, secret: str, now: datetime, claims: Mapping[str, str] | None = None) -> str:
    """A token for the user ``name`` (any case), good for twelve hours.

    The same name is always the same user: ``sub`` is ``local-{name}``.

    Raises:
        BadName: ``name`` is empty, too long, or has other characters than letters, digits and ``._-``.
    """
    plain = name.strip().lower()
    if len(plain) > LONGEST_NAME or not _NAME.fullmatch(plain):
        raise BadName(
            f"A name has 1 to {LONGEST_NAME} letters (a-z) and digits, with single dots, dashes or"
            " underscores between."
        )
    payload: dict[str, object] = {
        "sub": f"local-{plain}",
        "name": re.sub(r"[._-]", " ", plain).title(),
        "preferred_username": plain,
        "email": f"{plain}@localhost.localdomain",
        "iat": int(now.timestamp()),
        "exp": int((now + LIFETIME).timestamp()),
        **(claims or {}),
    }
    return jwt.encode(payload, secret, algorithm="HS256")
