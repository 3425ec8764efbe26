"""What Mux plays to whom: tokens by audience, restrictions, manifests that really play, pictures."""

import os
import subprocess
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from local.binaries import find_ffprobe
from local.twins.keys import from_base64_pem, make_private_key
from tests.integration.twins.driving import Json, MuxTwin


@pytest.fixture
def asset(mux_twin: MuxTwin, clip: bytes) -> Json:
    return mux_twin.ready(clip, new_asset_settings={"playback_policies": ["signed", "public"]})


@pytest.fixture
def signed(asset: Json) -> str:
    return str(asset["playback_ids"][0]["id"])


@pytest.fixture
def public(asset: Json) -> str:
    return str(asset["playback_ids"][1]["id"])


def stream(twin: MuxTwin, playback_id: str, token: str | None = None, **more: str) -> httpx.Response:
    query = {} if token is None else {"token": token}
    return httpx.get(f"{twin.url}/stream/{playback_id}.m3u8", params=query, headers=more)


def image(twin: MuxTwin, playback_id: str, name: str, **query: str) -> httpx.Response:
    return httpx.get(f"{twin.url}/image/{playback_id}/{name}", params=query, timeout=15)


def picture_size(content: bytes, folder: Path, name: str) -> tuple[int, int]:
    path = folder / name
    path.write_bytes(content)
    command = [
        find_ffprobe(os.environ),
        "-v",
        "error",
        "-show_entries",
        "stream=width,height",
        "-of",
        "csv=p=0",
    ]
    width, height = subprocess.run(
        [*command, str(path)], capture_output=True, text=True, check=True
    ).stdout.split(",")[:2]
    return int(width), int(height)


def crawl(url: str) -> list[httpx.Response]:
    """A playlist and everything that it names, to the bottom."""
    answer = httpx.get(url)
    found = [answer]
    if answer.status_code == 200 and answer.text.startswith("#EXTM3U"):
        named = [line for line in answer.text.splitlines() if line and not line.startswith("#")]
        named += [part.split('"')[0] for part in answer.text.split('URI="')[1:]]
        for name in named:
            found += crawl(urljoin(url, name))
    return found


def test_a_signed_stream_plays_to_its_last_byte(mux_twin: MuxTwin, signed: str) -> None:
    url = f"{mux_twin.url}/stream/{signed}.m3u8?token={mux_twin.token(signed, 'v')}"
    answers = crawl(url)
    assert {one.status_code for one in answers} == {200}
    assert sum(len(one.content) for one in answers if "segment" in one.headers["Content-Type"]) > 10_000
    command = [find_ffprobe(os.environ), "-v", "error", "-count_frames", "-select_streams", "v"]
    command += ["-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", url]
    counted = subprocess.run(command, capture_output=True, text=True, check=True)
    assert counted.stdout.split()[0].strip(",") == "60"


def test_a_public_id_needs_no_token(mux_twin: MuxTwin, public: str) -> None:
    assert {one.status_code for one in crawl(f"{mux_twin.url}/stream/{public}.m3u8")} == {200}
    assert image(mux_twin, public, "thumbnail.jpg").status_code == 200


