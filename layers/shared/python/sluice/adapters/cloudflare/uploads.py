"""Uploads straight to Cloudflare Stream: a form up to 200 MB, tus above that or on request.

Cloudflare carries our id as the creator: whatever a create without an answer has made is found by it.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sluice.adapters.cloudflare.client import CloudflareClient, Seen
from sluice.adapters.cloudflare.settings import Terms, as_asked, as_json, as_metadata, rfc3339
from sluice.adapters.cloudflare.videos import state_of
from sluice.adapters.http import Call, Http
from sluice.adapters.sealing import Seal
from sluice.adapters.wire import text
from sluice.domain.admission import agreed_protocol
from sluice.domain.errors import Conflict, ProviderRefused, SluiceError
from sluice.domain.facts import CreateUnanswered, Fact, ProcessingStarted, ProviderLinked, UploadOpened
from sluice.domain.video import Video
from sluice.usecases.provider_ports import UploadGrant, UploadStanding

FORM, TUS = "form", "tus"
_LARGEST_FORM_BYTES = 200_000_000
# As Cloudflare advises; a multiple of 256 KiB and above the least of 5 MiB.
_TUS_CHUNK_BYTES = 52_428_800
_TUS = {"Tus-Resumable": "1.0.0"}
# A form's URL is used at once and once; what it reserves is free again when it expires.
_FORM_TTL = timedelta(hours=1)


class CloudflareUploads:
    """``UploadProvider``, ``UrlImporter`` and ``Strays`` of Cloudflare Stream."""

    def __init__(
        self, client: CloudflareClient, http: Http, seal: Seal, *, terms: Terms, ttl: timedelta
    ) -> None:
        self._client = client
        self._http = http
        self._seal = seal
        self._terms = terms
        self._ttl = ttl

    def protocol_for(self, size_bytes: int, wanted: str | None = None) -> tuple[str, int | None]:
        small = size_bytes <= _LARGEST_FORM_BYTES
        offered = (FORM, TUS) if small else (TUS,)
        protocol = agreed_protocol(offered[0], wanted, offered=offered)
        return protocol, _TUS_CHUNK_BYTES if protocol == TUS else None

    def open_upload(self, video: Video, *, now: datetime) -> tuple[UploadGrant, Sequence[Fact]]:
        uid, url, expires_at, silence = self._open(video, now)
        self._check(video, uid)
        facts: list[Fact] = [
            ProviderLinked(at=now, kind="asset", provider_id=uid),
            UploadOpened(at=now, sealed_url=self._seal.close(url, video.video_id), expires_at=expires_at),
        ]
        if silence:
            facts.append(CreateUnanswered(at=now))
        return _grant(video, url, expires_at), facts

    def grant_again(self, video: Video, *, now: datetime) -> UploadGrant:  # noqa: ARG002 - the port's
        """The same URL: Cloudflare gives no other.

        Raises:
            Conflict: there is none, or it can no longer be read (code ``upload_gone``).
        """
        url = self._seal.open(video.opened.value.sealed_url, video.video_id) if video.opened else None
        if url is None or video.opened is None:
            raise Conflict("The upload was never opened at the video provider.", code="upload_gone")
        return _grant(video, url, video.opened.value.expires_at)

    def standing(self, video: Video, *, now: datetime) -> UploadStanding:
        grant = self.grant_again(video, now=now)
        return UploadStanding(
            grant=grant, offset=self._offset(grant.upload_url) if grant.protocol == TUS else None
        )

    def cancel(self, video: Video) -> None:
        """Delete the video, while it waits for its file.

        Raises:
            Conflict: the file has arrived (code ``not_uploading``).
        """
        uid = video.link("asset")
        seen = self._client.get(uid) if uid else None
        if uid is None or seen is None:
            return
        if state_of(seen.data) != "pendingupload":
            raise Conflict("The upload is over.", code="not_uploading")
        self._client.delete(uid)

    def cancel_strays(self, video: Video) -> int:
        """Delete whatever carries the video's id and is not the one linked; each holds storage in reserve."""
        strays = {text(one.get("uid")) for one in self._client.page(creator=video.video_id)}
        return sum(self._client.delete(uid) for uid in strays - {video.link("asset")} if uid)

    def import_url(self, video: Video, url: str, *, now: datetime) -> Sequence[Fact]:
        seen = self._client.post("copy", body={"url": url, **as_json(video, self._terms)}, makes=True)
        uid = text(seen.data.get("uid"))
        if uid is None:
            raise ProviderRefused("Cloudflare Stream made no video.")
        linked = ProviderLinked(at=now, kind="asset", provider_id=uid)
        unanswered = (CreateUnanswered(at=now),) if seen.after_silence else ()
        return (linked, ProcessingStarted(at=now), *unanswered)

    def _open(self, video: Video, now: datetime) -> tuple[str, str, datetime, bool]:
        """The uid, the URL, its end, and whether an attempt before had no answer."""
        if video.upload.protocol == TUS:
            expires_at = now + self._ttl
            seen = self._open_tus(video, expires_at)
            uid, url = seen.headers.get("stream-media-id"), seen.headers.get("location")
        else:
            expires_at = now + min(self._ttl, _FORM_TTL)
            body = {
                **as_json(video, self._terms),
                "maxDurationSeconds": self._terms.seconds,
                "expiry": rfc3339(expires_at),
            }
            seen = self._client.post("direct_upload", body=body, makes=True)
            uid, url = text(seen.data.get("uid")), text(seen.data.get("uploadURL"))
        if not uid or not url:
            raise ProviderRefused("Cloudflare Stream opened no upload.")
        return uid, url, expires_at, seen.after_silence

    def _open_tus(self, video: Video, expires_at: datetime) -> Seen:
        return self._client.open_tus(
            {
                **_TUS,
                "Upload-Length": str(video.upload.size_bytes),
                "Upload-Creator": video.video_id,
                "Upload-Metadata": as_metadata(video, self._terms, expires_at=expires_at),
            }
        )

    def _check(self, video: Video, uid: str) -> None:
        """Read back what was made: an upload whose settings are not ours must not be handed out."""
        try:
            seen = self._client.get(uid)
            if seen is not None and as_asked(seen.data, video, self._terms):
                return
        except SluiceError:
            self._client.delete(uid)
            raise
        self._client.delete(uid)
        ignored = "Cloudflare Stream did not take the upload's settings."
        raise ProviderRefused(ignored, code="provider_settings_ignored")

    def _offset(self, url: str) -> int | None:
        answer = self._http.send(Call(method="HEAD", url=url, headers=_TUS, expects_json=False))
        offset = answer.headers.get("upload-offset", "")
        return int(offset) if answer.good and offset.isascii() and offset.isdigit() else None


def _grant(video: Video, url: str, expires_at: datetime) -> UploadGrant:
    if video.upload.protocol == TUS:
        return UploadGrant(
            upload_url=url,
            expires_at=expires_at,
            protocol=TUS,
            method="PATCH",
            headers=dict(_TUS),
            part_size_bytes=_TUS_CHUNK_BYTES,
        )
    return UploadGrant(
        upload_url=url, expires_at=expires_at, protocol=FORM, method="POST", headers={}, fields={}
    )
