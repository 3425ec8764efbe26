"""What is plainly no video is refused by its first bytes; the rest is for probing to judge."""

import pytest
from sluice.domain.fetching import FetchFailed, percent, require_video

ZEROS = bytes(400)
CONTAINERS = {
    "mp4": b"\x00\x00\x00\x18ftypmp42" + ZEROS,
    "old QuickTime": b"\x00\x00\x00\x08wide" + ZEROS,
    "movie first": b"\x00\x00\x01\x00moov" + ZEROS,
    "Matroska": b"\x1aE\xdf\xa3" + ZEROS,
    "AVI": b"RIFF\x00\x00\x00\x00AVI LIST" + ZEROS,
    "transport stream": (b"G" + bytes(187)) * 3,
    "transport stream of a disc": (bytes(4) + b"G" + bytes(187)) * 3,
    "program stream": b"\x00\x00\x01\xba" + ZEROS,
    "Ogg": b"OggS" + ZEROS,
    "Flash": b"FLV\x01" + ZEROS,
    "Windows Media": b"\x30\x26\xb2\x75" + ZEROS,
    "MXF": b"\x06\x0e\x2b\x34" + ZEROS,
}


@pytest.mark.parametrize("head", CONTAINERS.values(), ids=CONTAINERS)
@pytest.mark.parametrize("media_type", ["video/mp4", "", "text/html; charset=utf-8", "image/png"])
def test_bytes_of_a_container_count_for_more_than_what_they_are_called(head: bytes, media_type: str) -> None:
    require_video(head, media_type)


@pytest.mark.parametrize("media_type", ["video/mp4", "video/x-unheard-of", "", "application/octet-stream"])
def test_bytes_that_tell_nothing_are_left_to_probing(media_type: str) -> None:
    require_video(b"\x01\x02\x03 unheard of" + ZEROS, media_type)


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"<!DOCTYPE html><title>Sign in</title>", "text/html"),
        (b"<html>", "video/mp4"),
        (b"\xef\xbb\xbf\r\n <html>", "video/mp4"),
        (b'{"error": "expired"}', "application/octet-stream"),
        (b"[]", "video/mp4"),
        (b"", "video/mp4"),
        (b"\x89PNG\r\n\x1a\n" + ZEROS, "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"RIFF\x00\x00\x00\x00WAVE", "audio/wav"),
        (b"hello", "text/plain"),
    ],
)
def test_what_is_plainly_something_else_is_refused(head: bytes, media_type: str) -> None:
    with pytest.raises(FetchFailed) as caught:
        require_video(head, media_type)
    assert caught.value.code == "import_not_video"


@pytest.mark.parametrize(
    ("received", "total", "done"),
    [(0, 100, 0), (50, 100, 50), (100, 100, 99), (900, 100, 99), (50, None, 5), (0, None, 0)],
)
def test_what_has_arrived_is_told_in_percent_and_never_as_all(
    received: int, total: int | None, done: int
) -> None:
    assert percent(received, total, 1000) == done
