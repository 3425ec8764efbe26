"""Users who post, and what they post with."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sluice.adapters.ids import new_video_id
from sluice.domain.video import Video

from functions.posts.handler import handler
from tests.builders import make_video
from tests.deployment import Deployment, token_for
from tests.engine import unique
from tests.events import answer_of, http_event

type Call = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture
def call(user: str) -> Call:
    """``call("PUT /api/posts/{post_id}/like", post_id=…)``: status and answer, for ``user`` unless ``by``."""

    def call(
        key: str, *, by: str | None = user, token: str | None = None, **given: Any
    ) -> tuple[int, dict[str, Any]]:
        event = http_event(key, token=token or (token_for(by) if by else None), **given)
        event["requestContext"]["requestId"] = unique("request")
        reply = handler(event, None)
        return reply["statusCode"], answer_of(reply) if reply["body"] else {}

    return call


@pytest.fixture
def video(deployed: Deployment, user: str) -> Callable[..., Video]:
    """Make a video of the user, ``ready`` unless told otherwise."""

    def make(status: str = "ready", owner: str = user) -> Video:
        now = datetime.now(UTC)
        return deployed.has(make_video(status, video_id=new_video_id(now), owner_id=owner, created_at=now))

    return make


@pytest.fixture
def post(call: Call, deployed: Deployment) -> dict[str, Any]:
    """A post of the user's."""
    status, answer = call("POST /api/posts", body={"content": "Hello."})
    assert status == 201
    return answer
