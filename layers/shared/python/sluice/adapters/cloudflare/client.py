"""Cloudflare Stream's API: what the envelope holds, or our error for what it says instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from sluice.adapters.http import Answer, Call, Http
from sluice.adapters.wire import mapping, objects
from sluice.domain.errors import ProviderRefused

_LONGEST_NOTE = 500
_QUOTA = 10011


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An object as Cloudflare showed it at ``at``, its own time (``None``: it told none)."""

    data: Mapping[str, Any]
    at: datetime | None
    headers: Mapping[str, str]
    after_silence: bool = False


class CloudflareClient:
    """The Stream API of one account. Paths are given in pieces below ``/stream``; ids are quoted.

    Every method raises ``Unavailable`` if Cloudflare does not answer, and ``ProviderRefused`` if it will not.
    """

    def __init__(self, http: Http, *, base_url: str, account_id: str, api_token: str) -> None:
        self._http = http
        self._base = f"{base_url.rstrip('/')}/accounts/{quote(account_id, safe='')}/stream"
        self._headers = {"Authorization": f"Bearer {api_token}"}

    def get(self, *path: str) -> Seen | None:
        """The object; ``None`` if there is none."""
        answer = self._send("GET", path, accept=(404,))
        return _seen(answer) if answer.good else None

    def page(self, **query: str) -> Sequence[Mapping[str, Any]]:
        """Videos, newest first."""
        return objects(self._send("GET", (), query=query).content.get("result"))

    def post(self, *path: str, body: Mapping[str, Any], makes: bool = False) -> Seen:
        """What was made or changed; with ``makes``, raises ``OutcomeUnknown`` if that cannot be told."""
        return _seen(self._send("POST", path, body=body, makes=makes))

    def open_tus(self, headers: Mapping[str, str]) -> Seen:
        """Open an upload for somebody else by tus; everything is said, and answered, in headers."""
        call = Call(
            method="POST",
            url=f"{self._base}?direct_user=true",
            headers={**self._headers, "Content-Length": "0", **headers},
            makes=True,
            expects_json=False,
        )
        return _seen(_accepted(self._http.send(call)))

    def delete(self, uid: str) -> bool:
        """Whether there was anything to delete."""
        return self._send("DELETE", (uid,), accept=(404,)).good

    def _send(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        makes: bool = False,
        accept: tuple[int, ...] = (),
    ) -> Answer:
        where = "".join(f"/{quote(piece, safe='')}" for piece in path)
        call = Call(
            method=method,
            url=f"{self._base}{where}" + (f"?{urlencode(query)}" if query else ""),
            headers={**self._headers, "Content-Type": "application/json"},
            body=None if body is None else msgspec.json.encode(body),
            makes=makes,
            expects_json=method != "DELETE",
        )
        answer = self._http.send(call)
        return answer if answer.status in accept else _accepted(answer)


def _seen(answer: Answer) -> Seen:
    return Seen(
        data=mapping(answer.content.get("result")),
        at=answer.at,
        headers=answer.headers,
        after_silence=answer.after_silence,
    )


def _accepted(answer: Answer) -> Answer:
    """The answer, unless its status or its envelope says no."""
    if answer.good and answer.content.get("success", True) is True:
        return answer
    errors = objects(answer.content.get("errors"))
    code = None
    if answer.status in {401, 403}:
        code = "provider_credentials"
    if answer.status == 413 or any(error.get("code") == _QUOTA for error in errors):
        code = "provider_quota"
    refused = ProviderRefused("Cloudflare Stream refused the request.", code=code)
    said = [(error.get("code"), error.get("message")) for error in errors]
    refused.add_note(f"Cloudflare Stream: {answer.status} {said}"[:_LONGEST_NOTE])
    raise refused
