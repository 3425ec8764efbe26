"""Our side of Cloudflare Stream against its twin, over the wire, from the first request to the last."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from sluice.adapters.cloudflare import webhook
from sluice.adapters.cloudflare.client import CloudflareClient
from sluice.adapters.cloudflare.holdings import CloudflareHoldings
from sluice.adapters.cloudflare.playback import CloudflarePlayback
from sluice.adapters.cloudflare.settings import Terms
from sluice.adapters.cloudflare.tokens import CloudflareTokens
from sluice.adapters.cloudflare.uploads import CloudflareUploads
from sluice.adapters.cloudflare.watch import CloudflareWatch
from sluice.adapters.dynamodb.poll_budget import Rate
from sluice.adapters.http import Http
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
from tests.integration.twins.driving import CloudflareTwin, until
from tests.integration.twins.inbox import Delivery
from tests.mux_peer import with_facts

HOUR = timedelta(hours=1)


class Stream:
    """The adapters, wired to a twin."""

    def __init__(self, twin: CloudflareTwin, http: Http) -> None:
        self.twin, self._http = twin, http
        base_url = f"{twin.url}/client/v4"
        self.client = CloudflareClient(http, base_url=base_url, account_id=twin.account, api_token="cf-token")
        self.uploads = self.uploads_for(timedelta(minutes=60))
        self.watch = CloudflareWatch(
            self.client, FakePollBudget({"cloudflare": Rate(per_second=100, burst=100)})
        )
        self.holdings = CloudflareHoldings(self.client)
        self.playback = CloudflarePlayback(
            CloudflareTokens(SigningKey(twin.key_id, twin.pem)), delivery_url=f"{twin.url}/customer"
        )

    def uploads_for(self, longest: timedelta) -> CloudflareUploads:
        seal, terms = Seal("secret", "upload-url"), Terms(longest=longest)
        return CloudflareUploads(self.client, self._http, seal, terms=terms, ttl=HOUR)

    def open(self, size: int = 1_000_000, protocol: str = "form", **changes: str) -> Video:
        video = make_video(
            provider="cloudflare", protocol=protocol, created_at=now(), size_bytes=size, **changes
        )
        return with_facts(video, self.uploads.open_upload(video, now=now())[1])

    def send(self, video: Video, content: bytes) -> httpx.Response:
        url = self.uploads.grant_again(video, now=now()).upload_url
        return httpx.post(url, files={"file": ("clip.mp4", content)})

    def ask(self, video: Video) -> Video:
        return with_facts(video, self.watch.look(video, now=now()))

    def until(self, video: Video, status: Status, percent: int | None = None) -> Video:
        def look() -> Video | None:
            seen = self.ask(video)
            return seen if seen.status is status and percent in {None, seen.progress} else None

        return until(look, f"the video is {status}")

    def news(self, delivery: Delivery) -> ProviderNews:
        """A delivery as the function takes it in: verified, then told."""
        at = webhook.verify(delivery.body, delivery.headers, secrets=(self.twin.webhook_secret,), now=now())
        return webhook.news(delivery.body, received_at=at)

    def first_news(self) -> ProviderNews:
        return self.news(self.twin.inbox.wait(bool)[0])


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def ours(cloudflare_twin: CloudflareTwin, http: Http) -> Stream:
    return Stream(cloudflare_twin, http)


def test_a_video_from_its_upload_to_its_end(ours: Stream, clip: bytes) -> None:
    opened = ours.open(len(clip))
    assert ours.send(opened, clip).is_success
    videos = FakeVideos(opened)
    assert (
        hear_provider(
            ours.first_news(),
            received_at=now(),
            now=now(),
            videos=videos,
            purges=FakePurges(),
            patience=PATIENCE,
        )
        is Heard.APPLIED
    )
    heard = videos.rows[opened.video_id].known.video
    assert (heard.status, heard.link("playback_public")) == (Status.READY, None)
    whole = ours.until(heard, Status.READY, percent=100)
    assert whole.media is not None
    assert (whole.media.value.width, whole.media.value.height) == (320, 180)

    links = ours.playback.links(whole, "alice", now=now(), ttl=HOUR)
    assert links.thumbnail_url is not None
    assert [httpx.get(url).status_code for url in (links.playback_url, links.thumbnail_url)] == [200, 200]
    assert ours.twin.play(whole.link("asset") or "").status_code in {401, 403}

    assert ours.holdings.erase(whole) == 1
    assert ours.holdings.erase(whole) == 0
    assert not httpx.get(links.playback_url).is_success
    assert ours.ask(whole).status is Status.ERROR


def test_a_large_file_goes_by_tus_and_goes_on_where_it_broke_off(ours: Stream, clip: bytes) -> None:
    size, first = 6_000_000, 5_242_880
    content = padded(clip, size)
    opened = ours.open(size, protocol="tus")
    grant = ours.uploads.grant_again(opened, now=now())
    assert ours.uploads.standing(opened, now=now()).offset == 0
    for begin, end in ((0, first), (first, size)):
        headers = {"Upload-Offset": str(begin), "Content-Type": "application/offset+octet-stream"}
        answer = httpx.request(
            grant.method, grant.upload_url, content=content[begin:end], headers=headers | grant.headers
        )
        assert answer.status_code == 204
        assert end == size or ours.uploads.standing(opened, now=now()).offset == end
    assert ours.until(opened, Status.READY).media is not None


@pytest.mark.parametrize("protocol", ["form", "tus"])
def test_settings_are_those_we_asked_for(ours: Stream, protocol: str) -> None:
    opened = ours.open(protocol=protocol, title="Ferien, am Müritzsee")
    video = ours.twin.video(opened.link("asset") or "")
    assert (video["requireSignedURLs"], video["maxDurationSeconds"]) == (True, 3600)
    assert (video["creator"], video["meta"]["name"]) == (opened.video_id, "Ferien, am Müritzsee")


def test_a_public_video_plays_without_a_token_and_can_be_closed(ours: Stream, clip: bytes) -> None:
    opened = ours.open(len(clip), visibility="public")
    ours.send(opened, clip)
    ready = ours.until(opened, Status.READY)
    uid = ready.link("asset") or ""
    assert ours.playback.links(ready, "public", now=now(), ttl=HOUR).playback_url.endswith(
        f"{uid}/manifest/video.m3u8"
    )
    assert ours.twin.play(uid).is_success
    closed = make_video(provider="cloudflare", visibility="private", links=ready.links)
    ours.holdings.keep_privacy(closed, now=now())
    assert not ours.twin.play(uid).is_success


def test_trap_22_a_private_video_that_was_left_public_is_found_and_closed(ours: Stream, clip: bytes) -> None:
    ours.twin.fault("asset", "left_public")
    opened = ours.open(len(clip))
    ours.send(opened, clip)
    ready = ours.until(opened, Status.READY)
    uid = ready.link("asset") or ""
    assert (ready.link("playback_public"), ours.twin.play(uid).is_success) == (uid, True)
    assert uid not in ours.playback.links(ready, "alice", now=now(), ttl=HOUR).playback_url
    closed = with_facts(ready, ours.holdings.keep_privacy(ready, now=now()))
    assert (closed.link("playback_public"), ours.twin.play(uid).is_success) == (None, False)


def test_a_file_to_download_is_made_on_request(ours: Stream, clip: bytes) -> None:
    opened = ours.open(len(clip))
    ours.send(opened, clip)
    ready = ours.until(opened, Status.READY)

    def made() -> Video | None:
        video = with_facts(ready, ours.holdings.make_download(ready, now=now()))
        return video if video.renditions else None

    answer = httpx.get(ours.playback.download(until(made, "the file"), now=now(), ttl=HOUR).url)
    assert answer.status_code == 200
    assert 'attachment; filename="holiday' in answer.headers["content-disposition"]


def test_trap_39_a_video_that_is_too_long_fails_with_its_reason(ours: Stream, clip: bytes) -> None:
    ours.uploads = ours.uploads_for(timedelta(seconds=1))
    opened = ours.open(len(clip))
    ours.send(opened, clip)
    failed = ours.until(opened, Status.ERROR)
    heard = with_facts(opened, ours.first_news().facts)
    assert failed.failure is not None
    assert failed.failure == heard.failure
    assert failed.failure.value.code == "too_long"


def test_cancelling_frees_what_was_reserved_and_is_no_error_twice(ours: Stream, clip: bytes) -> None:
    opened = ours.open(len(clip))
    ours.uploads.cancel(opened)
    ours.uploads.cancel(opened)
    assert not ours.send(opened, clip).is_success


def test_trap_25_what_has_arrived_cannot_be_cancelled(ours: Stream, clip: bytes) -> None:
    opened = ours.open(len(clip))
    ours.send(opened, clip)
    with pytest.raises(Conflict):
        ours.uploads.cancel(opened)


def test_trap_24_an_upload_that_expires_is_seen_and_deleted(ours: Stream) -> None:
    opened = ours.open()
    uid = opened.link("asset") or ""
    ours.twin.client.post(ours.twin.path(f"/{uid}"), json={"uploadExpiry": "2026-01-01T00:00:00Z"})
    expired = ours.ask(opened)
    assert expired.failure is not None
    assert expired.failure.value.code == "upload_expired"
    assert ours.twin.client.get(ours.twin.path(f"/{uid}")).status_code == 404


@pytest.mark.parametrize("protocol", ["form", "tus"])
def test_trap_43_what_a_lost_answer_left_behind_is_deleted(ours: Stream, protocol: str) -> None:
    ours.twin.fault("api", "lost_answer", match=f"POST /client/v4/accounts/{ours.twin.account}", times=1)
    opened = ours.open(protocol=protocol)
    assert opened.strays_possible
    assert ours.uploads.cancel_strays(opened) == 1
    assert ours.uploads.cancel_strays(opened) == 0
    assert ours.twin.video(opened.link("asset") or "")["status"]["state"] == "pendingupload"


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("status", {"status": 429, "retry_after": 1}),
        ("status", {"status": 522}),
        ("html", {"status": 200}),
        ("half_json", {}),
        ("cut", {}),
        ("timeout", {"seconds": 1.5}),
        ("slow_body", {"bytes_per_second": 20}),
    ],
)
def test_provider_trouble_is_outlasted(
    cloudflare_twin: CloudflareTwin, hasty: Http, kind: str, values: dict[str, float]
) -> None:
    cloudflare_twin.fault("api", kind, match="POST ", times=1, values=values)
    assert Stream(cloudflare_twin, hasty).open().link("asset") is not None


@pytest.mark.parametrize("kind", ["wrong_secret", "old_timestamp", "altered"])
def test_a_delivery_that_is_not_right_is_refused(ours: Stream, clip: bytes, kind: str) -> None:
    ours.twin.fault("webhook", kind, times=1)
    ours.send(ours.open(len(clip)), clip)
    with pytest.raises(Unauthenticated):
        ours.first_news()


@pytest.mark.parametrize("kind", ["two_signatures", "trailing_newline"])
def test_a_delivery_that_is_odd_and_right_is_taken(ours: Stream, clip: bytes, kind: str) -> None:
    ours.twin.fault("webhook", kind)
    opened = ours.open(len(clip))
    ours.send(opened, clip)
    assert (
        hear_provider(
            ours.first_news(),
            received_at=now(),
            now=now(),
            videos=FakeVideos(opened),
            purges=FakePurges(),
            patience=PATIENCE,
        )
        is Heard.APPLIED
    )
