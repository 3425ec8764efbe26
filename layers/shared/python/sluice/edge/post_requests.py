"""From requests about posts to their answers: what is made, once per idempotency key, and what is shown."""

from collections.abc import Mapping

from sluice.adapters.ids import new_id
from sluice.domain.posts import Feed
from sluice.domain.video import Status, Video
from sluice.edge import posts_wiring, wiring
from sluice.edge.contract import posts as contract
from sluice.edge.http import Reply, Request
from sluice.edge.idempotency import create_once, created
from sluice.usecases import find_post, write_post
from sluice.usecases.posts_ports import Seen


def make_post(request: Request, body: contract.PostRequest) -> Reply:
    def make(post_id: str) -> None:
        write_post.write_post(
            body.wish(),
            post_id,
            request.caller,
            now=request.now,
            posts=posts_wiring.posts(),
            videos=wiring.videos(),
            communities=posts_wiring.communities(),
            profiles=wiring.profiles(),
        )

    outcome = create_once(request, "posts", body, make, new_id=new_id("post", request.now))
    return created(outcome, read_post(request, outcome.resource_id))


def make_comment(request: Request, post_id: str, body: contract.CommentRequest) -> Reply:
    comments = posts_wiring.comments()

    def make(comment_id: str) -> None:
        write_post.write_comment(
            post_id,
            comment_id,
            body.content,
            request.caller,
            now=request.now,
            comments=comments,
            profiles=wiring.profiles(),
        )

    route, new = f"posts/{post_id}/comments", new_id("comment", request.now)
    outcome = create_once(request, route, body, make, new_id=new)
    made = find_post.find_comment(comments, post_id, outcome.resource_id)
    return created(outcome, contract.comment_answer(made))


def make_community(request: Request, body: contract.CommunityRequest) -> Reply:
    communities = posts_wiring.communities()
    outcome = create_once(
        request,
        "communities",
        body,
        lambda community_id: write_post.found_community(
            body.name, community_id, now=request.now, communities=communities
        ),
        new_id=new_id("community", request.now),
    )
    made = find_post.find_community(communities, outcome.resource_id)
    return created(outcome, contract.community_answer(made))


def read_post(request: Request, post_id: str) -> contract.PostAnswer:
    seen = find_post.find_post(posts_wiring.posts(), post_id, request.caller)
    video = wiring.videos().find(seen.post.video_id) if seen.post.video_id else None
    return _shown(request, seen, {video.video.video_id: video.video} if video else {})


def read_feed(request: Request, query: contract.FeedQuery) -> contract.FeedAnswer:
    feed = Feed(community_id=query.community_id or None, user_id=query.user_id or None)
    scope = ("feed", feed.name)
    after = wiring.cursors().read(query.cursor or None, *scope)
    page = posts_wiring.posts().page(feed, request.caller.user_id, limit=query.limit, after=after)
    return contract.FeedAnswer(
        [_shown(request, seen, page.videos) for seen in page.posts],
        wiring.cursors().write(page.next_key, *scope),
    )


def read_comments(request: Request, post_id: str, query: contract.PageQuery) -> contract.CommentsAnswer:
    find_post.find_post(posts_wiring.posts(), post_id, request.caller)
    scope = ("comments", post_id)
    after = wiring.cursors().read(query.cursor or None, *scope)
    page = posts_wiring.comments().page(post_id, limit=query.limit, after=after)
    return contract.CommentsAnswer(
        [contract.comment_answer(comment) for comment in page.comments],
        wiring.cursors().write(page.next_key, *scope),
    )


def _shown(request: Request, seen: Seen, videos: Mapping[str, Video]) -> contract.PostAnswer:
    """With links that only this reader's requests carry; whoever may read a post may watch its video."""
    video, media = videos.get(seen.post.video_id or ""), None
    if video and video.status is Status.READY:
        links = wiring.presenter(request.base_url).links(video, request.caller, now=request.now)
        media = contract.media_answer(video, links)
    return contract.post_answer(seen.post, seen.standing, media)
