"""A generated video: what was asked for, and the generator's answer, of which the first one counts."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum
from unicodedata import category

from sluice.domain.admission import MAX_TITLE
from sluice.domain.errors import FieldProblem, InvalidFields
from sluice.domain.stamped import Stamped

ESTIMATED_MINUTES = 15
GIVEN_UP_AFTER = timedelta(hours=24)
MAX_TEXT = 5_000
MAX_DETAIL = 255
TEXTS = ("hook", "body", "conclusion")
# IPTC's word for what a model has made as a whole, from its list of digital source types.
SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"


class GenerationStatus(StrEnum):
    """How a generation is doing, in the contract's words."""

    PROCESSING = "processing"
    READY = "ready"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What the generator is to make a video of."""

    hook: str
    body: str
    conclusion: str
    company_name: str
    social_handles: str
    license: str
    avatar: str
    email: str

    @property
    def title(self) -> str:
        """What the video will be called: how it begins, on one line."""
        line = "".join(" " if category(c) in {"Cc", "Cs"} else c for c in self.hook)
        return " ".join(line.split())[:MAX_TITLE].strip() or "Generated video"


def check_script(script: Script) -> None:
    """Refuse what no generator can make a video of.

    Raises:
        InvalidFields: listing every field that is wrong.
    """
    problems = [
        FieldProblem(name, f"must have {least} to {most:,} characters")
        for name, least, most in _LENGTHS
        if not least <= len(getattr(script, name).strip()) <= most
    ]
    if script.email and not 0 < script.email.find("@") < len(script.email) - 1:
        problems.append(FieldProblem("email", "must be an e-mail address"))
    if problems:
        raise InvalidFields("Some fields are not valid.", *problems)


_LENGTHS = [
    (field.name, 1, MAX_TEXT) if field.name in TEXTS else (field.name, 0, MAX_DETAIL)
    for field in fields(Script)
]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no video: a stable ``code`` and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the generator said: where the video is, or why there is none."""

    video_url: str | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation:
    """One generation. ``video_id`` is chosen with it: however often it is answered, one video is made.

    ``setback`` is what kept us from asking, and ``refusal`` why the video's address is not fetched from.
    """

    generation_id: str
    owner_id: str
    video_id: str
    title: str
    correlation_id: str
    created_at: datetime
    answer: Stamped[Answer] | None = None
    setback: Stamped[Trouble] | None = None
    refusal: Stamped[Trouble] | None = None

    @property
    def video_url(self) -> str | None:
        """Where the video is, if it may be fetched from there."""
        return self.answer.value.video_url if self.answer and not self.refusal else None

    @property
    def updated_at(self) -> datetime:
        heard = (self.answer, self.setback, self.refusal)
        return max([self.created_at, *(one.at for one in heard if one)])

    def status(self, now: datetime) -> GenerationStatus:
        if self.video_url:
            return GenerationStatus.READY
        return GenerationStatus.ERROR if self.trouble(now) else GenerationStatus.PROCESSING

    def trouble(self, now: datetime) -> Trouble | None:
        """Why there is no video. An answer counts whatever went wrong before, and however late it is."""
        if self.refusal:
            return self.refusal.value
        if self.answer:
            return self.answer.value.trouble
        if self.setback:
            return self.setback.value
        if now - self.created_at >= GIVEN_UP_AFTER:
            return Trouble("generation_timed_out", "The generator has not answered within a day.")
        return None


def label(generation: Generation) -> dict[str, object]:
    """What a generated video says about itself, in its ``custom`` data."""
    return {"generated": {"generationId": generation.generation_id, "digitalSourceType": SOURCE_TYPE}}
