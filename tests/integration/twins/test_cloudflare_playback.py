"""What Cloudflare plays to whom: the uid or a token as one path segment."""

import base64
import json
import os
import subprocess
import time
from pathlib import Path

import httpx
import jwt
import pytest

from local.binaries import find_ffprobe
from local.twins.keys import from_base64_pem, make_private_key
from tests.integration.twins.driving import CloudflareTwin, Json, until
from tests.integration.twins.test_mux_playback import crawl, picture_size


@pytest.fixture
def uid(cloudflare_twin: CloudflareTwin, clip: bytes) -> str:
    return str(cloudflare_twin.ready(clip, requireSignedURLs=True)["uid"])


def test_one_token_opens_the_stream_to_its_last_byte(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    url = f"{cloudflare_twin.url}/customer/{cloudflare_twin.token(uid)}/manifest/video.m3u8"
    assert {one.status_code for one in crawl(url)} == {200}
    for manifest in (url, url.replace(".m3u8", ".mpd")):
        assert httpx.get(manifest).status_code == 200
    command = [find_ffprobe(os.environ), "-v", "error", "-count_frames", "-select_streams", "v"]
    command += ["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", url]
    counted = subprocess.run(command, capture_output=True, text=True, check=True)
    assert counted.stdout.split()[0].strip(",") == "60"


def test_the_uid_alone_plays_public_videos_only(
    cloudflare_twin: CloudflareTwin, clip: bytes, uid: str
) -> None:
    assert cloudflare_twin.play(uid).status_code == 401
    assert cloudflare_twin.play(uid, "thumbnails/thumbnail.jpg").status_code == 401
    public = cloudflare_twin.ready(clip)
    assert httpx.get(public["playback"]["hls"]).status_code == 200
    assert httpx.get(public["playback"]["dash"]).status_code == 200
    assert httpx.get(public["thumbnail"]).headers["Content-Type"] == "image/jpeg"
    assert httpx.get(public["preview"]).status_code == 200
    assert cloudflare_twin.play(cloudflare_twin.token(uid)).status_code == 200


def test_only_rs256_with_a_known_key_opens(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    claims = {"sub": uid, "kid": cloudflare_twin.key_id, "exp": int(time.time()) + 60}
    bad = [
        jwt.encode(claims, "", algorithm="none"),
        cloudflare_twin.sign(claims, key="cf-token-cf-token-cf-token-cf-token", algorithm="HS256"),
        cloudflare_twin.sign(claims, algorithm="RS384"),
        cloudflare_twin.sign(claims, key=make_private_key()),
        cloudflare_twin.sign(claims | {"kid": "other"}),
        cloudflare_twin.token(uid)[:-6] + "AAAAAA",
        "not.a.token",
        "nothing",
    ]
    assert {cloudflare_twin.play(token).status_code for token in bad} == {401}


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"exp": 1}, 401),
        ({"exp": None}, 401),
        ({"nbf": 60}, 401),
        ({"nbf": -3600}, 200),
        ({"sub": None}, 404),
        ({"sub": "0" * 32}, 404),
    ],
)
def test_times_and_subject_are_checked(
    cloudflare_twin: CloudflareTwin, uid: str, change: Json, status: int
) -> None:
    now = int(time.time())
    claims: Json = {"sub": uid, "exp": now + 60} | change
    if change.get("nbf"):
        claims["nbf"] = now + change["nbf"]
    token = cloudflare_twin.sign({name: value for name, value in claims.items() if value is not None})
    assert cloudflare_twin.play(token).status_code == status


