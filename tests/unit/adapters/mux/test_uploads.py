"""Uploads are opened at Mux as they must be, steered, and never lost track of."""

from datetime import timedelta

import pytest
from sluice.adapters.http import Http
from sluice.domain.errors import Conflict, InvalidFields, OutcomeUnknown, ProviderRefused, Unavailable
from sluice.domain.facts import CreateUnanswered, ProcessingStarted, ProviderLinked, UploadOpened
from sluice.domain.stamped import Stamped
from sluice.domain.video import Upload

from tests.builders import NOW, VIDEO_ID, at, make_video
from tests.loopback import Peer, answer, hang
from tests.mux_payloads import ASSET_ID, UPLOAD_ID, asset, upload
from tests.mux_peer import ASSET_LINKED, SEAL, make_mux_video, opened, uploads_of, with_facts

CREATED = answer(201, {"data": upload()})


def test_the_upload_is_asked_for_with_all_that_matters(http: Http, peer: Peer) -> None:
    peer.says(CREATED)
    grant, _ = uploads_of(peer, http).open_upload(make_mux_video(title="Ferien am Müritzsee"), now=NOW)
    asked = peer.asked[0]
    assert (asked.method, asked.path) == ("POST", "/video/v1/uploads")
    assert asked.headers["authorization"] == "Basic dG9rZW4taWQ6dG9rZW4tc2VjcmV0"
    assert asked.json == {
        "cors_origin": "https://app.example.test",
        "timeout": 21600,
        "new_asset_settings": {
            "playback_policies": ["signed"],
            "passthrough": VIDEO_ID,
            "meta": {"title": "Ferien am Müritzsee", "external_id": VIDEO_ID},
        },
    }
    assert (grant.protocol, grant.method, grant.headers) == ("chunked-put", "PUT", {})
    assert grant.expires_at == NOW + timedelta(hours=6)


def test_trap_22_a_private_video_is_playable_with_a_token_alone(http: Http, peer: Peer) -> None:
    peer.says(CREATED)
    for visibility, policies in (("private", ["signed"]), ("public", ["public", "signed"])):
        uploads_of(peer, http).open_upload(make_mux_video(visibility=visibility), now=NOW)
        assert peer.asked[-1].json["new_asset_settings"]["playback_policies"] == policies


def test_trap_33_the_origin_is_that_of_the_page_which_asked(http: Http, peer: Peer) -> None:
    peer.says(CREATED)
    sent_by = Upload(
        protocol="chunked-put",
        size_bytes=1,
        mime_type="video/mp4",
        expires_at=at(60),
        web_origin="http://localhost:3000",
    )
    uploads_of(peer, http).open_upload(make_mux_video(upload=sent_by), now=NOW)
    assert peer.asked[0].json["cors_origin"] == "http://localhost:3000"


@pytest.mark.parametrize(("ttl", "timeout"), [(timedelta(seconds=5), 60), (timedelta(days=30), 604_800)])
def test_the_timeout_stays_within_what_mux_takes(
    http: Http, peer: Peer, ttl: timedelta, timeout: int
) -> None:
    peer.says(CREATED)
    uploads_of(peer, http, ttl=ttl).open_upload(make_mux_video(), now=NOW)
    assert peer.asked[0].json["timeout"] == timeout


def test_trap_45_named_fields_are_returned_and_nothing_else(http: Http, peer: Peer) -> None:
    peer.says(CREATED)
    grant, facts = uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)
    assert grant.upload_url == upload()["url"]
    assert facts[0] == ProviderLinked(at=NOW, kind="upload", provider_id=UPLOAD_ID)


def test_trap_42_the_url_is_whatever_mux_says_it_is(http: Http, peer: Peer) -> None:
    peer.says(answer(201, {"data": upload(url="https://elsewhere.example/a?b=c#d")}))
    assert (
        uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)[0].upload_url.startswith("https://else")
    )


def test_trap_44_the_url_is_kept_sealed_and_given_again(http: Http, peer: Peer) -> None:
    peer.says(CREATED)
    uploads = uploads_of(peer, http)
    grant, facts = uploads.open_upload(make_mux_video(), now=NOW)
    kept = next(fact for fact in facts if isinstance(fact, UploadOpened))
    assert "example" not in repr(facts)
    assert SEAL.open(kept.sealed_url, VIDEO_ID) == grant.upload_url
    assert uploads.grant_again(with_facts(make_mux_video(), facts), now=at(60)) == grant


def test_an_upload_that_was_never_opened_cannot_be_given_again(http: Http, peer: Peer) -> None:
    with pytest.raises(Conflict) as caught:
        uploads_of(peer, http).grant_again(make_mux_video(), now=NOW)
    assert caught.value.code == "upload_gone"


