"""A video's life at Cloudflare: pendingupload or downloading, queued, inprogress, then ready or error."""

import asyncio
import time
from typing import Any

from local.twins.cloudflare.notices import notify
from local.twins.cloudflare.records import change, found, status
from local.twins.cloudflare.settings_of_video import iso
from local.twins.core import Core
from local.twins.fetching import FetchFailed, fetch
from local.twins.media import Facts, NotPlayable, ToolFailed
from local.twins.receiving import size_of
from local.twins.refusals import Doc

QUEUED_SECONDS, ENCODING_SECONDS, REST_SECONDS = 1.0, 3.0, 4.0
FIRST_PERCENT = 39.0  # playable long before every rendition is there
SHORTEST_SECONDS = 0.1


class Failed(Exception):
    """Processing failed with one of Cloudflare's codes."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code, self.text = code, text


def received(core: Core, uid: str) -> None:
    """The file is whole: queue it."""
    now = iso(time.time())
    change(core, uid, status=status("queued"), uploaded=now, size=size_of(core.source(uid)))
    begin(core, uid)


def begin(core: Core, uid: str) -> None:
    """Work on a video, from wherever it is."""
    video = found(core, uid)
    if "faults" not in video:
        subject = str(video["meta"].get("name") or uid)
        change(core, uid, faults={fault.kind: fault.values for fault in core.faults.draw("asset", subject)})
    core.jobs.start(uid, _work(core, uid))


async def _work(core: Core, uid: str) -> None:
    video = found(core, uid)
    faults = video["faults"]
    try:
        await _download(core, video)
        await asyncio.sleep(QUEUED_SECONDS * core.pace)
        change(core, uid, status=status("inprogress", step="encoding", percent=0))
        began = time.time()
        facts = await _encode(core, video)
        seconds = ENCODING_SECONDS * core.pace + faults.get("slow", {}).get("seconds", 0)
        await asyncio.sleep(max(0.0, began + seconds - time.time()))
        if "never_finish" in faults:
            return
    except Failed as exc:
        percent = 0.0 if exc.code != "ERR_FETCH_ORIGIN_ERROR" else None
        wrong = status("error", step="encoding", percent=percent, error=(exc.code, exc.text))
        failed = change(core, uid, status=wrong, readyToStream=False)
        if failed is not None:
            notify(core, failed)
        return
    await _ready(core, uid, facts)


async def _download(core: Core, video: Doc) -> None:
    if video["status"]["state"] != "downloading":
        return
    part = core.source(video["uid"]).with_name("source.part")
    try:
        await fetch(video["copied_from"], part)
    except FetchFailed as exc:
        raise Failed("ERR_FETCH_ORIGIN_ERROR", f"The file could not be fetched: {exc}.") from None
    part.replace(core.source(video["uid"]))
    size, now = size_of(core.source(video["uid"])), iso(time.time())
    change(core, video["uid"], status=status("queued"), uploaded=now, size=size)


async def _encode(core: Core, video: Doc) -> Facts:
    uid = video["uid"]
    if "fail_encoding" in video["faults"]:
        raise Failed("ERR_UNKNOWN", "The video could not be encoded.")
    try:
        facts = await core.media.probe(core.source(uid))
        _check(facts, video["maxDurationSeconds"])
        await core.media.package(core.source(uid), facts, core.home(uid) / "stream")
    except NotPlayable as exc:
        code = "ERR_MALFORMED_VIDEO" if exc.broken else "ERR_NON_VIDEO"
        raise Failed(code, "The file is not a video that can be read.") from None
    except ToolFailed:
        raise Failed("ERR_MALFORMED_VIDEO", "The video is damaged.") from None
    return facts


def _check(facts: Facts, limit: int | None) -> None:
    if not facts.width:
        raise Failed("ERR_NON_VIDEO", "The file has no video.")
    if limit is not None and facts.duration_seconds > limit:
        raise Failed("ERR_DURATION_EXCEED_CONSTRAINT", "The video is longer than allowed.")
    if facts.duration_seconds < SHORTEST_SECONDS:
        raise Failed("ERR_DURATION_TOO_SHORT", "The video is too short.")


async def _ready(core: Core, uid: str, facts: Facts) -> None:
    base = f"{core.public_url}/customer/{uid}"
    known: dict[str, Any] = {
        "status": status("ready", percent=FIRST_PERCENT),
        "readyToStream": True,
        "readyToStreamAt": iso(time.time()),
        "duration": round(facts.duration_seconds, 3),
        "input": {"width": facts.width, "height": facts.height},
        "playback": {"hls": f"{base}/manifest/video.m3u8", "dash": f"{base}/manifest/video.mpd"},
        "thumbnail": f"{base}/thumbnails/thumbnail.jpg",
        "preview": f"{base}/watch",
        "facts": facts.as_doc,
    }
    faults = found(core, uid)["faults"] if core.store.get("video", uid) is not None else {}
    if "left_public" in faults:
        known["requireSignedURLs"] = False
    ready = change(core, uid, **known)
    if ready is None:
        return
    notify(core, ready)
    await complete(core, uid)


async def complete(core: Core, uid: str) -> None:
    """All renditions are there a while later; by default nobody is told."""
    await asyncio.sleep(REST_SECONDS * core.pace)
    done = change(core, uid, status=status("ready", percent=100))
    if done is not None and "second_notice" in done["faults"]:
        notify(core, done, number=2)
