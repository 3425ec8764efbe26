"""Who users are, as far as their tokens have said. A fake stands in ``tests/fakes/profiles.py``."""

from typing import Protocol

from sluice.domain.identity import Caller


class Profiles(Protocol):
    """Users as the last token that named a detail had it."""

    def remember(self, caller: Caller) -> None: ...

    def find(self, user_id: str) -> Caller | None: ...

    def user_by_email(self, email: str) -> str | None:
        """The id of the user who last carried this e-mail address (in any case) in a token."""
