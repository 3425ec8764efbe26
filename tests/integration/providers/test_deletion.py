"""R6: videos deleted at every stage, at every provider: nothing of them is left, and nothing comes back."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.clips import Clips
from tests.integration.providers.departures import delete
from tests.integration.providers.driving import PURGES_TAKE_SECONDS, Json, Providers, until
from tests.integration.providers.leftovers import leftovers
from tests.integration.providers.stages import STAGES, Scene, Stage, late_news
from tests.loopback import Site

# What two processors carry beside everything else within the thirty seconds that API Gateway waits.
_AT_ONCE = 4


@pytest.fixture
def scene(providers: Providers, api: httpx.Client, clip: bytes, site: Site, tmp_path: Path) -> Scene:
    return Scene(providers, api, clip, Clips(tmp_path)["rare_keyframes"].read_bytes(), site)


def receipt(api: httpx.Client, video_id: str) -> Json | None:
    answer: Json = api.get(f"/api/videos/{video_id}/deletion").raise_for_status().json()
    return answer if answer["status"] == "complete" else None


def read_whole(providers: Providers) -> Json | None:
    """An audit that no busy machine kept from anything."""
    report = providers.audit()
    return None if report["unread"] else report


def test_whatever_stage_a_video_is_deleted_at_nothing_of_it_is_left(scene: Scene) -> None:
    late_news(scene.providers)

    def leave(stage: Stage) -> str:
        video_id, after = stage.reach(scene)
        delete(scene.api, video_id)
        after()
        return video_id

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        ids = dict(zip(STAGES, pool.map(leave, STAGES), strict=True))
    for stage, video_id in ids.items():
        until(partial(receipt, scene.api, video_id), f"{stage} is verified", patience=PURGES_TAKE_SECONDS)
    gone = set(ids.values())
    until(lambda: not leftovers(scene.providers, gone) or None, "nothing is left", every=2)
    gallery = scene.api.get("/api/videos").json()
    assert (gallery["videos"], gallery["totalCount"]) == ([], 0)
    for video_id in gone:
        assert scene.api.get(f"/api/videos/{video_id}").status_code == 404
    report = until(lambda: read_whole(scene.providers), "everything can be read", every=2)
    assert not [one for one in report["examples"] if one["videoId"] in gone]
    assert report["miscounted"] == []
