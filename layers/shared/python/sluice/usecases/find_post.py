"""Read posts, comments and communities: those that are there, by ids that can be ids."""

from sluice.domain.errors import NotFound
from sluice.domain.identity import Caller
from sluice.domain.ids import is_id
from sluice.domain.posts import Comment, Community
from sluice.usecases.posts_ports import CommentStore, CommunityStore, PostStore, Seen


def find_post(posts: PostStore, post_id: str, reader: Caller) -> Seen:
    """Raises ``NotFound`` if there is no such post."""
    found = posts.find(require_form(post_id), reader.user_id)
    if found is None:
        raise _no_such_post()
    return found


def find_comment(comments: CommentStore, post_id: str, comment_id: str) -> Comment:
    """Raises ``NotFound`` if there is no such comment."""
    found = comments.find(require_form(post_id), comment_id) if is_id("comment", comment_id) else None
    if found is None:
        raise NotFound("There is no such comment.", code="comment_not_found")
    return found


def find_community(communities: CommunityStore, community_id: str) -> Community:
    """Raises ``NotFound`` if there is no such community."""
    found = communities.find(community_id) if is_id("community", community_id) else None
    if found is None:
        raise NotFound("There is no such community.", code="community_not_found")
    return found


def require_form(post_id: str) -> str:
    """The id, if it can be one; the table answers a key that is too long with an error of its own."""
    if not is_id("post", post_id):
        raise _no_such_post()
    return post_id


def _no_such_post() -> NotFound:
    return NotFound("There is no such post.", code="post_not_found")
