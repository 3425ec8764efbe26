"""A generator's answer, in time or much later: the first one stands, and its video is imported."""

from contextlib import suppress
from datetime import datetime

from sluice.domain.errors import Invalid, ProviderRefused
from sluice.domain.generation import Trouble
from sluice.domain.stamped import Stamped
from sluice.usecases.generation_ports import GenerationStore, GeneratorNews, ImportVideo
from sluice.usecases.hear_provider import Heard


def hear_generation(
    news: GeneratorNews,
    *,
    received_at: datetime,
    now: datetime,
    generations: GenerationStore,
    import_video: ImportVideo,
) -> Heard:
    """Let a generation know its answer and start the import. Repeating it is harmless.

    The row was written before the generator was asked, so an answer to no row is a stranger's.

    Raises:
        Unavailable: the import cannot be started at the moment: come again.
    """
    if news.answer is None:
        return Heard.NOTHING
    given = Stamped(received_at, news.answer)
    generation = generations.answer(news.generation_id, given)
    if generation is None:
        return Heard.UNKNOWN
    if generation.video_url:
        try:
            # The video's own row says what its provider refused.
            with suppress(ProviderRefused):
                import_video(generation, generation.video_url)
        except Invalid as error:
            text = "The video cannot be fetched from where the generator put it."
            generations.refuse(generation.generation_id, Stamped(now, Trouble(error.code, text)))
    return Heard.APPLIED if generation.answer == given else Heard.KNOWN