def test_a_token_that_ended_stops_playback_in_the_middle(
    mux_twin: MuxTwin, signed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = mux_twin.token(signed, "v", lasts=600)
    url = f"{mux_twin.url}/stream/{signed}.m3u8?token={token}"
    assert httpx.get(url).status_code == 200
    later = time.time() + 601
    monkeypatch.setattr("local.twins.tokens.time", SimpleNamespace(time=lambda: later))
    assert {one.status_code for one in crawl(url)} == {403}
    assert httpx.get(f"{mux_twin.url}/stream/{signed}/media_0.m3u8?token={token}").status_code == 403


def test_trap_1_only_rs256_opens(mux_twin: MuxTwin, signed: str) -> None:
    claims = {"sub": signed, "aud": "v", "exp": int(time.time()) + 60, "kid": mux_twin.key_id}
    public_key = (
        from_base64_pem(mux_twin.pem)
        .public_key()
        .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    )
    none = jwt.encode(claims, "", algorithm="none")
    body, header = none.split(".")[1], jwt.encode({}, "x" * 32, algorithm="HS256").split(".")[0]
    forged = jwt.PyJWS().encode(b"", b"x" * 32, algorithm="HS256")
    confused = _hs256(f"{header}.{body}", public_key)
    shared = mux_twin.sign(claims, key="mux-secret-mux-secret-mux-secret-00", algorithm="HS256")
    stronger = mux_twin.sign(claims, algorithm="RS512")
    for token in (none, forged, confused, shared, stronger, "", "a.b.c", "x" * 8_000):
        assert stream(mux_twin, signed, token).status_code == 403, token[:40]


def _hs256(signing_input: str, secret: bytes) -> str:
    import base64
    import hashlib
    import hmac

    digest = hmac.new(secret, signing_input.encode(), hashlib.sha256).digest()
    return f"{signing_input}.{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def test_the_key_may_be_named_in_the_header_or_in_the_claims(mux_twin: MuxTwin, signed: str) -> None:
    claims = {"sub": signed, "aud": "v", "exp": int(time.time()) + 60}
    named = claims | {"kid": mux_twin.key_id}
    assert stream(mux_twin, signed, mux_twin.sign(claims)).status_code == 200
    assert stream(mux_twin, signed, mux_twin.sign(named, header={})).status_code == 200
    assert stream(mux_twin, signed, mux_twin.sign(named)).status_code == 200
    assert stream(mux_twin, signed, mux_twin.sign(claims, header={})).status_code == 403
    assert stream(mux_twin, signed, mux_twin.sign(named | {"kid": "other"})).status_code == 403
    assert stream(mux_twin, signed, mux_twin.sign(claims, key=make_private_key())).status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"sub": "other"},
        {"sub": None},
        {"aud": "t"},
        {"aud": None},
        {"aud": ["v"]},
        {"exp": 1},
        {"exp": None},
        {"exp": "soon"},
    ],
)
def test_subject_audience_and_end_are_checked(mux_twin: MuxTwin, signed: str, change: Json) -> None:
    claims = {"sub": signed, "aud": "v", "exp": int(time.time()) + 60} | change
    token = mux_twin.sign({name: value for name, value in claims.items() if value is not None})
    answer = stream(mux_twin, signed, token)
    assert answer.status_code == 403
    assert answer.json()["error"]["messages"]


def test_numbers_may_be_text(mux_twin: MuxTwin, signed: str) -> None:
    claims = {"sub": signed, "aud": "v", "exp": str(int(time.time()) + 60)}
    assert stream(mux_twin, signed, mux_twin.sign(claims)).status_code == 200


def test_trap_51_a_token_may_begin_in_the_past_only(mux_twin: MuxTwin, signed: str) -> None:
    now = int(time.time())
    assert stream(mux_twin, signed, mux_twin.token(signed, "v", nbf=now - 3600)).status_code == 200
    assert stream(mux_twin, signed, mux_twin.token(signed, "v", nbf=now + 60)).status_code == 403


def test_a_deleted_key_closes_all_it_opened(mux_twin: MuxTwin, signed: str) -> None:
    made = mux_twin.client.post("/system/v1/signing-keys").json()["data"]
    shown = mux_twin.client.get(f"/system/v1/signing-keys/{made['id']}").json()["data"]
    assert "private_key" not in shown
    claims = {"sub": signed, "aud": "v", "exp": int(time.time()) + 60}
    token = mux_twin.sign(claims, key=from_base64_pem(made["private_key"]), header={"kid": made["id"]})
    assert stream(mux_twin, signed, token).status_code == 200
    assert mux_twin.client.delete(f"/system/v1/signing-keys/{made['id']}").status_code == 204
    assert stream(mux_twin, signed, token).status_code == 403


def test_trap_2_a_private_key_is_base64_of_a_pkcs1_pem(mux_twin: MuxTwin) -> None:
    import base64

    made = mux_twin.client.post("/video/v1/signing-keys")
    assert made.status_code == 201
    assert base64.b64decode(made.json()["data"]["private_key"]).startswith(b"-----BEGIN RSA PRIVATE KEY-----")


def test_trap_46_each_purpose_needs_a_token_of_its_own(mux_twin: MuxTwin, signed: str) -> None:
    names = {"v": None, "t": "thumbnail.jpg", "g": "animated.gif", "s": "storyboard.vtt"}
    for aud in names:
        token = mux_twin.token(signed, aud)
        for purpose, name in names.items():
            answer = (
                stream(mux_twin, signed, token)
                if name is None
                else image(mux_twin, signed, name, token=token)
            )
            assert answer.status_code == (200 if purpose == aud else 403), (aud, purpose)


