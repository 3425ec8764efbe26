"""How callers shape a picture of a video, as parameters and as ffmpeg's filters."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from local.twins.refusals import Refused

type Refuse = Callable[[str], Refused]
FITS = frozenset({"preserve", "stretch", "crop", "smartcrop", "pad"})


@dataclass(frozen=True, slots=True)
class Shape:
    """Size and turning of a picture; None: follows from the other side."""

    width: int | None
    height: int | None
    fit: str
    rotate: int
    flip_vertical: bool
    flip_horizontal: bool

    @classmethod
    def of(
        cls, given: Mapping[str, str], *, refuse: Refuse, largest: int, default_width: int | None = None
    ) -> "Shape":
        """Mux's ``width``, ``height``, ``fit_mode``, ``rotate``, ``flip_v``, ``flip_h``.

        Raises:
            Refused: by ``refuse``, for a value that is none.
        """
        width, height = (_side(given, name, largest, refuse) for name in ("width", "height"))
        fit, rotate = given.get("fit_mode", "preserve"), given.get("rotate", "0")
        if fit not in FITS or (fit != "preserve" and (width is None or height is None)):
            raise refuse("fit_mode needs a known value, and both sizes unless it is preserve.")
        if rotate not in {"0", "90", "180", "270"}:
            raise refuse("rotate must be 90, 180 or 270.")
        flips = (given.get(name, "false").lower() == "true" for name in ("flip_v", "flip_h"))
        if width is None and height is None:
            width = default_width
        return cls(width, height, fit, int(rotate), *flips)


def filters_of(shape: Shape) -> str:
    """A chain of filters; never an empty one."""
    width, height = shape.width, shape.height
    if width and height:
        size = f"{width}:{height}"
        fitted = {
            "stretch": f"scale={size}",
            "crop": f"scale={size}:force_original_aspect_ratio=increase,crop={size}",
            "pad": f"scale={size}:force_original_aspect_ratio=decrease,pad={size}:(ow-iw)/2:(oh-ih)/2",
        }
        kind = "crop" if shape.fit == "smartcrop" else shape.fit
        chain = [fitted.get(kind, f"scale={size}:force_original_aspect_ratio=decrease")]
    elif width or height:
        chain = [f"scale={width or -2}:{height or -2}"]
    else:
        chain = ["null"]
    chain += {90: ["transpose=1"], 180: ["hflip", "vflip"], 270: ["transpose=2"]}.get(shape.rotate, [])
    chain += ["vflip"] * shape.flip_vertical + ["hflip"] * shape.flip_horizontal
    return ",".join(chain)


def number_of(
    given: Mapping[str, str], name: str, default: float, *, least: float, most: float, refuse: Refuse
) -> float:
    """A number of seconds and the like; a trailing ``s`` is allowed.

    Raises:
        Refused: by ``refuse``, for a value that is none or out of range.
    """
    if name not in given:
        return default
    try:
        value = float(given[name].removesuffix("s"))
    except ValueError:
        value = math.nan
    if not least <= value <= most:
        raise refuse(f"{name} must be {least:g} to {most:g}.")
    return value


def _side(given: Mapping[str, str], name: str, largest: int, refuse: Refuse) -> int | None:
    if name not in given:
        return None
    return int(number_of(given, name, 0, least=1, most=largest, refuse=refuse))
