"""Ask the generator for a video: the row first, then the generator, so that no answer is a stranger's."""

from collections.abc import Callable
from datetime import datetime

from sluice.domain.errors import ProviderRefused, Unavailable
from sluice.domain.generation import Answer, Generation, Script, Trouble
from sluice.domain.stamped import Stamped
from sluice.usecases.generation_ports import GenerationStore, Generator


def request_generation(
    script: Script,
    wanted: Generation,
    *,
    now: datetime,
    generations: GenerationStore,
    generator: Generator,
    answered: Callable[[Generation, Answer], None],
) -> Generation:
    """The generation as it stands once the generator was asked. ``answered`` takes what it said at once.

    Raises:
        ProviderRefused, Unavailable: the generator will not or cannot; the row then says so too.
    """
    generation = generations.add(wanted)
    if generation.answer:
        return generation
    try:
        answer = generator.ask(generation, script, now=now)
    except (ProviderRefused, Unavailable) as error:
        text = "The generator could not be asked for this video."
        generations.set_back(generation.generation_id, Stamped(now, Trouble(error.code, text)))
        raise
    if answer is None:
        return generation
    answered(generation, answer)
    return generations.find(generation.generation_id) or generation
