"""Consumers rely on the events' schemas: the committed ones hold, and what we publish keeps them."""

import json
import re
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
from sluice.events.outgoing import TYPES, Payload
from sluice.events.videos import EVENTS, VideoEvent
from sluice.usecases.describe_change import describe_change

from tests.builders import at, make_video
from tools.events import asyncapi
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
    assert asyncapi.DOCUMENT.read_text(encoding="utf-8") == asyncapi.rendered(), "run: python -m tools.events"


def test_every_reference_of_the_asyncapi_document_leads_somewhere() -> None:
    pointers = set(re.findall(r'"\$ref": "#/([^"]+)"', asyncapi.rendered()))
    assert pointers
    for pointer in pointers:
        node = asyncapi.document()
        for step in pointer.split("/"):
            assert step in node, pointer
            node = node[step]


def test_every_message_of_the_asyncapi_document_is_one_that_a_channel_tells() -> None:
    known = asyncapi.document()
    told = [name for channel in known["channels"].values() for name in channel["messages"]]
    assert sorted(told) == sorted(known["components"]["messages"])
    assert {"bus.VideoReady", "endpoint.video.ready", "endpoint.webhook.test"} <= set(told)
    for one in known["components"]["messages"].values():
        assert one["summary"]
        Draft202012Validator.check_schema(one["payload"])


@pytest.mark.parametrize("event", published(), ids=lambda event: type(event).__name__)
def test_what_is_sent_to_endpoints_keeps_the_asyncapi_document(event: VideoEvent) -> None:
    name = TYPES[type(event)]
    sent = json.loads(msgspec.json.encode(Payload(type=name, timestamp=event.at, data=event)))
    known = asyncapi.document()
    schema = {**known["components"]["messages"][f"endpoint.{name}"]["payload"], **known}
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(sent)


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
