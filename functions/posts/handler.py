"""/api/posts and /api/communities: posts with videos, what readers do about them, and where they belong."""

from sluice.domain.errors import Conflict, Forbidden, Invalid, NotFound
from sluice.domain.posts import Happening, Mark
from sluice.edge import post_requests, posts_wiring, wiring
from sluice.edge.contract import posts as contract
from sluice.edge.http import Api, Reply, Request
from sluice.usecases import find_post, react_to_post, write_post

api = handler = Api(wiring.caller_of)


@api.route("POST /api/posts", status=201, keyed=True, raises=(Conflict, NotFound))
def post(request: Request, body: contract.PostRequest) -> contract.PostAnswer | Reply:
    """Post something, perhaps with one of one's own videos."""
    return post_requests.make_post(request, body)


@api.route("GET /api/posts", raises=(Invalid,))
def feed(request: Request, query: contract.FeedQuery) -> contract.FeedAnswer:
    """A feed, newest first."""
    return post_requests.read_feed(request, query)


@api.route("GET /api/posts/{post_id}", raises=(NotFound,))
def read(request: Request, post_id: contract.PostId) -> contract.PostAnswer:
    """One post."""
    return post_requests.read_post(request, post_id)


@api.route("DELETE /api/posts/{post_id}", status=204, raises=(Forbidden, NotFound))
def delete(request: Request, post_id: contract.PostId) -> None:
    """Delete one's own post: gone from every answer at once."""
    posts, purges = posts_wiring.posts(), wiring.purge_queue()
    write_post.delete_post(post_id, request.caller, now=request.now, posts=posts, purges=purges)


@api.route("PUT /api/posts/{post_id}/like", raises=(NotFound,))
def like(request: Request, post_id: contract.PostId) -> contract.StandingAnswer:
    """Like a post. A user likes a post once, however often they say so."""
    return _marked(request, post_id, Mark.LIKE, on=True)


@api.route("DELETE /api/posts/{post_id}/like", raises=(NotFound,))
def unlike(request: Request, post_id: contract.PostId) -> contract.StandingAnswer:
    """Take one's like back."""
    return _marked(request, post_id, Mark.LIKE, on=False)


@api.route("PUT /api/posts/{post_id}/save", raises=(NotFound,))
def save(request: Request, post_id: contract.PostId) -> contract.StandingAnswer:
    """Save a post for later."""
    return _marked(request, post_id, Mark.SAVE, on=True)


@api.route("DELETE /api/posts/{post_id}/save", raises=(NotFound,))
def unsave(request: Request, post_id: contract.PostId) -> contract.StandingAnswer:
    """Save a post no longer."""
    return _marked(request, post_id, Mark.SAVE, on=False)


@api.route("POST /api/posts/{post_id}/view", raises=(NotFound,))
def view(request: Request, post_id: contract.PostId) -> contract.StandingAnswer:
    """Count one more view of a post.

    A view is what the frontend takes for one, such as a post that was on the screen for a second: each
    request counts, by the same user too. How often a video was played is another figure.
    """
    return _noted(request, post_id, Happening.VIEW)


@api.route("POST /api/posts/{post_id}/share", raises=(NotFound,))
def share(request: Request, post_id: contract.PostId) -> contract.StandingAnswer:
    """Count one more share of a post; each request counts."""
    return _noted(request, post_id, Happening.SHARE)


@api.route("POST /api/posts/{post_id}/comments", status=201, keyed=True, raises=(NotFound,))
def comment(
    request: Request, post_id: contract.PostId, body: contract.CommentRequest
) -> contract.CommentAnswer | Reply:
    """Comment on a post."""
    return post_requests.make_comment(request, post_id, body)


@api.route("GET /api/posts/{post_id}/comments", raises=(Invalid, NotFound))
def comments(
    request: Request, post_id: contract.PostId, query: contract.PageQuery
) -> contract.CommentsAnswer:
    """What was said about a post, newest first."""
    return post_requests.read_comments(request, post_id, query)


@api.route("DELETE /api/posts/{post_id}/comments/{comment_id}", status=204, raises=(Forbidden, NotFound))
def uncomment(request: Request, post_id: contract.PostId, comment_id: contract.CommentId) -> None:
    """Delete a comment: one's own, or any on one's own post."""
    write_post.delete_comment(
        post_id, comment_id, request.caller, posts=posts_wiring.posts(), comments=posts_wiring.comments()
    )


@api.route("POST /api/communities", status=201, keyed=True)
def found(request: Request, body: contract.CommunityRequest) -> contract.CommunityAnswer | Reply:
    """Found a community."""
    return post_requests.make_community(request, body)


@api.route("GET /api/communities/{community_id}", raises=(NotFound,))
def community(_request: Request, community_id: contract.CommunityId) -> contract.CommunityAnswer:
    """One community."""
    known = find_post.find_community(posts_wiring.communities(), community_id)
    return contract.community_answer(known)


def _marked(request: Request, post_id: str, mark: Mark, *, on: bool) -> contract.StandingAnswer:
    reactions, posts = posts_wiring.reactions(), posts_wiring.posts()
    standing = react_to_post.set_mark(post_id, mark, request.caller, on=on, reactions=reactions, posts=posts)
    return contract.standing_answer(standing)


def _noted(request: Request, post_id: str, happening: Happening) -> contract.StandingAnswer:
    standing = react_to_post.note(
        post_id,
        happening,
        request.caller,
        request_id=request.request_id,
        reactions=posts_wiring.reactions(),
        posts=posts_wiring.posts(),
    )
    return contract.standing_answer(standing)
