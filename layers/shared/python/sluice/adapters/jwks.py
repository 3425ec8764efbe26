"""The identity provider's public keys (JWKS), kept for ten minutes.

Anybody can send a token with a key id of their own making, so an unknown id asks the provider again
at most once in half a minute: a flood of forged tokens is not passed on to it.
"""

import time
from collections.abc import Callable

import jwt

from sluice.domain.errors import Unavailable

_KEPT_SECONDS = 600
_ASK_AGAIN_SECONDS = 30
_TIMEOUT_SECONDS = 3


class KeySet:
    """``KeySource`` for one URL."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = jwt.PyJWKClient(url, cache_jwk_set=False, timeout=_TIMEOUT_SECONDS)
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at: float | None = None

    def key(self, key_id: str) -> jwt.PyJWK | None:
        """The signing key of this id.

        Raises:
            Unavailable: the keys cannot be had and none are known.
        """
        age = None if self._asked_at is None else self._clock() - self._asked_at
        if age is None or age > _KEPT_SECONDS or (key_id not in self._keys and age > _ASK_AGAIN_SECONDS):
            self._ask()
        return self._keys.get(key_id)

    def _ask(self) -> None:
        try:
            found = self._client.get_signing_keys()
        except jwt.PyJWTError as error:
            if not self._keys:
                raise Unavailable("Tokens cannot be verified at the moment. Please try again.") from error
            # Keys that were good ten minutes ago are better than refusing everybody.
            self._asked_at = self._clock()
            return
        self._keys = {key.key_id: key for key in found if key.key_id}
        self._asked_at = self._clock()
