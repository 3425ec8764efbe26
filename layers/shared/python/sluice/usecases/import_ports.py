"""What imports need from outside besides ``ports.py``."""

from typing import Protocol

from sluice.domain.video import Video


class AddressBook(Protocol):
    """Where URLs of users lead."""

    def check(self, url: str, *, field: str = "url") -> None:
        """Look the URL's host up and judge what it is.

        Raises:
            RefusedAddress: it leads where users may not send us; naming ``field``.
        """


class UrlSeal(Protocol):
    """Keeps a URL readable to those alone who fetch it."""

    def close(self, plain: str, video_id: str) -> str: ...

    def open(self, sealed: str, video_id: str) -> str | None:
        """The URL; ``None`` if it was sealed for another video, or by a secret that is gone."""


class FetchQueue(Protocol):
    """Where sources that we fetch ourselves wait for a worker."""

    def announce(self, video: Video) -> None:
        """Say that it is to be fetched; however often that is said, it is fetched once."""
