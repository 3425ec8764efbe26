"""Remembering who has been here, as their tokens name them: once a process and identity."""

from sluice.domain.errors import Unavailable
from sluice.domain.identity import Caller
from sluice.edge.logger import logger
from sluice.usecases.profile_ports import Profiles

_MOST = 10_000


class Acquaintances:
    """Passes callers on to their profiles when they are new here, or say something new about themselves."""

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._met: set[Caller] = set()

    def meet(self, caller: Caller) -> None:
        """No request fails because of it: what could not be remembered is so the next time."""
        if caller in self._met:
            return
        try:
            self._profiles.remember(caller)
        except Unavailable as error:
            logger().warning("profile not remembered", extra={"code": error.code})
            return
        if len(self._met) >= _MOST:
            self._met.clear()
        self._met.add(caller)
