"""An asset's life at Mux: made when the file is whole (or asked for by URL), looked at, packaged, ready or
errored.
"""

import asyncio
import time

from local.twins.core import Core
from local.twins.fetching import FetchFailed, fetch
from local.twins.keys import new_id
from local.twins.media import Facts, NotPlayable, ToolFailed
from local.twins.mux import renditions
from local.twins.mux.events import emit
from local.twins.mux.views import PROCESSING_SECONDS, asset_view, media_fields, upload_view
from local.twins.refusals import Doc

ANNOUNCED_AFTER_SECONDS = 1.0  # asset.created follows upload.asset_created by about a second
TEST_ASSET_SECONDS = 10.0
_TAKEN = (
    "passthrough",
    "meta",
    "video_quality",
    "max_resolution_tier",
    "mp4_support",
    "normalize_audio",
    "test",
)


def new_asset(settings: Doc, *, upload: Doc | None = None) -> Doc:
    """An asset before anything of it is known; its playback ids are there from the start."""
    taken = {name: settings[name] for name in _TAKEN if name in settings}
    if upload is not None:
        taken |= {"upload_id": upload["id"], "ingest_type": "on_demand_direct_upload"}
        taken |= {"test": True} if upload["test"] else {}
    else:
        taken["ingest_type"] = "on_demand_url"
    return {
        "id": new_id(44),
        "status": "preparing",
        "created_at": int(time.time()),
        "begun_at": time.time(),
        "encoding_tier": {"basic": "baseline", "plus": "smart", "premium": "premium"}[
            settings["video_quality"]
        ],
        "playback_ids": [{"id": new_id(44), "policy": policy} for policy in settings["playback_policies"]],
        "master_access": settings.get("master_access", "none"),
        "wanted_renditions": settings.get("static_renditions", []),
        "inputs": settings.get("inputs", []),
        **taken,
    }


def begin(core: Core, asset: Doc) -> None:
    """Store a new asset with its playback ids and start to work on it."""
    subject = asset.get("passthrough") or asset.get("meta", {}).get("title") or asset["id"]
    asset["faults"] = {fault.kind: fault.values for fault in core.faults.draw("asset", subject)}
    if "no_playback_id" in asset["faults"]:
        asset["playback_ids"] = []
    for playback in asset["playback_ids"]:
        core.store.put("playback", playback["id"], {"asset_id": asset["id"], "policy": playback["policy"]})
    core.store.put("asset", asset["id"], asset)
    go_on(core, asset)


def go_on(core: Core, asset: Doc) -> None:
    """Work on an asset that is being prepared, from the beginning; events that were sent are not sent
    again.
    """
    emit(
        core,
        "video.asset.created",
        asset_view(asset, pace=core.pace, webhook=True),
        once="",
        after_seconds=ANNOUNCED_AFTER_SECONDS * core.pace,
    )
    core.jobs.start(asset["id"], _prepare(core, asset["id"]))


async def _prepare(core: Core, asset_id: str) -> None:
    asset = core.store.get("asset", asset_id)
    if asset is None:
        return
    try:
        await _fetch_input(core, asset)
        facts = await core.media.probe(core.source(asset_id))
        _learn(core, asset_id, facts)
        cut = TEST_ASSET_SECONDS if asset.get("test") else None
        await core.media.package(
            core.source(asset_id), facts, core.home(asset_id) / "stream", cut_seconds=cut
        )
    except FetchFailed as exc:
        failure: tuple[str, str] | None = ("download_failed", f"The input could not be downloaded: {exc}.")
    except (NotPlayable, ToolFailed):
        failure = ("invalid_input", "The input is not a video that can be read.")
    else:
        failure = None
    faults = asset["faults"]
    seconds = (PROCESSING_SECONDS * core.pace) + faults.get("slow", {}).get("seconds", 0)
    await asyncio.sleep(max(0.0, asset["begun_at"] + seconds - time.time()))
    if "fail_encoding" in faults:
        failure = ("internal_error", "The video could not be encoded.")
    if failure is not None:
        _fail(core, asset_id, failure)
    elif "never_finish" not in faults:
        _finish(core, asset_id)
        await renditions.make_wanted(core, asset_id)


async def _fetch_input(core: Core, asset: Doc) -> None:
    url = next((one.get("url") for one in asset["inputs"] if isinstance(one, dict) and one.get("url")), None)
    if url is not None and not core.source(asset["id"]).exists():
        part = core.source(asset["id"]).with_name("source.part")
        await fetch(url, part)
        part.replace(core.source(asset["id"]))


def _learn(core: Core, asset_id: str, facts: Facts) -> None:
    asset = core.store.get("asset", asset_id)
    if asset is None or "facts" in asset:
        return
    asset |= {"facts": facts.as_doc, **media_fields(facts, (new_id(44), new_id(44)))}
    if asset.get("test") and asset["duration"] > TEST_ASSET_SECONDS:
        asset["duration"] = TEST_ASSET_SECONDS
    odd = {} if facts.video_codec in {"h264", ""} else {"video_codec": facts.video_codec}
    odd |= {} if facts.audio_codec in {"aac", ""} else {"audio_codec": facts.audio_codec}
    if odd:
        asset["non_standard_input_reasons"] = odd
        emit(
            core,
            "video.asset.non_standard_input_detected",
            asset_view(asset, pace=core.pace, webhook=True),
            once="",
            after_seconds=ANNOUNCED_AFTER_SECONDS * core.pace,
        )
    core.store.put("asset", asset_id, asset)


def _finish(core: Core, asset_id: str) -> None:
    asset = core.store.get("asset", asset_id)
    if asset is None:
        return
    asset["status"] = "ready"
    if "left_public" in asset["faults"]:
        leak = {"id": new_id(44), "policy": "public"}
        asset["playback_ids"].append(leak)
        core.store.put("playback", leak["id"], {"asset_id": asset_id, "policy": "public"})
    core.store.put("asset", asset_id, asset)
    emit(core, "video.asset.ready", asset_view(asset, pace=core.pace, webhook=True), once="")


def _fail(core: Core, asset_id: str, failure: tuple[str, str]) -> None:
    asset = core.store.get("asset", asset_id)
    if asset is None:
        return
    asset |= {"status": "errored", "errors": {"type": failure[0], "messages": [failure[1]]}}
    core.store.put("asset", asset_id, asset)
    emit(core, "video.asset.errored", asset_view(asset, pace=core.pace, webhook=True), once="")
    upload = core.store.get("upload", asset["upload_id"]) if "upload_id" in asset else None
    if upload is not None:
        upload |= {"status": "errored", "error": {"type": failure[0], "message": failure[1]}}
        core.store.put("upload", upload["id"], upload)
        emit(core, "video.upload.errored", upload_view(upload, webhook=True), once="")
