"""What posts need from outside. Each has a fake in ``tests/fakes/posts.py`` held to the same contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from sluice.domain.posts import Comment, Community, Feed, Happening, Mark, Post, Standing
from sluice.domain.video import Video


@dataclass(frozen=True, slots=True)
class Seen:
    """A post as one reader sees it."""

    post: Post
    standing: Standing


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed, newest first, with the rows of its videos; ``next_key`` continues after it."""

    posts: Sequence[Seen]
    videos: Mapping[str, Video]
    next_key: str | None


@dataclass(frozen=True, slots=True)
class CommentPage:
    """One page of a post's comments, newest first."""

    comments: Sequence[Comment]
    next_key: str | None


class PostStore(Protocol):
    """Posts and the feeds that they stand in, which change together."""

    def add(self, post: Post) -> None:
        """Write a new post; the same post again changes nothing. Raises ``WriteConflict`` where contended."""

    def remove(self, post: Post, *, now: datetime) -> None:
        """Take it out of every answer.

        Raises:
            NotFound: somebody else has.
            WriteConflict: others are writing to it.
        """

    def find(self, post_id: str, reader_id: str) -> Seen | None: ...

    def page(self, feed: Feed, reader_id: str, *, limit: int, after: str | None) -> FeedPage: ...


class PostReactions(Protocol):
    """What users do about posts. A count changes in the transaction of what is counted.

    All raise ``NotFound`` if there is no such post, and ``WriteConflict`` where contended.
    """

    def mark(self, post_id: str, user_id: str, mark: Mark) -> None:
        """Set the user's mark; a second time changes nothing."""

    def unmark(self, post_id: str, user_id: str, mark: Mark) -> None:
        """Take the user's mark back; one that is not there changes nothing."""

    def count(self, post_id: str, happening: Happening, *, request_id: str) -> None:
        """Once more for this request, however often it is said."""


class PostRemains(Protocol):
    """What lies below a post: what others did about it."""

    def are_of_a_deleted_post(self, post_id: str) -> bool: ...

    def remove(self, post_id: str) -> int:
        """Remove it all; how much there was."""


class PostPurges(Protocol):
    """Where it is asked that a post's remains be removed."""

    def ask_about_post(self, post_id: str, *, delay: timedelta) -> None:
        """After ``delay``, remove what lies below this post, if it is deleted by then."""


class CommentStore(Protocol):
    """Comments, and their count on the post."""

    def add(self, comment: Comment) -> None:
        """Write a new comment; the same again changes nothing. Raises as ``PostReactions``."""

    def remove(self, comment: Comment) -> None:
        """Delete a comment; one that is gone changes nothing. Raises as ``PostReactions``."""

    def find(self, post_id: str, comment_id: str) -> Comment | None: ...

    def page(self, post_id: str, *, limit: int, after: str | None) -> CommentPage: ...


class CommunityStore(Protocol):
    """Communities."""

    def add(self, community: Community) -> None:
        """Write a new community; the same again changes nothing."""

    def find(self, community_id: str) -> Community | None: ...