@pytest.mark.parametrize("data", [{}, {"id": UPLOAD_ID}, {"url": "https://x"}, {"id": 5, "url": None}])
def test_an_answer_without_the_fields_is_a_refusal(http: Http, peer: Peer, data: object) -> None:
    peer.says(answer(201, {"data": data}))
    with pytest.raises(ProviderRefused):
        uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, {"error": {"type": "invalid_parameters", "messages": ["Bad origin"]}}, "Bad origin"),
        (400, {"errors": ["Something else"]}, "Something else"),
        (422, "<html>no</html>", "no reason given"),
        (403, {"error": "text"}, "no reason given"),
    ],
)
def test_trap_53_errors_of_either_shape_or_none_are_understood(
    http: Http, peer: Peer, status: int, body: object, said: str
) -> None:
    peer.says(answer(status, body))
    with pytest.raises(ProviderRefused) as caught:
        uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)
    assert said in caught.value.__notes__[0]
    assert said not in caught.value.message


def test_refused_credentials_have_a_code_of_their_own(http: Http, peer: Peer) -> None:
    peer.says(answer(401, {"error": {"type": "unauthorized", "messages": ["no"]}}))
    with pytest.raises(ProviderRefused) as caught:
        uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)
    assert caught.value.code == "provider_credentials"


def test_trap_54_a_429_without_retry_after_is_waited_for_with_jitter(
    http: Http, peer: Peer, pauses: list[float]
) -> None:
    peer.says(answer(429, {"errors": ["Too many requests, slow down."]}), CREATED)
    _, facts = uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)
    assert 0.25 <= pauses[0] <= 0.5
    assert not any(isinstance(fact, CreateUnanswered) for fact in facts)


def test_a_limit_that_outlasts_the_request_is_told_with_a_time(http: Http, peer: Peer) -> None:
    peer.says(answer(429, {"errors": ["Too many requests"]}, {"Retry-After": "60"}))
    with pytest.raises(Unavailable) as caught:
        uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)
    assert (caught.value.code, caught.value.retry_after_seconds) == ("provider_busy", 60)


def test_trap_43_a_create_after_one_without_an_answer_is_remembered(hasty: Http, peer: Peer) -> None:
    peer.says(hang(60), CREATED)
    _, facts = uploads_of(peer, hasty).open_upload(make_mux_video(), now=NOW)
    video = with_facts(make_mux_video(), facts)
    assert (video.strays_possible, video.link("upload")) == (True, UPLOAD_ID)


def test_trap_43_a_create_without_any_answer_is_of_unknown_outcome(http: Http, peer: Peer) -> None:
    peer.says(answer(502, "<html>"))
    with pytest.raises(OutcomeUnknown):
        uploads_of(peer, http).open_upload(make_mux_video(), now=NOW)


def test_trap_43_orphans_are_found_by_our_id_and_cancelled(http: Http, peer: Peer) -> None:
    listed = [
        upload(),
        upload(id="STRAY1"),
        upload(id="STRAY2"),
        upload("asset_created", id="USED"),
        upload(id="FOREIGN", new_asset_settings={"passthrough": "vid_other"}),
        {"id": "THIN", "status": "waiting"},
    ]
    peer.says(answer(200, {"data": listed}), answer(200, {"data": {}}), answer(403, {"error": {}}))
    assert uploads_of(peer, http).cancel_strays(make_mux_video(*opened())) == 1
    assert [asked.path for asked in peer.asked[1:]] == [
        f"/video/v1/uploads/{stray}/cancel" for stray in ("STRAY1", "STRAY2")
    ]


def test_trap_43_what_an_import_without_an_answer_made_is_deleted(http: Http, peer: Peer) -> None:
    assets = [
        asset(),
        asset(id="STRAY1", passthrough=VIDEO_ID),
        asset(id="FOREIGN", passthrough="vid_other"),
        {"passthrough": VIDEO_ID},
    ]
    peer.says(answer(200, {"data": []}), answer(200, {"data": assets}), answer(204))
    video = with_facts(make_video(provider="mux", protocol="import"), [ASSET_LINKED])
    assert uploads_of(peer, http).cancel_strays(video) == 1
    assert [(asked.method, asked.path) for asked in peer.asked[2:]] == [("DELETE", "/video/v1/assets/STRAY1")]


