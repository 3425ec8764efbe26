"""Uploads straight to Mux: a URL that takes the file whole, or in chunks with ``Content-Range``.

Mux carries our id as ``passthrough``: whatever a create without an answer has made is found by it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sluice.adapters.http import Call, Http
from sluice.adapters.mux.client import MuxClient
from sluice.adapters.sealing import Seal
from sluice.adapters.wire import mapping, text
from sluice.domain.admission import agreed_protocol
from sluice.domain.errors import Conflict, ProviderRefused
from sluice.domain.facts import CreateUnanswered, Fact, ProcessingStarted, ProviderLinked, UploadOpened
from sluice.domain.video import Video
from sluice.usecases.provider_ports import UploadGrant, UploadStanding

PROTOCOL = "chunked-put"
# A multiple of 256 KiB, as the upload URLs demand; what a broken connection costs at most.
_CHUNK_BYTES = 8 * 1024 * 1024
_SHORTEST, _LONGEST = timedelta(seconds=60), timedelta(days=7)
_UPLOADS_A_PAGE, _PAGES = 100, 3


class MuxUploads:
    """``UploadProvider``, ``UrlImporter`` and ``Strays`` of Mux.

    ``cors_origin`` is for uploads that name no page of their own.
    """

    def __init__(
        self, client: MuxClient, http: Http, seal: Seal, *, cors_origin: str, ttl: timedelta
    ) -> None:
        self._client = client
        self._http = http
        self._seal = seal
        self._cors_origin = cors_origin
        self._ttl = min(max(ttl, _SHORTEST), _LONGEST)

    def protocol_for(
        self,
        size_bytes: int,  # noqa: ARG002 - of any size
        wanted: str | None = None,
    ) -> tuple[str, int | None]:
        agreed_protocol(PROTOCOL, wanted, offered=(PROTOCOL,))
        return PROTOCOL, _CHUNK_BYTES

    def open_upload(self, video: Video, *, now: datetime) -> tuple[UploadGrant, Sequence[Fact]]:
        body = {
            "cors_origin": video.upload.web_origin or self._cors_origin,
            "timeout": int(self._ttl.total_seconds()),
            "new_asset_settings": _asset_settings(video),
        }
        made = self._client.create("uploads", body=body)
        upload_id, url = text(made.data.get("id")), text(made.data.get("url"))
        if upload_id is None or url is None:
            raise ProviderRefused("Mux opened no upload.")
        expires_at = now + self._ttl
        facts: list[Fact] = [
            ProviderLinked(at=now, kind="upload", provider_id=upload_id),
            UploadOpened(at=now, sealed_url=self._seal.close(url, video.video_id), expires_at=expires_at),
        ]
        if made.after_silence:
            facts.append(CreateUnanswered(at=now))
        return _grant(url, expires_at), facts

    def grant_again(self, video: Video, *, now: datetime) -> UploadGrant:  # noqa: ARG002 - the port's
        """The same URL: Mux gives no other.

        Raises:
            Conflict: there is none, or it can no longer be read (code ``upload_gone``).
        """
        url = self._seal.open(video.opened.value.sealed_url, video.video_id) if video.opened else None
        if url is None or video.opened is None:
            raise Conflict("The upload was never opened at the video provider.", code="upload_gone")
        return _grant(url, video.opened.value.expires_at)

    def standing(self, video: Video, *, now: datetime) -> UploadStanding:
        grant = self.grant_again(video, now=now)
        return UploadStanding(grant=grant, offset=self._offset(grant.upload_url, video.upload.size_bytes))

    def cancel(self, video: Video) -> None:
        """Stop the upload.

        Raises:
            Conflict: the file has arrived (code ``not_uploading``).
        """
        upload_id = video.link("upload")
        if upload_id is None or self._client.put("uploads", upload_id, "cancel") != 403:
            return
        # No longer waiting: cancelled before, timed out, or arrived. Only the last is too late.
        seen = self._client.get("uploads", upload_id)
        if seen and seen.data.get("status") == "asset_created":
            raise Conflict("The upload is over.", code="not_uploading")

    def cancel_strays(self, video: Video) -> int:
        """Cancel uploads that carry the video's id and are not its own, among the newest three hundred."""
        strays = 0
        for page in range(1, _PAGES + 1):
            uploads = self._client.page("uploads", limit=_UPLOADS_A_PAGE, page=page)
            for upload in uploads:
                upload_id = text(upload.get("id"))
                if upload_id and upload_id != video.link("upload") and _is_open_for(upload, video):
                    strays += self._client.put("uploads", upload_id, "cancel") == 200
            if len(uploads) < _UPLOADS_A_PAGE:
                break
        return strays + (self._delete_stray_assets(video) if video.upload.protocol == "import" else 0)

    def _delete_stray_assets(self, video: Video) -> int:
        """An import has no upload to cancel: what it made without our hearing of it is an asset."""
        strays = 0
        for page in range(1, _PAGES + 1):
            assets = self._client.page("assets", limit=_UPLOADS_A_PAGE, page=page)
            for asset in assets:
                asset_id = text(asset.get("id"))
                ours = asset.get("passthrough") == video.video_id
                if asset_id and ours and asset_id != video.link("asset"):
                    strays += self._client.delete("assets", asset_id)
            if len(assets) < _UPLOADS_A_PAGE:
                break
        return strays

    def import_url(self, video: Video, url: str, *, now: datetime) -> Sequence[Fact]:
        made = self._client.create("assets", body={"inputs": [{"url": url}], **_asset_settings(video)})
        asset_id = text(made.data.get("id"))
        if asset_id is None:
            raise ProviderRefused("Mux made no asset.")
        linked = ProviderLinked(at=now, kind="asset", provider_id=asset_id)
        unanswered = (CreateUnanswered(at=now),) if made.after_silence else ()
        return (linked, ProcessingStarted(at=now), *unanswered)

    def _offset(self, url: str, size_bytes: int) -> int | None:
        """Bytes that have arrived, by the status query of resumable uploads; ``None`` if it tells nothing."""
        headers = {"Content-Range": f"bytes */{size_bytes}", "Content-Length": "0"}
        call = Call(method="PUT", url=url, headers=headers, body=b"", expects_json=False)
        answer = self._http.send(call)
        if answer.good:
            return size_bytes
        if answer.status != 308:
            return None
        _, _, last = answer.headers.get("range", "").rpartition("-")
        return int(last) + 1 if last.isascii() and last.isdigit() else 0


def _asset_settings(video: Video) -> Mapping[str, Any]:
    """What the asset will be: playable only with a token, or also without one if the video is public."""
    policies = ["signed"] if video.visibility.value == "private" else ["public", "signed"]
    return {
        "playback_policies": policies,
        "passthrough": video.video_id,
        "meta": {"title": video.title.value, "external_id": video.video_id},
    }


def _grant(url: str, expires_at: datetime) -> UploadGrant:
    return UploadGrant(
        upload_url=url,
        expires_at=expires_at,
        protocol=PROTOCOL,
        method="PUT",
        headers={},
        part_size_bytes=_CHUNK_BYTES,
    )


def _is_open_for(upload: Mapping[str, Any], video: Video) -> bool:
    settings = mapping(upload.get("new_asset_settings"))
    return upload.get("status") == "waiting" and settings.get("passthrough") == video.video_id
