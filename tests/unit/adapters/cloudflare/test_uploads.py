"""Uploads are opened at Cloudflare with settings that hold, steered, and never lost track of."""

from base64 import b64decode
from datetime import timedelta
from typing import Any

import pytest
from sluice.adapters.cloudflare.settings import Terms
from sluice.adapters.http import Http
from sluice.domain.errors import Conflict, InvalidFields, OutcomeUnknown, ProviderRefused, Unavailable
from sluice.domain.facts import CreateUnanswered, ProcessingStarted, ProviderLinked, UploadOpened

from tests.builders import NOW, VIDEO_ID
from tests.cloudflare_payloads import (
    TERMS,
    UID,
    make_cloudflare_video,
    opened,
    paths,
    refusal,
    result,
    shown,
    uploads_of,
)
from tests.loopback import Behaviour, Peer, answer, hang
from tests.mux_peer import SEAL, with_facts

FORM_MADE = result({"uid": UID, "uploadURL": "https://upload.example.test/1"})
TUS_MADE = answer(
    201, "", {"Location": "https://upload.example.test/tus/abc?tusv2=true", "stream-media-id": UID}
)
LARGE: dict[str, Any] = {"protocol": "tus", "size_bytes": 300_000_000}


def metadata(header: str) -> dict[str, str | None]:
    """``Upload-Metadata``, read: ``None`` for a flag."""
    pairs = [pair.partition(" ") for pair in header.split(",")]
    return {name: b64decode(value).decode() if space else None for name, space, value in pairs}


def test_a_form_is_asked_for_with_all_that_matters(http: Http, peer: Peer) -> None:
    peer.says(FORM_MADE, result(shown()))
    grant, facts = uploads_of(peer, http).open_upload(make_cloudflare_video(), now=NOW)
    asked = peer.asked[0]
    assert (asked.method, asked.path) == ("POST", "/client/v4/accounts/acc/stream/direct_upload")
    assert asked.headers["authorization"] == "Bearer cf-token"
    assert asked.json == {
        "requireSignedURLs": True,
        "creator": VIDEO_ID,
        "meta": {"name": "Holiday", "videoId": VIDEO_ID},
        "allowedOrigins": ["app.example.test", "localhost:3000"],
        "maxDurationSeconds": 3600,
        "expiry": "2026-03-01T13:00:00Z",
    }
    assert (grant.protocol, grant.method, grant.fields) == ("form", "POST", {})
    assert (grant.upload_url, grant.expires_at) == ("https://upload.example.test/1", NOW + timedelta(hours=1))
    assert facts[0] == ProviderLinked(at=NOW, kind="asset", provider_id=UID)


def test_trap_34_tus_metadata_is_made_by_us(http: Http, peer: Peer) -> None:
    peer.says(TUS_MADE, result(shown()))
    video = make_cloudflare_video(title="Ferien, ein Tag = schön", **LARGE)
    grant, _ = uploads_of(peer, http).open_upload(video, now=NOW)
    asked = peer.asked[0]
    assert (asked.method, asked.path, asked.body) == (
        "POST",
        "/client/v4/accounts/acc/stream?direct_user=true",
        b"",
    )
    assert (asked.headers["tus-resumable"], asked.headers["upload-creator"]) == ("1.0.0", VIDEO_ID)
    assert metadata(asked.headers["upload-metadata"]) == {
        "name": "Ferien, ein Tag = schön",
        "videoId": VIDEO_ID,
        "maxDurationSeconds": "3600",
        "expiry": "2026-03-01T18:00:00Z",
        "allowedorigins": "app.example.test,localhost:3000",
        "requiresignedurls": None,
    }
    assert (grant.protocol, grant.headers, grant.part_size_bytes) == (
        "tus",
        {"Tus-Resumable": "1.0.0"},
        52_428_800,
    )


def test_trap_35_the_length_is_in_bytes(http: Http, peer: Peer) -> None:
    peer.says(TUS_MADE, result(shown()))
    uploads_of(peer, http).open_upload(make_cloudflare_video(**LARGE), now=NOW)
    assert peer.asked[0].headers["upload-length"] == "300000000"


