"""Figures: what owners are told of how their videos are watched."""

from typing import Annotated

from msgspec import Meta, Struct

from sluice.edge.contract.words import Moment, Title, VideoId


class StartupAnswer(Struct, frozen=True, rename="camel"):
    """Seconds, told within 2.5 %; null while no player has sent any."""

    p50: float | None
    p95: float | None


class BarAnswer(Struct, frozen=True, rename="camel"):
    """Views whose value lies above `low` and up to `high`."""

    low: float
    high: float
    views: int


class DayAnswer(Struct, frozen=True, rename="camel"):
    """One day in UTC; days without anything are left out."""

    date: Annotated[str, Meta(extra_json_schema={"format": "date"})]
    views: int
    play_time: float


class FiguresAnswer(Struct, frozen=True, rename="camel"):
    """Figures of views; times in seconds, shares from 0 to 1."""

    total_views: int
    unique_viewers: Annotated[int, Meta(description="Users, and views without one.")]
    total_play_time: float
    total_buffer_time: float
    avg_buffering_ratio: Annotated[float, Meta(description="Stalled ÷ (stalled + played), of all time.")]
    avg_rebuffer_count: float
    completion_rate: Annotated[
        float, Meta(description="Views that ended, or played nine tenths of the video.")
    ]
    startup_time: StartupAnswer
    errors: int
    errors_by_code: dict[str, int]
    exit_before_start: Annotated[int, Meta(description="Sessions that never played.")]
    seeks: int
    daily: list[DayAnswer]
    retention: Annotated[
        list[float],
        Meta(min_length=20, max_length=20, description="The share of views that reached each twentieth."),
    ]
    startup_times: Annotated[list[BarAnswer], Meta(description="The distribution, in seconds.")]
    buffering_ratios: list[BarAnswer]
    devices: dict[str, int]
    countries: dict[str, int]


class VideoFiguresAnswer(FiguresAnswer, frozen=True, rename="camel"):
    """All figures of a video, and beside them the same of verified views alone."""

    video_id: VideoId
    updated_at: Moment | None
    verified: FiguresAnswer


class TopVideoAnswer(Struct, frozen=True, rename="camel"):
    """One of the most viewed videos."""

    video_id: VideoId
    title: Title
    total_views: int
    total_play_time: float


class SummaryAnswer(FiguresAnswer, frozen=True, rename="camel"):
    """The same over all of the caller's videos, and the ten most viewed."""

    updated_at: Moment | None
    top: list[TopVideoAnswer]
    verified: FiguresAnswer
