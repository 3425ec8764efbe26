"""One object out of the files of a task: cut behind the last wanted fragment, joined, indexed."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from mmap import ACCESS_READ, mmap
from os import truncate
from pathlib import Path

from sluice.adapters.ffmpeg.outputs import TIMELINE_START_SECONDS
from sluice.domain.fragments import Fragment, FragmentedTrack, Unreadable, read_track, segments_on_grid
from sluice.domain.made import MadeTrack, index_box
from sluice.domain.pieces import SEGMENT_SECONDS

_DIGEST_CHARACTERS = 16
_BLOCK = 1 << 20
# Negative times wrap around to ages beyond this.
_LATEST_START_SECONDS = 10**9


@dataclass(frozen=True, slots=True)
class Part:
    """A rendition's own file, as ffmpeg wrote it."""

    name: str
    file: Path


def assemble(parts: Sequence[Part], into: Path, *, end_seconds: float | None) -> list[MadeTrack]:
    """Write ``into`` and say what is in it. Fragments that begin at ``end_seconds`` or later are left out.

    A part that was never written, or has no fragment, becomes a track without segments or no track at all.

    Raises:
        Unreadable: ffmpeg wrote something else than was asked for.
    """
    tracks: list[MadeTrack] = []
    written = [part for part in parts if part.file.exists() and part.file.stat().st_size]
    for part in written:
        base = into.stat().st_size if into.exists() else 0
        track = _track(part, base, end_seconds)
        _append(part.file, into, _end(track) - base)
        tracks.append(track)
    with into.open("ab") as target:
        target.write(index_box(tracks))
    return tracks


def _track(part: Part, base: int, end_seconds: float | None) -> MadeTrack:
    with part.file.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        track = read_track(data)
        digest = sha256(data[: track.init_length]).hexdigest()[:_DIGEST_CHARACTERS]
    wanted = _wanted(track, end_seconds)
    if wanted and wanted[0].start_seconds > _LATEST_START_SECONDS:
        raise Unreadable("begins before time zero, which a fragment cannot say")
    segments = segments_on_grid(wanted, SEGMENT_SECONDS, origin_seconds=TIMELINE_START_SECONDS)
    return MadeTrack(
        name=part.name,
        codec=track.codec,
        init=(base, track.init_length),
        init_digest=digest,
        segments=[(base + s.offset, s.length, round(s.duration_seconds, 6)) for s in segments],
    )


def _wanted(track: FragmentedTrack, end_seconds: float | None) -> Sequence[Fragment]:
    if end_seconds is None:
        return track.fragments
    return [one for one in track.fragments if one.start_seconds - TIMELINE_START_SECONDS < end_seconds - 1e-4]


def _end(track: MadeTrack) -> int:
    """Where a track's wanted bytes end in the object."""
    offset, length = track.segments[-1][:2] if track.segments else track.init
    return offset + length


def _append(file: Path, into: Path, length: int) -> None:
    """Add the first ``length`` bytes of ``file``; the first file becomes the object, since disk is scarce."""
    if not into.exists():
        file.rename(into)
        truncate(into, length)
        return
    with file.open("rb") as source, into.open("ab") as target:
        while length:
            block = source.read(min(length, _BLOCK))
            if not block:
                raise Unreadable("shorter than its own boxes say")
            target.write(block)
            length -= len(block)