def test_trap_48_no_token_lives_longer_than_a_day(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    assert cloudflare_twin.play(cloudflare_twin.token(uid, lasts=24 * 3600)).status_code == 200
    assert cloudflare_twin.play(cloudflare_twin.token(uid, lasts=25 * 3600)).status_code == 401


def test_times_may_be_text(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    now = int(time.time())
    token = cloudflare_twin.sign({"sub": uid, "exp": str(now + 60), "nbf": str(now - 60)})
    assert cloudflare_twin.play(token).status_code == 200


def test_the_first_rule_that_matches_decides(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    here = {"type": "ip.src", "ip": ["127.0.0.0/8"], "action": "allow"}
    nobody = {"type": "any", "action": "block"}
    swiss = {"type": "ip.geoip.country", "country": ["CH"], "action": "block"}
    v6 = {"type": "ip.src", "ip": ["::/0"], "action": "block"}

    def status(*rules: Json, **headers: str) -> int:
        return cloudflare_twin.play(
            cloudflare_twin.token(uid, accessRules=list(rules)), headers=headers
        ).status_code

    assert status(here, nobody) == 200
    assert status(nobody, here) == 401
    assert status(swiss) == 200
    assert status(swiss, **{"CF-IPCountry": "CH"}) == 401
    assert status(v6) == 200  # a rule of the other family never matches
    assert status(*[here] * 6) == 401
    assert status({"type": "any", "action": "maybe"}) == 401


def test_tokens_made_by_the_service_hold_texts_and_open(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    made = cloudflare_twin.client.post(cloudflare_twin.path(f"/{uid}/token"))
    token = made.json()["result"]["token"]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert isinstance(claims["exp"], str)
    assert isinstance(claims["nbf"], str)
    assert cloudflare_twin.play(token).status_code == 200
    day = {"exp": int(time.time()) + 90_000}
    assert cloudflare_twin.client.post(cloudflare_twin.path(f"/{uid}/token"), json=day).status_code == 400
    half = {"id": "x"}
    assert cloudflare_twin.client.post(cloudflare_twin.path(f"/{uid}/token"), json=half).status_code == 400


def test_a_revoked_key_closes_all_it_opened(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    made = cloudflare_twin.client.post(cloudflare_twin.path("/keys")).json()["result"]
    assert json.loads(base64.b64decode(made["jwk"]))["kid"] == made["id"]
    assert base64.b64decode(made["pem"]).startswith(b"-----BEGIN RSA PRIVATE KEY-----")
    listed = cloudflare_twin.client.get(cloudflare_twin.path("/keys")).json()["result"]
    assert {"id", "created"} == set(listed[0])
    claims = {"sub": uid, "kid": made["id"], "exp": int(time.time()) + 60}
    token = cloudflare_twin.sign(claims, key=from_base64_pem(made["pem"]), header={"kid": made["id"]})
    assert cloudflare_twin.play(token).status_code == 200
    assert cloudflare_twin.client.delete(cloudflare_twin.path(f"/keys/{made['id']}")).status_code == 200
    assert cloudflare_twin.play(token).status_code == 401


def test_pictures_are_shaped_by_the_query_beside_the_token(
    cloudflare_twin: CloudflareTwin, uid: str, tmp_path: Path
) -> None:
    token = cloudflare_twin.token(uid)
    picture = cloudflare_twin.play(token, "thumbnails/thumbnail.jpg", params={"time": "1s", "height": "90"})
    assert picture_size(picture.content, tmp_path, "thumb.jpg") == (160, 90)
    square = {"width": "64", "height": "64", "fit": "crop"}
    picture = cloudflare_twin.play(token, "thumbnails/thumbnail.jpg", params=square)
    assert picture_size(picture.content, tmp_path, "square.jpg") == (64, 64)
    moving = cloudflare_twin.play(
        token, "thumbnails/thumbnail.gif", params={"duration": "1s", "height": "60"}
    )
    assert moving.content.startswith(b"GIF89a")
    assert cloudflare_twin.play(token, "thumbnails/thumbnail.jpg", params={"fit": "odd"}).status_code == 400


def test_downloads_need_a_token_that_says_so(cloudflare_twin: CloudflareTwin, uid: str) -> None:
    path = cloudflare_twin.path(f"/{uid}/downloads")
    assert cloudflare_twin.client.get(path).json()["result"] == {}
    assert cloudflare_twin.client.post(path, json={}).json()["result"]["default"]["status"] == "inprogress"

    def made() -> Json | None:
        shown: Json = cloudflare_twin.client.get(path).json()["result"]["default"]
        return shown if shown["status"] == "ready" else None

    assert until(made, "the download")["percentComplete"] == 100
    name = "downloads/default.mp4"
    assert cloudflare_twin.play(cloudflare_twin.token(uid), name).status_code == 401
    got = cloudflare_twin.play(
        cloudflare_twin.token(uid, downloadable=True), name, params={"filename": "tour"}
    )
    assert got.headers["Content-Disposition"] == 'attachment; filename="tour.mp4"'
    assert b"ftyp" in got.content[:16]


def test_only_allowed_origins_may_play(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    origins = ["app.example.test", "*.other.test", "localhost:3000"]
    uid = cloudflare_twin.ready(clip, allowedOrigins=origins)["uid"]
    expected = {
        "https://app.example.test": 200,
        "https://www.app.example.test": 403,
        "https://a.b.other.test": 200,
        "https://other.test": 403,
        "http://localhost:3000": 200,
        "http://localhost:8080": 403,
    }
    found = {one: cloudflare_twin.play(uid, headers={"Origin": one}).status_code for one in expected}
    assert found == expected


def test_a_video_that_should_be_private_may_be_public(cloudflare_twin: CloudflareTwin, clip: bytes) -> None:
    cloudflare_twin.fault("asset", "left_public")
    video = cloudflare_twin.ready(clip, requireSignedURLs=True)
    assert video["requireSignedURLs"] is False
    assert cloudflare_twin.play(video["uid"]).status_code == 200
