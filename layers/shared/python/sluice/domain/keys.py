"""Where things lie: object keys, as the one place that knows their form."""

from dataclasses import dataclass
from urllib.parse import quote, unquote

SOURCES = "uploads/"
MADE = "videos/"


def source_prefix(owner_id: str, video_id: str) -> str:
    """What is sent of a video lies below this. A user id may hold any character, a slash too."""
    folder = quote(owner_id, safe="")
    if not folder.strip("."):
        folder = folder.replace(".", "%2E")  # clients fold "." and ".." in a URL's path away
    return f"{SOURCES}{folder}/{video_id}/"


def source_key(owner_id: str, video_id: str) -> str:
    """The uploaded original of a video."""
    return f"{source_prefix(owner_id, video_id)}source"


def made_prefix(video_id: str) -> str:
    """Everything that the pipeline makes of a video lies below this."""
    return f"{MADE}{video_id}/"


@dataclass(frozen=True, slots=True)
class SourceAddress:
    """Whose source an object key means."""

    owner_id: str
    video_id: str


def read_source_key(key: str) -> SourceAddress | None:
    """The reverse of ``source_key``; ``None`` for any other key."""
    match key.split("/"):
        case ["uploads", owner_id, video_id, "source"] if owner_id and video_id:
            return SourceAddress(unquote(owner_id), video_id)
        case _:
            return None


def hls_prefix(video_id: str) -> str:
    """Playlists and the objects that they point into."""
    return f"{made_prefix(video_id)}hls/"


def poster_key(video_id: str) -> str:
    return f"{made_prefix(video_id)}poster.jpg"


def sprite_key(video_id: str) -> str:
    return f"{made_prefix(video_id)}storyboard.jpg"


def storyboard_key(video_id: str) -> str:
    return f"{made_prefix(video_id)}storyboard.vtt"
