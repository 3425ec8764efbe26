"""Mux's upload and asset objects, told as facts: the same for a webhook and for an answer to a question."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sluice.adapters.wire import mapping, objects, pixels, positive, text
from sluice.domain.facts import (
    Fact,
    Failed,
    LadderCompleted,
    PlaybackReady,
    ProcessingStarted,
    ProviderLinked,
    RenditionReady,
    SourceProbed,
)
from sluice.domain.media_facts import MediaFacts, Rendition

_LONGEST_MESSAGE = 300
# The one type of asset error that is known; the rest is free text to us.
_CODES = {"invalid_input": "not_a_video"}


def upload_facts(upload: Mapping[str, Any], at: datetime) -> Sequence[Fact]:
    """What a direct upload says about its video. Its own id is linked by whoever asked for it, never here."""
    asset_id = text(upload.get("asset_id"))
    if asset_id:
        linked = ProviderLinked(at=at, kind="asset", provider_id=asset_id)
        # Why such an upload failed, if it did, is written on the asset.
        return (linked, ProcessingStarted(at=at))
    match upload.get("status"):
        case "errored":
            return (_failed(mapping(upload.get("error")), at),)
        case "cancelled":
            return (Failed(at=at, code="upload_cancelled", message="The upload was cancelled."),)
        case "timed_out":
            late = "The upload was not completed in time."
            return (Failed(at=at, code="upload_expired", message=late),)
        case _:
            return ()


def asset_facts(asset: Mapping[str, Any], at: datetime) -> Sequence[Fact]:
    """What an asset in any of its states says about its video."""
    asset_id = text(asset.get("id"))
    if asset_id is None:
        return ()
    facts: list[Fact] = [ProviderLinked(at=at, kind="asset", provider_id=asset_id)]
    if "status" not in asset:
        # Real deliveries have been this thin; the next question to Mux tells the rest.
        return [*facts, ProcessingStarted(at=at)]
    playable = _playback_ids(asset)
    facts += [ProviderLinked(at=at, kind=kind, provider_id=known) for kind, known in playable.items()]
    match asset.get("status"):
        case "ready":
            facts += _ready(asset, at, playable=any(playable.values()))
        case "errored":
            facts.append(_failed(mapping(asset.get("errors")), at))
        case _:
            facts.append(ProcessingStarted(at=at))
    return facts


def rendition_facts(rendition: Mapping[str, Any], at: datetime) -> Sequence[Fact]:
    """A static rendition that is there to be downloaded."""
    name = text(rendition.get("name"))
    if name is None or not name.endswith(".mp4") or rendition.get("status") != "ready":
        return ()
    return (RenditionReady(at=at, rendition=_rendition(name, rendition)),)


def deleted(at: datetime) -> Fact:
    """The asset is gone, and not because we deleted the video: then nobody would ask."""
    return Failed(at=at, code="provider_deleted", message="The video was deleted at the video provider.")


def _ready(asset: Mapping[str, Any], at: datetime, *, playable: bool) -> list[Fact]:
    if not playable:
        message = "The video provider gave nothing to play the video by."
        return [Failed(at=at, code="not_playable", message=message)]
    facts: list[Fact] = [PlaybackReady(at=at), LadderCompleted(at=at)]
    media = _media(asset)
    if media:
        facts.append(SourceProbed(at=at, media=media))
    for file in objects(mapping(asset.get("static_renditions")).get("files")):
        facts += rendition_facts(file, at)
    return facts


def _playback_ids(asset: Mapping[str, Any]) -> dict[str, str]:
    """The id that needs a token and the one that does not, by policy and never by place; "" for none."""
    ids: dict[str, list[str]] = {"signed": [], "public": []}
    for entry in objects(asset.get("playback_ids")):
        playback_id, policy = text(entry.get("id")), entry.get("policy")
        if playback_id and isinstance(policy, str) and policy in ids:
            ids[policy].append(playback_id)
    return {"playback": min(ids["signed"], default=""), "playback_public": min(ids["public"], default="")}


def _media(asset: Mapping[str, Any]) -> MediaFacts | None:
    """From the tracks, but for the duration: real events have had none there."""
    duration = positive(asset.get("duration"))
    if duration is None:
        return None
    tracks = objects(asset.get("tracks"))
    video: Mapping[str, Any] = next((track for track in tracks if track.get("type") == "video"), {})
    rate = positive(video.get("max_frame_rate")) or positive(asset.get("max_stored_frame_rate"))
    return MediaFacts(
        duration_seconds=duration,
        width=pixels(video.get("max_width")),
        height=pixels(video.get("max_height")),
        frame_rate=rate,
        has_audio=any(track.get("type") == "audio" for track in tracks) if tracks else None,
    )


def _rendition(name: str, rendition: Mapping[str, Any]) -> Rendition:
    return Rendition(
        name=name,
        width=pixels(rendition.get("width")) or 0,
        height=pixels(rendition.get("height")) or 0,
        bitrate_bps=round(positive(rendition.get("bitrate")) or 0),
    )


def _failed(error: Mapping[str, Any], at: datetime) -> Fact:
    messages = error.get("messages")
    given = messages[0] if isinstance(messages, list) and messages else error.get("message")
    message = (text(given) or "The video provider could not process the video.")[:_LONGEST_MESSAGE]
    return Failed(at=at, code=_CODES.get(str(error.get("type")), "processing_failed"), message=message)
