"""The plan of a deletion: its steps, in the order in which they must be taken."""

from collections.abc import Callable, Sequence
from functools import partial

from sluice.domain.keys import made_prefix, source_prefix
from sluice.domain.video import Video
from sluice.usecases.deletion_ports import Remains, Remnants, Step, Work
from sluice.usecases.provider_ports import ProviderHoldings


def plan_deletion(
    video: Video,
    *,
    work: Callable[[], Work],
    remains: Callable[[], Remains],
    holdings: Callable[[str], ProviderHoldings],
    remnants: Remnants,
) -> Sequence[Step]:
    """What there is to remove of a video: first whoever may still write, then what they wrote."""
    if video.provider == "s3":
        stored = (_stop_processing(work), *_empty_bucket(remains()))
    else:
        stored = (_erase_at_provider(partial(holdings, video.provider)),)
    return (*stored, _remove_rows(remnants))


def _stop_processing(work: Callable[[], Work]) -> Step:
    def stop(video: Video) -> int:
        return int(work().stop(video.reference.value)) if video.reference else 0

    def has_ended(video: Video) -> bool:
        return video.reference is None or not work().runs(video.reference.value)

    check = "The execution was asked for again and does not run."
    return Step(name="processing", check=check, remove=stop, is_gone=has_ended)


def _empty_bucket(remains: Remains) -> tuple[Step, ...]:
    def source(video: Video) -> str:
        return source_prefix(video.owner_id, video.video_id)

    def made(video: Video) -> str:
        return made_prefix(video.video_id)

    listed = "The bucket was listed again, in all versions, and has nothing there."
    return (
        Step(
            name="open_uploads",
            check="The bucket's unfinished uploads were listed again and none is there.",
            remove=lambda video: remains.abort(source(video)),
            is_gone=lambda video: remains.count_uploads(source(video)) == 0,
        ),
        Step(
            name="source",
            check=listed,
            remove=lambda video: remains.remove(source(video)),
            is_gone=lambda video: remains.count(source(video)) == 0,
        ),
        Step(
            name="renditions",
            check=listed,
            remove=lambda video: remains.remove(made(video)),
            is_gone=lambda video: remains.count(made(video)) == 0,
        ),
    )


def _erase_at_provider(holdings: Callable[[], ProviderHoldings]) -> Step:
    return Step(
        name="provider",
        check="The video provider was asked again and holds nothing of it.",
        remove=lambda video: holdings().erase(video),
        is_gone=lambda video: not holdings().holds(video),
    )


def _remove_rows(remnants: Remnants) -> Step:
    return Step(
        name="records",
        check="The table was read again and has nothing but the tombstone and this receipt.",
        remove=remnants.remove,
        is_gone=lambda video: remnants.count(video) == 0,
    )
