"""A video's secret key opens that one video, to be watched and kept, and nothing else (S2)."""

from typing import Any

import pytest
from sluice.adapters.ids import new_secret_key
from sluice.domain import facts
from sluice.domain.secret_keys import hash_of
from sluice.domain.video import Video, reduce

from tests.builders import at
from tests.deployment import Deployment, token_for
from tests.events import answer_of
from tests.functions.doors import GUARDED, KEYED, ROUTES, VIEWABLE, a_video, knock, untouched

OPEN = sorted(VIEWABLE | KEYED)
opened_by_key = pytest.mark.parametrize("key", OPEN)
TOKENS: dict[str, Any] = {
    "nobody's": lambda _user: None,
    "the owner's": token_for,
    "another's": lambda user: token_for(f"{user}-other"),
    "a bad": lambda _user: "x",
}
any_token = pytest.mark.parametrize("token", TOKENS)


def shared(deployed: Deployment, user: str) -> tuple[Video, str]:
    """A ready video and its secret key."""
    secret = new_secret_key()
    video = a_video(deployed, user)
    fact = facts.SecretKeySet(at=at(9), key_hash=hash_of(secret))
    found = deployed.videos.find(video.video_id)
    assert found is not None
    video = reduce(video, fact)
    deployed.videos.replace(found, video, due_at=None)
    return video, secret


@opened_by_key
@any_token
def test_the_right_key_opens_whatever_token_comes_with_it(
    deployed: Deployment, user: str, key: str, token: str
) -> None:
    video, secret = shared(deployed, user)
    for given in ({"headers": {"x-video-key": secret}}, {"query": {"key": secret}}):
        assert knock(key, TOKENS[token](user), video, **given)["statusCode"] == 200


@opened_by_key
@any_token
def test_any_other_key_is_refused_alike_for_every_video_and_for_none(
    deployed: Deployment, user: str, key: str, token: str
) -> None:
    video, secret = shared(deployed, user)
    others = [
        video,
        a_video(deployed, user),
        a_video(deployed, user, "deleted"),
        a_video(deployed, user, visibility="public"),
    ]
    replies = [
        knock(key, TOKENS[token](user), one, headers={"x-video-key": wrong})
        for one in others
        for wrong in ({new_secret_key(), secret[:-1]} if one is video else {secret})
    ]
    assert {(reply["statusCode"], answer_of(reply)["code"]) for reply in replies} == {(403, "wrong_key")}
    assert untouched(deployed, video)


@opened_by_key
def test_an_empty_key_is_no_key(deployed: Deployment, user: str, key: str) -> None:
    video, _ = shared(deployed, user)
    for given in ({"headers": {"x-video-key": ""}}, {"query": {"key": ""}}):
        assert knock(key, None, video, **given)["statusCode"] == 401
        assert knock(key, token_for(user), video, **given)["statusCode"] == 200


@pytest.mark.parametrize("key", sorted(set(GUARDED) - set(OPEN)))
def test_a_key_opens_nothing_else(deployed: Deployment, user: str, key: str) -> None:
    video, secret = shared(deployed, user)
    assert key in ROUTES
    assert knock(key, None, video, headers={"x-video-key": secret})["statusCode"] == 401
    assert untouched(deployed, video)
