"""Cloudflare's inventory: all videos with ids of ours, page by page, each once."""

from typing import Any

from sluice.adapters.cloudflare.inventory import CloudflareInventory
from sluice.adapters.http import Http

from tests.builders import VIDEO_ID
from tests.cloudflare_payloads import client_of, paths, result, shown
from tests.loopback import Peer


def listed(http: Http, peer: Peer) -> list[str | None]:
    inventory = CloudflareInventory(client_of(peer, http), pause=lambda _seconds: None)
    return [one.their_id for one in inventory.holdings()]


def video(number: int, **changes: Any) -> dict[str, Any]:
    return shown(uid=f"{number:032x}", created=f"2026-03-01T12:00:{number % 60:02}Z", **changes)


def test_what_carries_an_id_of_ours_is_listed_and_nothing_else(http: Http, peer: Peer) -> None:
    foreign = {"creator": "somebody", "meta": {}}
    peer.says(result([video(1), video(2, **foreign), {"uid": 7}]))
    assert listed(http, peer) == [f"{1:032x}"]
    assert VIDEO_ID not in paths(peer)[0][1]


def test_a_full_page_is_followed_by_what_is_older_and_nothing_comes_twice(http: Http, peer: Peer) -> None:
    full = [video(number) for number in range(1000)]
    peer.says(result(full), result([full[-1], video(1001)]))
    assert len(listed(http, peer)) == 1001
    assert paths(peer)[1][1] == "?end=2026-03-01T12%3A00%3A39Z&limit=1000"


def test_a_page_that_does_not_get_older_is_the_last(http: Http, peer: Peer) -> None:
    full = [video(0) for _ in range(1000)]
    peer.says(result(full), result(full))
    assert len(listed(http, peer)) == 1
