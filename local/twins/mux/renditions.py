"""Files to download at Mux: static renditions (MP4, M4A) and the master, which is the source for a day."""

import time

from local.twins.core import Core
from local.twins.keys import new_id
from local.twins.media import Facts
from local.twins.mux.events import emit
from local.twins.mux.views import asset_view
from local.twins.refusals import Doc

MASTER_SECONDS = 24 * 3600


def ask(asset: Doc, wanted: Doc) -> Doc:
    """Note on the asset that a rendition is wanted; the rendition's document."""
    sound = wanted["resolution"] == "audio-only"
    name = "audio.m4a" if sound else f"{wanted['resolution']}.mp4"
    kind = {
        "type": "standard",
        "ext": name.rsplit(".", 1)[1],
        "resolution_tier": asset.get("resolution_tier", "720p"),
    }
    made = {"id": new_id(44), "name": name, "status": "preparing", **kind, **wanted}
    shelf = asset.setdefault("static_renditions", {"status": "preparing", "files": []})
    shelf["files"].append(made)
    return made


async def make_wanted(core: Core, asset_id: str) -> None:
    """Make whatever was wanted from the start and is not there yet."""
    asset = core.store.get("asset", asset_id)
    if asset is None:
        return
    if asset["master_access"] == "temporary" and "master" not in asset:
        open_master(core, asset)
    for wanted in asset.pop("wanted_renditions", []):
        made = ask(asset, wanted)
        emit(core, "video.asset.static_rendition.created", made | {"asset_id": asset_id}, once=made["id"])
    core.store.put("asset", asset_id, asset)
    await make_missing(core, asset_id)


async def make_missing(core: Core, asset_id: str) -> None:
    """Make every rendition of an asset that is being prepared."""
    while (asset := core.store.get("asset", asset_id)) is not None:
        one = next(
            (
                file
                for file in asset.get("static_renditions", {}).get("files", [])
                if file["status"] == "preparing"
            ),
            None,
        )
        if one is None:
            return
        outcome = await _make(core, asset, one)
        asset = core.store.get("asset", asset_id)
        if asset is None:
            return
        for file in asset["static_renditions"]["files"]:
            if file["id"] == one["id"]:
                file.update(outcome)
                emit(
                    core,
                    f"video.asset.static_rendition.{file['status']}",
                    file | {"asset_id": asset_id},
                    once=file["id"],
                )
        asset["static_renditions"]["status"] = "ready"
        core.store.put("asset", asset_id, asset)


async def _make(core: Core, asset: Doc, one: Doc) -> Doc:
    facts = Facts(**asset["facts"])
    short = int(one["resolution"][:-1]) if one["resolution"].endswith("p") else None
    if (short is not None and short > min(facts.width, facts.height)) or (
        one["ext"] == "mp4" and not facts.width
    ):
        return {"status": "skipped"}
    target = core.home(asset["id"]) / "renditions" / one["name"]
    await core.media.download(
        core.source(asset["id"]), target, facts, picture=one["ext"] == "mp4", short_side=short
    )
    size = target.stat().st_size
    bitrate = int(size * 8 / max(facts.duration_seconds, 0.001))
    # `filesize` is text here, as the provider's own client declares it
    shown: Doc = {"status": "ready", "filesize": str(size), "bitrate": bitrate}
    if one["ext"] == "mp4":
        share = short / min(facts.width, facts.height) if short else 1
        shown |= {"width": round(facts.width * share), "height": round(facts.height * share)}
    return shown


def open_master(core: Core, asset: Doc) -> None:
    """Give the source an address of its own for a day."""
    secret = new_id(32)
    core.store.put("master", secret, {"asset_id": asset["id"], "until": time.time() + MASTER_SECONDS})
    asset |= {
        "master_access": "temporary",
        "master": {"status": "ready", "url": f"{core.public_url}/master/{secret}"},
    }
    emit(core, "video.asset.master.ready", asset_view(asset, pace=core.pace, webhook=True))
