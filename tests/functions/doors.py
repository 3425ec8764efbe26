"""Every route of every function with an HTTP door, who may pass it, and tokens to try it with."""

import hmac
import json
import time
from base64 import urlsafe_b64encode
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sluice.adapters.ids import new_video_id
from sluice.domain.video import Video
from sluice.edge.http import Api, Route

from functions.analytics import handler as analytics
from functions.docs import handler as docs
from functions.figures import handler as figures
from functions.gallery import handler as gallery
from functions.generations import handler as generations
from functions.imports import handler as imports
from functions.playback import handler as playback
from functions.posts import handler as posts
from functions.upload_url import handler as upload_url
from functions.webhook_endpoints import handler as webhook_endpoints
from functions.webhooks import handler as webhooks
from tests.builders import make_video
from tests.deployment import Deployment
from tests.events import http_event
from tests.key_server import rsa_key

APIS: dict[str, Api] = {
    "analytics": analytics.api,
    "docs": docs.api,
    "figures": figures.api,
    "gallery": gallery.api,
    "imports": imports.api,
    "generations": generations.api,
    "playback": playback.api,
    "posts": posts.api,
    "upload_url": upload_url.api,
    "webhook_endpoints": webhook_endpoints.api,
    "webhooks": webhooks.api,
}
ROUTES: dict[str, tuple[Api, Route]] = {
    key: (api, route) for api in APIS.values() for key, route in api.routes.items()
}
# Open to anybody, because something else is the key, or because there is nothing to guard.
PUBLIC = {
    "POST /api/analytics/events",
    "POST /api/analytics/cmcd",
    "GET /api/health",
    "GET /api/openapi.json",
    "GET /api/docs",
    "GET /api/docs/{file}",
    "GET /api/videos/{video_id}/hls/{file}",
    "GET /api/videos/{video_id}/storyboard.vtt",
    "GET /api/videos/{video_id}/poster.jpg",
    "POST /api/webhooks/mux",
    "POST /api/mux/webhook",
    "POST /api/webhooks/cloudflare",
    "POST /api/webhooks/generation",
    "POST /api/webhooks/video-processing",
}
# Open to anybody where the video is public.
VIEWABLE = {
    "GET /api/videos/{video_id}/status",
    "GET /api/videos/{video_id}/url",
    "POST /api/videos/{video_id}/token",
}
# Open to whoever brings the video's secret key.
KEYED = {"GET /api/videos/{video_id}/download"}
GUARDED = sorted(key for key in ROUTES if key not in PUBLIC)
# About one video, which their path or their body names.
NAMED_IN_BODY = {"POST /api/mux/token", "PUT /api/auth/video/status", "DELETE /api/auth/video/delete"}
OF_A_VIDEO = [key for key in GUARDED if "{video_id}" in key or key in NAMED_IN_BODY]
# About one video once it is deleted.
OF_THE_DELETED = {"GET /api/videos/{video_id}/deletion"}

guarded = pytest.mark.parametrize("key", GUARDED)
of_a_video = pytest.mark.parametrize("key", OF_A_VIDEO)


def knock(key: str, token: str | None, video: Video, **given: Any) -> dict[str, Any]:
    """Call a route with the body of its sample, about this video if it is about one."""
    api, _ = ROUTES[key]
    event = http_event(key, token=token, **given)
    if "{video_id}" in key:
        event["pathParameters"]["video_id"] = video.video_id
    elif key in OF_A_VIDEO:
        known = json.loads(event["body"])
        event["body"] = json.dumps({**known, "videoId": video.video_id})
    return api(event, None)


def a_video(deployment: Deployment, user: str, status: str = "ready", **changes: Any) -> Video:
    now = datetime.now(UTC)
    video = make_video(status, video_id=new_video_id(now), owner_id=user, created_at=now, **changes)
    return deployment.has(video)


def untouched(deployment: Deployment, video: Video) -> bool:
    return deployment.state_of(video.video_id) == video


def claims_of(user: str, **changes: Any) -> dict[str, Any]:
    return {"sub": user, "iss": "i", "aud": "a", "exp": int(time.time()) + 600, **changes}


def signed_with_the_public_key(user: str) -> str:
    """RS256's public key taken for HS256's secret, as no library would let us."""
    public = rsa_key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    parts = ({"alg": "HS256", "typ": "JWT", "kid": "rsa"}, claims_of(user))
    text = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mac = urlsafe_b64encode(hmac.digest(public, text, "sha256")).rstrip(b"=")
    return (text + b"." + mac).decode()
