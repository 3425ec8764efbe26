"""Videos at every stage of their lives, and what still happens to each after that, as if nobody knew."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from threading import Event, Thread

import httpx
from sluice.domain.video import Status, Video

from tests.integration.providers.driving import (
    FORM,
    MUX,
    TUS,
    Json,
    Providers,
    Way,
    asked,
    read,
    ready,
    send,
    until,
)
from tests.loopback import Behaviour, Handler, Site

S3 = Way("s3", "put")
# What a chunk of Mux's is a multiple of.
_CHUNK = 256 * 1024
_LATE_SECONDS = 1.0

type After = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """Who uploads what to where. ``clip`` plays at once, ``slow`` has to be encoded first."""

    providers: Providers
    api: httpx.Client
    clip: bytes
    slow: bytes
    site: Site


@dataclass(frozen=True, slots=True)
class Stage:
    """``reach`` brings a new video there: its id, and what happens next."""

    name: str
    reach: Callable[[Scene], tuple[str, After]]

    def __str__(self) -> str:
        return self.name


def nothing() -> None:
    """Nothing happens next."""


def _asked(way: Way) -> Callable[[Scene], tuple[str, After]]:
    """The client has its ticket, and uses it afterwards."""

    def reach(scene: Scene) -> tuple[str, After]:
        ticket = asked(scene.api, way, scene.clip)
        return ticket["videoId"], lambda: _sent_anyway(ticket, scene.clip)

    return reach


def _sent_anyway(ticket: Json, clip: bytes) -> None:
    with suppress(AssertionError, httpx.HTTPError):  # a provider may know by now that nobody wants it
        send(ticket, clip)


def _half_put(scene: Scene) -> tuple[str, After]:
    """Half of the source is on its way into the bucket."""
    ticket, go_on, middle = asked(scene.api, S3, scene.clip), Event(), Event()
    half = len(scene.clip) // 2

    def body() -> Iterator[bytes]:
        yield scene.clip[:half]
        middle.set()
        go_on.wait(120)
        yield scene.clip[half:]

    def put() -> None:
        headers = {**ticket["upload"]["headers"], "Content-Length": str(len(scene.clip))}
        with suppress(httpx.HTTPError):
            httpx.put(ticket["uploadUrl"], content=body(), headers=headers, timeout=120)

    sending = Thread(target=put)
    sending.start()
    assert middle.wait(120), "nobody takes it"

    def finish() -> None:
        go_on.set()
        sending.join(120)

    return ticket["videoId"], finish


def _some_parts(scene: Scene) -> tuple[str, After]:
    """One part of a multipart upload has arrived; another is sent afterwards."""
    wish = {"filename": "big.mp4", "fileSize": 80 * 1024 * 1024, "mimeType": "video/mp4", "provider": "s3"}
    answer = scene.api.post("/api/videos/upload-url", json=wish)
    ticket: Json = answer.raise_for_status().json()
    first, second = ticket["upload"]["parts"][:2]
    part = bytes(ticket["upload"]["partSize"])
    httpx.put(first["uploadUrl"], content=part, timeout=60).raise_for_status()
    return ticket["videoId"], lambda: httpx.put(second["uploadUrl"], content=part, timeout=60)


def _some_chunks(scene: Scene) -> tuple[str, After]:
    """The first chunk has arrived at Mux; the last one is sent afterwards."""
    whole = bytes(_CHUNK) * 2
    ticket = asked(scene.api, MUX, whole)

    def chunk(start: int) -> httpx.Response:
        headers = {"Content-Range": f"bytes {start}-{start + _CHUNK - 1}/{len(whole)}"}
        return httpx.put(ticket["uploadUrl"], content=bytes(_CHUNK), headers=headers, timeout=30)

    assert chunk(0).status_code == 308
    return ticket["videoId"], lambda: chunk(_CHUNK)


def _encoding(scene: Scene) -> tuple[str, After]:
    """The pipeline is at work on it. A machine that looks elsewhere may miss that; then there is another."""
    for _ in range(5):
        ticket = asked(scene.api, S3, scene.slow)
        send(ticket, scene.slow)
        begun = partial(_begun, scene.providers, ticket["videoId"])
        if until(begun, f"{ticket['videoId']} is being encoded", every=0.05).status is Status.PROCESSING:
            return ticket["videoId"], nothing
    raise AssertionError("never seen at work")


def _begun(providers: Providers, video_id: str) -> Video | None:
    video = providers.state_of(video_id)
    return video if video.reference is not None else None


def _sent(way: Way) -> Callable[[Scene], tuple[str, After]]:
    """The source is there and its provider has not said a word yet; it does so late."""

    def reach(scene: Scene) -> tuple[str, After]:
        ticket = asked(scene.api, way, scene.clip)
        send(ticket, scene.clip)
        return ticket["videoId"], lambda: time.sleep(_LATE_SECONDS)

    return reach


def _ready(way: Way) -> Callable[[Scene], tuple[str, After]]:
    def reach(scene: Scene) -> tuple[str, After]:
        ticket = asked(scene.api, way, scene.clip)
        send(ticket, scene.clip)
        return ready(scene.api, ticket["videoId"])["videoId"], nothing

    return reach


def _failed(scene: Scene) -> tuple[str, After]:
    page = b"<html>not a video</html>" * 100
    ticket = asked(scene.api, S3, page)
    send(ticket, page)
    video_id: str = ticket["videoId"]
    until(lambda: read(scene.api, video_id)["status"] == "error" or None, "it fails", every=0.1)
    return video_id, nothing


def _fetching(scene: Scene) -> tuple[str, After]:
    """Half of a source is fetched from its URL."""
    go_on, middle = Event(), Event()
    path = f"/{id(go_on)}.mp4"
    url = scene.site.has(path, _serves_half_and_waits(scene.clip, middle, go_on))
    made = scene.api.post("/api/videos/import", json={"videoUrl": url})
    assert made.status_code == 202, made.text
    assert middle.wait(120), "nobody fetches it"
    return made.json()["videoId"], go_on.set


def _serves_half_and_waits(body: bytes, middle: Event, go_on: Event) -> Behaviour:
    def behave(handler: Handler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Type", "video/mp4")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.close_connection = True
        with suppress(OSError):
            handler.wfile.write(body[: len(body) // 2])
            handler.wfile.flush()
            middle.set()
            go_on.wait(120)
            handler.wfile.write(body[len(body) // 2 :])

    return behave


STAGES: Sequence[Stage] = (
    Stage("s3 asked", _asked(S3)),
    Stage("s3 half sent", _half_put),
    Stage("s3 some parts", _some_parts),
    Stage("s3 encoding", _encoding),
    Stage("s3 ready", _ready(S3)),
    Stage("s3 failed", _failed),
    *(Stage(f"{way} asked", _asked(way)) for way in (MUX, FORM, TUS)),
    *(Stage(f"{way} sent", _sent(way)) for way in (MUX, FORM, TUS)),
    *(Stage(f"{way} ready", _ready(way)) for way in (MUX, FORM)),
    Stage("mux some chunks", _some_chunks),
    Stage("import fetching", _fetching),
)


def late_news(providers: Providers) -> None:
    """From now on providers say what they have to say a while later."""
    for twin in providers.twins.values():
        twin.fault("webhook", "delay", values={"seconds": _LATE_SECONDS})
