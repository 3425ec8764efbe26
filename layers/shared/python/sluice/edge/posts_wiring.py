"""The composition root of posts, beside ``wiring``."""

from functools import cache

from sluice.adapters.dynamodb.comments import DynamoComments
from sluice.adapters.dynamodb.communities import DynamoCommunities
from sluice.adapters.dynamodb.post_remains import DynamoPostRemains
from sluice.adapters.dynamodb.posts import DynamoPosts
from sluice.adapters.dynamodb.reactions import DynamoReactions
from sluice.edge import clients
from sluice.edge.settings import settings


@cache
def posts() -> DynamoPosts:
    return DynamoPosts(clients.dynamodb(), settings().videos_table)


@cache
def reactions() -> DynamoReactions:
    return DynamoReactions(clients.dynamodb(), settings().videos_table)


@cache
def comments() -> DynamoComments:
    return DynamoComments(clients.dynamodb(), settings().videos_table)


@cache
def communities() -> DynamoCommunities:
    return DynamoCommunities(clients.dynamodb(), settings().videos_table)


@cache
def remains() -> DynamoPostRemains:
    return DynamoPostRemains(clients.dynamodb(), settings().videos_table)