def test_cancelling_stops_the_upload(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": upload("cancelled")}))
    uploads_of(peer, http).cancel(make_mux_video(*opened()))
    assert [(asked.method, asked.path) for asked in peer.asked] == [
        ("PUT", f"/video/v1/uploads/{UPLOAD_ID}/cancel")
    ]


@pytest.mark.parametrize("stands", ["cancelled", "timed_out", "errored"])
def test_trap_25_cancelling_what_is_over_already_is_no_error(http: Http, peer: Peer, stands: str) -> None:
    peer.says(answer(403, {"error": {"type": "forbidden"}}), answer(200, {"data": upload(stands)}))
    uploads_of(peer, http).cancel(make_mux_video(*opened()))
    assert len(peer.asked) == 2


def test_trap_25_a_file_that_has_arrived_cannot_be_cancelled_any_more(http: Http, peer: Peer) -> None:
    peer.says(answer(403, {"error": {}}), answer(200, {"data": upload("asset_created")}))
    with pytest.raises(Conflict) as caught:
        uploads_of(peer, http).cancel(make_mux_video(*opened()))
    assert caught.value.code == "not_uploading"


def test_cancelling_what_mux_does_not_know_or_never_opened_is_no_error(http: Http, peer: Peer) -> None:
    peer.says(answer(404))
    uploads_of(peer, http).cancel(make_mux_video(*opened()))
    uploads_of(peer, http).cancel(make_mux_video())
    assert len(peer.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers", "offset"),
    [
        (308, {"Range": "bytes=0-262143"}, 262_144),
        (308, {}, 0),
        (308, {"Range": "bytes=junk"}, 0),
        (200, {}, 1_000_000),
        (201, {}, 1_000_000),
        (404, {}, None),
        (410, {}, None),
        (400, {}, None),
    ],
)
def test_where_an_upload_stands_is_asked_at_its_url(
    http: Http, peer: Peer, status: int, headers: dict[str, str], offset: int | None
) -> None:
    peer.says(answer(status, "", headers))
    standing = uploads_of(peer, http).standing(make_mux_video(*opened(f"{peer.url}/u?x=1")), now=NOW)
    asked = peer.asked[0]
    assert (standing.offset, standing.grant.upload_url) == (offset, f"{peer.url}/u?x=1")
    assert (asked.method, asked.headers["content-range"], asked.body) == ("PUT", "bytes */1000000", b"")
    assert "authorization" not in asked.headers


def test_an_import_is_made_like_an_upload(http: Http, peer: Peer) -> None:
    peer.says(answer(201, {"data": asset()}))
    facts = uploads_of(peer, http).import_url(make_mux_video(), "https://example.test/a.mp4", now=NOW)
    assert set(facts) == {
        ProviderLinked(at=NOW, kind="asset", provider_id=ASSET_ID),
        ProcessingStarted(at=NOW),
    }
    body = peer.asked[0].json
    assert (body["inputs"], body["passthrough"]) == ([{"url": "https://example.test/a.mp4"}], VIDEO_ID)
    assert body["playback_policies"] == ["signed"]


def test_only_its_own_protocol_can_be_had_and_chunks_are_multiples_of_256_kib(http: Http, peer: Peer) -> None:
    uploads = uploads_of(peer, http)
    protocol, chunk = uploads.protocol_for(1)
    assert (protocol, uploads.protocol_for(1, "chunked-put")) == ("chunked-put", (protocol, chunk))
    assert chunk is not None
    assert chunk % (256 * 1024) == 0
    with pytest.raises(InvalidFields):
        uploads.protocol_for(1, "tus")


def test_ids_from_outside_stay_in_their_place_in_a_path(http: Http, peer: Peer) -> None:
    peer.says(answer(200, {"data": {}}))
    odd = make_mux_video(links={"upload": Stamped(NOW, "../assets/x?y")})
    uploads_of(peer, http).cancel(odd)
    assert peer.asked[0].path == "/video/v1/uploads/..%2Fassets%2Fx%3Fy/cancel"


def test_orphans_are_looked_for_on_three_pages_and_no_further(http: Http, peer: Peer) -> None:
    others = [upload(id=f"O{n}", new_asset_settings={"passthrough": "vid_other"}) for n in range(100)]
    peer.says(answer(200, {"data": others}))
    assert uploads_of(peer, http).cancel_strays(make_mux_video(*opened())) == 0
    assert [asked.path.partition("?")[2] for asked in peer.asked] == [
        f"limit=100&page={n}" for n in (1, 2, 3)
    ]


def test_an_import_that_mux_made_nothing_of_is_a_refusal(http: Http, peer: Peer) -> None:
    peer.says(answer(201, {"data": {}}))
    with pytest.raises(ProviderRefused):
        uploads_of(peer, http).import_url(make_mux_video(), "https://example.test/a.mp4", now=NOW)