def test_trap_47_parameters_of_a_signed_picture_are_claims(
    mux_twin: MuxTwin, signed: str, tmp_path: Path
) -> None:
    shaped = image(mux_twin, signed, "thumbnail.jpg", token=mux_twin.token(signed, "t", width=160, time="1"))
    assert picture_size(shaped.content, tmp_path, "shaped.jpg") == (160, 90)
    stray = image(mux_twin, signed, "thumbnail.jpg", token=mux_twin.token(signed, "t"), width="160")
    assert picture_size(stray.content, tmp_path, "stray.jpg") == (320, 180)
    assert stray.headers["X-Twin-Ignored"] == "width"


def test_pictures_of_a_public_id_are_shaped_by_the_query(
    mux_twin: MuxTwin, public: str, tmp_path: Path
) -> None:
    square = image(mux_twin, public, "thumbnail.png", width="90", height="90", fit_mode="crop", rotate="90")
    assert picture_size(square.content, tmp_path, "square.png") == (90, 90)
    assert image(mux_twin, public, "thumbnail.jpg", fit_mode="crop").status_code == 400
    assert image(mux_twin, public, "thumbnail.jpg", time="99").status_code == 400
    moving = image(mux_twin, public, "animated.gif", start="0.5", end="1.5", fps="5")
    assert moving.content.startswith(b"GIF89a")
    assert image(mux_twin, public, "animated.webp", width="64").content[8:12] == b"WEBP"


def test_the_storyboard_names_tiles_that_are_in_its_picture(
    mux_twin: MuxTwin, signed: str, tmp_path: Path
) -> None:
    token = mux_twin.token(signed, "s")
    board = image(mux_twin, signed, "storyboard.json", token=token).json()
    picture = httpx.get(board["url"], timeout=15)
    assert picture.status_code == 200
    width, height = picture_size(picture.content, tmp_path, "board.jpg")
    last = board["tiles"][-1]
    assert last["x"] + board["tile_width"] <= width
    assert last["y"] + board["tile_height"] <= height
    cues = image(mux_twin, signed, "storyboard.vtt", token=token, format="webp")
    assert cues.text.startswith("WEBVTT")
    assert cues.text.count("-->") == len(board["tiles"])
    assert "storyboard.webp?token=" in cues.text
    assert "X-Twin-Ignored" not in cues.headers


def test_trap_16_an_asset_id_plays_nothing(mux_twin: MuxTwin, asset: Json) -> None:
    assert stream(mux_twin, asset["id"]).status_code == 404
    malformed = stream(mux_twin, "not-an-id")
    assert malformed.status_code == 400
    assert malformed.json()["error"]["type"] == "invalid_parameters"


def test_trap_50_before_it_is_ready_the_stream_answers_412(mux_twin: MuxTwin, clip: bytes) -> None:
    mux_twin.fault("asset", "never_finish")
    playback_id = mux_twin.send(clip)["playback_ids"][0]["id"]
    assert stream(mux_twin, playback_id).status_code == 403
    assert stream(mux_twin, playback_id, mux_twin.token(playback_id, "v")).status_code == 412


def test_trap_49_a_restriction_binds_the_tokens_that_name_it(mux_twin: MuxTwin, signed: str) -> None:
    body = {"referrer": {"allowed_domains": ["*.example.test"], "allow_no_referrer": False}}
    made = mux_twin.client.post("/video/v1/playback-restrictions", json=body)
    assert made.status_code == 201
    restricted = mux_twin.token(signed, "v", playback_restriction_id=made.json()["data"]["id"])
    assert stream(mux_twin, signed, restricted, referer="https://app.example.test/page").status_code == 200
    assert stream(mux_twin, signed, restricted, referer="https://a.b.example.test/").status_code == 403
    assert stream(mux_twin, signed, restricted).status_code == 403
    assert stream(mux_twin, signed, mux_twin.token(signed, "v")).status_code == 200
    path = f"/video/v1/playback-restrictions/{made.json()['data']['id']}"
    opened = mux_twin.client.put(f"{path}/referrer", json={"allowed_domains": [], "allow_no_referrer": True})
    assert opened.status_code == 200
    assert stream(mux_twin, signed, restricted).status_code == 200
    assert mux_twin.client.delete(path).status_code == 204
    assert stream(mux_twin, signed, restricted).status_code == 403


def test_trap_22_a_signed_asset_may_be_left_with_a_public_id(mux_twin: MuxTwin, clip: bytes) -> None:
    mux_twin.fault("asset", "left_public", match="vid_01")
    asset = mux_twin.ready(clip)
    assert [one["policy"] for one in asset["playback_ids"]] == ["signed", "public"]
    assert stream(mux_twin, asset["playback_ids"][1]["id"]).status_code == 200
