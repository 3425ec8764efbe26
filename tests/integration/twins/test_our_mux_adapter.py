"""Our side of Mux against its twin, over the wire: from the first request to nothing being left."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sluice.adapters.dynamodb.poll_budget import Rate
from sluice.adapters.http import Http
from sluice.adapters.mux import webhook
from sluice.adapters.mux.client import MuxClient
from sluice.adapters.mux.holdings import MuxHoldings
from sluice.adapters.mux.playback import MuxPlayback
from sluice.adapters.mux.tokens import MuxTokens
from sluice.adapters.mux.uploads import MuxUploads
from sluice.adapters.mux.watch import MuxWatch
from sluice.adapters.sealing import Seal
from sluice.adapters.signing_keys import SigningKey
from sluice.domain.errors import Conflict, Unauthenticated
from sluice.domain.video import Status, Video
from sluice.usecases.hear_provider import Heard, hear_provider
from sluice.usecases.provider_ports import ProviderNews

from tests.builders import PATIENCE, make_video
from tests.fakes.budget import FakePollBudget
from tests.fakes.deletion import FakePurges
from tests.fakes.videos import FakeVideos
from tests.integration.twins.conftest import padded
from tests.integration.twins.driving import ORIGIN, MuxTwin, until
from tests.integration.twins.inbox import Delivery
from tests.mux_peer import with_facts

HOUR = timedelta(hours=1)


class Mux:
    """The adapters, wired to a twin."""

    def __init__(self, twin: MuxTwin, http: Http) -> None:
        client = MuxClient(http, base_url=twin.url, token_id="mux-id", token_secret="mux-secret")
        self.twin = twin
        seal = Seal("secret", "upload-url")
        self.uploads = MuxUploads(client, http, seal, cors_origin=ORIGIN, ttl=HOUR)
        self.watch = MuxWatch(client, FakePollBudget({"mux": Rate(per_second=100, burst=100)}))
        self.holdings = MuxHoldings(client)
        self.playback = MuxPlayback(
            MuxTokens(SigningKey(twin.key_id, twin.pem)),
            stream_url=f"{twin.url}/stream",
            image_url=f"{twin.url}/image",
        )

    def open(self, size: int = 1_000_000, **changes: str) -> Video:
        video = make_video(
            provider="mux", protocol="chunked-put", created_at=now(), size_bytes=size, **changes
        )
        return with_facts(video, self.uploads.open_upload(video, now=now())[1])

    def url(self, video: Video) -> str:
        return self.uploads.grant_again(video, now=now()).upload_url

    def ask(self, video: Video) -> Video:
        return with_facts(video, self.watch.look(video, now=now()))

    def until(self, video: Video, status: Status) -> Video:
        def look() -> Video | None:
            seen = self.ask(video)
            return seen if seen.status is status else None

        return until(look, f"the video is {status}")

    def news(self, delivery: Delivery) -> ProviderNews:
        """A delivery as the function takes it in: verified, then told."""
        at = webhook.verify(delivery.body, delivery.headers, secrets=(self.twin.webhook_secret,), now=now())
        return webhook.news(delivery.body, received_at=at)


def now() -> datetime:
    return datetime.now(UTC)


def outcome(video: Video) -> object:
    """What a user sees of it."""
    ids = [video.link(kind) for kind in ("upload", "asset", "playback", "playback_public")]
    return video.status, video.progress, ids, video.media and video.media.value, sorted(video.renditions)


@pytest.fixture
def ours(mux_twin: MuxTwin, http: Http) -> Mux:
    return Mux(mux_twin, http)


def test_a_video_from_its_upload_to_its_end(ours: Mux, clip: bytes) -> None:
    opened = ours.open(len(clip))
    assert httpx.put(ours.url(opened), content=clip).is_success
    ours.twin.inbox.wait_for("video.asset.ready")
    videos = FakeVideos(opened)
    for delivery in ours.twin.inbox.deliveries:
        hear_provider(
            ours.news(delivery),
            received_at=now(),
            now=now(),
            videos=videos,
            purges=FakePurges(),
            patience=PATIENCE,
        )
    heard = videos.rows[opened.video_id].known.video
    assert (heard.status, heard.progress) == (Status.READY, 100)
    assert outcome(heard) == outcome(ours.ask(opened))

    links = ours.playback.links(heard, "alice", now=now(), ttl=HOUR)
    for url in (links.playback_url, links.thumbnail_url, links.storyboard_url):
        assert url is not None
        answer = httpx.get(url)
        assert (answer.status_code, answer.headers.get("x-twin-ignored")) == (200, None)
        assert httpx.get(url.partition("?")[0]).status_code == 403
    assert httpx.get(f"{ours.twin.url}/stream/{heard.link('asset')}.m3u8").status_code == 404

    assert ours.holdings.erase(heard) == 1
    assert ours.holdings.erase(heard) == 0
    assert httpx.get(links.playback_url).status_code == 404
    assert ours.ask(heard).status is Status.ERROR


def test_a_file_to_download_is_made_on_request(ours: Mux, clip: bytes) -> None:
    opened = ours.open(len(clip))
    httpx.put(ours.url(opened), content=clip)
    ready = ours.until(opened, Status.READY)
    with pytest.raises(Conflict):
        ours.playback.download(ready, now=now(), ttl=HOUR)

    def made() -> Video | None:
        video = with_facts(ready, ours.holdings.make_download(ready, now=now()))
        return video if video.renditions else None

    video = until(made, "the file is there")
    answer = httpx.get(ours.playback.download(video, now=now(), ttl=HOUR).url)
    assert answer.status_code == 200
    assert 'attachment; filename="holiday' in answer.headers["content-disposition"]
    ready_event = ours.twin.inbox.wait_for("video.asset.static_rendition.ready")
    assert with_facts(ready, ours.news(ready_event).facts).renditions.keys() == {"highest.mp4"}


def test_an_upload_that_broke_off_goes_on_where_it_stood(ours: Mux, clip: bytes) -> None:
    size, first = 600_000, 262_144
    content = padded(clip, size)
    opened = ours.open(size)
    url = ours.url(opened)
    assert ours.uploads.standing(opened, now=now()).offset == 0
    piece = {"Content-Range": f"bytes 0-{first - 1}/{size}"}
    assert httpx.put(url, content=content[:first], headers=piece).status_code == 308
    assert ours.uploads.standing(opened, now=now()).offset == first
    rest = {"Content-Range": f"bytes {first}-{size - 1}/{size}"}
    assert httpx.put(url, content=content[first:], headers=rest).is_success
    assert ours.uploads.standing(opened, now=now()).offset == size
    assert ours.until(opened, Status.READY).media is not None


def test_what_is_no_video_fails_with_a_reason_either_way(ours: Mux) -> None:
    opened = ours.open(11)
    httpx.put(ours.url(opened), content=b"not a video")
    failed = ours.until(opened, Status.ERROR)
    told = ours.news(ours.twin.inbox.wait_for("video.asset.errored"))
    heard = with_facts(opened, told.facts)
    assert failed.failure is not None
    assert heard.failure is not None
    assert failed.failure.value == heard.failure.value
    assert failed.failure.value.code == "not_a_video"


def test_cancelling_closes_the_url_and_is_no_error_twice(ours: Mux, clip: bytes) -> None:
    opened = ours.open()
    ours.uploads.cancel(opened)
    ours.uploads.cancel(opened)
    assert not httpx.put(ours.url(opened), content=clip).is_success
    assert ours.ask(opened).status is Status.ERROR


def test_trap_25_what_has_arrived_cannot_be_cancelled(ours: Mux, clip: bytes) -> None:
    opened = ours.open(len(clip))
    httpx.put(ours.url(opened), content=clip)
    with pytest.raises(Conflict):
        ours.uploads.cancel(opened)


def test_trap_24_an_upload_that_times_out_is_seen_without_any_webhook(ours: Mux) -> None:
    opened = ours.open()
    upload_id = opened.link("upload")
    assert upload_id is not None
    ours.twin.expire(upload_id)
    expired = ours.ask(opened)
    assert expired.failure is not None
    assert expired.failure.value.code == "upload_expired"


def test_trap_43_what_a_lost_answer_left_behind_is_cancelled(ours: Mux) -> None:
    ours.twin.fault("api", "lost_answer", match="POST /video/v1/uploads", times=1)
    opened = ours.open()
    assert opened.strays_possible
    assert ours.uploads.cancel_strays(opened) == 1
    assert ours.uploads.cancel_strays(opened) == 0
    assert ours.twin.upload_state(opened.link("upload") or "")["status"] == "waiting"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("status", {"status": 429}),
        ("status", {"status": 503}),
        ("html", {"status": 200}),
        ("half_json", {}),
        ("cut", {}),
        ("timeout", {"seconds": 1.5}),
        ("slow_body", {"bytes_per_second": 20}),
    ],
)
def test_provider_trouble_is_outlasted(
    mux_twin: MuxTwin, hasty: Http, kind: str, values: dict[str, float]
) -> None:
    mux_twin.fault("api", kind, match="POST /video/v1/uploads", times=1, values=values)
    assert Mux(mux_twin, hasty).open().link("upload") is not None


def test_trap_22_a_public_id_left_on_a_private_video_is_found_and_removed(ours: Mux, clip: bytes) -> None:
    ours.twin.fault("asset", "left_public")
    opened = ours.open(len(clip))
    httpx.put(ours.url(opened), content=clip)
    ready = ours.until(opened, Status.READY)
    public = ready.link("playback_public")
    assert public is not None
    assert public not in ours.playback.links(ready, "alice", now=now(), ttl=HOUR).playback_url
    assert httpx.get(f"{ours.twin.url}/stream/{public}.m3u8").status_code == 200
    ours.holdings.keep_privacy(ready, now=now())
    assert httpx.get(f"{ours.twin.url}/stream/{public}.m3u8").status_code == 404
    assert ours.ask(opened).link("playback_public") is None


def test_a_public_video_plays_without_a_token(ours: Mux, clip: bytes) -> None:
    opened = ours.open(len(clip), visibility="public")
    httpx.put(ours.url(opened), content=clip)
    links = ours.playback.links(ours.until(opened, Status.READY), "public", now=now(), ttl=HOUR)
    for url in (links.playback_url, links.thumbnail_url, links.storyboard_url):
        assert url is not None
        assert "token" not in url
        assert httpx.get(url).status_code == 200


def test_an_import_is_fetched_by_mux_itself(ours: Mux, clip: bytes) -> None:
    source = ours.open(len(clip))
    httpx.put(ours.url(source), content=clip)
    download = ours.until(source, Status.READY)
    ours.holdings.make_download(download, now=now())
    ours.twin.inbox.wait_for("video.asset.static_rendition.ready")
    with_file = with_facts(download, ours.holdings.make_download(download, now=now()))
    url = ours.playback.download(with_file, now=now(), ttl=HOUR).url
    fresh = make_video(provider="mux", created_at=now())
    asked = with_facts(fresh, ours.uploads.import_url(fresh, url, now=now()))
    imported = ours.until(asked, Status.READY)
    assert imported.media is not None


@pytest.mark.parametrize("kind", ["wrong_secret", "old_timestamp", "altered"])
def test_a_delivery_that_is_not_right_is_refused(ours: Mux, kind: str) -> None:
    ours.twin.fault("webhook", kind, times=1)
    ours.open()
    with pytest.raises(Unauthenticated):
        ours.news(ours.twin.inbox.wait(bool)[0])


@pytest.mark.parametrize(
    "kind", ["two_signatures", "trailing_newline", "unknown_type", "foreign_environment"]
)
def test_a_delivery_that_is_odd_and_right_is_taken(ours: Mux, kind: str) -> None:
    ours.twin.fault("webhook", kind)
    opened = ours.open()
    told = ours.news(ours.twin.inbox.wait(bool)[0])
    assert (
        hear_provider(
            told,
            received_at=now(),
            now=now(),
            videos=FakeVideos(opened),
            purges=FakePurges(),
            patience=PATIENCE,
        )
        is Heard.NOTHING
    )
