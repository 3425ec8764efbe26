"""How long a provider's playback token has to live."""

from datetime import timedelta

from sluice.domain.video import Video

# Pauses and a slow start: a player is refused in mid-view once its token is over.
_SPARE = timedelta(minutes=10)


def token_life(video: Video, wished: timedelta, *, longest: timedelta | None = None) -> timedelta:
    """As wished, but long enough to watch the video to its end, if ``longest`` allows that."""
    duration = video.media.value.duration_seconds if video.media else 0.0
    needed = timedelta(seconds=duration) + _SPARE if duration else wished
    life = max(wished, needed)
    return min(life, longest) if longest else life