@pytest.mark.parametrize(
    ("size", "wanted", "protocol"),
    [
        (1, None, "form"),
        (200_000_000, None, "form"),
        (200_000_001, None, "tus"),
        (1, "tus", "tus"),
        (300_000_000, "tus", "tus"),
        (1, "form", "form"),
    ],
)
def test_trap_36_what_is_too_large_for_a_form_goes_by_tus(
    http: Http, peer: Peer, size: int, wanted: str | None, protocol: str
) -> None:
    assert uploads_of(peer, http).protocol_for(size, wanted)[0] == protocol


@pytest.mark.parametrize(("size", "wanted"), [(200_000_001, "form"), (1, "put"), (1, "multipart")])
def test_trap_36_what_cannot_be_had_is_refused(http: Http, peer: Peer, size: int, wanted: str) -> None:
    with pytest.raises(InvalidFields):
        uploads_of(peer, http).protocol_for(size, wanted)


def test_trap_37_chunks_are_as_stream_demands(http: Http, peer: Peer) -> None:
    _, chunk = uploads_of(peer, http).protocol_for(300_000_000)
    assert chunk is not None
    assert (chunk % 262_144, 5_242_880 <= chunk <= 209_715_200) == (0, True)


@pytest.mark.parametrize(("minutes", "seconds"), [(0, 1), (1, 60), (60, 3600), (6000, 36_000)])
def test_trap_38_no_more_is_reserved_than_may_be_uploaded(
    http: Http, peer: Peer, minutes: int, seconds: int
) -> None:
    peer.says(FORM_MADE, result(shown(maxDurationSeconds=seconds)))
    terms = Terms(longest=timedelta(minutes=minutes))
    uploads_of(peer, http, terms).open_upload(make_cloudflare_video(), now=NOW)
    assert peer.asked[0].json["maxDurationSeconds"] == seconds
    assert "allowedOrigins" not in peer.asked[0].json


@pytest.mark.parametrize("made", [refusal(413, 10011), refusal(400, 10011)])
def test_trap_38_a_spent_quota_is_said_with_a_code(http: Http, peer: Peer, made: Behaviour) -> None:
    peer.says(made)
    with pytest.raises(ProviderRefused) as caught:
        uploads_of(peer, http).open_upload(make_cloudflare_video(), now=NOW)
    assert caught.value.code == "provider_quota"


@pytest.mark.parametrize("protocol", ["form", "tus"])
@pytest.mark.parametrize(
    "ignored", [{"requireSignedURLs": False}, {"requireSignedURLs": None}, {"maxDurationSeconds": 21_600}]
)
def test_trap_40_settings_that_did_not_stick_are_noticed_and_the_upload_deleted(
    http: Http, peer: Peer, protocol: str, ignored: dict[str, Any]
) -> None:
    peer.says(FORM_MADE if protocol == "form" else TUS_MADE, result(shown(**ignored)), answer(200))
    with pytest.raises(ProviderRefused) as caught:
        uploads_of(peer, http).open_upload(make_cloudflare_video(protocol=protocol), now=NOW)
    assert caught.value.code == "provider_settings_ignored"
    assert paths(peer)[1:] == [("GET", f"/{UID}"), ("DELETE", f"/{UID}")]


def test_trap_40_what_cannot_be_read_back_is_not_handed_out(http: Http, peer: Peer) -> None:
    peer.says(FORM_MADE, refusal(403), answer(200))
    with pytest.raises(ProviderRefused):
        uploads_of(peer, http).open_upload(make_cloudflare_video(), now=NOW)
    assert paths(peer)[-1] == ("DELETE", f"/{UID}")


def test_a_public_video_needs_no_token(http: Http, peer: Peer) -> None:
    peer.says(
        FORM_MADE, result(shown(requireSignedURLs=False)), TUS_MADE, result(shown(requireSignedURLs=False))
    )
    uploads = uploads_of(peer, http)
    uploads.open_upload(make_cloudflare_video(visibility="public"), now=NOW)
    uploads.open_upload(make_cloudflare_video(visibility="public", protocol="tus"), now=NOW)
    assert peer.asked[0].json["requireSignedURLs"] is False
    assert "requiresignedurls" not in peer.asked[2].headers["upload-metadata"]


