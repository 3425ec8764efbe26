"""Twins under test and the steps that most tests take with them."""

import base64
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from local.twins.keys import from_base64_pem
from tests.integration.twins.inbox import Inbox

PATIENCE_SECONDS = 20.0
ORIGIN = "https://app.example.test"

type Json = dict[str, Any]


def until[T](look: Callable[[], T | None], what: str) -> T:
    """What ``look`` finds, as soon as it finds something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found = look()
        if found is not None:
            return found
        time.sleep(0.03)
    raise AssertionError(f"never: {what}")


@dataclass(kw_only=True)
class Twin:
    """A running twin and a client that speaks to its API."""

    url: str
    client: httpx.Client
    inbox: Inbox
    key_id: str
    pem: str
    webhook_secret: str
    folder: Path

    @cached_property
    def key(self) -> RSAPrivateKey:
        """The signing key that exists from the start."""
        return from_base64_pem(self.pem)

    def fault(self, surface: str, kind: str, **rule: Any) -> str:
        """Set a fault; its id."""
        answer = self.client.post(
            f"{self.url}/control/faults", json={"surface": surface, "kind": kind, **rule}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def expire(self, id_: str) -> None:
        """Let an upload's time be over."""
        assert self.client.post(f"{self.url}/control/expire", json={"id": id_}).status_code == 204

    def sign(
        self, claims: Json, *, header: Json | None = None, key: Any = None, algorithm: str = "RS256"
    ) -> str:
        """A token; the key's id stands in the header unless another header is given."""
        headers = {"kid": self.key_id} if header is None else header
        return jwt.encode(claims, key or self.key, algorithm=algorithm, headers=headers)


@dataclass(kw_only=True)
class MuxTwin(Twin):
    """The Mux twin."""

    settings: Json = field(default_factory=lambda: {"playback_policies": ["signed"], "passthrough": "vid_01"})

    def create(self, **body: Any) -> Json:
        """An upload."""
        given = {"cors_origin": ORIGIN, "new_asset_settings": self.settings} | body
        answer = self.client.post("/video/v1/uploads", json=given)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()["data"]
        return made

    def upload_state(self, upload_id: str) -> Json:
        """GET of an upload."""
        found: Json = self.client.get(f"/video/v1/uploads/{upload_id}").json()["data"]
        return found

    def asset(self, asset_id: str) -> Json:
        """GET of an asset."""
        found: Json = self.client.get(f"/video/v1/assets/{asset_id}").json()["data"]
        return found

    def send(self, content: bytes, **body: Any) -> Json:
        """A file in one PUT; the asset that it became, in whatever state."""
        upload = self.create(**body)
        assert httpx.put(upload["url"], content=content).status_code == 200
        return self.asset(self.upload_state(upload["id"])["asset_id"])

    def ended(self, asset_id: str) -> Json:
        """The asset once it is ready or errored."""

        def look() -> Json | None:
            found = self.asset(asset_id)
            return found if found["status"] != "preparing" else None

        return until(look, "the asset ends")

    def ready(self, content: bytes, **body: Any) -> Json:
        """A file that has become a ready asset."""
        asset = self.ended(self.send(content, **body)["id"])
        assert asset["status"] == "ready", asset
        return asset

    def token(self, playback_id: str, aud: str, *, lasts: int = 600, **claims: Any) -> str:
        """A playback token."""
        return self.sign({"sub": playback_id, "aud": aud, "exp": int(time.time()) + lasts, **claims})


@dataclass(kw_only=True)
class CloudflareTwin(Twin):
    """The Cloudflare Stream twin. Paths are those below the account's ``stream``."""

    account: str

    def path(self, rest: str = "") -> str:
        """A path of the API."""
        return f"/client/v4/accounts/{self.account}/stream{rest}"

    def create(self, **body: Any) -> Json:
        """A basic direct upload."""
        answer = self.client.post(self.path("/direct_upload"), json={"maxDurationSeconds": 60} | body)
        assert answer.status_code == 200, answer.text
        made: Json = answer.json()["result"]
        return made

    def create_tus(self, length: int, **metadata: str | None) -> httpx.Response:
        """A tus upload."""
        pairs = (
            name if value is None else f"{name} {base64.b64encode(value.encode()).decode()}"
            for name, value in metadata.items()
        )
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length), "Upload-Metadata": ",".join(pairs)}
        return self.client.post(self.path("?direct_user=true"), headers=headers)

    def video(self, uid: str) -> Json:
        """GET of a video."""
        found: Json = self.client.get(self.path(f"/{uid}")).json()["result"]
        return found

    def send(self, content: bytes, **body: Any) -> str:
        """A file by a form; the video's uid."""
        upload = self.create(**body)
        answer = httpx.post(upload["uploadURL"], files={"file": ("clip.mp4", content)})
        assert answer.status_code == 200, answer.text
        return str(upload["uid"])

    def ended(self, uid: str) -> Json:
        """The video once it is ready or in error."""

        def look() -> Json | None:
            found = self.video(uid)
            return found if found["status"]["state"] in {"ready", "error"} else None

        return until(look, "the video ends")

    def ready(self, content: bytes, **body: Any) -> Json:
        """A file that has become a ready video."""
        video = self.ended(self.send(content, **body))
        assert video["status"]["state"] == "ready", video
        return video

    def token(self, uid: str, *, lasts: int = 600, **claims: Any) -> str:
        """A playback token."""
        given = {"sub": uid, "kid": self.key_id, "exp": int(time.time()) + lasts, **claims}
        return self.sign(given)

    def play(self, opener: str, rest: str = "manifest/video.m3u8", **more: Any) -> httpx.Response:
        """A request to the delivery host."""
        return httpx.get(f"{self.url}/customer/{opener}/{rest}", **more)
