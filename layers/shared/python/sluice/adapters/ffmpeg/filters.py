"""The picture's way from the source to each rung, as ffmpeg's filter graph: decoded once, split late."""

from collections.abc import Sequence
from fractions import Fraction

from sluice.domain.ladder import Rung, output_frame_rate
from sluice.domain.media import VideoTrack

# A frame that a container's clock rounded to just before a boundary belongs behind it.
_EARLY_SECONDS = 0.000001


def piece_graph(
    video: VideoTrack, rungs: Sequence[Rung], *, start_seconds: float, stop_seconds: float | None
) -> str:
    """A graph from ``0:v:0`` to one pad for each rung, named ``[v0]``, ``[v1]``, … in the order of ``rungs``.

    Frames outside [``start_seconds``, ``stop_seconds``) of the source's own time are left out. The start
    is compared frame by frame, not by ``trim``, which rounds it to the container's clock.
    Rungs must be given the largest first: each is scaled from the one before it.
    """
    steps = [*_normalised(video)]
    if start_seconds > 0:
        steps.append(f"select='gte(t,{start_seconds - _EARLY_SECONDS:.6f})'")
    if stop_seconds is not None:
        steps.append(f"trim=end={stop_seconds:.6f}")
    steps += _to_sdr(video, rungs[0]) if video.hdr else _scaled(video, rungs[0])
    parts, pad = [f"[0:v:0]{','.join(steps)}"], "v0"
    for number, rung in enumerate(rungs[1:], start=1):
        parts[-1] += f",split=2[{pad}][s{number}]"
        pad = f"v{number}"
        parts.append(f"[s{number}]scale={rung.width}:{rung.height}:flags=bicubic,setsar=1")
    parts[-1] += f"[{pad}]"
    return ";".join(parts)


def still_filters(video: VideoTrack, width: int, height: int) -> str:
    """A chain that makes small stills of the source's frames."""
    size = Rung(name="still", width=width, height=height, bitrate_bps=0)
    steps = _to_sdr(video, size) if video.hdr else _scaled(video, size)
    return ",".join(steps)


def _normalised(video: VideoTrack) -> list[str]:
    """Whole frames, at most 60 a second. Rotation is applied by ffmpeg itself, before the graph."""
    steps = []
    if video.interlaced:
        steps.append("bwdif=mode=send_frame:deint=all")
    rate = output_frame_rate(video)
    if rate is not None:
        steps.append(f"fps={_text(rate)}:round=near")
    return steps


def _scaled(video: VideoTrack, size: Rung) -> list[str]:
    # RGB has no matrix of its own, and players take what is HD and says nothing for BT.709.
    matrix = ":out_color_matrix=bt709" if video.pixel_format.startswith(("gbr", "rgb", "bgr")) else ""
    return [
        f"scale={size.width}:{size.height}:flags=bicubic:out_range=tv{matrix}",
        "setsar=1",
        "format=yuv420p",
    ]


def _to_sdr(video: VideoTrack, size: Rung) -> list[str]:
    """HDR (PQ or HLG, BT.2020) brought down to what every screen shows; scaled first, since it is dear."""
    return [
        f"zscale=w={size.width}:h={size.height}:f=bicubic:tin={video.transfer}:min=bt2020nc:pin=bt2020:rin=tv",
        "zscale=t=linear:npl=100",
        "format=gbrpf32le",
        "zscale=p=bt709",
        "tonemap=tonemap=hable:desat=0",
        "zscale=t=bt709:m=bt709:r=tv",
        "setsar=1",
        "format=yuv420p",
    ]


def _text(rate: Fraction) -> str:
    return f"{rate.numerator}/{rate.denominator}"
