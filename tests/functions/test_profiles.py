"""Who has been here is known by what their tokens said, whichever function they called."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sluice.domain.identity import Caller
from sluice.edge import wiring

from functions.gallery.handler import handler as gallery
from functions.upload_url.handler import handler as upload_url
from tests.deployment import Deployment, token_for
from tests.events import http_event

pytestmark = pytest.mark.usefixtures("deployed")
LIST, ASK = "GET /api/videos", "POST /api/videos/upload-url"


def test_a_caller_is_remembered_by_whatever_they_call(user: str) -> None:
    token = token_for(user, email=f"{user}@example.com", name="Álice", preferred_username="alice")
    assert gallery(http_event(LIST, token=token), None)["statusCode"] == 200
    known = Caller(user_id=user, email=f"{user}@example.com", name="Álice", username="alice")
    assert wiring.profiles().find(user) == known
    assert wiring.profiles().user_by_email(f"{user}@EXAMPLE.com") == user
    assert upload_url(http_event(ASK, token=token_for(user, name="Alice")), None)["statusCode"] == 201
    renamed = wiring.profiles().find(user)
    assert (renamed and renamed.name) == "Alice"


def test_a_token_that_is_refused_leaves_no_profile(user: str) -> None:
    token = token_for(user, email=f"{user}@example.com", exp=1)
    assert gallery(http_event(LIST, token=token), None)["statusCode"] == 401
    assert wiring.profiles().user_by_email(f"{user}@example.com") is None


def test_a_table_that_is_down_is_told_by_what_needs_it(
    user: str, down: Callable[..., AbstractContextManager[Deployment]]
) -> None:
    with down("dynamodb"):
        reply = gallery(http_event(LIST, token=token_for(user)), None)
    assert (reply["statusCode"], json.loads(reply["body"])["code"]) == (503, "unavailable")
