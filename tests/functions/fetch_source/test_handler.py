"""A source is fetched from a real server, good or bad, into a real bucket."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.facts import DeletionRequested
from sluice.domain.keys import source_key
from sluice.domain.video import Status, Video
from sluice.edge import import_wiring
from sluice.usecases.apply_facts import apply_facts

from functions.fetch_source.handler import handler
from functions.imports.handler import handler as imports
from tests.authority import Authority
from tests.builders import PATIENCE, make_import
from tests.deployment import Deployment, caller
from tests.engine import unique
from tests.events import answer_of
from tests.functions.importing import batch, importing, waiting
from tests.loopback import Behaviour, Handler, Site, answer, half, serves

CLIP = b"\x00\x00\x00\x18ftypmp42" + bytes(range(256)) * 2000


class Context:
    """What Lambda says of an invocation."""

    def __init__(self, seconds: float = 900) -> None:
        self.aws_request_id = unique("invocation")
        self._milliseconds = int(seconds * 1000)

    def get_remaining_time_in_millis(self) -> int:
        return self._milliseconds


@pytest.fixture(scope="module")
def deployed(made: Deployment, site: Site, authority: Authority) -> Iterator[Deployment]:
    with importing(made, site, authority) as deployment:
        yield deployment


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_wiring, "_rest", lambda _attempts: None)


@pytest.fixture
def path() -> str:
    """One that no other test has."""
    return f"/{unique('video')}.mp4"


def asked_for(deployed: Deployment, user: str, url: str) -> Video:
    """A video whose source waits."""
    now = datetime.now(UTC)
    video = make_import(video_id=new_video_id(now), owner_id=user, created_at=now)
    sealed = import_wiring.source_seal().close(url, video.video_id)
    return deployed.has(replace(video, upload=replace(video.upload, sealed_url=sealed)))


def fetch(*videos: Video, seconds: float = 900) -> list[str]:
    """The worker's turn; the messages that come again."""
    messages = [{"videoId": video.video_id} for video in videos]
    failed = handler(batch(*messages), Context(seconds))["batchItemFailures"]
    return [item["itemIdentifier"] for item in failed]


def stored(deployed: Deployment, video: Video) -> bytes:
    found = deployed.aws("s3").get_object(
        Bucket=deployed["MEDIA_BUCKET"], Key=source_key(video.owner_id, video.video_id)
    )
    return bytes(found["Body"].read())


def uploads_left(deployed: Deployment, video: Video) -> list[str]:
    found = deployed.aws("s3").list_multipart_uploads(Bucket=deployed["MEDIA_BUCKET"]).get("Uploads", [])
    return [upload["Key"] for upload in found if video.video_id in upload["Key"]]


def rows_of(deployed: Deployment, video: Video) -> set[str]:
    found = deployed.aws("dynamodb").query(
        TableName=deployed["VIDEOS_TABLE"],
        KeyConditionExpression="pk = :video",
        ExpressionAttributeValues={":video": {"S": f"VIDEO#{video.video_id}"}},
    )
    return {item["sk"]["S"] for item in found["Items"]}


def test_what_was_asked_for_is_fetched(deployed: Deployment, user: str, site: Site, path: str) -> None:
    url = site.has(path, serves(CLIP, "video/webm"))
    asked = answer_of(caller(imports)("POST /api/videos/import", user=user, body={"videoUrl": url}))
    (message,) = waiting(deployed)
    assert handler(batch(message), Context()) == {"batchItemFailures": []}
    video = deployed.state_of(asked["videoId"])
    assert stored(deployed, video) == CLIP
    assert (video.status, video.progress) == (Status.PROCESSING, 40)
    assert video.source
    assert video.source.value.size_bytes == len(CLIP)
    assert uploads_left(deployed, video) == []
    assert rows_of(deployed, video) == {"VIDEO"}
    assert handler(batch(message), Context()) == {"batchItemFailures": []}
    assert len(site.asked(path)) == 1


def test_a_broken_connection_is_gone_on_with(deployed: Deployment, user: str, site: Site, path: str) -> None:
    video = asked_for(deployed, user, site.has(path, serves(CLIP, breaks_at=100_000)))
    assert fetch(video) == []
    assert stored(deployed, video) == CLIP
    assert [asked.headers.get("range") for asked in site.asked(path)] == [None, "bytes=100000-"]


