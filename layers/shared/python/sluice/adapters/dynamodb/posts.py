"""Posts' rows, and a row for each feed that a post stands in, so that a page is one query (docs/adr/0046).

``POST#{id}``/``POST`` holds the post as JSON beside its counts, which change without it; below the same
partition key lie likes, saves and comments. ``FEED…``/``{id}`` says that the post stands in that feed.
"""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import msgspec

from sluice.adapters.dynamodb.batches import Row, read_rows, row_key
from sluice.adapters.dynamodb.client import DynamoClient
from sluice.adapters.dynamodb.failures import ConditionFailed, translated
from sluice.adapters.dynamodb.videos import decode_video
from sluice.domain.errors import NotFound
from sluice.domain.posts import Feed, Mark, Post, Standing, feeds_of
from sluice.domain.video import Video
from sluice.usecases.posts_ports import FeedPage, Seen

# Longer than an idempotency key holds: a request that made the post and comes again does not make it anew.
_TOMBSTONE_KEPT = timedelta(days=2)
_SHOWN = "doc,likeCount,commentCount,shareCount,viewCount"
_decode = msgspec.json.Decoder(Post).decode


class DynamoPosts:
    """``PostStore`` on the table."""

    def __init__(self, client: DynamoClient, table: str) -> None:
        self._client = client
        self._table = table

    def add(self, post: Post) -> None:
        row = {**post_key(post.post_id), "doc": {"S": msgspec.json.encode(post).decode()}}
        items = [self._put(row, "attribute_not_exists(pk)"), *map(self._put, _feed_rows(post))]
        with suppress(ConditionFailed), translated():
            self._client.transact_write_items(TransactItems=items)

    def remove(self, post: Post, *, now: datetime) -> None:
        gone_by = now + _TOMBSTONE_KEPT
        tombstone = {**post_key(post.post_id), "ttlEpochSeconds": {"N": str(int(gone_by.timestamp()))}}
        feeds: list[Any] = [
            {"Delete": {"TableName": self._table, "Key": {name: row[name] for name in ("pk", "sk")}}}
            for row in _feed_rows(post)
        ]
        try:
            with translated():
                self._client.transact_write_items(
                    TransactItems=[self._put(tombstone, "attribute_exists(doc)"), *feeds]
                )
        except ConditionFailed as error:
            raise no_such_post() from error

    def find(self, post_id: str, reader_id: str) -> Seen | None:
        return self._read([post_id], [], reader_id)[0].get(post_id)

    def page(self, feed: Feed, reader_id: str, *, limit: int, after: str | None) -> FeedPage:
        with translated():
            answer = self._client.query(
                TableName=self._table,
                ConsistentRead=True,
                KeyConditionExpression="pk = :feed" + (" AND sk < :after" if after else ""),
                ExpressionAttributeValues={
                    ":feed": {"S": feed.name},
                    **({":after": {"S": after}} if after else {}),
                },
                ScanIndexForward=False,
                Limit=limit + 1,
            )
        rows = answer["Items"][:limit]
        ids = [row["sk"]["S"] for row in rows]
        videos = list({row["videoId"]["S"]: None for row in rows if "videoId" in row})
        posts, shown = self._read(ids, videos, reader_id)
        more = len(answer["Items"]) > limit
        return FeedPage([posts[one] for one in ids if one in posts], shown, ids[-1] if more else None)

    def _read(
        self, post_ids: list[str], video_ids: list[str], reader_id: str
    ) -> tuple[dict[str, Seen], dict[str, Video]]:
        """Posts as the reader sees them, and videos, all at once; those that are gone are left out."""
        likes, saves = (f"{mark.upper()}#{reader_id}" for mark in Mark)
        places = [(f"POST#{one}", sort) for one in post_ids for sort in ("POST", likes, saves)]
        videos = [(f"VIDEO#{one}", "VIDEO") for one in video_ids]
        rows = read_rows(self._client, self._table, [*places, *videos], _SHOWN)
        seen = {
            one: _seen(row, is_liked=(pk, likes) in rows, is_saved=(pk, saves) in rows)
            for one in post_ids
            if (row := rows.get((pk := f"POST#{one}", "POST"))) and "doc" in row
        }
        return seen, {
            one: decode_video(rows[place]["doc"]["S"])
            for one, place in zip(video_ids, videos, strict=True)
            if place in rows
        }

    def _put(self, row: Row, condition: str | None = None) -> Any:
        put: dict[str, Any] = {"TableName": self._table, "Item": row}
        return {"Put": put | ({"ConditionExpression": condition} if condition else {})}


def post_key(post_id: str) -> Row:
    return row_key(f"POST#{post_id}", "POST")


def no_such_post() -> NotFound:
    return NotFound("There is no such post.", code="post_not_found")


def _feed_rows(post: Post) -> list[Row]:
    """Ids sort by the time they were made at, so they are the feeds' order."""
    video = {"videoId": {"S": post.video_id}} if post.video_id else {}
    return [{**row_key(feed.name, post.post_id), **video} for feed in feeds_of(post)]


def _seen(row: Row, *, is_liked: bool, is_saved: bool) -> Seen:
    likes, comments, shares, views = (
        int(row[name]["N"]) if name in row else 0
        for name in ("likeCount", "commentCount", "shareCount", "viewCount")
    )
    standing = Standing(
        likes=likes, comments=comments, shares=shares, views=views, is_liked=is_liked, is_saved=is_saved
    )
    return Seen(_decode(row["doc"]["S"]), standing)
