"""A video provider in memory: uploads, parts, and what it says when it is asked."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sluice.domain.errors import Conflict, SluiceError
from sluice.domain.facts import Fact, ProviderLinked, SourceStored
from sluice.domain.video import Video
from sluice.usecases.provider_ports import Download, PlaybackLinks, SignedPart, UploadGrant, UploadStanding


class FakeUploads:
    """``UploadProvider`` and ``PartUploads``. ``fails_with`` is raised instead of opening an upload."""

    def __init__(self, fails_with: SluiceError | None = None) -> None:
        self.open: set[str] = set()
        self._fails_with = fails_with

    def protocol_for(self, size_bytes: int, wanted: str | None = None) -> tuple[str, int | None]:
        return ("put", None) if size_bytes < 100 else ("multipart", 10)

    def open_upload(self, video: Video, *, now: datetime) -> tuple[UploadGrant, Sequence[Fact]]:
        if self._fails_with:
            raise self._fails_with
        self.open.add(video.video_id)
        linked = ProviderLinked(at=now, kind="upload", provider_id=f"upload-of-{video.video_id}")
        return self.grant_again(video, now=now), (linked,) if video.upload.part_size_bytes else ()

    def grant_again(self, video: Video, *, now: datetime) -> UploadGrant:
        return UploadGrant(
            upload_url=f"https://upload.example/{video.video_id}?at={now.timestamp()}",
            expires_at=now + timedelta(hours=1),
            protocol=video.upload.protocol,
            method="PUT",
            headers={},
        )

    def standing(self, video: Video, *, now: datetime) -> UploadStanding:
        return UploadStanding(grant=self.grant_again(video, now=now))

    def cancel(self, video: Video) -> None:
        self.open.discard(video.video_id)

    def sign_parts(self, video: Video, numbers: Sequence[int], *, now: datetime) -> Sequence[SignedPart]:
        return [SignedPart(part_number=n, upload_url=f"https://part/{n}", expires_at=now) for n in numbers]

    def complete(self, video: Video, parts: Sequence[tuple[int, str]]) -> Sequence[Fact]:
        if video.video_id not in self.open:
            raise Conflict("The upload has expired or was cancelled.", code="upload_gone")
        self.open.remove(video.video_id)
        stored = SourceStored(at=video.created_at, size_bytes=video.upload.size_bytes, etag="joined")
        return (stored,)


class FakePlayback:
    """``PlaybackProvider`` whose links name the viewer they are for."""

    def links(self, video: Video, viewer: str, *, now: datetime, ttl: timedelta) -> PlaybackLinks:
        return PlaybackLinks(
            playback_url=f"https://stream.example/{video.video_id}?for={viewer}",
            thumbnail_url=None,
            storyboard_url=None,
            playback_token="p",
            thumbnail_token="t",
            storyboard_token="s",
            expires_at=now + ttl,
        )

    def download(self, video: Video, *, now: datetime, ttl: timedelta) -> Download:
        url = f"https://download.example/{video.video_id}"
        return Download(url=url, expires_at=now + ttl, filename=video.filename, size_bytes=None)


class FakeWatch:
    """``ProviderWatch`` that says the same whenever it is asked, and counts how often that is."""

    def __init__(self, *says: Fact) -> None:
        self.says = says
        self.asked = 0

    def look(self, video: Video, *, now: datetime) -> Sequence[Fact]:
        self.asked += 1
        return self.says


class FakeSourceQueue:
    """``SourceQueue`` that remembers which videos were announced."""

    def __init__(self) -> None:
        self.announced: list[str] = []

    def announce(self, video: Video) -> None:
        self.announced.append(video.video_id)
