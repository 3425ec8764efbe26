"""What a reader does about a post: likes it, saves it, has seen it, shares it."""

from sluice.domain.identity import Caller
from sluice.domain.posts import Happening, Mark, Standing
from sluice.usecases.contention import until_written
from sluice.usecases.find_post import find_post, require_form
from sluice.usecases.posts_ports import PostReactions, PostStore


def set_mark(
    post_id: str, mark: Mark, caller: Caller, *, on: bool, reactions: PostReactions, posts: PostStore
) -> Standing:
    """How the post stands with the caller's mark on it, or without; repeating it changes nothing.

    Raises:
        NotFound: there is no such post.
    """
    change = reactions.mark if on else reactions.unmark
    require_form(post_id)
    until_written(lambda: change(post_id, caller.user_id, mark))
    return find_post(posts, post_id, caller).standing


def note(
    post_id: str,
    happening: Happening,
    caller: Caller,
    *,
    request_id: str,
    reactions: PostReactions,
    posts: PostStore,
) -> Standing:
    """How the post stands after one more view or share. Raises as ``set_mark``."""
    require_form(post_id)
    until_written(lambda: reactions.count(post_id, happening, request_id=request_id))
    return find_post(posts, post_id, caller).standing
