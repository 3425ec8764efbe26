"""Functions as they run when deployed, without the deployment: their handlers, called in this process,

with the template's tables, a bucket, queues, a bus, a role and secrets of their own on the engine.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import botocore.session
import jwt
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.domain.video import Video
from sluice.edge import clients

from tests.engine import Aws, unique
from tests.events import http_event
from tests.resources import Resources
from tests.template_file import function_environment

SECRET = "a-secret-of-these-tests-that-is-long-enough"
ACCOUNT = "000000000000"


def token_for(user_id: str, **claims: Any) -> str:
    """A good token of the deployment's own secret."""
    return jwt.encode({"sub": user_id, "exp": int(time.time()) + 600, **claims}, SECRET, "HS256")


@dataclass(frozen=True, slots=True)
class Deployment:
    """What the functions run on. ``environment`` is theirs."""

    aws: Aws
    environment: dict[str, str]
    resources: Resources = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "resources", Resources(self.aws))

    def __getitem__(self, name: str) -> str:
        """A variable of the functions' environment."""
        return self.environment[name]

    @property
    def videos(self) -> DynamoVideos:
        return DynamoVideos(self.aws.dynamo, self["VIDEOS_TABLE"])

    def has(self, video: Video, *, due_at: Any = None) -> Video:
        """Write a video's row."""
        self.videos.add(video, due_at=due_at)
        return video

    def state_of(self, video_id: str) -> Video:
        found = self.videos.find(video_id)
        assert found is not None, f"there is no {video_id}"
        return found.video

    def put(self, key: str, body: bytes = b"x") -> None:
        """Write an object, as browsers and the pipeline do."""
        self.aws("s3").put_object(Bucket=self["MEDIA_BUCKET"], Key=key, Body=body)

    def keys(self, prefix: str = "") -> set[str]:
        found = self.aws("s3").list_objects_v2(Bucket=self["MEDIA_BUCKET"], Prefix=prefix)
        return {item["Key"] for item in found.get("Contents", ())}


def make_deployment(aws: Aws) -> Deployment:
    """Everything under names that nobody else uses."""
    resources, bus = Resources(aws), unique("bus")
    aws("events").create_event_bus(Name=bus)
    bucket = resources.bucket()
    secrets = aws("secretsmanager")
    auth = secrets.create_secret(Name=unique("auth"), SecretString=json.dumps({"AUTH_JWT_SECRET": SECRET}))
    signing = secrets.create_secret(Name=unique("signing"), SecretString="s" * 64)
    given = {
        "VIDEOS_TABLE": resources.table("VideosTable"),
        "IDEMPOTENCY_TABLE": resources.table("IdempotencyTable"),
        "MEDIA_BUCKET": bucket,
        "EVENT_BUS": bus,
        "ANALYTICS_TABLE": resources.table("AnalyticsTable"),
        "BEACON_QUEUE_URL": resources.queue(),
        "INGEST_QUEUE_URL": resources.queue(),
        "INBOX_QUEUE_URL": resources.queue(),
        "DELIVERY_QUEUE_URL": resources.queue(),
        "PURGE_QUEUE_URL": resources.queue(),
        "IMPORT_QUEUE_URL": resources.queue(),
        "MEDIA_STATE_MACHINE_ARN": _state_machine(aws),
        "SIGNING_ROLE_ARN": _signing_role(aws, bucket),
        "SIGNING_SECRET_ARN": signing["ARN"],
        "AUTH_SECRET_ARN": auth["ARN"],
        "API_URL": "https://api.example.com",
        "CONNECTIONS_URL": "https://socketapi.execute-api.us-east-1.amazonaws.com/live",
    }
    return Deployment(aws, {**function_environment(), **aws.environment, **given})


@contextmanager
def running(deployment: Deployment, **changes: str) -> Iterator[Deployment]:
    """The functions' environment in this process, with ``changes``; nothing is kept from before or after."""
    made: list[Any] = []
    create = botocore.session.Session.create_client

    def recorded(*given: Any, **named: Any) -> Any:
        made.append(create(*given, **named))
        return made[-1]

    with (
        mock.patch.dict(os.environ, {**deployment.environment, **changes}),
        mock.patch.object(botocore.session.Session, "create_client", recorded),
    ):
        forget()
        try:
            yield deployment
        finally:
            forget()
            for client in made:
                client.close()


def forget() -> None:
    """Drop what a process keeps, its connections too: the next call composes anew."""
    for make in (clients.dynamodb, clients.secretsmanager, clients.inbox_sqs, clients.sts):
        if make.cache_info().currsize:
            made: Any = make()
            made.close()
    edge = [module for name, module in sys.modules.items() if name.startswith("sluice.edge.")]
    for module in edge:
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


def caller(handler: Callable[[dict[str, Any], object], dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Requests to one function: ``call("GET /api/videos", user="alice")``; nobody is signed in without."""

    def call(key: str, *, user: str | None = None, **given: Any) -> dict[str, Any]:
        token = given.pop("token", None) if user is None else token_for(user)
        return handler(http_event(key, token=token, **given), None)

    return call


def _state_machine(aws: Aws) -> str:
    role = _role(aws, {"Service": "states.amazonaws.com"})
    waiting = {"StartAt": "Wait", "States": {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}}
    made = aws("stepfunctions").create_state_machine(
        name=unique("media"), definition=json.dumps(waiting), roleArn=role
    )
    return str(made["stateMachineArn"])


def _signing_role(aws: Aws, bucket: str) -> str:
    arn = _role(aws, {"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
    allowed = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Action": ["s3:PutObject", "s3:GetObject"],
                "Resource": f"arn:aws:s3:::{bucket}/*",
            }
        ],
    }
    aws("iam").put_role_policy(
        RoleName=arn.rsplit("/", 1)[1], PolicyName="objects", PolicyDocument=json.dumps(allowed)
    )
    return arn


def _role(aws: Aws, principal: dict[str, str]) -> str:
    trust = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}],
    }
    made = aws("iam").create_role(RoleName=unique("role"), AssumeRolePolicyDocument=json.dumps(trust))
    return str(made["Role"]["Arn"])
