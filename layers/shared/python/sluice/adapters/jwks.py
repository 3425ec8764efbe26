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
_RETRY_SECONDS = 2
_TIMEOUT_SECONDS = 3
_SIGN_TOKENS = {"RS256", "ES256"}


class KeySet:
    """``KeySource`` for one URL."""

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = jwt.PyJWKClient(url, cache_jwk_set=False, timeout=_TIMEOUT_SECONDS)
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._asked_at: float | None = None
        self._had_any = False

    def key(self, key_id: str) -> jwt.PyJWK | None:
        """The signing key of this id.

        Raises:
            Unavailable: the keys cannot be had and none are known.
        """
        if self._asked_at is None or self._clock() - self._asked_at > self._patience(key_id):
            self._ask()
        elif not self._had_any:
            raise _unavailable()
        return self._keys.get(key_id)

    def _patience(self, key_id: str) -> int:
        if not self._had_any:
            return _RETRY_SECONDS
        return _KEPT_SECONDS if key_id in self._keys else _ASK_AGAIN_SECONDS

    def _ask(self) -> None:
        self._asked_at = self._clock()
        try:
            found = self._client.get_signing_keys()
        except (jwt.PyJWTError, ValueError, OSError) as error:
            # ValueError is an answer that is no JSON, OSError a connection that broke off.
            if not self._had_any:
                raise _unavailable() from error
            # Keys that were good ten minutes ago are better than refusing everybody.
            return
        self._keys = {key.key_id: key for key in found if key.key_id and key.algorithm_name in _SIGN_TOKENS}
        self._had_any = True


def _unavailable() -> Unavailable:
    return Unavailable("Tokens cannot be verified at the moment. Please try again.")
