"""Asking Cloudflare about a video: the same facts as from its webhook, and what that never tells."""

from datetime import timedelta
from typing import Any

import pytest
from sluice.adapters.cloudflare.watch import CloudflareWatch
from sluice.adapters.cloudflare.webhook import news
from sluice.adapters.dynamodb.poll_budget import Rate
from sluice.adapters.http import Http
from sluice.domain.deadlines import due_at
from sluice.domain.errors import Unavailable
from sluice.domain.facts import Failed, ProcessingStarted
from sluice.domain.video import Status

from tests.builders import NOW, PATIENCE, at
from tests.cloudflare_payloads import (
    UID,
    body,
    client_of,
    failed,
    make_cloudflare_video,
    opened,
    paths,
    refusal,
    result,
    shown,
)
from tests.fakes.budget import FakePollBudget
from tests.loopback import Peer, answer
from tests.mux_peer import with_facts


def watch_of(peer: Peer, http: Http, left: int = 10) -> CloudflareWatch:
    return CloudflareWatch(
        client_of(peer, http), FakePollBudget({"cloudflare": Rate(per_second=0.001, burst=left)})
    )


@pytest.mark.parametrize(
    "video", [shown("ready", modified=9, percent=100), shown("inprogress", modified=5, percent=20), failed()]
)
def test_an_answer_and_a_webhook_of_the_same_state_are_the_same_facts(
    http: Http, peer: Peer, video: dict[str, Any]
) -> None:
    peer.says(result(video))
    looked = watch_of(peer, http).look(make_cloudflare_video(*opened()), now=NOW)
    told = news(body(video), received_at=NOW)
    still = ProcessingStarted(at=at(30))
    assert [fact for fact in looked if fact != still] == list(told.facts)


def test_a_video_that_is_worked_on_is_not_given_up_although_nothing_changes(http: Http, peer: Peer) -> None:
    peer.says(result(shown("inprogress", modified=5, percent=20)))
    video = make_cloudflare_video(*opened())
    video = with_facts(video, watch_of(peer, http).look(video, now=NOW))
    assert (video.status, video.progress, video.heard_at) == (Status.PROCESSING, 20, at(30))
    assert due_at(video, PATIENCE) == at(30) + PATIENCE.processing


def test_the_rest_of_the_ladder_is_seen_by_asking(http: Http, peer: Peer) -> None:
    video = with_facts(
        make_cloudflare_video(*opened()), news(body(shown("ready", percent=39)), received_at=NOW).facts
    )
    assert (video.status, video.progress) == (Status.READY, 39)
    peer.says(result(shown("ready", modified=20, percent=100)))
    video = with_facts(video, watch_of(peer, http).look(video, now=NOW))
    assert (video.progress, due_at(video, PATIENCE)) == (100, None)


def test_trap_24_an_upload_that_has_expired_is_deleted_and_its_quota_free(http: Http, peer: Peer) -> None:
    peer.says(result(shown(uploadExpiry="2026-03-01T12:00:29Z")), answer(200))
    facts = watch_of(peer, http).look(make_cloudflare_video(*opened()), now=NOW)
    assert [fact.code for fact in facts if isinstance(fact, Failed)] == ["upload_expired"]
    assert paths(peer)[-1] == ("DELETE", f"/{UID}")


def test_an_upload_that_waits_is_left_alone(http: Http, peer: Peer) -> None:
    peer.says(result(shown()))
    video = make_cloudflare_video(*opened())
    assert with_facts(video, watch_of(peer, http).look(video, now=NOW)).status is Status.UPLOADING
    assert len(peer.asked) == 1


@pytest.mark.parametrize(("arrived", "code"), [(False, "upload_expired"), (True, "provider_deleted")])
def test_a_video_that_is_gone_is_said_to_be(http: Http, peer: Peer, arrived: bool, code: str) -> None:
    peer.says(refusal(404))
    started = (ProcessingStarted(at=at(3)),) if arrived else ()
    facts = watch_of(peer, http).look(make_cloudflare_video(*opened(), *started), now=NOW)
    assert [fact.code for fact in facts if isinstance(fact, Failed)] == [code]


def test_a_video_that_cloudflare_never_heard_of_is_not_asked_about(http: Http, peer: Peer) -> None:
    assert watch_of(peer, http).look(make_cloudflare_video(), now=NOW) == ()
    assert peer.asked == []


def test_trap_55_nobody_asks_more_than_all_may_ask_together(http: Http, peer: Peer) -> None:
    with pytest.raises(Unavailable) as caught:
        watch_of(peer, http, left=0).look(make_cloudflare_video(*opened()), now=NOW)
    assert (caught.value.code, peer.asked) == ("poll_budget_spent", [])


def test_a_video_that_is_worked_on_for_ever_is_no_news(http: Http, peer: Peer) -> None:
    peer.says(result(shown("inprogress", modified=5)))
    video = with_facts(make_cloudflare_video(*opened()), [ProcessingStarted(at=at(3))])
    facts = watch_of(peer, http).look(video, now=at(3) + timedelta(hours=25))
    assert due_at(with_facts(video, facts), PATIENCE) == at(5) + PATIENCE.processing
