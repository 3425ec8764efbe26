"""Requests and answers of posts, comments and communities."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from sluice.domain.posts import (
    MAX_COMMENT,
    MAX_COMMUNITY_NAME,
    MAX_POST,
    Author,
    Comment,
    Community,
    Post,
    Standing,
)
from sluice.domain.video import Video
from sluice.edge.contract.times import iso
from sluice.edge.contract.words import Moment, Url, VideoId
from sluice.usecases.provider_ports import PlaybackLinks
from sluice.usecases.write_post import PostWish

_UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
# What ``domain/posts.py`` lets through: no control characters but tabs and line ends, and something to read.
_TEXT = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$"
_LINE = r"^[^\u0000-\u001f\u007f-\u009f]*\S[^\u0000-\u001f\u007f-\u009f]*$"


def _id(prefix: str, what: str) -> Meta:
    example = f"{prefix}_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17"
    told = {"description": what, "pattern": f"^{prefix}_{_UUID}$", "examples": [example]}
    return Meta(extra_json_schema=told)


type PostId = Annotated[str, _id("post", "The post's id.")]
type CommentId = Annotated[str, _id("comment", "The comment's id.")]
type CommunityId = Annotated[str, _id("community", "The community's id.")]
type Kind = Literal["text", "video"]
type Count = Annotated[int, Meta(extra_json_schema={"minimum": 0})]
type Cursor = Annotated[str, Meta(description="`nextCursor` of the page before.")]
type Limit = Annotated[int, Meta(ge=1, le=100, description="How many at most.")]


class PostRequest(Struct, frozen=True, rename="camel"):
    """What to post: `content`, one's own video that is ready, or both. `type` follows from the video."""

    content: Annotated[str, Meta(extra_json_schema={"maxLength": MAX_POST, "pattern": _TEXT})] | None = None
    video_id: VideoId | None = None
    community_id: CommunityId | None = None
    kind: Kind | None = field(name="type", default=None)

    def wish(self) -> PostWish:
        return PostWish(content=self.content or "", video_id=self.video_id, community_id=self.community_id)


class CommentRequest(Struct, frozen=True, rename="camel"):
    """What to say about a post."""

    content: Annotated[
        str, Meta(extra_json_schema={"minLength": 1, "maxLength": MAX_COMMENT, "pattern": _TEXT})
    ]


class CommunityRequest(Struct, frozen=True, rename="camel"):
    """What to call the community."""

    name: Annotated[str, Meta(extra_json_schema={"maxLength": MAX_COMMUNITY_NAME, "pattern": _LINE})]


class PageQuery(Struct, frozen=True, rename="camel"):
    """Which page of a list."""

    limit: Limit = 24
    cursor: Cursor | UnsetType = UNSET


class FeedQuery(PageQuery, frozen=True, rename="camel", kw_only=True):
    """Which page of which feed: a community's, a user's, a user's in a community, or all posts."""

    community_id: Annotated[str, Meta(max_length=255, description="Only its posts.")] | UnsetType = UNSET
    user_id: Annotated[str, Meta(max_length=255, description="Only their posts.")] | UnsetType = UNSET


class AuthorAnswer(Struct, frozen=True, rename="camel"):
    """Who wrote it, as their token named them then. Nobody is verified here, so `verified` is false."""

    id: str
    name: str
    username: str | None
    avatar: str | None
    verified: bool


class MediaAnswer(Struct, frozen=True, rename="camel"):
    """The video of a post, with links signed for whoever reads it. `duration` in seconds."""

    kind: Literal["video"] = field(name="type")
    video_id: VideoId
    url: Url
    thumbnail: Url | None
    duration: float | None


class CommunityName(Struct, frozen=True, rename="camel"):
    """Which community a post is in."""

    id: CommunityId
    name: str


class PostAnswer(Struct, frozen=True, rename="camel"):
    """A post as its reader sees it. `media` is null without a video, and once the video is deleted."""

    id: PostId
    content: str
    kind: Kind = field(name="type")
    author: AuthorAnswer
    media: MediaAnswer | None
    community: CommunityName | None
    likes: Count
    comments: Count
    shares: Count
    views: Count
    timestamp: Moment
    is_liked: bool
    is_saved: bool


class FeedAnswer(Struct, frozen=True, rename="camel"):
    """One page of a feed, newest first."""

    posts: list[PostAnswer]
    next_cursor: Annotated[str, Meta(description="Where the next page goes on.")] | None


class StandingAnswer(Struct, frozen=True, rename="camel"):
    """How a post stands, and what the caller has done about it."""

    likes: Count
    comments: Count
    shares: Count
    views: Count
    is_liked: bool
    is_saved: bool


class CommentAnswer(Struct, frozen=True, rename="camel"):
    """A comment."""

    id: CommentId
    content: str
    author: AuthorAnswer
    timestamp: Moment


class CommentsAnswer(Struct, frozen=True, rename="camel"):
    """One page of a post's comments, newest first."""

    comments: list[CommentAnswer]
    next_cursor: Annotated[str, Meta(description="Where the next page goes on.")] | None


class CommunityAnswer(Struct, frozen=True, rename="camel"):
    """A community."""

    id: CommunityId
    name: str
    created_at: Moment


def post_answer(post: Post, standing: Standing, media: MediaAnswer | None) -> PostAnswer:
    community = post.community
    return PostAnswer(
        id=post.post_id,
        content=post.content,
        kind="text" if post.video_id is None else "video",
        author=_author_answer(post.author),
        media=media,
        community=CommunityName(community.community_id, community.name) if community else None,
        likes=standing.likes,
        comments=standing.comments,
        shares=standing.shares,
        views=standing.views,
        timestamp=iso(post.created_at),
        is_liked=standing.is_liked,
        is_saved=standing.is_saved,
    )


def media_answer(video: Video, links: PlaybackLinks) -> MediaAnswer:
    return MediaAnswer(
        kind="video",
        video_id=video.video_id,
        url=links.playback_url,
        thumbnail=links.thumbnail_url,
        duration=video.media.value.duration_seconds if video.media else None,
    )


def standing_answer(standing: Standing) -> StandingAnswer:
    return StandingAnswer(
        standing.likes,
        standing.comments,
        standing.shares,
        standing.views,
        standing.is_liked,
        standing.is_saved,
    )


def comment_answer(comment: Comment) -> CommentAnswer:
    author = _author_answer(comment.author)
    return CommentAnswer(comment.comment_id, comment.content, author, iso(comment.created_at))


def community_answer(community: Community) -> CommunityAnswer:
    return CommunityAnswer(community.community_id, community.name, iso(community.created_at))


def _author_answer(author: Author) -> AuthorAnswer:
    return AuthorAnswer(author.user_id, author.name, author.username, author.avatar, verified=False)
