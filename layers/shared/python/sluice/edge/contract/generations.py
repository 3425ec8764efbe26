"""Requests and answers of generated videos."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from sluice.domain.generation import (
    ESTIMATED_MINUTES,
    MAX_DETAIL,
    MAX_TEXT,
    Generation,
    GenerationStatus,
    Script,
)
from sluice.edge.contract.envelope import Envelope
from sluice.edge.contract.times import iso
from sluice.edge.contract.videos import ErrorAnswer
from sluice.edge.contract.words import Moment, Url, VideoId

type GenerationId = Annotated[
    str,
    Meta(
        extra_json_schema={
            "description": "The generation's id.",
            "pattern": r"^gen_[0-9a-f-]{36}$",
            "examples": ["gen_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17"],
        }
    ),
]
type Text = Annotated[str, Meta(extra_json_schema={"minLength": 1, "maxLength": MAX_TEXT})]
type Detail = Annotated[str, Meta(extra_json_schema={"maxLength": MAX_DETAIL})]
type Minutes = Annotated[int, Meta(description="Minutes that it usually takes.")]

_MESSAGE = f"Your video is being generated. This process typically takes {ESTIMATED_MINUTES} minutes."


class GenerationRequest(Struct, frozen=True):
    """What the video is to say, and by whom. All of it goes to the generator as it is."""

    hook: Annotated[Text, Meta(description="How it begins; the video's title too.")]
    body: Text
    conclusion: Text
    company_name: Detail | None = None
    social_handles: Detail | None = None
    license: Detail | None = None
    avatar: Detail | None = None
    email: Detail | None = None

    def script(self) -> Script:
        return Script(
            hook=self.hook,
            body=self.body,
            conclusion=self.conclusion,
            company_name=self.company_name or "",
            social_handles=self.social_handles or "",
            license=self.license or "",
            avatar=self.avatar or "",
            email=self.email or "",
        )


class GeneratedAnswer(Struct, frozen=True, rename="camel"):
    """The generator has made the video; its import has begun. `videoUrl` is the generator's own."""

    generation_id: GenerationId
    status: Literal["ready"]
    video_url: Url
    video_id: VideoId


class GeneratingAnswer(Struct, frozen=True, rename="camel"):
    """The video will come later."""

    generation_id: GenerationId
    status: Literal["processing", "error"]
    estimated_time: Minutes
    message: str


class GenerationAnswer(Struct, frozen=True, rename="camel"):
    """How a generation is doing. `videoId` is there as soon as there is such a video."""

    generation_id: GenerationId
    status: Annotated[str, Meta(extra_json_schema={"enum": [one.value for one in GenerationStatus]})]
    video_url: Url | None
    video_id: VideoId | None
    error: ErrorAnswer | None
    created_at: Moment
    updated_at: Moment


class OldGenerationData(Struct, frozen=True, rename="camel", omit_defaults=True):
    """What an earlier document calls `data`: `videoUrl` where it is ready, else how long to wait."""

    status: Literal["ready", "processing", "error"]
    timestamp: Moment
    generation_id: GenerationId
    video_url: Url | None = None
    video_id: VideoId | None = None
    estimated_time: Minutes | None = None
    message: str | None = None


class OldGenerationEnvelope(Envelope, frozen=True, rename="camel", kw_only=True):
    """A generation, wrapped."""

    data: OldGenerationData


def generated_answer(generation: Generation, *, now: datetime) -> GeneratedAnswer | GeneratingAnswer:
    status = generation.status(now)
    if status is GenerationStatus.READY:
        url = generation.video_url or ""
        return GeneratedAnswer(generation.generation_id, "ready", url, generation.video_id)
    trouble = generation.trouble(now)
    return GeneratingAnswer(
        generation.generation_id,
        "error" if trouble else "processing",
        ESTIMATED_MINUTES,
        trouble.message if trouble else _MESSAGE,
    )


def generation_answer(generation: Generation, *, now: datetime) -> GenerationAnswer:
    trouble = generation.trouble(now)
    return GenerationAnswer(
        generation_id=generation.generation_id,
        status=generation.status(now),
        video_url=generation.video_url,
        video_id=generation.video_id if generation.video_url else None,
        error=ErrorAnswer(trouble.code, trouble.message) if trouble else None,
        created_at=iso(generation.created_at),
        updated_at=iso(generation.updated_at),
    )


def old_generation_answer(generation: Generation, *, now: datetime) -> OldGenerationEnvelope:
    told = generated_answer(generation, now=now)
    data = OldGenerationData(told.status, iso(now), told.generation_id)
    if isinstance(told, GeneratedAnswer):
        made = msgspec.structs.replace(data, video_url=told.video_url, video_id=told.video_id)
        return OldGenerationEnvelope(message="Video generated successfully", data=made)
    return OldGenerationEnvelope(
        success=told.status == "processing",
        message="Video generation request submitted successfully",
        data=msgspec.structs.replace(data, estimated_time=told.estimated_time, message=told.message),
    )
