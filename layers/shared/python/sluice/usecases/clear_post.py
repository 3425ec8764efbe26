"""Remove what others left below a post that is deleted."""

from sluice.usecases.posts_ports import PostRemains


def clear_post(post_id: str, *, remains: PostRemains) -> int:
    """How many rows there were. A post that is not deleted is left alone; repeating it is harmless."""
    return remains.remove(post_id) if remains.are_of_a_deleted_post(post_id) else 0
