"""The video generator: asked over HTTP, signed both ways as Standard Webhooks say; its words into ours."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import msgspec

from sluice.adapters.http import Call, Http
from sluice.adapters.standard_webhooks import sign
from sluice.adapters.wire import mapping, read_object, text
from sluice.domain.errors import OutcomeUnknown, ProviderRefused, Unavailable
from sluice.domain.generation import Answer, Generation, Script, Trouble
from sluice.domain.ids import is_id
from sluice.usecases.generation_ports import GeneratorNews

_LONGEST_URL = 4096
_LONGEST_MESSAGE = 500


class HttpGenerator:
    """``Generator`` behind one URL; ``callback_url`` is where it may answer later."""

    def __init__(self, http: Http, *, url: str, keys: Sequence[str], callback_url: str) -> None:
        self._http, self._url, self._keys, self._callback_url = http, url, keys, callback_url

    def ask(self, generation: Generation, script: Script, *, now: datetime) -> Answer | None:
        asked = {
            "generationId": generation.generation_id,
            "callbackUrl": self._callback_url,
            **asdict(script),
        }
        body = msgspec.json.encode(asked)
        # The same id however often it is asked: the generator can tell a repetition.
        signed = sign(body, message_id=generation.generation_id, at=now, keys=self._keys)
        headers = {"content-type": "application/json", **signed}
        call = Call(method="POST", url=self._url, headers=headers, body=body, makes=True, expects_json=False)
        try:
            said = self._http.send(call)
        except OutcomeUnknown as error:
            if error.__cause__ is None:  # it did answer, if only that it failed
                text = "The video generator fails at the moment. Please try again."
                raise Unavailable(text, code="generator_unavailable") from error
            return None
        except Unavailable as error:
            text = "The video generator cannot be reached at the moment. Please try again."
            raise Unavailable(
                text, code="generator_unavailable", retry_after_seconds=error.retry_after_seconds
            ) from error
        if not said.good:
            raise ProviderRefused("The video generator refused the request.", code="generator_refused")
        return _answer(said.content)


def news(raw: bytes) -> GeneratorNews:
    """What a verified delivery says.

    Raises:
        Malformed: it is not a JSON object.
    """
    told = read_object(raw)
    generation_id = text(told.get("generationId")) or ""
    known = is_id("gen", generation_id)
    return GeneratorNews(generation_id=generation_id, answer=_answer(told) if known else None)


def _answer(told: Mapping[str, Any]) -> Answer | None:
    """What is said of the video, if anything is: where it is counts before why it is not."""
    url = text(told.get("videoUrl"))
    if url and len(url) <= _LONGEST_URL:
        return Answer(video_url=url)
    error = told.get("error")
    if not error:
        return None
    message = text(error) or text(mapping(error).get("message")) or "The generator could not make the video."
    shown = "".join(c if c.isprintable() else " " for c in message)[:_LONGEST_MESSAGE]
    return Answer(trouble=Trouble("generation_failed", shown))
