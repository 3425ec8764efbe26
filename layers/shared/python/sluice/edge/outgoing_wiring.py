"""The composition root of outgoing webhooks: endpoints, deliveries, their queue and who carries them."""

from functools import cache
from random import random

from sluice.adapters.delivery_queue import JobQueue
from sluice.adapters.dynamodb.endpoints import DynamoEndpoints
from sluice.adapters.dynamodb.outgoing import DynamoDeliveries
from sluice.adapters.sealing import Seal
from sluice.adapters.secrets import read_secret
from sluice.adapters.sqs import Queue
from sluice.edge import clients
from sluice.edge.import_wiring import guarded_http
from sluice.edge.settings import settings
from sluice.usecases.attempt_delivery import Outbox


@cache
def endpoints() -> DynamoEndpoints:
    secret = read_secret(clients.secretsmanager(), settings().signing_secret_arn)
    return DynamoEndpoints(clients.dynamodb(), settings().videos_table, Seal(secret, "webhook-endpoint"))


@cache
def deliveries() -> DynamoDeliveries:
    return DynamoDeliveries(clients.dynamodb(), settings().videos_table)


@cache
def queue() -> JobQueue:
    return JobQueue(Queue(clients.sqs(), settings().delivery_queue_url))


@cache
def outbox() -> Outbox:
    from sluice.adapters.webhook_sender import WebhookSender

    return Outbox(
        endpoints=endpoints(),
        deliveries=deliveries(),
        queue=queue(),
        sender=WebhookSender(guarded_http()),
        window=settings().delivery_window,
        chance=random,
    )
