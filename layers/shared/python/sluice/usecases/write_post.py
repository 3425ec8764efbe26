"""Write posts and comments and found communities, and take back what one has written."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sluice.domain.errors import Forbidden, NotFound
from sluice.domain.identity import Caller
from sluice.domain.posts import (
    Author,
    Comment,
    Community,
    Post,
    author_from,
    check_comment,
    check_community,
    check_post,
)
from sluice.usecases.contention import until_written
from sluice.usecases.find_post import find_comment, find_community, find_post, require_form
from sluice.usecases.find_video import find_owned, ready
from sluice.usecases.ports import VideoStore
from sluice.usecases.posts_ports import CommentStore, CommunityStore, PostPurges, PostStore
from sluice.usecases.profile_ports import Profiles

# Longer than any request may take.
_LOOK_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWish:
    """What somebody wants to post."""

    content: str
    video_id: str | None = None
    community_id: str | None = None


def write_post(
    wish: PostWish,
    post_id: str,
    caller: Caller,
    *,
    now: datetime,
    posts: PostStore,
    videos: VideoStore,
    communities: CommunityStore,
    profiles: Profiles,
) -> None:
    """A post under ``post_id``; doing it again changes nothing.

    Raises:
        InvalidFields: it says nothing, or too much.
        NotFound: the caller has no such video, or there is no such community.
        Conflict: the video cannot be played (code ``video_not_ready``).
    """
    check_post(wish.content, wish.video_id)
    if wish.video_id is not None:
        _require_own(videos, wish.video_id, caller)
    community = find_community(communities, wish.community_id) if wish.community_id is not None else None
    post = Post(
        post_id=post_id,
        author=_author(caller, profiles),
        content=wish.content,
        created_at=now,
        video_id=wish.video_id,
        community=community,
    )
    until_written(lambda: posts.add(post))


def delete_post(post_id: str, caller: Caller, *, now: datetime, posts: PostStore, purges: PostPurges) -> None:
    """Gone from every answer; what others did about it is removed later.

    That is asked for first, so that it cannot be forgotten, and done when this has come to its end.

    Raises:
        NotFound: there is no such post, or it was deleted before.
        Forbidden: it is somebody else's.
    """
    post = find_post(posts, post_id, caller).post
    if post.author.user_id != caller.user_id:
        raise Forbidden("This post belongs to somebody else.")
    purges.ask_about_post(post_id, delay=_LOOK_AFTER)
    until_written(lambda: posts.remove(post, now=now))


def write_comment(
    post_id: str,
    comment_id: str,
    content: str,
    caller: Caller,
    *,
    now: datetime,
    comments: CommentStore,
    profiles: Profiles,
) -> None:
    """A comment under ``comment_id``; doing it again changes nothing.

    Raises:
        InvalidFields: it says nothing, or too much.
        NotFound: there is no such post.
    """
    check_comment(content)
    comment = Comment(
        comment_id=comment_id,
        post_id=require_form(post_id),
        author=_author(caller, profiles),
        content=content,
        created_at=now,
    )
    until_written(lambda: comments.add(comment))


def delete_comment(
    post_id: str, comment_id: str, caller: Caller, *, posts: PostStore, comments: CommentStore
) -> None:
    """For whoever wrote it, or the post.

    Raises:
        NotFound: there is no such post, or no such comment on it.
        Forbidden: both are somebody else's.
    """
    post = find_post(posts, post_id, caller).post
    comment = find_comment(comments, post_id, comment_id)
    if caller.user_id not in {comment.author.user_id, post.author.user_id}:
        raise Forbidden("This comment belongs to somebody else.")
    until_written(lambda: comments.remove(comment))


def found_community(name: str, community_id: str, *, now: datetime, communities: CommunityStore) -> None:
    """A community under ``community_id``; doing it again changes nothing.

    Raises:
        InvalidFields: nothing can be called that.
    """
    check_community(name)
    communities.add(Community(community_id=community_id, name=name, created_at=now))


def _require_own(videos: VideoStore, video_id: str, caller: Caller) -> None:
    try:
        ready(find_owned(videos, video_id, caller).video)
    except Forbidden:
        # Nobody is told by a post whether a video exists.
        raise NotFound("There is no such video.", code="video_not_found") from None


def _author(caller: Caller, profiles: Profiles) -> Author:
    whole = caller.name and caller.username and caller.picture
    return author_from(caller, None if whole else profiles.find(caller.user_id))
