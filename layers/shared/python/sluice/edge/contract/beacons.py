"""Beacons: what players send, and what they are told."""

from typing import Annotated, Any, Literal

from msgspec import Meta, Raw, Struct

from sluice.domain.qoe_beacon import MAX_COUNT, MAX_MEDIA_SECONDS, MAX_STARTUP_MS, MAX_TOTAL_MS

MOST_EVENTS = 500

type TotalMs = Annotated[float, Meta(ge=0, le=MAX_TOTAL_MS)]
type Count = Annotated[float, Meta(ge=0, le=MAX_COUNT)]
type Seconds = Annotated[float, Meta(ge=0, le=MAX_MEDIA_SECONDS)]


class BeaconData(Struct, frozen=True, rename="camel"):
    """What figures are made of; anything else may stand beside it. The session's running totals are in ms.

    `currentTime` and `duration` are seconds of the video. An error's code is `code`, or the beginning of
    `error`.
    """

    total_play_time: TotalMs | None = None
    total_buffer_time: TotalMs | None = None
    rebuffer_count: Count | None = None
    seek_count: Count | None = None
    session_duration: TotalMs | None = None
    current_time: Seconds | None = None
    duration: Seconds | None = None
    startup_time: (
        Annotated[float, Meta(ge=0, le=MAX_STARTUP_MS, description="From wanting to play to playing, in ms.")]
        | None
    ) = None
    code: Any = None
    error: Any = None


class BeaconEvent(Struct, frozen=True, rename="camel"):
    """One report of a player."""

    event_type: Annotated[
        str,
        Meta(
            pattern=r"^[A-Za-z0-9_.:-]{1,50}$",
            description="`play`, `pause`, `ended`, `buffering_start`, `error` and so on.",
        ),
    ]
    session_id: Annotated[
        str, Meta(min_length=1, max_length=100, description="One viewing, as the player names it.")
    ]
    video_id: Annotated[str, Meta(min_length=1, max_length=100)]
    timestamp: Annotated[
        float, Meta(ge=0, le=10**14, description="The client's clock, in ms since 1970; not in the future.")
    ]
    user_id: Annotated[str, Meta(max_length=255)] | int | None = None
    data: BeaconData | None = None
    view_token: (
        Annotated[
            str, Meta(max_length=200, description="As given with playback; makes the view a verified one.")
        ]
        | None
    ) = None


class Kept(Struct, frozen=True, rename="camel"):
    """A beacon as it is queued and kept: its data is what came, byte by byte."""

    event_type: str
    session_id: str
    video_id: str
    timestamp: float
    user_id: str | int | None = None
    data: Raw = Raw(b"{}")
    view_token: str | None = None


class CmcdReport(Struct, frozen=True, rename="camel"):
    """What a player adds to one request, whichever way it came.

    `cid` is the video's id and `sid` the session's; where a player cannot set them, say them here.
    """

    cmcd: Annotated[
        str, Meta(description="Pairs, as in the query parameter `CMCD` or the headers' values.")
    ] = ""
    headers: Annotated[
        dict[str, str], Meta(description="`CMCD-Request`, `CMCD-Object`, `CMCD-Status`, `CMCD-Session`.")
    ] = {}
    video_id: str | None = None
    session_id: str | None = None
    user_id: str | int | None = None
    timestamp: Annotated[float, Meta(ge=0, le=10**14)] | None = None
    view_token: str | None = None


class CmcdQuery(
    Struct, frozen=True, rename={"cmcd": "CMCD", "video_id": "videoId", "session_id": "sessionId"}
):
    """For a report without a body; video and session where its pairs have no `cid` and `sid`."""

    cmcd: Annotated[str, Meta(description="Pairs, as players add them to a request.")] = ""
    video_id: str = ""
    session_id: str = ""


class Rejected(Struct, frozen=True, rename="camel"):
    """An event that is not counted, by its place in the array."""

    index: int
    problem: str


class BeaconsAnswer(Struct, frozen=True, rename="camel"):
    """How many events were taken, and why others were not."""

    success: Literal[True]
    accepted: int
    rejected: list[Rejected]
