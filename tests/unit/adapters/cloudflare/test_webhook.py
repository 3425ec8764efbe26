"""What a delivery of Cloudflare Stream says, and what it must not be taken to say."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.adapters.cloudflare.webhook import news, verify
from sluice.domain.errors import Malformed
from sluice.domain.facts import (
    Failed,
    LadderCompleted,
    PlaybackReady,
    ProcessingStarted,
    ProgressMade,
    ProviderLinked,
    SourceProbed,
)
from sluice.domain.media_facts import MediaFacts
from sluice.usecases.provider_ports import ProviderNews

from tests.builders import VIDEO_ID, at, video_id
from tests.cloudflare_payloads import UID, body, failed, shown


def heard(video: dict[str, Any]) -> ProviderNews:
    return news(body(video), received_at=at(100))


def kinds(told: ProviderNews) -> set[type]:
    return {type(fact) for fact in told.facts}


def test_a_video_that_is_ready_is_told_whole() -> None:
    told = heard(shown("ready", modified=9, percent=100))
    media = MediaFacts(duration_seconds=12.5, width=1280, height=720, size_bytes=1_000_000)
    assert (told.video_id, told.ids, told.kind) == (VIDEO_ID, {"asset": UID}, "ready")
    assert set(told.facts) == {
        ProviderLinked(at=at(0), kind="asset", provider_id=UID),
        ProviderLinked(at=at(9), kind="playback_public", provider_id=""),
        ProcessingStarted(at=at(3)),
        PlaybackReady(at=at(8)),
        PlaybackReady(at=at(9)),
        ProgressMade(at=at(9), percent=100),
        LadderCompleted(at=at(9)),
        SourceProbed(at=at(9), media=media),
    }


def test_trap_19_an_event_is_known_by_video_state_and_time_of_change() -> None:
    one = heard(shown("ready", modified=9, percent=39))
    assert one.key == heard(shown("ready", modified=9, percent=39)).key
    others = [
        shown("ready", modified=10),
        shown("inprogress", modified=9),
        shown("ready", modified=9, uid="2"),
    ]
    assert all(one.key != heard(other).key for other in others)


def test_trap_26_progress_is_text() -> None:
    assert ProgressMade(at=at(5), percent=39) in heard(shown("inprogress", modified=5, percent=39)).facts


@pytest.mark.parametrize("percent", [None, "", "much", -5, 250, {}])
def test_trap_26_progress_of_another_kind_is_no_error(percent: object) -> None:
    told = heard(shown("inprogress", status={"state": "inprogress", "pctComplete": percent}))
    assert all(0 <= fact.percent <= 100 for fact in told.facts if isinstance(fact, ProgressMade))


def test_trap_27_ready_to_stream_is_the_gate_and_not_a_hundred_percent() -> None:
    told = heard(shown("ready", modified=9, percent=39))
    assert PlaybackReady in kinds(told)
    assert LadderCompleted not in kinds(told)


def test_trap_27_ready_without_ready_to_stream_is_not_playable() -> None:
    assert PlaybackReady not in kinds(heard(shown("ready", readyToStream=False)))


@pytest.mark.parametrize("prefix", ["error", "err"])
@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("ERR_NON_VIDEO", "not_a_video"),
        ("ERR_DURATION_EXCEED_CONSTRAINT", "too_long"),
        ("ERR_DURATION_TOO_SHORT", "too_short"),
        ("ERR_MALFORMED_VIDEO", "broken_source"),
        ("ERR_FETCH_ORIGIN_ERROR", "import_failed"),
        ("ERR_UNKNOWN", "processing_failed"),
        ("ERR_OF_TOMORROW", "processing_failed"),
    ],
)
def test_trap_28_both_spellings_of_the_reason_are_read(prefix: str, code: str, ours: str) -> None:
    told = heard(failed(code, prefix=prefix))
    assert Failed(at=at(9), code=ours, message="not a video") in told.facts


def test_trap_39_a_video_that_is_too_long_fails_after_its_upload() -> None:
    assert ProcessingStarted(at=at(3)) in heard(failed("ERR_DURATION_EXCEED_CONSTRAINT")).facts


@pytest.mark.parametrize(
    "carried",
    [
        {"creator": "user_7", "meta": {"name": "x.bin"}},
        {"creator": None, "meta": None},
        {"creator": VIDEO_ID, "meta": {"videoId": video_id(2)}},
        {"creator": "user_7", "meta": {"videoId": VIDEO_ID}},
    ],
)
def test_trap_31_a_video_that_carries_no_id_of_ours_or_two_is_not_ours(carried: dict[str, Any]) -> None:
    assert heard(shown("ready", **carried)).video_id is None


@pytest.mark.parametrize(
    "carried",
    [{"creator": VIDEO_ID, "meta": {}}, {"creator": None, "meta": {"videoid": VIDEO_ID}}, {"creator": ""}],
)
def test_our_id_is_found_in_either_place_and_in_any_case(carried: dict[str, Any]) -> None:
    assert heard(shown("ready", **carried)).video_id == VIDEO_ID


def test_trap_32_the_uid_comes_along_so_that_it_can_be_compared() -> None:
    assert heard(shown("ready", uid="of-somebody-else")).ids == {"asset": "of-somebody-else"}


def test_what_plays_without_a_token_is_known() -> None:
    told = heard(shown("ready", modified=9, requireSignedURLs=False))
    assert ProviderLinked(at=at(9), kind="playback_public", provider_id=UID) in told.facts


def test_a_video_that_waits_for_its_file_is_not_being_processed() -> None:
    assert kinds(heard(shown())) == {ProviderLinked}


def test_a_body_without_times_counts_from_when_it_came() -> None:
    times = dict.fromkeys(("created", "modified", "uploaded", "readyToStreamAt"))
    told = heard({**shown("ready"), **times})
    assert {fact.at for fact in told.facts} == {at(100)}


@pytest.mark.parametrize(
    "video", [{}, {"uid": 5}, {"uid": UID}, {"uid": UID, "status": "ready"}, {"status": []}]
)
def test_a_body_with_hardly_any_data_is_survived(video: dict[str, Any]) -> None:
    assert kinds(heard(video)) <= {ProviderLinked}


@pytest.mark.parametrize("raw", [b"", b"[]", b"<html>", b'{"uid":'])
def test_what_is_no_object_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed):
        news(raw, received_at=at(0))


nested = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-2, 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(sorted(shown("ready"))), nested, st.sampled_from(["ready", "error", "inprogress"]))
def test_no_value_in_any_place_is_an_error_of_ours(place: str, value: object, state: str) -> None:
    told = news(json.dumps({**shown(state), place: value}).encode(), received_at=at(0))
    assert told.provider == "cloudflare"
    assert told.key.startswith("cloudflare:")


def test_cloudflares_header_is_the_one_verified() -> None:
    raw = b'{"uid":"00000000000000000000000000000001","readyToStream":true}\n'
    digest = "08a74c79cf11dfa8b002c2fe5d7ec256797e7f64b26b7c6722b5826631807594"
    now = datetime.fromtimestamp(1_700_000_000, UTC)
    headers = {"Webhook-Signature": f"time=1700000000,sig1={digest}"}
    assert verify(raw, headers, secrets=("cfsec_demo_0001",), now=now) == now
