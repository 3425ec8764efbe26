"""Consumers rely on the events' schemas: the committed ones hold, and what we publish keeps them."""

import json
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator
from sluice.domain.facts import (
    DeletionRequested,
    DetailsEdited,
    Failed,
    PlaybackReady,
    ProgressMade,
    SourceStored,
)
from sluice.domain.video import Video, reduce
from sluice.events.videos import EVENTS, VideoEvent
from sluice.usecases.describe_change import describe_change

from tests.builders import at, make_video
from tools.events.pages import PAGE, page
from tools.events.schemas import SCHEMAS, rendered, schemas

COMMITTED: dict[str, Any] = json.loads(SCHEMAS.read_text(encoding="utf-8"))
FACTS = [
    SourceStored(at=at(1), size_bytes=1000, etag="e"),
    ProgressMade(at=at(2), percent=30),
    DetailsEdited(at=at(3), title="Harbour", visibility="public"),
    PlaybackReady(at=at(4)),
    Failed(at=at(5), code="processing_failed", message="It could not be processed."),
    DeletionRequested(at=at(6)),
]


def published() -> list[VideoEvent]:
    """One event of each kind, from the life of a video."""
    video: Video = make_video()
    told = describe_change(None, video, 1)
    for version, fact in enumerate(FACTS, start=2):
        before, video = video, reduce(video, fact)
        told += describe_change(before, video, version)
    return told


def test_the_committed_schemas_and_page_are_what_the_code_says() -> None:
    assert SCHEMAS.read_text(encoding="utf-8") == rendered(), "run: python -m tools.events"
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tools.events"


def test_every_schema_is_one() -> None:
    for schema in schemas()["$defs"].values():
        Draft202012Validator.check_schema(schema)


def test_a_video_s_life_tells_every_event() -> None:
    assert {type(event) for event in published()} == set(EVENTS)


@pytest.mark.parametrize("event", published(), ids=lambda event: type(event).__name__)
def test_what_is_published_keeps_its_schema(event: VideoEvent) -> None:
    detail = json.loads(msgspec.json.encode(event))
    schema = {**COMMITTED["$defs"][type(event).__name__], "additionalProperties": False}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(detail)


def test_every_field_is_explained() -> None:
    for name, schema in schemas()["$defs"].items():
        for field, told in schema["properties"].items():
            assert "description" in json.dumps(told), f"{name}.{field}"