def test_trap_41_the_uid_is_the_one_told_and_not_one_in_the_url(http: Http, peer: Peer) -> None:
    peer.says(TUS_MADE, result(shown()))
    _, facts = uploads_of(peer, http).open_upload(make_cloudflare_video(**LARGE), now=NOW)
    assert facts[0] == ProviderLinked(at=NOW, kind="asset", provider_id=UID)


@pytest.mark.parametrize("headers", [{"Location": "https://x"}, {"stream-media-id": UID}, {}])
def test_a_tus_answer_without_its_headers_is_a_refusal(
    http: Http, peer: Peer, headers: dict[str, str]
) -> None:
    peer.says(answer(201, "", headers))
    with pytest.raises(ProviderRefused):
        uploads_of(peer, http).open_upload(make_cloudflare_video(**LARGE), now=NOW)


def test_trap_44_the_url_is_kept_sealed_and_given_again(http: Http, peer: Peer) -> None:
    peer.says(TUS_MADE, result(shown()))
    uploads, video = uploads_of(peer, http), make_cloudflare_video(**LARGE)
    grant, facts = uploads.open_upload(video, now=NOW)
    kept = next(fact for fact in facts if isinstance(fact, UploadOpened))
    assert "example" not in repr(facts)
    assert SEAL.open(kept.sealed_url, VIDEO_ID) == grant.upload_url
    assert uploads.grant_again(with_facts(video, facts), now=NOW) == grant


def test_an_upload_that_was_never_opened_cannot_be_given_again(http: Http, peer: Peer) -> None:
    with pytest.raises(Conflict):
        uploads_of(peer, http).grant_again(make_cloudflare_video(), now=NOW)


def test_trap_43_a_create_after_one_without_an_answer_is_remembered(hasty: Http, peer: Peer) -> None:
    peer.says(hang(60), FORM_MADE, result(shown()))
    _, facts = uploads_of(peer, hasty).open_upload(make_cloudflare_video(), now=NOW)
    assert CreateUnanswered(at=NOW) in facts


@pytest.mark.parametrize("protocol", ["form", "tus"])
def test_trap_43_a_create_without_any_answer_is_of_unknown_outcome(
    http: Http, peer: Peer, protocol: str
) -> None:
    peer.says(answer(520, "<html>"))
    with pytest.raises(OutcomeUnknown):
        uploads_of(peer, http).open_upload(make_cloudflare_video(protocol=protocol), now=NOW)


def test_trap_43_orphans_are_found_by_our_id_and_deleted(http: Http, peer: Peer) -> None:
    stray = "0000000000000000000000000000000f"
    peer.says(result([shown(), shown(uid=stray), {}]), answer(200))
    assert uploads_of(peer, http).cancel_strays(make_cloudflare_video(*opened())) == 1
    assert paths(peer) == [("GET", f"?creator={VIDEO_ID}"), ("DELETE", f"/{stray}")]


def test_trap_54_a_block_of_minutes_is_obeyed(http: Http, peer: Peer) -> None:
    peer.says(answer(429, {"success": False, "errors": [{"code": 971}]}, {"retry-after": "300"}))
    with pytest.raises(Unavailable) as caught:
        uploads_of(peer, http).open_upload(make_cloudflare_video(), now=NOW)
    assert (caught.value.code, caught.value.retry_after_seconds, len(peer.asked)) == ("provider_busy", 300, 1)


@pytest.mark.parametrize("status", [401, 403])
def test_refused_credentials_have_a_code_of_their_own(http: Http, peer: Peer, status: int) -> None:
    peer.says(refusal(status, 10000))
    with pytest.raises(ProviderRefused) as caught:
        uploads_of(peer, http).open_upload(make_cloudflare_video(), now=NOW)
    assert caught.value.code == "provider_credentials"


