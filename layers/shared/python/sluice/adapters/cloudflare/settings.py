"""What we ask of Cloudflare for a video, and whether that is what it then has.

Cloudflare ignores what it cannot read: a misspelt setting makes a private video public without a word.
"""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sluice.adapters.wire import number
from sluice.domain.video import Video

_LONGEST_SECONDS = 36_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Of every video: the longest that may be uploaded, and the hosts whose pages may play it (none: any)."""

    longest: timedelta
    allowed_hosts: tuple[str, ...] = ()

    @property
    def seconds(self) -> int:
        """What is reserved of the account's storage from the moment that a URL exists."""
        return min(max(int(self.longest.total_seconds()), 1), _LONGEST_SECONDS)


def as_json(video: Video, terms: Terms) -> Mapping[str, Any]:
    """For the calls that take a body; they name ``maxDurationSeconds`` and ``expiry`` where these hold."""
    body: dict[str, Any] = {
        "requireSignedURLs": is_private(video),
        "creator": video.video_id,
        "meta": {"name": video.title.value, "videoId": video.video_id},
    }
    if terms.allowed_hosts:
        body["allowedOrigins"] = list(terms.allowed_hosts)
    return body


def as_metadata(video: Video, terms: Terms, *, expires_at: datetime) -> str:
    """For tus: ``Upload-Metadata``, made here and never taken from the client."""
    values = {
        "name": video.title.value,
        "videoId": video.video_id,
        "maxDurationSeconds": str(terms.seconds),
        "expiry": rfc3339(expires_at),
    }
    if terms.allowed_hosts:
        values["allowedorigins"] = ",".join(terms.allowed_hosts)
    pairs = [f"{name} {b64encode(value.encode()).decode()}" for name, value in values.items()]
    # A flag: it counts by being there.
    flags = ["requiresignedurls"] if is_private(video) else []
    return ",".join([*pairs, *flags])


def as_asked(seen: Mapping[str, Any], video: Video, terms: Terms) -> bool:
    """Whether Cloudflare has the settings that matter as they were asked for."""
    return (
        seen.get("requireSignedURLs") is is_private(video)
        and (number(seen.get("maxDurationSeconds")) or 0) == terms.seconds
    )


def is_private(video: Video) -> bool:
    return video.visibility.value == "private"


def rfc3339(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
