"""A deployment that cannot work says so in its log, by name and without a value, and to callers nothing."""

import json

import pytest

from tests.deployment import Deployment, running, token_for
from tests.engine import unique
from tests.events import answer_of
from tests.functions.doors import a_video, knock


@pytest.mark.parametrize(
    "content",
    ["hunter2", '"hunter2"', "[]", "{}", '{"AUTH_JWT_SECRET": "hunter2"}', '{"AUTH_JWT_SECRET": null}', "1"],
)
def test_an_unusable_secret_is_named_in_the_log_alone_and_never_shown(
    made: Deployment,
    user: str,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
    content: str,
) -> None:
    secret = made.aws("secretsmanager").create_secret(Name=unique("auth"), SecretString=content)["ARN"]
    with running(made, AUTH_SECRET_ARN=secret):
        reply = knock("GET /api/videos", token_for(user), a_video(made, user))
    assert (reply["statusCode"], answer_of(reply)["code"]) == (500, "internal_error")
    assert "AUTH_SECRET_ARN" in caplog.text
    assert "AUTH_SECRET_ARN" not in json.dumps(reply)
    assert "hunter2" not in caplog.text + capsys.readouterr().out + json.dumps(reply)


@pytest.mark.parametrize("name", ["VIDEOS_TABLE", "MEDIA_BUCKET", "UPLOAD_TTL_SECONDS", "LADDER"])
def test_an_unusable_variable_is_named_in_the_log_alone(
    made: Deployment, user: str, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    with running(made, **{name: " "}):
        reply = knock("GET /api/videos", token_for(user), a_video(made, user))
    assert reply["statusCode"] == 500
    assert name in caplog.text
    assert name not in json.dumps(reply)
