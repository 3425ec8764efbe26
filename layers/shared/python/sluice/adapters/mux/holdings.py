"""What Mux holds for a video besides the upload under way: its asset, who may play it, files to download."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sluice.adapters.mux.assets import asset_facts
from sluice.adapters.mux.client import MuxClient
from sluice.adapters.wire import mapping, objects, text
from sluice.domain.errors import Conflict
from sluice.domain.facts import Fact, ProviderLinked
from sluice.domain.video import Video

_DOWNLOAD = "highest"
_A_PAGE, _PAGES = 100, 3
# Answers tell their time in whole seconds, events in fractions: what we change comes after that second.
_SECOND = timedelta(seconds=1)


class MuxHoldings:
    """``ProviderHoldings``, ``PrivacyKeeper`` and ``DownloadMaker`` of Mux."""

    def __init__(self, client: MuxClient) -> None:
        self._client = client

    def erase(self, video: Video) -> int:
        """Cancel the upload; delete the asset, also one that nobody has told us of yet."""
        upload_id, gone = video.link("upload"), 0
        if upload_id:
            gone += self._client.put("uploads", upload_id, "cancel") == 200
        asset_ids = {video.link("asset")} | self._assets_of(video)
        return gone + sum(self._client.delete("assets", asset_id) for asset_id in asset_ids if asset_id)

    def holds(self, video: Video) -> bool:
        """Whether an upload waits, or an asset is there."""
        upload_id, asset_id = video.link("upload"), video.link("asset")
        upload = self._client.get("uploads", upload_id) if upload_id else None
        if upload and upload.data.get("status") == "waiting":
            return True
        if asset_id and self._client.get("assets", asset_id):
            return True
        return bool(self._assets_of(video))

    def keep_privacy(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """A private video plays by a signed id alone; a public one by a public id as well."""
        asset_id = video.link("asset")
        seen = self._client.get("assets", asset_id) if asset_id else None
        if asset_id is None or seen is None:
            return ()
        at, public = seen.at or now, video.visibility.value == "public"
        changed_at = at + _SECOND
        entries = objects(seen.data.get("playback_ids"))
        policies = {entry.get("policy") for entry in entries}
        facts = list(asset_facts(seen.data, at))
        if "signed" not in policies:
            facts.append(self._add(asset_id, "playback", "signed", changed_at))
        if public and "public" not in policies:
            facts.append(self._add(asset_id, "playback_public", "public", changed_at))
        if not public and "public" in policies:
            self._remove_public(asset_id, entries)
            facts.append(ProviderLinked(at=changed_at, kind="playback_public", provider_id=""))
        return _last_of_each_link(facts)

    def make_download(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        """Ask for the MP4 of the highest quality, unless it has been asked for.

        Raises:
            Conflict: there is no asset to make it of.
        """
        asset_id = video.link("asset")
        seen = self._client.get("assets", asset_id) if asset_id else None
        if asset_id is None or seen is None:
            raise Conflict("The video cannot be downloaded yet.", code="video_not_ready")
        files = objects(mapping(seen.data.get("static_renditions")).get("files"))
        if not any(text(file.get("name")) == f"{_DOWNLOAD}.mp4" for file in files):
            body = {"resolution": _DOWNLOAD, "passthrough": video.video_id}
            self._client.create("assets", asset_id, "static-renditions", body=body)
        return asset_facts(seen.data, seen.at or now)

    def _assets_of(self, video: Video) -> set[str | None]:
        """Assets that came of the upload; and where an answer was lost, those that carry the video's id."""
        upload_id, found = video.link("upload"), set[str | None]()
        if upload_id:
            made = self._client.page("assets", upload_id=upload_id, limit=_A_PAGE)
            found |= {text(asset.get("id")) for asset in made}
        if video.unanswered_at:
            for page in range(1, _PAGES + 1):
                assets = self._client.page("assets", limit=_A_PAGE, page=page)
                found |= {text(one.get("id")) for one in assets if one.get("passthrough") == video.video_id}
                if len(assets) < _A_PAGE:
                    break
        return found

    def _add(self, asset_id: str, kind: str, policy: str, at: datetime) -> Fact:
        made = self._client.create("assets", asset_id, "playback-ids", body={"policy": policy})
        return ProviderLinked(at=at, kind=kind, provider_id=text(made.data.get("id")) or "")

    def _remove_public(self, asset_id: str, entries: Sequence[Mapping[str, object]]) -> None:
        for entry in entries:
            playback_id = text(entry.get("id"))
            if playback_id and entry.get("policy") == "public":
                self._client.delete("assets", asset_id, "playback-ids", playback_id)


def _last_of_each_link(facts: Sequence[Fact]) -> Sequence[Fact]:
    """What was changed stands in place of what was seen before: both are of one moment."""
    last = {fact.kind: fact for fact in facts if isinstance(fact, ProviderLinked)}
    rest = [fact for fact in facts if not isinstance(fact, ProviderLinked)]
    return [*rest, *last.values()]
