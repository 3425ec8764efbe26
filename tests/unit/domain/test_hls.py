"""Playlists: what is written is valid HLS 7, and signing touches URIs and nothing else."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.hls import (
    Sound,
    Variant,
    average_bps,
    media_playlist,
    multivariant_playlist,
    peak_bps,
    sign_playlist,
    uris,
)

from tests.media_samples import make_segments

names = st.text("abcdefghijklmnopqrstuvwxyz0123456789-_./", min_size=1, max_size=20)


def make_variant(name: str = "720p", width: int = 1280, height: int = 720) -> Variant:
    segments = make_segments(f"{name}.mp4")
    return Variant(
        name=name, width=width, height=height, frame_rate=29.97, codec="avc1.64001f", segments=segments
    )


SOUND = Sound(codec="mp4a.40.2", channels=2, segments=make_segments("audio.mp4"))


def test_a_media_playlist_is_byte_ranges_into_objects() -> None:
    text = media_playlist([*make_segments(count=1), *make_segments("first-0001.mp4", count=1)])
    assert text == (
        "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n"
        "#EXT-X-PLAYLIST-TYPE:VOD\n#EXT-X-INDEPENDENT-SEGMENTS\n"
        '#EXT-X-MAP:URI="first-0000.mp4",BYTERANGE="700@0"\n'
        "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:1000@700\nfirst-0000.mp4\n"
        "#EXTINF:6.000000,\n#EXT-X-BYTERANGE:1000@700\nfirst-0001.mp4\n"
        "#EXT-X-ENDLIST\n"
    )


def test_a_piece_that_needs_another_decoder_setup_names_its_own() -> None:
    text = media_playlist([*make_segments(), *make_segments("first-0001.mp4", digest="d1")])
    assert text.count("#EXT-X-MAP") == 2


def test_the_target_duration_covers_the_longest_segment() -> None:
    long = replace(make_segments(count=1)[0], duration_seconds=14.2)
    assert "#EXT-X-TARGETDURATION:15\n" in media_playlist([*make_segments(), long])
    assert "#EXT-X-TARGETDURATION:1\n" in media_playlist([])


def test_the_multivariant_playlist_lists_the_best_first_and_the_sound_once() -> None:
    text = multivariant_playlist([make_variant("480p", 854, 480), make_variant()], SOUND)
    assert re.findall(r"^[^#\n]+$", text, re.MULTILINE) == ["720p.m3u8", "480p.m3u8"]
    assert text.count("TYPE=AUDIO") == 1
    assert 'CODECS="avc1.64001f,mp4a.40.2",RESOLUTION=1280x720,FRAME-RATE=29.970,AUDIO="audio"' in text
    # 1,000 bytes in 6 s are 1,334 bit/s; the sound counts in.
    assert "BANDWIDTH=2668,AVERAGE-BANDWIDTH=2668" in text


def test_a_silent_video_names_no_sound() -> None:
    assert "AUDIO" not in multivariant_playlist([make_variant()], None)


def test_bandwidth_is_the_peak_and_the_average_is_told_apart() -> None:
    dear = replace(make_segments(count=1)[0], duration_seconds=1.0)
    segments = [*make_segments(), dear]
    assert peak_bps(segments) == 8000
    assert average_bps(segments) == -(-3000 * 8 // 13)
    assert (peak_bps([]), average_bps([])) == (0, 0)


def test_signing_replaces_every_uri_and_asks_once_for_each() -> None:
    asked = []

    def sign(uri: str) -> str:
        asked.append(uri)
        return f"https://bucket.example/{uri}?X-Amz-Signature=1&x=2"

    signed = sign_playlist(media_playlist(make_segments()), sign)
    assert asked == ["first-0000.mp4"]
    assert signed.count("https://bucket.example/first-0000.mp4?X-Amz-Signature=1&x=2") == 3
    assert 'BYTERANGE="700@0"' in signed


def test_signing_reaches_uris_in_attributes_but_not_lookalikes() -> None:
    text = (
        '#EXT-X-MEDIA:TYPE=AUDIO,URI="a.m3u8",NAME="URI"\n#EXT-X-X:XURI="no"\n# a comment, URI="b"\nv.m3u8\n'
    )
    signed = sign_playlist(text, str.upper)
    assert signed.startswith('#EXT-X-MEDIA:TYPE=AUDIO,URI="A.M3U8",NAME="URI"\n#EXT-X-X:XURI="no"\n')
    assert signed.endswith("\nV.M3U8\n")


@given(st.lists(names, min_size=1, unique=True))
def test_uris_lists_what_signing_would_sign(objects: list[str]) -> None:
    segments = [segment for name in objects for segment in make_segments(name, digest=name)]
    assert uris(media_playlist(segments)) == objects


@given(st.lists(names, min_size=1))
def test_signing_with_the_same_name_changes_nothing(objects: list[str]) -> None:
    text = media_playlist([segment for name in objects for segment in make_segments(name)])
    assert sign_playlist(text, lambda uri: uri) == text