def test_what_a_url_leads_to_may_change_and_is_never_mixed(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    """The redirect leads to one file first, and to another of its length once the connection has broken."""
    one, other = CLIP, CLIP[:12] + CLIP[:11:-1]
    site.has(f"{path}/one", serves(one, breaks_at=200_000, version="one"))
    site.has(f"{path}/other", serves(other, version="other"))
    first = [answer(302, b"", {"Location": f"{path}/one"})]

    def leads(handler: Handler) -> None:
        (first.pop() if first else answer(302, b"", {"Location": f"{path}/other"}))(handler)

    video = asked_for(deployed, user, site.has(path, leads))
    assert fetch(video) == []
    assert stored(deployed, video) == other


def test_what_another_worker_is_at_is_looked_at_again_later(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    videos: list[Video] = []

    def meanwhile(handler: Handler) -> None:
        assert fetch(videos[0]) == []
        serves(CLIP)(handler)

    videos.append(asked_for(deployed, user, site.has(path, meanwhile)))
    assert fetch(videos[0]) == []
    assert stored(deployed, videos[0]) == CLIP
    assert len(site.asked(path)) == 1
    delayed = deployed.aws("sqs").get_queue_attributes(
        QueueUrl=deployed["IMPORT_QUEUE_URL"], AttributeNames=["ApproximateNumberOfMessagesDelayed"]
    )
    assert delayed["Attributes"]["ApproximateNumberOfMessagesDelayed"] == "1"


def endless(handler: Handler) -> None:
    """Sends for ever, if one lets it."""
    handler.send_response_only(200)
    handler.send_header("Content-Type", "video/mp4")
    handler.end_headers()
    handler.close_connection = True
    handler.wfile.write(CLIP[:12])
    try:
        while True:
            handler.wfile.write(bytes(100_000))
    except OSError:
        return


def lies_about_its_length(handler: Handler) -> None:
    """Promises a little and sends more than is allowed; what comes after the promise is not read."""
    handler.send_response_only(200)
    handler.send_header("Content-Length", "20")
    handler.end_headers()
    handler.close_connection = True
    handler.wfile.write(b"<!DOCTYPE html>     " + bytes(5_000_000))


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        (answer(404), "import_http_404"),
        (answer(403, b"<html>"), "import_http_403"),
        (answer(503), "import_http_503"),
        (answer(200, b"<!DOCTYPE html><html></html>", {"Content-Type": "text/html"}), "import_not_video"),
        (answer(200, b"<html></html>", {"Content-Type": "video/mp4"}), "import_not_video"),
        (answer(200, b""), "import_not_video"),
        (serves(CLIP + bytes(1_000_000)), "import_too_large"),
        (endless, "import_too_large"),
        (lies_about_its_length, "import_not_video"),
        (half("x" * 1000), "import_unreachable"),
        (answer(302, b"", {"Location": "https://169.254.169.254/latest/"}), "import_refused_address"),
        (answer(302, b"", {"Location": "https://127.0.0.1/"}), "import_refused_address"),
        (answer(302, b"", {"Location": "http://93.184.215.14/"}), "import_refused_address"),
        (answer(302, b"", {"Location": "?again"}), "import_too_many_redirects"),
    ],
)
def test_what_cannot_be_had_says_why_and_leaves_nothing(
    deployed: Deployment, user: str, site: Site, path: str, behaviour: Behaviour, code: str
) -> None:
    url = site.has(path, behaviour)
    site.has(f"{path}?again", behaviour)
    video = asked_for(deployed, user, url)
    assert fetch(video) == []
    now = deployed.state_of(video.video_id)
    assert now.failure
    assert (now.status, now.failure.value.code) == (Status.ERROR, code)
    assert uploads_left(deployed, video) == []
    assert deployed.keys(source_key(user, video.video_id)) == set()
    assert rows_of(deployed, video) == {"VIDEO"}


def test_a_server_that_is_no_longer_who_it_was_is_refused(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    """Its name was exempt, or public, when it was asked for; its address is another now."""
    video = asked_for(deployed, user, f"https://127.0.0.1:{site.port}{path}")
    fetch(video)
    now = deployed.state_of(video.video_id)
    assert now.failure
    assert now.failure.value.code == "import_refused_address"


def test_a_server_that_sends_nothing_is_given_up_in_time(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    def silent(handler: Handler) -> None:
        handler.connection.settimeout(5)
        handler.close_connection = True
        assert handler.connection.recv(1) == b"", "until we hang up"

    video = asked_for(deployed, user, site.has(path, silent))
    fetch(video, seconds=40.5)
    now = deployed.state_of(video.video_id)
    assert now.failure
    assert now.failure.value.code == "import_timeout"


def test_a_video_that_is_deleted_meanwhile_leaves_nothing(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    """R6."""
    videos: list[Video] = []

    def deleted_while_it_is_sent(handler: Handler) -> None:
        deletion = DeletionRequested(at=datetime.now(UTC))
        apply_facts(deployed.videos, videos[0].video_id, deletion, patience=PATIENCE)
        serves(CLIP)(handler)

    videos.append(asked_for(deployed, user, site.has(path, deleted_while_it_is_sent)))
    assert fetch(videos[0]) == []
    assert deployed.state_of(videos[0].video_id).status is Status.DELETED
    assert uploads_left(deployed, videos[0]) == []
    assert deployed.keys(source_key(user, videos[0].video_id)) == set()


def test_a_message_that_cannot_be_read_comes_again_and_the_others_are_done(
    deployed: Deployment, user: str, site: Site, path: str
) -> None:
    video = asked_for(deployed, user, site.has(path, serves(CLIP)))
    event = batch({"nonsense": True}, {"videoId": video.video_id})
    assert handler(event, Context())["batchItemFailures"] == [{"itemIdentifier": "message-0"}]
    assert stored(deployed, video) == CLIP


def test_a_message_about_nothing_is_done(deployed: Deployment) -> None:
    assert fetch(make_import(video_id=new_video_id(datetime.now(UTC)))) == []


@pytest.mark.parametrize("service", ["dynamodb", "s3"])
def test_while_something_is_down_the_message_comes_again(
    deployed: Deployment, user: str, site: Site, path: str, service: str, authority: Authority
) -> None:
    video = asked_for(deployed, user, site.has(path, serves(CLIP)))
    nowhere = {f"AWS_ENDPOINT_URL_{service.upper()}": "http://127.0.0.1:9"}
    down = Deployment(deployed.aws, {**deployed.environment, **nowhere})
    with importing(down, site, authority):
        assert fetch(video) == ["message-0"]
    with importing(deployed, site, authority):
        assert fetch(video) == []
    assert stored(deployed, video) == CLIP


def test_what_is_logged_names_no_url(
    deployed: Deployment, user: str, site: Site, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    """S8."""
    url = site.has(f"{path}?token=hunter2", answer(302, b"", {"Location": "https://10.0.0.1/?token=hunter2"}))
    fetch(asked_for(deployed, user, url))
    said = str([vars(record) for record in caplog.records])
    assert "fetched" in said
    assert "hunter2" not in said
