"""Mux's inventory: all assets and waiting uploads with ids of ours, page by page."""

from typing import Any

from sluice.adapters.http import Http
from sluice.adapters.mux.inventory import MuxInventory

from tests.builders import VIDEO_ID
from tests.loopback import Peer, answer
from tests.mux_payloads import asset, upload
from tests.mux_peer import client_of


def listed(http: Http, peer: Peer) -> list[tuple[str, str, str | None]]:
    pauses: list[float] = []
    inventory = MuxInventory(client_of(peer, http), pause=pauses.append)
    found = [(one.kind, one.video_id, one.their_id) for one in inventory.holdings()]
    assert all(pause >= 0.2 for pause in pauses), "Mux sustains five reads a second"
    return found


def test_what_carries_an_id_of_ours_is_listed_and_nothing_else(http: Http, peer: Peer) -> None:
    settings: dict[str, Any] = {"new_asset_settings": {"passthrough": VIDEO_ID}}
    peer.says(
        answer(
            200, {"data": [asset(id="A"), asset(id="B", passthrough="42"), asset(id="C", passthrough=None)]}
        ),
        answer(200, {"data": [upload(id="U", **settings), upload("cancelled", id="V", **settings)]}),
    )
    assert listed(http, peer) == [("asset", VIDEO_ID, "A"), ("upload", VIDEO_ID, "U")]


def test_a_full_page_is_followed_by_another(http: Http, peer: Peer) -> None:
    page = [asset(id=f"A{number}") for number in range(100)]
    peer.says(answer(200, {"data": page}), answer(200, {"data": page[:1]}), answer(200, {"data": []}))
    assert len(listed(http, peer)) == 101
    assert [asked.path.partition("?")[2] for asked in peer.asked] == [
        "limit=100&page=1",
        "limit=100&page=2",
        "limit=100&page=1",
    ]
