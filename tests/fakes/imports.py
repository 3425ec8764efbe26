"""What imports need, in memory."""

from collections.abc import Sequence
from datetime import datetime

from sluice.domain.addresses import refused
from sluice.domain.errors import SluiceError
from sluice.domain.facts import Fact, ProviderLinked
from sluice.domain.video import Video


class FakeAddresses:
    """``AddressBook``: every address is fine but those in ``refused``."""

    def __init__(self) -> None:
        self.refused: set[str] = set()
        self.asked: list[str] = []

    def check(self, url: str, *, field: str = "url") -> None:
        self.asked.append(url)
        if url in self.refused:
            raise refused("is refused", field=field)


class FakeSeal:
    """``UrlSeal`` that anybody who looks closely can open."""

    def close(self, plain: str, video_id: str) -> str:
        return f"{video_id}:{plain.encode().hex()}"

    def open(self, sealed: str, video_id: str) -> str | None:
        known, _, plain = sealed.partition(":")
        return bytes.fromhex(plain).decode() if known == video_id else None


class FakeImporter:
    """``UrlImporter`` that remembers what it was told. ``dies``: as a process does, without our errors."""

    def __init__(self, fails_with: SluiceError | None = None, *, links: bool = True) -> None:
        self.told: list[tuple[str, str]] = []
        self.dies = False
        self.also: Sequence[Fact] = ()
        self._fails_with = fails_with
        self._links = links

    def import_url(self, video: Video, url: str, *, now: datetime) -> Sequence[Fact]:
        if self.dies:
            raise RuntimeError("killed")
        if self._fails_with:
            raise self._fails_with
        self.told.append((video.video_id, url))
        linked = ProviderLinked(at=now, kind="asset", provider_id=f"asset-of-{video.video_id}")
        return (linked, *self.also) if self._links else self.also
