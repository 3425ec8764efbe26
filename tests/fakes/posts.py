"""Posts, what readers do about them, comments and communities, in memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from threading import RLock

from sluice.domain.errors import NotFound
from sluice.domain.posts import Comment, Community, Feed, Happening, Mark, Post, Standing, feeds_of
from sluice.domain.video import Video
from sluice.usecases.posts_ports import CommentPage, FeedPage, Seen


class FakePosts:
    """``PostStore``, ``PostReactions`` and ``CommentStore`` on what would be one table.

    ``before_write`` may do what another writer would do just before each write.
    """

    def __init__(self, *posts: Post, videos: dict[str, Video] | None = None) -> None:
        self.comments = FakeComments(self)
        self.before_write: Callable[[], None] = lambda: None
        self._videos = videos or {}
        self._posts: dict[str, Post | None] = {}
        self._standings: dict[str, Standing] = {}
        self._marks: set[tuple[str, str, Mark]] = set()
        self._counted: set[tuple[str, Happening, str]] = set()
        self._lock = RLock()
        for post in posts:
            self.add(post)

    def add(self, post: Post) -> None:
        with self._writing():
            self._posts.setdefault(post.post_id, post)
            self._standings.setdefault(post.post_id, Standing())

    def remove(self, post: Post, *, now: datetime) -> None:
        with self._writing():
            self._require(post.post_id)
            self._posts[post.post_id] = None

    def find(self, post_id: str, reader_id: str) -> Seen | None:
        post = self._posts.get(post_id)
        if post is None:
            return None
        liked, saved = ((post_id, reader_id, mark) in self._marks for mark in Mark)
        return Seen(post, replace(self._standings[post_id], is_liked=liked, is_saved=saved))

    def page(self, feed: Feed, reader_id: str, *, limit: int, after: str | None) -> FeedPage:
        ids = sorted(
            (one for one, post in self._posts.items() if post and feed in feeds_of(post)), reverse=True
        )
        later = [one for one in ids if after is None or one < after]
        shown = [seen for one in later[:limit] if (seen := self.find(one, reader_id))]
        named = {seen.post.video_id for seen in shown}
        videos = {one: video for one, video in self._videos.items() if one in named}
        return FeedPage(shown, videos, later[limit - 1] if len(later) > limit else None)

    def mark(self, post_id: str, user_id: str, mark: Mark) -> None:
        with self._writing():
            self._require(post_id)
            if (post_id, user_id, mark) not in self._marks:
                self._marks.add((post_id, user_id, mark))
                self.bump(post_id, likes=mark is Mark.LIKE)

    def unmark(self, post_id: str, user_id: str, mark: Mark) -> None:
        with self._writing():
            self._require(post_id)
            if (post_id, user_id, mark) in self._marks:
                self._marks.remove((post_id, user_id, mark))
                self.bump(post_id, likes=-(mark is Mark.LIKE))

    def count(self, post_id: str, happening: Happening, *, request_id: str) -> None:
        with self._writing():
            self._require(post_id)
            if (post_id, happening, request_id) not in self._counted:
                self._counted.add((post_id, happening, request_id))
                self.bump(post_id, **{f"{happening}s": 1})

    def bump(self, post_id: str, **by: int) -> None:
        """Add to a post's counts; whoever does is inside ``writing``."""
        old = self._standings[post_id]
        self._standings[post_id] = replace(old, **{name: getattr(old, name) + n for name, n in by.items()})

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self.before_write()
        with self._lock:
            yield

    def _require(self, post_id: str) -> None:
        if self._posts.get(post_id) is None:
            raise NotFound("There is no such post.", code="post_not_found")


class FakeComments:
    """``CommentStore`` beside its posts."""

    def __init__(self, posts: FakePosts) -> None:
        self._posts = posts
        self._comments: dict[tuple[str, str], Comment] = {}

    def add(self, comment: Comment) -> None:
        with self._posts._writing():
            self._posts._require(comment.post_id)
            if (comment.post_id, comment.comment_id) not in self._comments:
                self._comments[comment.post_id, comment.comment_id] = comment
                self._posts.bump(comment.post_id, comments=1)

    def remove(self, comment: Comment) -> None:
        with self._posts._writing():
            self._posts._require(comment.post_id)
            if self._comments.pop((comment.post_id, comment.comment_id), None):
                self._posts.bump(comment.post_id, comments=-1)

    def find(self, post_id: str, comment_id: str) -> Comment | None:
        return self._comments.get((post_id, comment_id))

    def page(self, post_id: str, *, limit: int, after: str | None) -> CommentPage:
        theirs = sorted((key for key in self._comments if key[0] == post_id), reverse=True)
        listed = [self._comments[key] for key in theirs if after is None or key[1] < after]
        return CommentPage(listed[:limit], listed[limit - 1].comment_id if len(listed) > limit else None)


class FakeCommunities:
    """``CommunityStore``."""

    def __init__(self, *communities: Community) -> None:
        self._communities = {one.community_id: one for one in communities}

    def add(self, community: Community) -> None:
        self._communities.setdefault(community.community_id, community)

    def find(self, community_id: str) -> Community | None:
        return self._communities.get(community_id)
