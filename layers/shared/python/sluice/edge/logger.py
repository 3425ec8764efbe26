"""JSON logs and metrics, the same in every function. No line carries a token, a key or a query string."""

from functools import cache

from aws_lambda_powertools.logging import Logger
from aws_lambda_powertools.metrics import Metrics


@cache
def logger() -> Logger:
    """The process's logger; pass what belongs to one request as ``extra``."""
    return Logger(service="sluice", use_rfc3339=True, utc=True)


@cache
def metrics() -> Metrics:
    """The process's metrics, written as embedded metric format by ``flush_metrics``."""
    return Metrics(namespace="Sluice", service="sluice")
