"""What may be uploaded: each limit at its edge and one beyond it."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.admission import check_wish, detail_problems, filename_problems
from sluice.domain.errors import Invalid, InvalidFields, TooLarge, WrongMediaType

from tests.builders import make_wish

_LIMIT = 500 * 1024 * 1024
FAMILY = "👨‍👩‍👧‍👦"  # one glyph, seven code points


def check(**changes: Any) -> None:
    check_wish(make_wish(**changes), max_bytes=_LIMIT, providers=("s3",))


def fields_refused(**changes: Any) -> list[str]:
    try:
        check(**changes)
    except InvalidFields as error:
        return [problem.field for problem in error.problems]
    return []


@pytest.mark.parametrize(
    "filename",
    ["a", "a" * 255, "ä" * 255, "🎬" * 255, f"{FAMILY}.mp4", "שלום.mp4", "\u202egpj.mp4", "no extension",
     "..", "a:b?.mp4", "\u00a0.mp4"],
)  # fmt: skip
def test_names_in_any_script_are_taken(filename: str) -> None:
    assert fields_refused(filename=filename) == []


@pytest.mark.parametrize(
    "filename",
    ["", "a" * 256, "🎬" * 256, "a/b.mp4", "a\\b.mp4", "/", "a\x00b", "a\nb", "a\x7fb", "a\x85b", "a\ud800b",
     "\udfff"],
)  # fmt: skip
def test_names_that_are_too_long_or_look_like_paths_or_hold_control_characters_are_refused(
    filename: str,
) -> None:
    assert fields_refused(filename=filename) == ["filename"]


@pytest.mark.parametrize("title", [None, "", "a" * 200, "🎬" * 200, FAMILY, "شكرا", " "])
def test_titles_up_to_two_hundred_code_points_are_taken_and_an_empty_one_is_none(title: str | None) -> None:
    assert fields_refused(title=title) == []


@pytest.mark.parametrize("title", ["a" * 201, "🎬" * 201, "two\nlines", "nul\x00", "\ud83d"])
def test_titles_beyond_that_are_refused(title: str) -> None:
    assert fields_refused(title=title) == ["title"]


def test_an_owner_cannot_make_a_title_empty() -> None:
    assert [problem.field for problem in detail_problems("", None, None)] == ["title"]


@pytest.mark.parametrize(("size", "taken"), [(1, True), (_LIMIT, True), (0, False), (-1, False)])
def test_a_file_has_at_least_one_byte(size: int, taken: bool) -> None:
    assert fields_refused(size_bytes=size) == ([] if taken else ["fileSize"])


@pytest.mark.parametrize("size", [_LIMIT + 1, 10**30])
def test_a_file_beyond_the_limit_is_too_large(size: int) -> None:
    with pytest.raises(TooLarge) as refused:
        check(size_bytes=size)
    assert refused.value.code == "video_too_large"


@pytest.mark.parametrize(
    "mime_type",
    ["video/mp4", "video/quicktime", "video/x-matroska", "video/3gpp2", "video/vnd.dlna.mpeg-tts",
     "video/x-ms_wmv", "VIDEO/MP4", "video/webm;codecs=vp9", "video/webm;codecs=vp8,opus",
     'video/mp4; codecs="avc1.42E01E, mp4a.40.2"', "video/" + "a" * 94],
)  # fmt: skip
def test_every_video_type_is_taken_with_its_parameters(mime_type: str) -> None:
    check(mime_type=mime_type)


@pytest.mark.parametrize(
    "mime_type",
    ["", "video", "video/", "image/png", "application/mp4", "xvideo/mp4", "video/mp4\r\nx-amz-acl: public",
     "video/mp4\x00", "video/mp4\n", "video/ä", "video/\u212a", "video/mp4, image/png", "video/ mp4",
     " video/mp4", "video/mp4;", "video/a/b", "video/" + "a" * 95, "video/mp4;a=\ud800", 'video/mp4;a="b'],
)  # fmt: skip
def test_other_types_and_what_could_not_be_a_header_are_refused(mime_type: str) -> None:
    with pytest.raises(WrongMediaType) as refused:
        check(mime_type=mime_type)
    assert refused.value.code == "not_a_video"


def _custom_of(size: int) -> dict[str, str]:
    return {"k": "x" * (size - len('{"k":""}'))}


def test_custom_data_is_measured_as_compact_json_in_utf_8() -> None:
    assert fields_refused(custom=_custom_of(4096)) == []
    assert fields_refused(custom=_custom_of(4097)) == ["metadata"]
    assert fields_refused(custom={"k": "🎬" * 1022}) == []
    assert fields_refused(custom={"k": "🎬" * 1023}) == ["metadata"]


@pytest.mark.parametrize("visibility", [None, "private", "public"])
def test_a_video_is_private_or_public(visibility: str | None) -> None:
    assert fields_refused(visibility=visibility) == []


@pytest.mark.parametrize("visibility", ["", "Public", "unlisted"])
def test_another_visibility_is_refused(visibility: str) -> None:
    assert fields_refused(visibility=visibility) == ["visibility"]


@pytest.mark.parametrize(("provider", "taken"), [(None, True), ("s3", True), ("mux", False), ("", False)])
def test_only_configured_providers_can_be_named(provider: str | None, taken: bool) -> None:
    assert fields_refused(provider=provider) == ([] if taken else ["provider"])


def test_every_field_that_is_wrong_is_told_at_once() -> None:
    wrong = fields_refused(filename="", title="a" * 201, size_bytes=0, visibility="x", provider="y")
    assert sorted(wrong) == ["fileSize", "filename", "provider", "title", "visibility"]


@given(st.text(max_size=300), st.integers(), st.text(max_size=110), st.text(max_size=210))
def test_nothing_a_client_says_raises_anything_but_our_own_errors(
    filename: str, size: int, mime_type: str, title: str
) -> None:
    with suppress(Invalid):
        check(filename=filename, size_bytes=size, mime_type=mime_type, title=title)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters="/\\"),
               min_size=1, max_size=255))  # fmt: skip
def test_every_name_without_separators_and_control_characters_is_taken(filename: str) -> None:
    assert filename_problems(filename) == []
