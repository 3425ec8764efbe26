"""Words, times and addresses that several contracts use, with what the OpenAPI document tells of them.

``extra_json_schema`` describes and does not check: what is checked, and how it is answered, stands in
``domain/admission.py``, from where the limits are taken.
"""

from typing import Annotated, Any

from msgspec import Meta

from sluice.domain.admission import (
    MAX_FILENAME,
    MAX_MIME_TYPE,
    MAX_TITLE,
    PROTOCOLS,
    VIDEO_TYPE,
    VISIBILITIES,
)
from sluice.domain.video import Status
from sluice.edge.settings import PROVIDERS

_NO_CONTROL = r"^[^\u0000-\u001f\u007f-\u009f]*$"
_NO_PATH = r"^[^/\\\u0000-\u001f\u007f-\u009f]+$"
_SHOWN = [status.value for status in Status if status is not Status.DELETED]


def _told(**schema: Any) -> Meta:
    return Meta(extra_json_schema=schema)


type VideoId = Annotated[
    str,
    _told(
        description="The video's id.",
        pattern=r"^vid_[0-9a-f-]{36}$",
        examples=["vid_0192f0c1-7c3e-7a51-9d2b-5f0a8e6c4b17"],
    ),
]
type Moment = Annotated[str, _told(format="date-time", description="ISO 8601, UTC, milliseconds.")]
type Url = Annotated[str, _told(format="uri")]
type StatusName = Annotated[str, _told(enum=_SHOWN)]
type Visibility = Annotated[str, _told(enum=list(VISIBILITIES))]
type ProviderName = Annotated[str, _told(enum=list(PROVIDERS))]
type Protocol = Annotated[
    str, _told(enum=list(PROTOCOLS), description="How the client speaks to the upload URL.")
]
type Percent = Annotated[int, _told(minimum=0, maximum=100, description="Processing done, in percent.")]
type Filename = Annotated[str, _told(minLength=1, maxLength=MAX_FILENAME, pattern=_NO_PATH)]
type Title = Annotated[str, _told(minLength=1, maxLength=MAX_TITLE, pattern=_NO_CONTROL)]
type MaybeTitle = Annotated[
    str,
    _told(maxLength=MAX_TITLE, pattern=_NO_CONTROL, description="The filename if left out, null or empty."),
]
type VideoType = Annotated[str, _told(pattern=VIDEO_TYPE, maxLength=MAX_MIME_TYPE)]
