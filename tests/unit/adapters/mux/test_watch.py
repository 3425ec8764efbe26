"""Asking Mux about a video: the same facts as from its webhooks, and what no webhook tells."""

from datetime import timedelta

import pytest
from sluice.adapters.dynamodb.poll_budget import Rate
from sluice.adapters.http import Http
from sluice.adapters.mux.watch import MuxWatch
from sluice.adapters.mux.webhook import news
from sluice.domain.errors import Unavailable
from sluice.domain.facts import Failed
from sluice.domain.video import Status

from tests.builders import NOW, at
from tests.fakes.budget import FakePollBudget
from tests.loopback import Peer, answer
from tests.mux_payloads import ASSET_ID, UPLOAD_ID, asset, event, upload
from tests.mux_peer import ASSET_LINKED, client_of, make_mux_video, opened, with_facts

DATE = {"Date": "Sun, 01 Mar 2026 12:00:30 GMT"}


def watch_of(peer: Peer, http: Http, left: int = 10) -> MuxWatch:
    return MuxWatch(client_of(peer, http), FakePollBudget({"mux": Rate(per_second=0.001, burst=left)}))


@pytest.mark.parametrize("status", ["preparing", "ready", "errored"])
def test_an_answer_and_a_webhook_of_the_same_state_are_the_same_facts(
    http: Http, peer: Peer, status: str
) -> None:
    peer.says(answer(200, {"data": asset(status, created_at="1893456000")}, DATE))
    looked = watch_of(peer, http).look(make_mux_video(*opened(), ASSET_LINKED), now=NOW)
    told = news(event("video.asset.updated", asset(status), seconds=30), received_at=NOW)
    assert list(looked) == list(told.facts)


def test_the_providers_time_counts_and_ours_only_if_it_tells_none(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": asset()}))
    facts = watch_of(peer, http).look(make_mux_video(*opened(), ASSET_LINKED), now=at(77))
    assert {fact.at for fact in facts} == {at(77)}


def test_an_upload_that_waits_says_nothing(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": upload()}))
    assert watch_of(peer, http).look(make_mux_video(*opened()), now=NOW) == ()


def test_trap_23_an_upload_is_done_when_mux_says_so(http: Http, peer: Peer) -> None:
    peer.says(
        answer(200, {"data": upload("asset_created")}, DATE), answer(200, {"data": asset("ready")}, DATE)
    )
    video = make_mux_video(*opened())
    video = with_facts(video, watch_of(peer, http).look(video, now=NOW))
    assert (video.status, video.progress, video.link("asset")) == (Status.READY, 100, ASSET_ID)
    assert [asked.path for asked in peer.asked] == [
        f"/video/v1/uploads/{UPLOAD_ID}",
        f"/video/v1/assets/{ASSET_ID}",
    ]


@pytest.mark.parametrize(
    ("seen", "code"),
    [
        (answer(200, {"data": upload("timed_out")}), "upload_expired"),
        (answer(200, {"data": upload("cancelled")}), "upload_cancelled"),
        (
            answer(200, {"data": upload("errored", error={"type": "x", "message": "Nope."})}),
            "processing_failed",
        ),
        (answer(404, {"error": {"type": "not_found"}}), "upload_expired"),
    ],
)
def test_trap_24_what_no_webhook_tells_of_an_upload_is_seen(
    http: Http, peer: Peer, seen: object, code: str
) -> None:
    peer.says(seen)  # type: ignore[arg-type]  # a behaviour
    facts = watch_of(peer, http).look(make_mux_video(*opened()), now=NOW)
    assert [fact.code for fact in facts if isinstance(fact, Failed)] == [code]


def test_an_asset_that_is_gone_cannot_be_played(http: Http, peer: Peer) -> None:
    peer.says(answer(404, {"error": {"type": "not_found"}}))
    facts = watch_of(peer, http).look(make_mux_video(*opened(), ASSET_LINKED), now=NOW)
    assert [fact.code for fact in facts if isinstance(fact, Failed)] == ["provider_deleted"]


def test_a_video_that_mux_never_heard_of_is_not_asked_about(http: Http, peer: Peer) -> None:
    assert watch_of(peer, http).look(make_mux_video(), now=NOW) == ()
    assert peer.asked == []


def test_trap_55_nobody_asks_more_than_all_may_ask_together(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": asset()}))
    watch, video = watch_of(peer, http, left=2), make_mux_video(*opened(), ASSET_LINKED)
    watch.look(video, now=NOW)
    watch.look(video, now=NOW)
    with pytest.raises(Unavailable) as caught:
        watch.look(video, now=NOW)
    assert (caught.value.code, len(peer.asked)) == ("poll_budget_spent", 2)


def test_an_asset_that_is_being_prepared_for_ever_is_no_news(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": asset()}))
    video = make_mux_video(*opened(), ASSET_LINKED)
    video = with_facts(video, watch_of(peer, http).look(video, now=at(1)))
    assert watch_of(peer, http).look(video, now=at(1) + timedelta(hours=23))
    assert watch_of(peer, http).look(video, now=at(1) + timedelta(hours=25)) == ()


def test_no_answer_is_said_and_changes_nothing(http: Http, peer: Peer) -> None:
    peer.says(answer(503))
    with pytest.raises(Unavailable):
        watch_of(peer, http).look(make_mux_video(*opened(), ASSET_LINKED), now=NOW)
