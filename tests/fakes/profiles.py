"""Profiles in memory."""

from dataclasses import replace

from sluice.domain.identity import Caller


class FakeProfiles:
    """``Profiles``. ``told`` counts how often somebody was remembered."""

    def __init__(self) -> None:
        self.told = 0
        self._known: dict[str, Caller] = {}
        self._by_email: dict[str, str] = {}

    def remember(self, caller: Caller) -> None:
        self.told += 1
        said = {
            name: detail
            for name in ("email", "name", "username", "picture")
            if (detail := getattr(caller, name))
        }
        if not said:
            return
        known = self._known.get(caller.user_id, Caller(user_id=caller.user_id))
        if caller.email and caller.email != known.email:
            self._by_email[caller.email.strip().casefold()] = caller.user_id
        self._known[caller.user_id] = replace(known, **said)

    def find(self, user_id: str) -> Caller | None:
        return self._known.get(user_id)

    def user_by_email(self, email: str) -> str | None:
        return self._by_email.get(email.strip().casefold())
