"""`/local/*`: sign-in by picking a name. Only the local stack has these doors.

    GET  /local/session  → 200 {"signIn": "name"}: this is a local stack on which a name is enough
    POST /local/token    {"name": "alice"} → 200 {"token": "…"}, good for 12 hours; 422 for no name

Where tokens come from an identity provider (AUTH_JWKS_URL), both are 404.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from aiohttp import web

from local.proxy.answers import error_answer
from local.tokens import BadName, mint_token

LARGEST_BODY_BYTES = 4096


class SignIn:
    """Mints tokens with the folder's secret; ``secret`` is None with an identity provider."""

    def __init__(
        self,
        secret: str | None,
        *,
        claims: Mapping[str, str] | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._secret = secret
        self._claims = claims
        self._clock = clock

    async def session(self, _request: web.Request) -> web.StreamResponse:
        """Whether picking a name is enough."""
        if self._secret is None:
            return _none_here()
        return web.json_response({"signIn": "name"}, headers={"Cache-Control": "no-store"})

    async def token(self, request: web.Request) -> web.StreamResponse:
        """A token for a name."""
        if self._secret is None:
            return _none_here()
        if request.content_type != "application/json":  # what another site's form cannot send unasked
            return error_answer(415, "wrong_media_type", "Send the name as JSON.")
        try:
            body = json.loads(await request.content.read(LARGEST_BODY_BYTES))
        except ValueError:  # not JSON, not UTF-8, or cut off
            return error_answer(400, "malformed", "The body is not JSON.")
        name = body.get("name") if isinstance(body, dict) else None
        try:
            plain = name if isinstance(name, str) else ""
            token = mint_token(plain, secret=self._secret, now=self._clock(), claims=self._claims)
        except BadName as exc:
            return error_answer(422, "invalid_fields", str(exc))
        return web.json_response({"token": token}, headers={"Cache-Control": "no-store"})


def _none_here() -> web.Response:
    return error_answer(404, "not_found", "Tokens come from the configured identity provider.")
