"""A source that we fetch is announced by its id alone: its URL may hold a secret."""

from datetime import timedelta
from typing import Any

from sluice.adapters.s3.fetch_queue import ImportQueue

from tests.builders import NOW, VIDEO_ID, make_import


class Sent:
    def __init__(self) -> None:
        self.messages: list[tuple[dict[str, Any], timedelta]] = []

    def send(self, message: dict[str, Any], *, delay: timedelta = timedelta()) -> None:
        self.messages.append((message, delay))


def test_an_import_is_announced_by_its_id_at_once_or_later() -> None:
    sent = Sent()
    queue = ImportQueue(sent)
    assert queue.import_url(make_import(), "https://example.com/?token=x", now=NOW) == ()
    queue.announce(make_import(), delay=timedelta(seconds=9))
    message = {"videoId": VIDEO_ID}
    assert sent.messages == [(message, timedelta()), (message, timedelta(seconds=9))]
