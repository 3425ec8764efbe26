"""What both twins stand on, and how an application of aiohttp carries it."""

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from local.twins.deliveries import Deliveries
from local.twins.faults import FaultBook
from local.twins.jobs import Jobs
from local.twins.media import Media
from local.twins.store import Store

DELIVERY_JOB = "deliveries"


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """State, faults, ffmpeg, webhooks and background work of one twin.

    Attributes:
        public_url: where it is reached, without a slash at the end.
        pace: factor on the time that processing takes.
    """

    public_url: str
    pace: float
    folder: Path
    store: Store
    faults: FaultBook
    media: Media
    deliveries: Deliveries
    jobs: Jobs

    def home(self, video: str) -> Path:
        """Where everything of one asset is: ``source`` and what was made of it."""
        return self.folder / "media" / video

    def source(self, video: str) -> Path:
        """The bytes as they were received."""
        return self.home(video) / "source"

    def forget(self, video: str) -> None:
        """End the work on an asset and remove its files."""
        self.jobs.cancel(video)
        shutil.rmtree(self.home(video), ignore_errors=True)

    def sweep(self, known: Callable[[str], bool]) -> None:
        """Remove the files of whatever is not known any more: a picture may have been drawn while its asset
        went.
        """
        places = self.folder / "media"
        for place in places.iterdir() if places.exists() else ():
            if not known(place.name):
                shutil.rmtree(place, ignore_errors=True)


CORE: web.AppKey[Core] = web.AppKey("core", Core)


def core_of(request: web.Request) -> Core:
    """The twin that this request came to."""
    return request.config_dict[CORE]


def live(
    core: Core, resume: Callable[[], Awaitable[None]]
) -> Callable[[web.Application], AsyncIterator[None]]:
    """The application's life: takes up what a restart interrupted, delivers webhooks, and stops in order."""

    async def life(_: web.Application) -> AsyncIterator[None]:
        core.jobs.start(DELIVERY_JOB, core.deliveries.run())
        await resume()
        yield
        await core.jobs.stop()
        core.store.close()

    return life
