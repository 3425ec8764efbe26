"""Mux's API: one JSON object in, one out of the envelope, Mux's two shapes of errors turned into ours."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode

import msgspec

from sluice.adapters.http import Answer, Call, Http
from sluice.adapters.wire import mapping, objects, text
from sluice.domain.errors import ProviderRefused

_LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An object as Mux showed it at ``at``, its own time (``None``: it told none)."""

    data: Mapping[str, Any]
    at: datetime | None
    after_silence: bool = False


class MuxClient:
    """The API of one environment. Paths are given in pieces; ids are quoted.

    Every method raises ``Unavailable`` if Mux does not answer, and ``ProviderRefused`` if it will not.
    """

    def __init__(self, http: Http, *, base_url: str, token_id: str, token_secret: str) -> None:
        self._http = http
        self._base = base_url.rstrip("/")
        pair = b64encode(f"{token_id}:{token_secret}".encode()).decode()
        self._headers = {"Authorization": f"Basic {pair}", "Content-Type": "application/json"}

    def get(self, *path: str) -> Seen | None:
        """The object; ``None`` if there is none."""
        return self._seen(self._send("GET", path, accept=(404,)))

    def page(self, *path: str, **query: str | int) -> Sequence[Mapping[str, Any]]:
        """One page of a list."""
        return objects(self._send("GET", path, query=query).content.get("data"))

    def create(self, *path: str, body: Mapping[str, Any]) -> Seen:
        """What was made. Raises ``OutcomeUnknown`` if that cannot be told."""
        answer = self._send("POST", path, body=body, makes=True)
        return Seen(
            data=mapping(answer.content.get("data")), at=answer.at, after_silence=answer.after_silence
        )

    def put(self, *path: str) -> int:
        """The status: 200, or 403 or 404 if the object does not stand for it."""
        return self._send("PUT", path, accept=(403, 404)).status

    def delete(self, *path: str) -> bool:
        """Whether there was anything to delete."""
        return self._send("DELETE", path, accept=(404,)).good

    def _seen(self, answer: Answer) -> Seen | None:
        return Seen(data=mapping(answer.content.get("data")), at=answer.at) if answer.good else None

    def _send(
        self,
        method: str,
        path: tuple[str, ...],
        *,
        query: Mapping[str, str | int] | None = None,
        body: Mapping[str, Any] | None = None,
        makes: bool = False,
        accept: tuple[int, ...] = (),
    ) -> Answer:
        where = "/".join(quote(piece, safe="") for piece in path)
        call = Call(
            method=method,
            url=f"{self._base}/video/v1/{where}" + (f"?{urlencode(query)}" if query else ""),
            headers=self._headers,
            body=None if body is None else msgspec.json.encode(body),
            makes=makes,
            expects_json=method != "DELETE",
        )
        answer = self._http.send(call)
        if answer.good or answer.status in accept:
            return answer
        raise _refused(answer)


def _refused(answer: Answer) -> ProviderRefused:
    """An error of either shape: ``{error: {type, messages}}``, or ``{errors: [...]}``, or neither."""
    error = mapping(answer.content.get("error"))
    kind = text(error.get("type")) or "no reason given"
    messages = error.get("messages") or answer.content.get("errors")
    code = "provider_credentials" if answer.status == 401 else None
    refused = ProviderRefused("Mux refused the request.", code=code)
    refused.add_note(f"Mux: {answer.status} {kind}: {messages}"[:_LONGEST_NOTE])
    return refused
