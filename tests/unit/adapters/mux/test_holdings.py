"""What Mux holds is erased whole, kept private, and made into a file on request."""

from typing import Any

import pytest
from sluice.adapters.http import Http
from sluice.adapters.mux.holdings import MuxHoldings
from sluice.domain.errors import Conflict, Unavailable
from sluice.domain.facts import CreateUnanswered, PlaybackReady, ProviderLinked, RenditionReady

from tests.builders import NOW, VIDEO_ID, at
from tests.loopback import Peer, answer
from tests.mux_payloads import ASSET_ID, PUBLIC_ID, SIGNED_ID, UPLOAD_ID, asset, rendition, upload
from tests.mux_peer import ASSET_LINKED, client_of, make_mux_video, opened, with_facts

BOTH = [{"id": PUBLIC_ID, "policy": "public"}, {"id": SIGNED_ID, "policy": "signed"}]


def holdings_of(peer: Peer, http: Http) -> MuxHoldings:
    return MuxHoldings(client_of(peer, http))


def calls(peer: Peer) -> list[tuple[str, str]]:
    return [(asked.method, asked.path.removeprefix("/video/v1")) for asked in peer.asked]


def test_upload_and_asset_are_erased(http: Http, peer: Peer) -> None:
    peer.says(answer(403, {}), answer(200, {"data": [asset()]}), answer(204))
    assert holdings_of(peer, http).erase(make_mux_video(*opened(), ASSET_LINKED)) == 1
    assert calls(peer) == [
        ("PUT", f"/uploads/{UPLOAD_ID}/cancel"),
        ("GET", f"/assets?upload_id={UPLOAD_ID}&limit=100"),
        ("DELETE", f"/assets/{ASSET_ID}"),
    ]


def test_an_asset_that_nobody_told_us_of_is_found_by_its_upload(http: Http, peer: Peer) -> None:
    peer.says(answer(403, {}), answer(200, {"data": [asset(id="UNHEARD")]}), answer(204))
    assert holdings_of(peer, http).erase(make_mux_video(*opened())) == 1
    assert calls(peer)[-1] == ("DELETE", "/assets/UNHEARD")


def test_erasing_again_or_nothing_at_all_is_harmless(http: Http, peer: Peer) -> None:
    peer.says(answer(404), answer(200, {"data": []}), answer(404))
    assert holdings_of(peer, http).erase(make_mux_video(*opened(), ASSET_LINKED)) == 0
    assert holdings_of(peer, http).erase(make_mux_video()) == 0


def test_assets_that_nobody_was_told_of_are_found_by_our_id_where_an_answer_was_lost(
    http: Http, peer: Peer
) -> None:
    page = [asset(id="OURS", passthrough=VIDEO_ID), asset(id="THEIRS", passthrough="other")]
    peer.says(answer(200, {"data": page}), answer(204))
    assert holdings_of(peer, http).erase(make_mux_video(CreateUnanswered(at=NOW))) == 1
    assert calls(peer) == [("GET", "/assets?limit=100&page=1"), ("DELETE", "/assets/OURS")]


def test_it_is_looked_for_no_further_than_among_the_newest(http: Http, peer: Peer) -> None:
    others = [asset(id=f"A{number}", passthrough="other") for number in range(100)]
    peer.says(*[answer(200, {"data": others}) for _ in range(3)])
    assert not holdings_of(peer, http).holds(make_mux_video(CreateUnanswered(at=NOW)))
    assert len(calls(peer)) == 3


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ([answer(200, {"data": upload(status="waiting")})], True),
        ([answer(200, {"data": upload(status="cancelled")}), answer(200, {"data": asset()})], True),
        ([answer(404), answer(404), answer(200, {"data": [asset(id="UNHEARD")]})], True),
        ([answer(404), answer(404), answer(200, {"data": []})], False),
    ],
)
def test_whether_anything_is_left_is_asked_of_upload_and_asset(
    http: Http, peer: Peer, answers: list[Any], held: bool
) -> None:
    peer.says(*answers)
    assert holdings_of(peer, http).holds(make_mux_video(*opened(), ASSET_LINKED)) is held


