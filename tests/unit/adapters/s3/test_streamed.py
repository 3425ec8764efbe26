"""A source of unknown size is joined from its parts, or dropped; held by the fake and by S3 alike."""

from collections.abc import Callable

import pytest
from sluice.adapters.s3.streamed import StreamedSources
from sluice.domain.errors import Unavailable
from sluice.domain.facts import SourceStored
from sluice.domain.keys import source_key
from sluice.domain.parts import MIB
from sluice.domain.video import Video
from sluice.usecases.import_ports import SourceSink

from tests.builders import make_import
from tests.engine import Aws, unique
from tests.fakes.clients import Failing, client_error
from tests.fakes.imports import FakeSink

type Read = Callable[[Video], bytes]


@pytest.fixture(params=["fake", "s3"])
def sink(request: pytest.FixtureRequest) -> SourceSink:
    if request.param == "fake":
        return FakeSink()
    aws: Aws = request.getfixturevalue("engine")
    return StreamedSources(aws("s3"), request.getfixturevalue("bucket"))


@pytest.fixture
def video() -> Video:
    return make_import(video_id=unique("vid"))


@pytest.fixture
def read(sink: SourceSink, engine: Aws, bucket: str) -> Read:
    def read(video: Video) -> bytes:
        if isinstance(sink, FakeSink):
            return sink.sources[video.video_id]
        key = source_key(video.owner_id, video.video_id)
        return bytes(engine("s3").get_object(Bucket=bucket, Key=key)["Body"].read())

    return read


def put(sink: SourceSink, video: Video, sink_id: str, number: int, body: bytes) -> str:
    etag = sink.put(video, sink_id, number, body)
    assert etag is not None
    return etag


def test_parts_are_joined_in_order(sink: SourceSink, video: Video, read: Read) -> None:
    sink_id = sink.begin(video, "video/mp4")
    etags = [put(sink, video, sink_id, number, body) for number, body in ((1, b"a" * 5 * MIB), (2, b"b"))]
    (stored,) = sink.join(video, sink_id, etags)
    assert isinstance(stored, SourceStored)
    assert stored.size_bytes == 5 * MIB + 1
    assert read(video) == b"a" * 5 * MIB + b"b"
    assert [type(fact) for fact in sink.join(video, sink_id, etags)] == [SourceStored], "a second time"


def test_a_part_takes_the_place_of_one_with_its_number(sink: SourceSink, video: Video, read: Read) -> None:
    sink_id = sink.begin(video, "")
    for number in (1, 2):
        sink.put(video, sink_id, number, b"old" * 2 * MIB)
    sink.join(video, sink_id, [put(sink, video, sink_id, 1, b"new")])
    assert read(video) == b"new"


def test_what_was_dropped_is_no_source(sink: SourceSink, video: Video) -> None:
    sink_id = sink.begin(video, "video/mp4")
    etag = put(sink, video, sink_id, 1, b"x")
    sink.drop(video, sink_id)
    sink.drop(video, sink_id)
    assert sink.put(video, sink_id, 2, b"y") is None
    assert sink.join(video, sink_id, [etag]) == ()


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("video/webm; codecs=vp9", "video/webm; codecs=vp9"),
        ("text/html", "application/octet-stream"),
        ("video/mp4\r\nx: y", "application/octet-stream"),
        ("", "application/octet-stream"),
    ],
)
def test_a_media_type_is_kept_if_it_is_a_video_s(
    engine: Aws, bucket: str, video: Video, said: str, kept: str
) -> None:
    sink = StreamedSources(engine("s3"), bucket)
    sink_id = sink.begin(video, said)
    sink.join(video, sink_id, [put(sink, video, sink_id, 1, b"x")])
    key = source_key(video.owner_id, video.video_id)
    assert engine("s3").head_object(Bucket=bucket, Key=key)["ContentType"] == kept


def test_what_may_pass_is_unavailable_and_a_bug_is_a_bug(video: Video) -> None:
    busy, wrong = (StreamedSources(Failing(client_error(code)), "b") for code in ("SlowDown", "AccessDenied"))  # type: ignore[arg-type]
    calls: list[Callable[[StreamedSources], object]] = [
        lambda sink: sink.begin(video, ""),
        lambda sink: sink.put(video, "u", 1, b""),
        lambda sink: sink.join(video, "u", []),
        lambda sink: sink.drop(video, "u"),
    ]
    for call in calls:
        with pytest.raises(Unavailable):
            call(busy)
        with pytest.raises(Exception, match="AccessDenied"):
            call(wrong)
