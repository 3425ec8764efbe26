"""Common Media Client Data (CTA-5004): what players add to their requests, read and put into beacons' words.

A text is ``key=value`` pairs between commas; values are numbers, tokens, strings in quotes, or nothing, which
means true. Keys that nobody here asks for are left alone.
"""

import re
from collections.abc import Mapping

type Value = bool | int | float | str

_PAIR = re.compile(r'\s*([A-Za-z0-9._-]{1,64})(?:=("(?:[^"\\]|\\.)*"|[^,"]*))?\s*(?:,|$)')
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,6})?")
_LONGEST = 8192
# What is requested: video, audio, both; not manifests, keys or captions.
_MEDIA = {"v", "a", "av"}
# Version 2 tells states and events outright.
_STATES = {"p": "play", "a": "pause", "e": "ended", "r": "buffering_start", "f": "error"}


class Unreadable(ValueError):
    """It is not CMCD; the text says where."""


def read_cmcd(text: str) -> dict[str, Value]:
    """The pairs of one text.

    Raises:
        Unreadable: it is none.
    """
    if len(text) > _LONGEST:
        raise Unreadable(f"has more than {_LONGEST} characters")
    found: dict[str, Value] = {}
    place = 0
    while place < len(text):
        pair = _PAIR.match(text, place)
        if pair is None:
            raise Unreadable(f"cannot be read from character {place} on")
        found[pair[1]] = _value(pair[2])
        place = pair.end()
    return found


def _value(text: str | None) -> Value:
    if text is None:
        return True
    if text.startswith('"'):
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return {"?1": True, "?0": False}.get(text, text)


def kinds(said: Mapping[str, Value]) -> list[str]:
    """The events that one report amounts to; ``cmcd`` if none that counts.

    Version 1 names no play: a request for media that is not for starting up proves it.
    """
    state = _STATES.get(str(said.get("sta", "")))
    found = [state] if state else []
    if state is None and said.get("ot") in _MEDIA and said.get("su") is not True:
        found.append("play")
    if said.get("bs") is True and "buffering_start" not in found:
        found.append("buffering_start")
    return found or ["cmcd"]


def measures(said: Mapping[str, Value]) -> dict[str, int | float | str]:
    """What a report says in the words of a beacon's ``data``."""
    found: dict[str, int | float | str] = {}
    for key, name, unit in (("pt", "currentTime", 1000), ("msd", "startupTime", 1)):
        value = said.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool):
            found[name] = value / unit if unit > 1 else value
    code = said.get("ec")
    if isinstance(code, str | int) and not isinstance(code, bool):
        found["code"] = code
    return found