def test_what_could_not_be_erased_is_said_so_that_it_is_tried_again(http: Http, peer: Peer) -> None:
    peer.says(answer(500))
    with pytest.raises(Unavailable):
        holdings_of(peer, http).erase(make_mux_video(ASSET_LINKED))


def test_trap_22_a_public_playback_id_left_on_a_private_video_is_removed(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": asset("ready", playback_ids=BOTH)}), answer(204))
    video = make_mux_video(ASSET_LINKED)
    video = with_facts(video, holdings_of(peer, http).keep_privacy(video, now=NOW))
    assert calls(peer)[1:] == [("DELETE", f"/assets/{ASSET_ID}/playback-ids/{PUBLIC_ID}")]
    assert (video.link("playback"), video.link("playback_public")) == (SIGNED_ID, None)


def test_what_was_heard_in_the_same_second_does_not_outlive_its_removal(http: Http, peer: Peer) -> None:
    """Events carry fractions of a second, answers whole ones."""
    peer.says(answer(200, {"data": asset("ready", playback_ids=BOTH)}), answer(204))
    heard = ProviderLinked(at=at(0.9), kind="playback_public", provider_id=PUBLIC_ID)
    video = make_mux_video(ASSET_LINKED, heard)
    video = with_facts(video, holdings_of(peer, http).keep_privacy(video, now=NOW))
    assert video.link("playback_public") is None


def test_a_private_video_without_a_signed_id_gets_one(http: Http, peer: Peer) -> None:
    only_public = asset("ready", playback_ids=BOTH[:1])
    peer.says(
        answer(200, {"data": only_public}),
        answer(201, {"data": {"id": "NEW", "policy": "signed"}}),
        answer(204),
    )
    video = make_mux_video(ASSET_LINKED)
    video = with_facts(video, holdings_of(peer, http).keep_privacy(video, now=NOW))
    assert (video.link("playback"), video.link("playback_public")) == ("NEW", None)
    assert peer.asked[1].json == {"policy": "signed"}


def test_a_public_video_gets_a_public_id_as_well(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": asset("ready")}), answer(201, {"data": {"id": "NEW", "policy": "public"}}))
    video = make_mux_video(ASSET_LINKED, visibility="public")
    video = with_facts(video, holdings_of(peer, http).keep_privacy(video, now=NOW))
    assert (video.link("playback"), video.link("playback_public")) == (SIGNED_ID, "NEW")


def test_what_is_as_it_should_be_is_left_alone(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": asset("ready")}))
    facts = holdings_of(peer, http).keep_privacy(make_mux_video(ASSET_LINKED), now=NOW)
    assert any(isinstance(fact, PlaybackReady) for fact in facts)
    assert len(peer.asked) == 1
    assert holdings_of(peer, http).keep_privacy(make_mux_video(), now=NOW) == ()


def test_a_file_to_download_is_asked_for_once(http: Http, peer: Peer) -> None:
    peer.says(
        answer(200, {"data": asset("ready")}),
        answer(201, {"data": rendition("preparing")}),
        answer(200, {"data": asset("ready", static_renditions={"files": [rendition("preparing")]})}),
        answer(200, {"data": asset("ready", static_renditions={"files": [rendition()]})}),
    )
    holdings, video = holdings_of(peer, http), make_mux_video(ASSET_LINKED)
    told = [holdings.make_download(video, now=NOW) for _ in range(3)]
    assert [any(isinstance(fact, RenditionReady) for fact in facts) for facts in told] == [False, False, True]
    assert [asked.json for asked in peer.asked if asked.method == "POST"] == [
        {"resolution": "highest", "passthrough": video.video_id}
    ]


def test_without_an_asset_there_is_nothing_to_download(http: Http, peer: Peer) -> None:
    with pytest.raises(Conflict):
        holdings_of(peer, http).make_download(make_mux_video(), now=NOW)
