"""AWS clients, made when first needed.

What a request waits for goes without botocore (docs/adr/0024); the rest is botocore's own, since boto3 adds
import time and nothing we use.
"""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sluice import __version__
from sluice.adapters import secrets
from sluice.adapters.aws_http import AwsHttp, Service
from sluice.adapters.aws_json import AwsJson
from sluice.adapters.dynamodb import client as dynamodb_client
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.edge.settings import endpoint_of, own_credentials, settings

if TYPE_CHECKING:
    from types_boto3_events import EventBridgeClient
    from types_boto3_s3 import S3Client
    from types_boto3_sqs import SQSClient
    from types_boto3_stepfunctions import SFNClient

    from sluice.adapters.sts import Sts


@cache
def _session() -> Any:
    from botocore.session import get_session

    return get_session()


@cache
def _client(service: str, endpoint: str | None = None) -> Any:
    """All attempts together stay below any function's own timeout, so that a hang becomes our 503.

    Only S3 is given longer: joining or storing large objects takes its time, in functions that have it.
    Parameters are ours and tested, so botocore need not check their shapes in each call; and with a user
    agent given it need not spell its own out, which takes it a tenth of the call's processor time.
    """
    from botocore.config import Config

    read_seconds, attempts = (10, 3) if service == "s3" else (3, 2)
    config = Config(
        connect_timeout=1,
        read_timeout=read_seconds,
        parameter_validation=False,
        user_agent=f"sluice/{__version__}",
        retries={"mode": "standard", "total_max_attempts": attempts},
        s3={"addressing_style": "path"} if _custom_endpoint() else None,
    )
    return _session().create_client(service, config=config, endpoint_url=endpoint)


def _custom_endpoint() -> bool:
    return settings().aws_endpoint is not None


def _http(name: str, spelt: str) -> AwsHttp:
    ours = settings()
    service = Service(name=name, region=ours.region, endpoint=endpoint_of(spelt), suffix=ours.url_suffix)
    return AwsHttp(service, own_credentials())


@cache
def dynamodb() -> DynamoClient:
    target, version = dynamodb_client.TARGET, dynamodb_client.VERSION
    return DynamoClient(AwsJson(_http("dynamodb", "DYNAMODB"), target=target, version=version))


@cache
def secretsmanager() -> AwsJson:
    return AwsJson(_http("secretsmanager", "SECRETS_MANAGER"), target=secrets.TARGET, version=secrets.VERSION)


@cache
def inbox_sqs() -> AwsJson:
    """Queues without botocore, for those who do nothing but send."""
    return AwsJson(_http("sqs", "SQS"), target="AmazonSQS", version="1.0")


@cache
def sts() -> "Sts":
    from sluice.adapters.sts import Sts

    return Sts(_http("sts", "STS"))


def s3() -> "S3Client":
    return cast("S3Client", _client("s3"))


def sqs() -> "SQSClient":
    return cast("SQSClient", _client("sqs"))


def events() -> "EventBridgeClient":
    return cast("EventBridgeClient", _client("events"))


def stepfunctions() -> "SFNClient":
    return cast("SFNClient", _client("stepfunctions"))


def connections(endpoint: str) -> Any:
    """The management of one WebSocket API's connections, which has an address of its own."""
    return _client("apigatewaymanagementapi", endpoint)
