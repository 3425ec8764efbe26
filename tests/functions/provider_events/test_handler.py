"""What a provider says has its effect once, whatever happens on the way (R1, R2)."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.dynamodb.event_log import DynamoEventLog
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.s3.deliveries import S3Deliveries
from sluice.domain.facts import DeletionRequested
from sluice.domain.video import Status

from functions.provider_events.handler import handler
from tests import mux_payloads
from tests.deployment import Deployment
from tests.events import sample
from tests.functions.provider_events.conftest import TRIES, Poller
from tests.functions.provider_events.saying import asset_id, cloudflare, mux, opened, told
from tests.mux_peer import with_facts
from tools.deployment import Deployment as Operated
from tools.redrive import redrive, waiting

pytestmark = pytest.mark.usefixtures("deployed")
type Down = Callable[..., AbstractContextManager[Deployment]]
both = pytest.mark.parametrize("provider", ["mux", "cloudflare"])


def batch(*messages: object) -> dict[str, Any]:
    (record,) = sample("provider_events/mux")["Records"]
    return {
        "Records": [
            {**record, "messageId": f"m{n}", "body": m if isinstance(m, str) else json.dumps(m)}
            for n, m in enumerate(messages)
        ]
    }


def failed(*messages: object) -> list[str]:
    return [item["itemIdentifier"] for item in handler(batch(*messages), None)["batchItemFailures"]]


def version(deployed: Deployment, video_id: str) -> int:
    """How often the row was written."""
    found = deployed.videos.find(video_id)
    assert found is not None
    return found.version


def heard(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What came of each message that did not fail."""
    return [str(vars(record)["heard"]) for record in caplog.records if record.message == "heard"]


