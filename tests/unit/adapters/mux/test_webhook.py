"""What a Mux delivery says, and what it must not be taken to say."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.mux.webhook import news, verify
from sluice.domain.errors import Malformed
from sluice.domain.facts import (
    Failed,
    LadderCompleted,
    PlaybackReady,
    ProcessingStarted,
    ProviderLinked,
    RenditionReady,
    SourceProbed,
)
from sluice.domain.media_facts import MediaFacts
from sluice.usecases.provider_ports import ProviderNews

from tests.builders import NOW, VIDEO_ID, at
from tests.mux_payloads import (
    ASSET_ID,
    PUBLIC_ID,
    SIGNED_ID,
    UPLOAD_ID,
    asset,
    event,
    iso,
    rendition,
    upload,
)


def heard(raw: bytes) -> ProviderNews:
    return news(raw, received_at=at(100))


def kinds(told: ProviderNews) -> set[type]:
    return {type(fact) for fact in told.facts}


def test_an_asset_that_is_ready_is_told_whole() -> None:
    told = heard(event("video.asset.ready", asset("ready"), seconds=5))
    assert (told.video_id, told.ids) == (VIDEO_ID, {"upload": UPLOAD_ID, "asset": ASSET_ID})
    media = MediaFacts(duration_seconds=12.34, width=1280, height=720, frame_rate=30, has_audio=True)
    assert set(told.facts) == {
        ProviderLinked(at=at(5), kind="asset", provider_id=ASSET_ID),
        ProviderLinked(at=at(5), kind="playback", provider_id=SIGNED_ID),
        ProviderLinked(at=at(5), kind="playback_public", provider_id=""),
        PlaybackReady(at=at(5)),
        LadderCompleted(at=at(5)),
        SourceProbed(at=at(5), media=media),
    }


def test_trap_15_an_uploads_id_is_never_taken_for_an_assets() -> None:
    told = heard(event("video.upload.asset_created", upload("asset_created")))
    linked = [fact for fact in told.facts if isinstance(fact, ProviderLinked)]
    assert linked == [ProviderLinked(at=at(1), kind="asset", provider_id=ASSET_ID)]
    assert told.ids == {"upload": UPLOAD_ID, "asset": ASSET_ID}


@pytest.mark.parametrize("kind", ["created", "ready", "errored", "deleted"])
def test_trap_15_a_tracks_event_names_its_asset_beside_the_track(kind: str) -> None:
    track = {"id": "TRK1", "type": "text", "asset_id": ASSET_ID, "status": kind}
    told = heard(event(f"video.asset.track.{kind}", track))
    assert (told.ids, told.facts) == ({"asset": ASSET_ID}, ())


@pytest.mark.parametrize("kind", ["created", "errored", "deleted", "skipped"])
def test_trap_15_a_renditions_event_says_nothing_of_the_asset(kind: str) -> None:
    told = heard(event(f"video.asset.static_rendition.{kind}", rendition(kind)))
    assert (told.ids, told.facts) == ({"asset": ASSET_ID}, ())


def test_a_rendition_that_is_ready_can_be_downloaded() -> None:
    told = heard(event("video.asset.static_rendition.ready", rendition()))
    assert (told.video_id, kinds(told)) == (VIDEO_ID, {RenditionReady})


def test_the_older_family_of_renditions_carries_the_asset() -> None:
    files = {"status": "ready", "files": [{"name": "capped-1080p.mp4", "status": "ready", "bitrate": "99"}]}
    told = heard(event("video.asset.static_renditions.ready", asset("ready", static_renditions=files)))
    assert RenditionReady in kinds(told)


def test_trap_16_what_plays_is_linked_by_playback_id() -> None:
    told = heard(event("video.asset.created", asset()))
    assert ProviderLinked(at=at(1), kind="playback", provider_id=SIGNED_ID) in told.facts


@pytest.mark.parametrize("kind", ["video.asset.created", "video.asset.ready", "video.asset.updated"])
def test_trap_17_any_event_of_the_asset_links_it(kind: str) -> None:
    told = heard(event(kind, asset("ready")))
    assert (told.video_id, told.ids) == (VIDEO_ID, {"upload": UPLOAD_ID, "asset": ASSET_ID})


def test_trap_19_another_delivery_of_an_event_has_the_same_key() -> None:
    first = event("video.asset.ready", asset("ready"))
    assert heard(first).key == heard(first).key == "mux:evt-video.asset.ready-1"


def test_trap_20_the_key_is_the_events_id_since_bodies_change_with_each_attempt() -> None:
    attempt = {"id": "1", "response_status_code": 500, "max_attempts": 30}
    first, again = (event("video.asset.ready", asset("ready"), attempts=one) for one in ([], [attempt]))
    assert first != again
    assert heard(first) == heard(again)


def test_trap_21_playback_ids_are_chosen_by_policy_and_never_by_place() -> None:
    ids = [
        {"id": PUBLIC_ID, "policy": "public"},
        {"id": "D", "policy": "drm"},
        {"id": SIGNED_ID, "policy": "signed"},
    ]
    told = heard(event("video.asset.created", asset(playback_ids=ids)))
    assert ProviderLinked(at=at(1), kind="playback", provider_id=SIGNED_ID) in told.facts
    assert ProviderLinked(at=at(1), kind="playback_public", provider_id=PUBLIC_ID) in told.facts


@pytest.mark.parametrize("ids", [[], None, "PBK", [{"policy": "signed"}], [{"id": "D", "policy": "drm"}]])
def test_trap_21_an_asset_without_a_playback_id_cannot_be_played(ids: object) -> None:
    told = heard(event("video.asset.ready", asset("ready", playback_ids=ids)))
    assert PlaybackReady not in kinds(told)
    assert [fact.code for fact in told.facts if isinstance(fact, Failed)] == ["not_playable"]


def test_trap_26_an_error_is_an_object_with_messages() -> None:
    told = heard(event("video.asset.errored", asset("errored")))
    assert Failed(at=at(1), code="not_a_video", message="The input is not a video.") in told.facts


@pytest.mark.parametrize(
    "errors", [None, {}, [], "broken", {"type": 5, "messages": "x"}, {"type": "new", "messages": [None]}]
)
def test_trap_26_an_error_of_another_shape_is_still_an_error(errors: object) -> None:
    told = heard(event("video.asset.errored", asset("errored", errors=errors)))
    assert [fact.code for fact in told.facts if isinstance(fact, Failed)] == ["processing_failed"]


@pytest.mark.parametrize("created_at", [1893456000, "1893456000"])
def test_trap_26_the_assets_own_time_may_be_number_or_text_and_the_events_counts(created_at: object) -> None:
    told = heard(event("video.asset.created", asset(created_at=created_at), seconds=7))
    assert {fact.at for fact in told.facts} == {at(7)}


def test_trap_26_an_unknown_duration_is_no_duration() -> None:
    for duration in (-1, None, "long"):
        assert SourceProbed not in kinds(heard(event("video.asset.ready", asset("ready", duration=duration))))


@pytest.mark.parametrize(
    "kind", ["video.live_stream.active", "video.asset.remembered.fondly", "robots.job.done"]
)
def test_trap_29_an_event_that_means_nothing_to_us_says_nothing(kind: str) -> None:
    told = heard(event(kind, asset("ready")))
    assert (told.kind, told.facts) == (kind, ())


@pytest.mark.parametrize("carried", [None, "", "42", "vid_not-one", f"{VIDEO_ID}x", 7, {"id": VIDEO_ID}])
def test_trap_31_only_an_id_of_our_form_is_ours(carried: object) -> None:
    assert heard(event("video.asset.ready", asset("ready", passthrough=carried))).video_id is None


def test_trap_31_events_of_another_environment_say_nothing() -> None:
    raw = event("video.asset.ready", asset("ready"))
    told = news(raw, received_at=NOW, environment_id="env02")
    assert (told.video_id, told.ids, told.facts, told.kind) == (None, {}, (), "video.asset.ready")
    assert news(raw, received_at=NOW, environment_id="env01").facts


def test_trap_32_the_providers_own_ids_come_along_so_that_they_can_be_compared() -> None:
    told = heard(event("video.asset.ready", asset("ready", upload_id="of-somebody-else")))
    assert (told.video_id, told.ids["upload"]) == (VIDEO_ID, "of-somebody-else")


def test_data_that_is_not_the_object_named_says_nothing() -> None:
    told = heard(event("video.asset.ready", asset("ready"), object={"type": "asset", "id": "another"}))
    assert (told.video_id, told.facts) == (None, ())


def test_an_upload_that_failed_without_an_asset_has_failed() -> None:
    told = heard(event("video.upload.errored", upload("waiting")))
    assert [fact.code for fact in told.facts if isinstance(fact, Failed)] == ["processing_failed"]


def test_why_an_upload_with_an_asset_failed_is_for_the_asset_to_say() -> None:
    assert kinds(heard(event("video.upload.errored", upload("asset_created")))) == {
        ProviderLinked,
        ProcessingStarted,
    }


def test_an_asset_deleted_at_mux_cannot_be_played_any_more() -> None:
    told = heard(event("video.asset.deleted", asset("ready")))
    assert [fact.code for fact in told.facts if isinstance(fact, Failed)] == ["provider_deleted"]


@pytest.mark.parametrize("data", [{}, None, [], {"id": ASSET_ID}, {"id": None, "status": "ready"}])
def test_a_body_with_hardly_any_data_is_survived(data: Any) -> None:
    raw = json.dumps({"type": "video.asset.ready", "id": "evt-0001", "data": data}).encode()
    assert PlaybackReady not in kinds(heard(raw))


def test_an_event_without_a_time_counts_from_when_it_came() -> None:
    told = heard(event("video.asset.ready", asset("ready"), created_at="soon"))
    assert {fact.at for fact in told.facts} == {at(100)}


def test_an_event_without_an_id_is_known_by_its_bytes() -> None:
    one, other = (event("video.asset.ready", asset("ready"), id=None, created_at=iso(n)) for n in (1, 2))
    assert heard(one).key != heard(other).key


@pytest.mark.parametrize("raw", [b"", b"[]", b"<html>", b'{"type":'])
def test_what_is_no_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        heard(raw)


nested = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)
events = st.sampled_from(
    [json.loads(event("video.asset.ready", asset("ready", errors={}, static_renditions={})))]
)


@given(events, st.data())
def test_no_value_in_any_place_is_an_error_of_ours(whole: dict[str, Any], data: st.DataObject) -> None:
    mutated = json.loads(json.dumps(whole))
    mutated["type"] = data.draw(
        st.sampled_from(
            ["video.asset.ready", "video.asset.errored", "video.upload.errored", "video.asset.track.x"]
        )
    )
    place = data.draw(st.sampled_from([mutated, mutated["data"]]))
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(nested)
    told = heard(json.dumps(mutated).encode())
    assert told.provider == "mux"


def test_muxs_header_is_the_one_verified() -> None:
    body = b'{"type":"video.asset.ready","id":"evt-0001","data":{"id":"ast-0001"}}'
    digest = "ad8e94ee02bcf8d504ca59baacbde2f25a0bd8e4592cf71bef81f75ddd2ca381"
    now = NOW.fromtimestamp(1_700_000_000, NOW.tzinfo)
    headers = {"mux-signature": f"t=1700000000,v1={digest}"}
    assert verify(body, headers, secrets=("whsec_demo_0001",), now=now) == now
