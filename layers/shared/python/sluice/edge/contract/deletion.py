"""What an owner is told of a deletion."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from sluice.domain.deletion import KEPT, Receipt
from sluice.edge.contract.times import iso, maybe_iso
from sluice.edge.contract.words import Moment, VideoId


class DeletionStepAnswer(Struct, frozen=True, rename="camel"):
    """One kind of thing: how many were removed and when, and when it was last verified that none is left."""

    name: str
    removed: int
    removed_at: Annotated[Moment, Meta(description="Null if there was nothing to remove.")] | None
    verified_at: Annotated[Moment, Meta(description="Null while something may be left.")] | None
    verified_how: str


class DeletionAnswer(Struct, frozen=True, rename="camel"):
    """The receipt of a deletion."""

    video_id: VideoId
    status: Literal["in_progress", "complete"]
    requested_at: Moment
    completed_at: (
        Annotated[Moment, Meta(description="When nothing was left for the first time; null until then.")]
        | None
    )
    confirmed_at: (
        Annotated[
            Moment,
            Meta(description="When that was so after all work under way must have ended; null until then."),
        ]
        | None
    )
    steps: list[DeletionStepAnswer]
    expires_at: Annotated[Moment, Meta(description="When this receipt, the last record, goes as well.")]


def deletion_answer(receipt: Receipt) -> DeletionAnswer:
    return DeletionAnswer(
        video_id=receipt.video_id,
        status="complete" if receipt.complete else "in_progress",
        requested_at=iso(receipt.requested_at),
        completed_at=maybe_iso(receipt.completed_at),
        confirmed_at=maybe_iso(receipt.confirmed_at),
        steps=[
            DeletionStepAnswer(
                name=step.name,
                removed=step.removed,
                removed_at=maybe_iso(step.removed_at),
                verified_at=maybe_iso(step.verified_at),
                verified_how=step.check,
            )
            for step in receipt.steps
        ],
        expires_at=iso(receipt.requested_at + KEPT),
    )