@pytest.mark.parametrize("name", ["mux", "cloudflare"])
def test_the_sample_is_about_a_video_that_is_not_ours_and_is_done_with(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert handler(sample(f"provider_events/{name}"), None) == {"batchItemFailures": []}
    assert heard(caplog) == ["unknown"]


@both
def test_a_video_is_ready_when_its_provider_says_so(deployed: Deployment, user: str, provider: str) -> None:
    video = opened(deployed, user, provider)
    assert failed(told(provider, video)) == []
    after = deployed.state_of(video.video_id)
    assert after.status is Status.READY
    assert after.media is not None
    assert deployed.videos.counts(user).ready == 1


@both
def test_a_delivery_is_kept_as_it_came(deployed: Deployment, user: str, provider: str) -> None:
    video = opened(deployed, user, provider)
    message = told(provider, video)
    failed(message)
    folder = f"deliveries/{provider}/dt={datetime.now(UTC):%Y-%m-%d}/"
    kept = [_read(deployed, key) for key in deployed.keys(folder)]
    assert [one["body"] for one in kept if video.video_id in one["body"]] == [message["body"]]


def _read(deployed: Deployment, key: str) -> dict[str, Any]:
    body = deployed.aws("s3").get_object(Bucket=deployed["MEDIA_BUCKET"], Key=key)["Body"]
    with body:
        return dict(json.loads(body.read()))


@both
def test_a_repetition_changes_nothing(
    deployed: Deployment, user: str, provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    video = opened(deployed, user, provider)
    assert failed(told(provider, video)) == []
    before = version(deployed, video.video_id)
    assert failed(told(provider, video), told(provider, video)) == []
    assert heard(caplog) == ["applied", "repeated", "repeated"]
    assert version(deployed, video.video_id) == before


def test_trap_20_an_event_told_again_is_known_though_its_bytes_are_others(
    deployed: Deployment, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    video = opened(deployed, user, "mux")
    tries = [{"id": "1", "response_status_code": 503, "max_attempts": 30}]
    assert failed(mux("video.asset.ready", video), mux("video.asset.ready", video, attempts=tries)) == []
    assert heard(caplog) == ["applied", "repeated"]


@both
def test_what_is_replayed_is_no_repetition_and_moves_nothing_back(
    deployed: Deployment, user: str, provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    video = opened(deployed, user, provider)
    failed(told(provider, video))
    before = deployed.state_of(video.video_id)
    folder = f"deliveries/{provider}/"
    kept = deployed.keys(folder)
    assert failed({**told(provider, video), "replayed": True}) == []
    assert heard(caplog) == ["applied", "known"]
    assert deployed.state_of(video.video_id) == before
    assert deployed.keys(folder) == kept


@both
def test_news_of_a_row_that_is_still_being_written_come_again(
    deployed: Deployment, user: str, provider: str
) -> None:
    video = opened(deployed, user, provider, stored=False)
    assert failed(told(provider, video)) == ["m0"]
    deployed.has(video)
    assert failed(told(provider, video)) == []
    assert deployed.state_of(video.video_id).status is Status.READY


@both
def test_news_of_a_row_that_nobody_will_write_are_done_with(
    deployed: Deployment, user: str, provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    assert failed(told(provider, opened(deployed, user, provider, stored=False), age=130)) == []
    assert heard(caplog) == ["unknown"]


def test_news_of_an_upload_whose_id_is_still_being_written_come_again(
    deployed: Deployment, user: str
) -> None:
    video = opened(deployed, user, "mux", linked=False)
    upload = mux_payloads.upload("asset_created", new_asset_settings={"passthrough": video.video_id})
    assert failed(mux("video.upload.asset_created", video, upload)) == ["m0"]


def test_news_of_an_upload_whose_id_nobody_will_write_are_done_with(
    deployed: Deployment, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It was opened by a call whose answer never came, and is looked for and cancelled by itself."""
    video = opened(deployed, user, "mux", linked=False)
    upload = mux_payloads.upload("cancelled", new_asset_settings={"passthrough": video.video_id})
    assert failed(mux("video.upload.cancelled", video, upload, age=130)) == []
    assert heard(caplog) == ["stray"]
    assert deployed.state_of(video.video_id) == video


@pytest.mark.parametrize("passthrough", [None, "", "42", "vid_not-one-of-ours", 7, {"a": 1}])
def test_trap_31_another_applications_events_are_done_with(
    deployed: Deployment, user: str, caplog: pytest.LogCaptureFixture, passthrough: object
) -> None:
    environment = {"id": "env-of-somebody-else", "name": "Staging"}
    asset = mux_payloads.asset("ready", passthrough=passthrough)
    video = opened(deployed, user, "mux")
    assert failed(mux("video.asset.ready", video, asset, environment=environment)) == []
    assert heard(caplog) == ["foreign"]
    assert deployed.state_of(video.video_id) == video


def test_another_stages_events_in_a_shared_environment_are_done_with(
    deployed: Deployment, user: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Its ids look like ours, and no row of ours has them."""
    theirs = opened(deployed, user, "mux", stored=False)
    assert failed(mux("video.asset.ready", theirs, environment={"id": "env02"}, age=130)) == []
    assert heard(caplog) == ["unknown"]


@both
def test_trap_32_our_id_in_somebody_elses_asset_moves_nothing(
    deployed: Deployment, user: str, provider: str, caplog: pytest.LogCaptureFixture
) -> None:
    video = opened(deployed, user, provider)
    other = opened(deployed, user, provider)
    if provider == "mux":
        asset = mux_payloads.asset(
            "ready", id="elsewhere", upload_id=other.link("upload"), passthrough=video.video_id
        )
        assert failed(mux("video.asset.ready", video, asset)) == []
    else:
        assert failed(cloudflare(video, uid=other.link("asset"))) == []
    assert heard(caplog) == ["stray"]
    assert deployed.state_of(video.video_id) == video


@pytest.mark.parametrize(
    "kind",
    ["video.asset.track.ready", "video.asset.track.errored", "video.asset.static_rendition.errored"],
)
def test_trap_15_an_id_of_a_part_is_not_taken_for_the_assets(
    deployed: Deployment, user: str, kind: str
) -> None:
    video = opened(deployed, user, "mux")
    part = {"id": "part-1", "type": "text", "status": "ready", "asset_id": asset_id(video)}
    assert failed(mux(kind, video, {**part, "passthrough": video.video_id})) == []
    assert failed(mux(kind, video, {"id": "part-1"}, id=f"bare-{kind}-{video.video_id}")) == []
    after = deployed.state_of(video.video_id)
    assert after.link("asset") in {None, asset_id(video)}
    assert after.status is Status.UPLOADING


def test_an_asset_without_a_playback_id_is_not_ready(deployed: Deployment, user: str) -> None:
    video = opened(deployed, user, "mux")
    bare = mux_payloads.asset(
        "ready",
        id=asset_id(video),
        upload_id=video.link("upload"),
        passthrough=video.video_id,
        playback_ids=[],
    )
    assert failed(mux("video.asset.ready", video, bare)) == []
    assert deployed.state_of(video.video_id).status is not Status.READY


@pytest.mark.parametrize("kind", ["video.asset.later_invention", "video.live_stream.active", "", "x" * 5000])
def test_a_kind_that_nobody_knows_is_done_with(
    deployed: Deployment, user: str, caplog: pytest.LogCaptureFixture, kind: str
) -> None:
    video = opened(deployed, user, "mux")
    assert failed(mux(kind, video)) == []
    assert heard(caplog) == ["nothing"]
    assert deployed.state_of(video.video_id) == video


@both
def test_late_news_do_not_revive_what_was_deleted(deployed: Deployment, user: str, provider: str) -> None:
    video = opened(deployed, user, provider, stored=False)
    deployed.has(with_facts(video, (DeletionRequested(at=datetime.now(UTC)),)))
    assert failed(told(provider, video)) == []
    assert deployed.state_of(video.video_id).status is Status.DELETED


def test_what_came_of_a_batch_is_counted(
    deployed: Deployment, user: str, capsys: pytest.CaptureFixture[str]
) -> None:
    failed(told("mux", opened(deployed, user, "mux")), "not JSON")
    failed("not JSON")
    assert "UserWarning" not in capsys.readouterr().err


def test_one_bad_message_holds_nobody_back(deployed: Deployment, user: str) -> None:
    videos = [opened(deployed, user, provider) for provider in ("mux", "cloudflare")]
    young = opened(deployed, user, "mux", stored=False)
    messages = [told("mux", videos[0]), "{}", told("mux", young), told("cloudflare", videos[1]), "not JSON"]
    assert failed(*messages) == ["m1", "m2", "m4"]
    assert [deployed.state_of(video.video_id).status for video in videos] == [Status.READY] * 2


class Killed(BaseException):
    """The process is no more."""


STEPS: list[tuple[type, str]] = [
    (S3Deliveries, "keep"),
    (DynamoEventLog, "has"),
    (DynamoVideos, "find"),
    (DynamoVideos, "replace"),
    (DynamoEventLog, "add"),
]


@both
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step[0].__name__}.{step[1]}")
def test_killed_at_any_step_and_given_up_all_is_applied_once_after_a_redrive(
    deployed: Deployment,
    user: str,
    poller: Poller,
    operated: Operated,
    provider: str,
    step: tuple[type, str],
    when: str,
) -> None:
    videos = [opened(deployed, user, provider) for _ in range(3)]
    before = [version(deployed, video.video_id) for video in videos]
    poller.send(*(told(provider, video) for video in videos))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(*step, _deadly(getattr(*step), when))
        for _ in range(TRIES):
            with pytest.raises(Killed):
                poller.once()
        assert poller.once() == 0
    assert waiting(operated, "inbox") == len(videos)
    assert redrive(operated, "inbox") == len(videos)
    assert poller.once() == 0
    assert [deployed.state_of(video.video_id).status for video in videos] == [Status.READY] * 3
    assert [version(deployed, video.video_id) for video in videos] == [one + 1 for one in before]
    assert deployed.videos.counts(user).ready == 3
    assert (poller.letters(), deployed.resources.messages(poller.url)) == (0, [])


def _deadly(real: Callable[..., Any], when: str) -> Callable[..., Any]:
    def dies(*given: Any, **named: Any) -> Any:
        if when == "after":
            real(*given, **named)
        raise Killed

    return dies


@both
@pytest.mark.parametrize("service", ["dynamodb", "s3"])
def test_while_something_is_down_messages_come_again_and_lose_nothing(
    deployed: Deployment, user: str, down: Down, provider: str, service: str
) -> None:
    video = opened(deployed, user, provider)
    with down(service):
        assert failed(told(provider, video)) == ["m0"]
    assert failed(told(provider, video)) == []
    assert deployed.state_of(video.video_id).status is Status.READY


def test_a_poison_message_ends_with_the_dead_letters_and_takes_nobody_along(
    deployed: Deployment, user: str, poller: Poller, operated: Operated
) -> None:
    videos = [opened(deployed, user, provider) for provider in ("mux", "cloudflare")]
    poison = {"provider": "mux", "receivedAt": "yesterday", "body": "{}"}
    poller.send(told("mux", videos[0]), poison, "not JSON", told("cloudflare", videos[1]))
    poller.until_given_up()
    assert poller.letters() == 2
    assert [deployed.state_of(video.video_id).status for video in videos] == [Status.READY] * 2
    assert redrive(operated, "inbox") == 2
    poller.until_given_up()
    assert poller.letters() == 2
