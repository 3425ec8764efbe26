"""A verified delivery has its effect: a provider's on a video, the generator's on a generation."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sluice.edge import wiring
from sluice.edge.deliveries import Delivery, translate
from sluice.usecases.hear_provider import hear_provider


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a delivery (``heard``), and what it was about, for the log."""

    heard: str
    about: dict[str, object]


def hear(delivery: Delivery) -> Told:
    """Let a delivery have its effect; repeating it is harmless.

    Raises:
        NotFound, Unavailable: it must come again.
    """
    return _generator(delivery) if delivery.provider == "generation" else _provider(delivery)


def _provider(delivery: Delivery) -> Told:
    """Remember the event last: a death before only repeats the work."""
    news, log = translate(delivery), wiring.event_log()
    about: dict[str, object] = {"provider": news.provider, "kind": news.kind, "videoId": news.video_id}
    if not delivery.replayed and log.has(news.key):
        return Told("repeated", about)
    heard = hear_provider(
        news,
        received_at=delivery.received_at,
        now=datetime.now(UTC),
        videos=wiring.videos(),
        purges=wiring.purge_queue(),
        patience=wiring.patience,
    )
    log.add(news.key, now=datetime.now(UTC))
    return Told(heard, about)


def _generator(delivery: Delivery) -> Told:
    """Its first answer stands, so nothing needs to be remembered."""
    from sluice.adapters.generator import news as generator_news
    from sluice.edge import generation_wiring
    from sluice.usecases.hear_generation import hear_generation

    news = generator_news(delivery.body.encode())
    heard = hear_generation(
        news,
        received_at=delivery.received_at,
        now=datetime.now(UTC),
        generations=generation_wiring.generations(),
        import_video=generation_wiring.import_video,
    )
    return Told(heard, {"provider": delivery.provider, "generationId": news.generation_id})
