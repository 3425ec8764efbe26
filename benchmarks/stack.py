"""The engine with one deployment's table, secrets and role, and videos in the table."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sluice.adapters.dynamodb.videos import DynamoVideos

from local.tokens import mint_token
from tests.builders import make_video, video_id
from tests.engine import Aws, running_engine
from tests.resources import Resources
from tests.template_file import function_environment

AUTH_SECRET = "a-secret-for-measuring-0123456789-abcdef"
WEBHOOK_SECRET = "a-secret-of-webhooks-for-measuring"
OWNER = "local-alice"


@dataclass(frozen=True, slots=True)
class Stack:
    """Where it is, what functions find in their environment, and its owner's bearer token."""

    aws: Aws
    environment: dict[str, str]
    bearer: str

    @property
    def table(self) -> str:
        return self.environment["VIDEOS_TABLE"]


@contextmanager
def running_stack(*, videos: int) -> Iterator[Stack]:
    """A stack with this many ready videos of one owner, gone afterwards."""
    with running_engine() as aws:
        secrets = aws("secretsmanager")
        auth = secrets.create_secret(Name="auth", SecretString=f'{{"AUTH_JWT_SECRET": "{AUTH_SECRET}"}}')
        signing = secrets.create_secret(Name="signing", SecretString="s" * 64)
        held = f'{{"MUX_WEBHOOK_SECRET": "{WEBHOOK_SECRET}"}}'
        mux = secrets.create_secret(Name="mux", SecretString=held)
        trust = '{"Statement": [{"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "sts:AssumeRole"}]}'
        role = aws("iam").create_role(RoleName="signing", AssumeRolePolicyDocument=trust)
        environment = {
            **function_environment(),
            **aws.environment,
            "VIDEOS_TABLE": Resources(aws).table("VideosTable"),
            "AUTH_SECRET_ARN": auth["ARN"],
            "SIGNING_SECRET_ARN": signing["ARN"],
            "MUX_SECRETS_ARN": mux["ARN"],
            "INBOX_QUEUE_URL": Resources(aws).queue(),
            "ANALYTICS_TABLE": Resources(aws).table("AnalyticsTable"),
            "BEACON_QUEUE_URL": Resources(aws).queue(),
            "MEDIA_BUCKET": Resources(aws).bucket(),
            "SIGNING_ROLE_ARN": role["Role"]["Arn"],
        }
        store = DynamoVideos(aws.dynamo, environment["VIDEOS_TABLE"])
        began = datetime(2026, 1, 1, tzinfo=UTC)
        for number in range(videos):
            made_at = began + timedelta(minutes=number)
            video = make_video("complete", video_id=video_id(number), owner_id=OWNER, created_at=made_at)
            store.add(video, due_at=None)
        token = mint_token("alice", secret=AUTH_SECRET, now=datetime.now(UTC))
        yield Stack(aws, environment, f"Bearer {token}")