@pytest.mark.parametrize(
    "said",
    [answer(200, {"success": False, "errors": None}), answer(400, "<html>"), answer(400, {"errors": "x"})],
)
def test_a_no_of_any_shape_is_a_refusal(http: Http, peer: Peer, said: Behaviour) -> None:
    peer.says(said)
    with pytest.raises(ProviderRefused):
        uploads_of(peer, http).open_upload(make_cloudflare_video(), now=NOW)


def test_cancelling_deletes_what_waits_for_its_file(http: Http, peer: Peer) -> None:
    peer.says(result(shown()), answer(200))
    uploads_of(peer, http).cancel(make_cloudflare_video(*opened()))
    assert paths(peer) == [("GET", f"/{UID}"), ("DELETE", f"/{UID}")]


def test_cancelling_again_or_nothing_is_no_error(http: Http, peer: Peer) -> None:
    peer.says(refusal(404))
    uploads_of(peer, http).cancel(make_cloudflare_video(*opened()))
    uploads_of(peer, http).cancel(make_cloudflare_video())
    assert paths(peer) == [("GET", f"/{UID}")]


@pytest.mark.parametrize("state", ["queued", "inprogress", "ready", "error"])
def test_a_file_that_has_arrived_cannot_be_cancelled_any_more(http: Http, peer: Peer, state: str) -> None:
    peer.says(result(shown(state)))
    with pytest.raises(Conflict) as caught:
        uploads_of(peer, http).cancel(make_cloudflare_video(*opened()))
    assert caught.value.code == "not_uploading"


@pytest.mark.parametrize(
    ("said", "offset"),
    [
        (answer(200, "", {"Upload-Offset": "52428800", "Upload-Length": "300000000"}), 52_428_800),
        (answer(200, "", {}), None),
        (answer(404), None),
        (answer(410), None),
    ],
)
def test_where_a_tus_upload_stands_is_asked_at_its_url(
    http: Http, peer: Peer, said: Behaviour, offset: int | None
) -> None:
    peer.says(said)
    video = make_cloudflare_video(*opened(f"{peer.url}/tus/1"), **LARGE)
    assert uploads_of(peer, http).standing(video, now=NOW).offset == offset
    asked = peer.asked[0]
    assert (asked.method, asked.headers["tus-resumable"]) == ("HEAD", "1.0.0")
    assert "authorization" not in asked.headers


def test_a_form_has_no_offset(http: Http, peer: Peer) -> None:
    assert uploads_of(peer, http).standing(make_cloudflare_video(*opened()), now=NOW).offset is None
    assert peer.asked == []


def test_an_import_is_made_like_an_upload(http: Http, peer: Peer) -> None:
    peer.says(result(shown("downloading")))
    facts = uploads_of(peer, http).import_url(make_cloudflare_video(), "https://example.test/a.mp4", now=NOW)
    assert facts == (ProviderLinked(at=NOW, kind="asset", provider_id=UID), ProcessingStarted(at=NOW))
    asked = peer.asked[0]
    assert asked.path.endswith("/stream/copy")
    assert (asked.json["url"], asked.json["requireSignedURLs"]) == ("https://example.test/a.mp4", True)
    assert asked.json["allowedOrigins"] == list(TERMS.allowed_hosts)


def test_an_import_that_cloudflare_made_nothing_of_is_a_refusal(http: Http, peer: Peer) -> None:
    peer.says(result({}))
    with pytest.raises(ProviderRefused):
        uploads_of(peer, http).import_url(make_cloudflare_video(), "https://example.test/a.mp4", now=NOW)


def test_without_hosts_to_allow_tus_names_none(http: Http, peer: Peer) -> None:
    peer.says(TUS_MADE, result(shown()))
    anywhere = uploads_of(peer, http, Terms(longest=timedelta(hours=1)))
    anywhere.open_upload(make_cloudflare_video(**LARGE), now=NOW)
    assert "allowedorigins" not in peer.asked[0].headers["upload-metadata"]
