"""AWS clients, made when first needed: botocore's own, since boto3 adds import time and nothing we use."""

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from sluice import __version__

if TYPE_CHECKING:
    from types_boto3_dynamodb import DynamoDBClient
    from types_boto3_events import EventBridgeClient
    from types_boto3_s3 import S3Client
    from types_boto3_secretsmanager import SecretsManagerClient
    from types_boto3_sqs import SQSClient
    from types_boto3_stepfunctions import SFNClient
    from types_boto3_sts import STSClient


@cache
def _session() -> Any:
    from botocore.session import get_session

    return get_session()


@cache
def _client(service: str) -> Any:
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
    return _session().create_client(service, config=config)


def _custom_endpoint() -> bool:
    from sluice.edge.settings import settings

    return settings().aws_endpoint is not None


def dynamodb() -> "DynamoDBClient":
    return cast("DynamoDBClient", _client("dynamodb"))


def s3() -> "S3Client":
    return cast("S3Client", _client("s3"))


def sqs() -> "SQSClient":
    return cast("SQSClient", _client("sqs"))


def events() -> "EventBridgeClient":
    return cast("EventBridgeClient", _client("events"))


def stepfunctions() -> "SFNClient":
    return cast("SFNClient", _client("stepfunctions"))


def secretsmanager() -> "SecretsManagerClient":
    return cast("SecretsManagerClient", _client("secretsmanager"))


def sts() -> "STSClient":
    return cast("STSClient", _client("sts"))
