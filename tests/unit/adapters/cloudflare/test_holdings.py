"""What Cloudflare holds is erased whole, kept private, and made into a file on request."""

from typing import Any

import pytest
from sluice.adapters.cloudflare.holdings import CloudflareHoldings
from sluice.adapters.http import Http
from sluice.domain.errors import Conflict, ProviderRefused, Unavailable
from sluice.domain.facts import RenditionReady

from tests.builders import NOW, VIDEO_ID
from tests.cloudflare_payloads import (
    UID,
    client_of,
    make_cloudflare_video,
    opened,
    paths,
    refusal,
    result,
    shown,
)
from tests.loopback import Peer, answer
from tests.mux_peer import with_facts


def holdings_of(peer: Peer, http: Http) -> CloudflareHoldings:
    return CloudflareHoldings(client_of(peer, http))


def test_all_that_carries_our_id_is_erased(http: Http, peer: Peer) -> None:
    peer.says(result([shown(uid="f" * 32)]), answer(200))
    assert holdings_of(peer, http).erase(make_cloudflare_video(*opened())) == 2
    assert paths(peer)[0] == ("GET", f"?creator={VIDEO_ID}")
    assert set(paths(peer)[1:]) == {("DELETE", f"/{UID}"), ("DELETE", f"/{'f' * 32}")}


def test_erasing_again_or_nothing_at_all_is_harmless(http: Http, peer: Peer) -> None:
    peer.says(result([]), refusal(404), result([]))
    assert holdings_of(peer, http).erase(make_cloudflare_video(*opened())) == 0
    assert holdings_of(peer, http).erase(make_cloudflare_video()) == 0


@pytest.mark.parametrize(
    ("answers", "held"),
    [
        ([result(shown())], True),
        ([refusal(404), result([shown(uid="f" * 32)])], True),
        ([refusal(404), result([])], False),
    ],
)
def test_whether_anything_is_left_is_asked_by_its_id_and_by_ours(
    http: Http, peer: Peer, answers: list[Any], held: bool
) -> None:
    peer.says(*answers)
    assert holdings_of(peer, http).holds(make_cloudflare_video(*opened())) is held


def test_what_could_not_be_erased_is_said_so_that_it_is_tried_again(http: Http, peer: Peer) -> None:
    peer.says(result([]), answer(500))
    with pytest.raises(Unavailable):
        holdings_of(peer, http).erase(make_cloudflare_video(*opened()))


def test_trap_40_a_private_video_that_plays_without_a_token_is_closed_and_read_back(
    http: Http, peer: Peer
) -> None:
    peer.says(
        result(shown("ready", requireSignedURLs=False)), result({}), result(shown("ready", modified=20))
    )
    video = make_cloudflare_video(*opened())
    video = with_facts(video, holdings_of(peer, http).keep_privacy(video, now=NOW))
    assert peer.asked[1].json == {"uid": UID, "requireSignedURLs": True}
    assert video.link("playback_public") is None


def test_trap_40_a_visibility_that_did_not_stick_is_noticed(http: Http, peer: Peer) -> None:
    peer.says(result(shown("ready", requireSignedURLs=False)))
    with pytest.raises(ProviderRefused) as caught:
        holdings_of(peer, http).keep_privacy(make_cloudflare_video(*opened()), now=NOW)
    assert caught.value.code == "provider_settings_ignored"


def test_what_is_as_it_should_be_is_left_alone(http: Http, peer: Peer) -> None:
    peer.says(result(shown("ready")), refusal(404))
    assert holdings_of(peer, http).keep_privacy(make_cloudflare_video(*opened()), now=NOW)
    assert holdings_of(peer, http).keep_privacy(make_cloudflare_video(*opened()), now=NOW) == ()
    assert holdings_of(peer, http).keep_privacy(make_cloudflare_video(), now=NOW) == ()
    assert [method for method, _ in paths(peer)] == ["GET", "GET"]


def test_a_file_to_download_is_asked_for_once_in_either_documented_shape(http: Http, peer: Peer) -> None:
    busy, done = (
        {"status": "inprogress", "percentComplete": 10.0},
        {"status": "ready", "percentComplete": 100.0},
    )
    peer.says(result({}), result(busy), result({"default": busy}), result({"default": done}))
    holdings, video = holdings_of(peer, http), make_cloudflare_video(*opened())
    told = [holdings.make_download(video, now=NOW) for _ in range(3)]
    assert [any(isinstance(fact, RenditionReady) for fact in facts) for facts in told] == [False, False, True]
    assert [method for method, _ in paths(peer)] == ["GET", "POST", "GET", "GET"]


def test_without_a_video_there_is_nothing_to_download(http: Http, peer: Peer) -> None:
    with pytest.raises(Conflict):
        holdings_of(peer, http).make_download(make_cloudflare_video(), now=NOW)
