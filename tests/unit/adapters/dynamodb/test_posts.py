"""One contract for posts and all about them, held by the fakes and by DynamoDB alike."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest
from sluice.adapters.dynamodb.comments import DynamoComments
from sluice.adapters.dynamodb.communities import DynamoCommunities
from sluice.adapters.dynamodb.posts import DynamoPosts
from sluice.adapters.dynamodb.reactions import DynamoReactions
from sluice.adapters.dynamodb.videos import DynamoVideos
from sluice.adapters.ids import new_id
from sluice.domain.errors import NotFound
from sluice.domain.posts import Author, Comment, Community, Feed, Happening, Mark, Post, Standing
from sluice.usecases.contention import until_written
from sluice.usecases.posts_ports import CommentStore, CommunityStore, PostReactions, PostStore

from tests.builders import NOW, at, make_video
from tests.engine import Aws, unique
from tests.fakes.posts import FakeCommunities, FakePosts
from tests.resources import Resources

VIDEOS = [make_video(status, video_id=f"video-{status}") for status in ("ready", "deleted")]


@dataclass(frozen=True)
class Stores:
    """All four, on one table."""

    posts: PostStore
    reactions: PostReactions
    comments: CommentStore
    communities: CommunityStore

    def standing(self, post: Post, reader: str = "reader") -> Standing:
        seen = self.posts.find(post.post_id, reader)
        assert seen is not None
        return seen.standing


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def stores(request: pytest.FixtureRequest) -> Stores:
    if request.param == "fake":
        posts = FakePosts(videos={video.video_id: video for video in VIDEOS})
        return Stores(posts, posts, posts.comments, FakeCommunities())
    aws: Aws = request.getfixturevalue("engine")
    on: tuple[Any, str] = aws.dynamo, request.getfixturevalue("table")
    for video in VIDEOS:
        DynamoVideos(*on).add(video, due_at=None)
    return Stores(DynamoPosts(*on), DynamoReactions(*on), DynamoComments(*on), DynamoCommunities(*on))


def make_post(seconds: float = 0, user: str | None = None, **changes: Any) -> Post:
    known: dict[str, Any] = {
        "post_id": new_id("post", at(seconds)),
        "author": Author(user_id=user or unique("user"), name="Alice"),
        "content": "Hello 🎬",
        "created_at": at(seconds),
    }
    return Post(**{**known, **changes})


def make_comment(post: Post, seconds: float = 0) -> Comment:
    return Comment(
        comment_id=new_id("comment", at(seconds)),
        post_id=post.post_id,
        author=Author(user_id="bob", name="Bob"),
        content="Well said.",
        created_at=at(seconds),
    )


def make_community() -> Community:
    return Community(community_id=new_id("community", NOW), name="Harbours", created_at=NOW)


def test_a_post_is_read_as_it_was_written_however_often(stores: Stores) -> None:
    post = make_post(community=make_community(), video_id="video-ready")
    stores.posts.add(post)
    stores.reactions.mark(post.post_id, "reader", Mark.LIKE)
    stores.posts.add(post)
    seen = stores.posts.find(post.post_id, "reader")
    assert seen is not None
    assert (seen.post, seen.standing) == (post, Standing(likes=1, is_liked=True))
    assert stores.posts.find(new_id("post", NOW), "reader") is None


def test_a_feed_has_its_own_posts_newest_first(stores: Stores) -> None:
    user, other, community = unique("user"), unique("user"), make_community()
    plain, within = make_post(1, user), make_post(2, user, community=community)
    theirs = make_post(3, other, community=community)
    for post in (within, theirs, plain):
        stores.posts.add(post)

    def listed(**which: str) -> list[Post]:
        page = stores.posts.page(Feed(**which), "reader", limit=100, after=None)
        assert page.next_key is None or not which
        return [seen.post for seen in page.posts]

    assert listed(user_id=user) == [within, plain]
    assert listed(community_id=community.community_id) == [theirs, within]
    assert listed(community_id=community.community_id, user_id=user) == [within]
    assert listed(user_id=unique("nobody")) == []


def test_a_feed_goes_on_page_by_page_and_then_ends(stores: Stores) -> None:
    user = unique("user")
    written = [make_post(second, user) for second in range(5)]
    for post in written:
        stores.posts.add(post)
    seen: list[Post] = []
    after, pages = None, 0
    while pages == 0 or after:
        page = stores.posts.page(Feed(user_id=user), "reader", limit=2, after=after)
        seen += [one.post for one in page.posts]
        after, pages = page.next_key, pages + 1
    assert seen == written[::-1]
    assert pages == 3
    assert stores.posts.page(Feed(user_id=user), "reader", limit=5, after=None).next_key is None


def test_the_feed_of_all_has_everybodys(stores: Stores) -> None:
    far = 10_000_000
    one, other = make_post(far), make_post(far + 1)
    stores.posts.add(one)
    stores.posts.add(other)
    page = stores.posts.page(Feed(), "reader", limit=2, after=None)
    assert [seen.post for seen in page.posts] == [other, one]


def test_a_page_says_what_its_reader_did_and_brings_its_videos(stores: Stores) -> None:
    user = unique("user")
    liked = make_post(1, user, video_id="video-ready")
    saved = make_post(2, user, video_id="video-deleted")
    lost = make_post(3, user, video_id="video-unknown")
    for post in (liked, saved, lost):
        stores.posts.add(post)
    stores.reactions.mark(liked.post_id, "reader", Mark.LIKE)
    stores.reactions.mark(liked.post_id, "another", Mark.LIKE)
    stores.reactions.mark(saved.post_id, "reader", Mark.SAVE)
    page = stores.posts.page(Feed(user_id=user), "reader", limit=10, after=None)
    assert [seen.standing for seen in page.posts] == [
        Standing(),
        Standing(is_saved=True),
        Standing(likes=2, is_liked=True),
    ]
    assert {one: video.status for one, video in page.videos.items()} == {
        "video-ready": "ready",
        "video-deleted": "deleted",
    }


def test_a_page_of_a_hundred_with_all_that_belongs_to_it_is_whole(stores: Stores) -> None:
    """Three hundred keys: more than the table gives at once."""
    user = unique("user")
    for second in range(100):
        stores.posts.add(make_post(second, user))
    page = stores.posts.page(Feed(user_id=user), "reader", limit=100, after=None)
    assert (len(page.posts), page.next_key) == (100, None)


def test_what_is_removed_is_in_no_feed_and_cannot_be_reacted_to(stores: Stores) -> None:
    user = unique("user")
    post = make_post(user=user, community=make_community())
    stores.posts.add(post)
    comment = make_comment(post)
    stores.comments.add(comment)
    stores.posts.remove(post, now=NOW)
    assert stores.posts.find(post.post_id, "reader") is None
    assert not stores.posts.page(Feed(user_id=user), "reader", limit=1, after=None).posts
    stores.posts.add(post)
    assert stores.posts.find(post.post_id, "reader") is None
    for attempt in (
        partial(stores.posts.remove, post, now=NOW),
        partial(stores.reactions.mark, post.post_id, "reader", Mark.LIKE),
        partial(stores.reactions.mark, post.post_id, "reader", Mark.SAVE),
        partial(stores.reactions.count, post.post_id, Happening.VIEW, request_id="r"),
        partial(stores.comments.add, make_comment(post, 1)),
    ):
        with pytest.raises(NotFound) as refused:
            attempt()
        assert refused.value.code == "post_not_found"


@pytest.mark.parametrize("mark", Mark)
def test_a_mark_counts_once_a_user_until_it_is_taken_back(stores: Stores, mark: Mark) -> None:
    post, likes = make_post(), int(mark is Mark.LIKE)
    stores.posts.add(post)
    for _ in range(2):
        stores.reactions.mark(post.post_id, "reader", mark)
    assert stores.standing(post).likes == likes
    assert (stores.standing(post).is_liked, stores.standing(post).is_saved) == (likes == 1, likes == 0)
    assert stores.standing(post, "another") == Standing(likes=likes)
    for _ in range(2):
        stores.reactions.unmark(post.post_id, "reader", mark)
    assert stores.standing(post) == Standing()


def test_views_and_shares_count_each_request_once(stores: Stores) -> None:
    post = make_post()
    stores.posts.add(post)
    for happening in Happening:
        for request in ("one", "two", "one"):
            stores.reactions.count(post.post_id, happening, request_id=request)
    assert stores.standing(post) == Standing(views=2, shares=2)


def test_comments_are_counted_and_listed_newest_first(stores: Stores) -> None:
    post = make_post()
    stores.posts.add(post)
    written = [make_comment(post, second) for second in range(5)]
    for comment in (*written, *written):
        stores.comments.add(comment)
    assert stores.standing(post).comments == 5
    page = stores.comments.page(post.post_id, limit=3, after=None)
    assert page.comments == written[:1:-1]
    assert page.next_key
    stores.comments.remove(written[2])
    stores.comments.remove(written[2])
    rest = stores.comments.page(post.post_id, limit=3, after=page.next_key)
    assert (rest.comments, rest.next_key) == (written[1::-1], None)
    again = stores.comments.page(post.post_id, limit=1, after=written[3].comment_id)
    assert (again.comments, again.next_key) == ([written[1]], written[1].comment_id)
    assert stores.standing(post).comments == 4
    assert stores.comments.find(post.post_id, written[0].comment_id) == written[0]
    assert stores.comments.find(post.post_id, written[2].comment_id) is None


def test_a_community_is_founded_once(stores: Stores) -> None:
    community = make_community()
    stores.communities.add(community)
    stores.communities.add(community)
    assert stores.communities.find(community.community_id) == community
    assert stores.communities.find(new_id("community", NOW)) is None


def test_64_users_at_once_liking_and_some_taking_it_back_are_counted_exactly(stores: Stores) -> None:
    """R3."""
    post = make_post()
    stores.posts.add(post)

    def react(number: int) -> None:
        user = f"user-{number}"
        for _ in range(2):
            until_written(lambda: stores.reactions.mark(post.post_id, user, Mark.LIKE))
        if number % 4 == 0:
            until_written(lambda: stores.reactions.unmark(post.post_id, user, Mark.LIKE))
        until_written(lambda: stores.reactions.count(post.post_id, Happening.VIEW, request_id=user))

    with ThreadPoolExecutor(64) as pool:
        list(pool.map(react, range(64)))
    assert stores.standing(post) == Standing(likes=48, views=64)
