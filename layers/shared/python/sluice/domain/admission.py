"""What may be uploaded: the checks that come before any provider is asked."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from sluice.domain.errors import FieldProblem, InvalidFields, TooLarge, WrongMediaType

MAX_TITLE = 200
MAX_FILENAME = 255
MAX_CUSTOM_BYTES = 4096
MAX_MIME_TYPE = 100
# RFC 6838 and 9110, as browsers say it of their own recordings: video/webm;codecs=vp9. The type becomes
# a signed header, so nothing else may be in it.
VIDEO_TYPE = (
    r"^video/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
    r"(; ?[A-Za-z0-9-]+=([A-Za-z0-9_.,+-]+|\"[A-Za-z0-9_.,+ -]+\"))*$"
)
_VIDEO_TYPE = re.compile(VIDEO_TYPE, re.ASCII | re.IGNORECASE)
VISIBILITIES = ("private", "public")
PROTOCOLS = ("put", "multipart", "chunked-put", "tus", "form")


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadWish:
    """What a client says about the file that it is going to send."""

    filename: str
    size_bytes: int
    mime_type: str
    title: str | None = None
    custom: Mapping[str, Any] | None = None
    visibility: str | None = None
    provider: str | None = None
    protocol: str | None = None


def check_wish(wish: UploadWish, *, max_bytes: int, providers: tuple[str, ...]) -> None:
    """Refuse what cannot become a video here.

    Raises:
        InvalidFields: listing every field that is wrong.
        TooLarge: more bytes than ``max_bytes``.
        WrongMediaType: not declared as a video.
    """
    problems = [
        *filename_problems(wish.filename),
        *detail_problems(wish.title or None, wish.visibility, wish.custom),
    ]
    if wish.size_bytes < 1:
        problems.append(FieldProblem("fileSize", "must be at least 1 byte"))
    if wish.provider is not None and wish.provider not in providers:
        problems.append(FieldProblem("provider", f"must be one of: {', '.join(providers)}"))
    if wish.protocol is not None and wish.protocol not in PROTOCOLS:
        problems.append(FieldProblem("protocol", f"must be one of: {', '.join(PROTOCOLS)}"))
    if problems:
        raise InvalidFields("Some fields are not valid.", *problems)
    if wish.size_bytes > max_bytes:
        raise TooLarge(f"A video may have at most {max_bytes // 1_048_576:,} MB.", code="video_too_large")
    if not is_video_type(wish.mime_type):
        raise WrongMediaType("Only files of a video type (video/…) can be uploaded.", code="not_a_video")


def agreed_protocol(usual: str, wanted: str | None, *, offered: tuple[str, ...]) -> str:
    """How the source will be sent: as the client wants it, if that can be had.

    Raises:
        InvalidFields: it cannot be had for this source at this provider.
    """
    if wanted is not None and wanted not in offered:
        problem = FieldProblem("protocol", f"must be one of: {', '.join(offered)}")
        raise InvalidFields("Some fields are not valid.", problem)
    return wanted or usual


def filename_problems(filename: str) -> list[FieldProblem]:
    """A name is shown and offered for download, never used as a path: so it must not look like one."""
    if not 1 <= len(filename) <= MAX_FILENAME:
        return [FieldProblem("filename", f"must have 1 to {MAX_FILENAME} characters")]
    if "/" in filename or "\\" in filename or any(_is_control(c) for c in filename):
        return [FieldProblem("filename", "must not contain path separators or control characters")]
    return []


def detail_problems(
    title: str | None,
    visibility: str | None,
    custom: Mapping[str, Any] | None,
    *,
    custom_field: str = "metadata",
) -> list[FieldProblem]:
    """What is wrong with the details that an owner may choose."""
    problems = []
    if title is not None and (not 1 <= len(title) <= MAX_TITLE or any(_is_control(c) for c in title)):
        problems.append(
            FieldProblem("title", f"must have 1 to {MAX_TITLE} characters, no control characters")
        )
    if visibility is not None and visibility not in VISIBILITIES:
        problems.append(FieldProblem("visibility", "must be private or public"))
    if custom is not None and _compact_bytes(custom) > MAX_CUSTOM_BYTES:
        problems.append(
            FieldProblem(custom_field, f"must have at most {MAX_CUSTOM_BYTES:,} bytes of compact JSON")
        )
    return problems


def _compact_bytes(custom: Mapping[str, Any]) -> int:
    text = json.dumps(custom, separators=(",", ":"), ensure_ascii=False)
    return len(text.encode("utf-8", "surrogatepass"))


def _is_control(character: str) -> bool:
    return category(character) in {"Cc", "Cs"}


def is_video_type(mime_type: str) -> bool:
    return len(mime_type) <= MAX_MIME_TYPE and _VIDEO_TYPE.fullmatch(mime_type) is not None
