"""Posts, comments and communities: what they hold, how long they may be, and in which feeds a post stands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from unicodedata import category

from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.domain.identity import Caller

MAX_POST = 5_000
MAX_COMMENT = 2_000
MAX_COMMUNITY_NAME = 100
_MAX_SHOWN = 200
_LINE_CONTROLS = "\t\n\r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """A user as their token named them when they wrote."""

    user_id: str
    name: str
    username: str | None = None
    avatar: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Community:
    """Where posts belong together. It is never renamed, so posts carry its name."""

    community_id: str
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What its author wrote; it never changes. What others do about it is counted beside it."""

    post_id: str
    author: Author
    content: str
    created_at: datetime
    video_id: str | None = None
    community: Community | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """An answer to a post."""

    comment_id: str
    post_id: str
    author: Author
    content: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a post stands, and what one reader has done about it."""

    likes: int = 0
    comments: int = 0
    shares: int = 0
    views: int = 0
    is_liked: bool = False
    is_saved: bool = False


class Mark(StrEnum):
    """What a user can set on a post, and take back."""

    LIKE = "like"
    SAVE = "save"


class Happening(StrEnum):
    """What can only happen to a post, each time anew."""

    VIEW = "view"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Posts of a community, of a user, of a user in a community, or all."""

    community_id: str | None = None
    user_id: str | None = None

    @property
    def name(self) -> str:
        """Different for different feeds, whatever characters ids have: only the last part is not our own."""
        community = f"#COMMUNITY#{self.community_id}" if self.community_id else ""
        user = f"#USER#{self.user_id}" if self.user_id else ""
        return f"FEED{community}{user}"


def feeds_of(post: Post) -> list[Feed]:
    """All feeds that a post stands in."""
    user = post.author.user_id
    feeds = [Feed(), Feed(user_id=user)]
    if post.community:
        community = post.community.community_id
        feeds += [Feed(community_id=community), Feed(community_id=community, user_id=user)]
    return feeds


def author_from(caller: Caller, known: Caller | None) -> Author:
    """The caller as an author; what their token leaves out is as an earlier one had it (``known``)."""
    earlier = known or caller
    username = caller.username or earlier.username
    return Author(
        user_id=caller.user_id,
        name=(caller.name or earlier.name or username or caller.user_id)[:_MAX_SHOWN],
        username=username[:_MAX_SHOWN] if username else None,
        avatar=caller.picture or earlier.picture,
    )


def check_post(content: str, video_id: str | None) -> None:
    """Raises ``InvalidFields`` unless it says something, or shows it."""
    if not content.strip() and video_id is None:
        problem = FieldProblem("content", "is required, or videoId")
        raise InvalidFields("A post needs content or a video.", problem)
    _require(_text_problems("content", content, MAX_POST))


def check_comment(content: str) -> None:
    """Raises ``InvalidFields`` unless it says something."""
    _require(_blank("content", content) or _text_problems("content", content, MAX_COMMENT))


def check_community(name: str) -> None:
    """Raises ``InvalidFields`` unless it can be called that."""
    problems = _blank("name", name) or _text_problems("name", name, MAX_COMMUNITY_NAME)
    if not problems and any(control in name for control in _LINE_CONTROLS):
        problems = [FieldProblem("name", "must be one line")]
    _require(problems)


def _blank(field: str, text: str) -> list[FieldProblem]:
    return [] if text.strip() else [FieldProblem(field, "must not be empty")]


def _text_problems(field: str, text: str, longest: int) -> list[FieldProblem]:
    if len(text) > longest:
        return [FieldProblem(field, f"must have at most {longest:,} characters")]
    if any(category(one) in {"Cc", "Cs"} and one not in _LINE_CONTROLS for one in text):
        return [FieldProblem(field, "must not contain control characters, tabs and line ends excepted")]
    return []


def _require(problems: list[FieldProblem]) -> None:
    if problems:
        raise InvalidFields("Some fields are not valid.", *problems)
