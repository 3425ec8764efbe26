"""Fetching a source from a URL: what it may look like, how far it has come, the ways in which it fails."""

from sluice.domain.errors import SluiceError

# Enough to tell a container from a page: two packets of a transport stream.
HEAD_BYTES = 400

_BOXES = {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"pnot", b"styp"}
_BEGINNINGS = (
    b"\x1aE\xdf\xa3",  # Matroska, WebM
    b"\x00\x00\x01\xba",  # MPEG program stream
    b"\x00\x00\x01\xb3",  # MPEG video
    b"\x00\x00\x00\x01",  # raw H.264 and H.265
    b"OggS",
    b"FLV\x01",
    b"\x30\x26\xb2\x75",  # ASF, WMV
    b"\x06\x0e\x2b\x34",  # MXF
    b".RMF",
)
_PAGE = (b"<", b"{", b"[")
# What servers say of files that they know nothing of.
_SAYS_NOTHING = {"", "application/octet-stream", "binary/octet-stream", "application/x-binary"}


class FetchFailed(SluiceError):
    """The source cannot be had from its URL; ``code`` says why."""

    code = "import_failed"


class FetchInterrupted(FetchFailed):
    """It may be had when asked again; ``code`` is for the case that it may not."""

    code = "import_unreachable"
    retryable = True


class SourceReplaced(FetchInterrupted):
    """What the URL leads to is no longer what was begun: it has to be fetched from its beginning."""

    code = "import_changed"


def too_large(limit_bytes: int) -> FetchFailed:
    """The source has more bytes than a video may have."""
    text = f"The file is larger than {limit_bytes // 1_048_576:,} MB."
    return FetchFailed(text, code="import_too_large")


def require_video(head: bytes, media_type: str) -> None:
    """Refuse what is plainly no video, by its first bytes and by what its server calls it.

    Whether it really is one, probing tells once it is stored.

    Raises:
        FetchFailed: it is not (code ``import_not_video``).
    """
    kind = media_type.partition(";")[0].strip().lower()
    if _is_container(head):
        return
    is_page = not head or head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_PAGE)
    if is_page or not (kind.startswith("video/") or kind in _SAYS_NOTHING):
        raise FetchFailed("There is no video at this address.", code="import_not_video")


def percent(received: int, total: int | None, limit: int) -> int:
    """How much has arrived: of all, where its size was told, else of the most that may come."""
    return min(received * 100 // max(total or limit, 1), 99)


def _is_container(head: bytes) -> bool:
    riff = head[:4] == b"RIFF" and head[8:12] == b"AVI "
    transport = head[:1] == b"G" and head[188:189] == b"G"
    blu_ray = head[4:5] == b"G" and head[196:197] == b"G"
    return head[4:8] in _BOXES or head.startswith(_BEGINNINGS) or riff or transport or blu_ray
