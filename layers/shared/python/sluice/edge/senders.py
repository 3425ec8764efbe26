"""Who sends beacons, as far as headers tell: the kind of device, and the country if a CDN says."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_TV = re.compile(r"smart-?tv|tizen|web0s|apple ?tv|roku|bravia|crkey|hbbtv|aft[a-z]{1,2}\b", re.IGNORECASE)
_TABLET = re.compile(r"ipad|tablet|kindle|silk|android(?!.*mobile)", re.IGNORECASE)
_MOBILE = re.compile(r"mobi|iphone|ipod|android", re.IGNORECASE)
_DESKTOP = re.compile(r"windows nt|macintosh|x11|cros ", re.IGNORECASE)
_KINDS = (("tv", _TV), ("tablet", _TABLET), ("mobile", _MOBILE), ("desktop", _DESKTOP))
_LONGEST_AGENT = 512
# What CloudFront and Cloudflare add; ``XX`` and ``T1`` are Cloudflare's for not knowing.
_COUNTRIES = ("cloudfront-viewer-country", "cf-ipcountry")
_COUNTRY = re.compile(r"(?!XX|T1)[A-Z]{2}")


@dataclass(frozen=True, slots=True)
class Sender:
    """``device`` is ``desktop``, ``mobile``, ``tablet``, ``tv`` or ``other``; ``country`` two letters."""

    device: str | None = None
    country: str | None = None


def sender_of(headers: Mapping[str, str]) -> Sender:
    """What a request's headers tell."""
    agent = headers.get("user-agent", "")[:_LONGEST_AGENT]
    device = next((kind for kind, known in _KINDS if known.search(agent)), "other") if agent else None
    named = (headers.get(name, "").upper() for name in _COUNTRIES)
    return Sender(device, next((one for one in named if _COUNTRY.fullmatch(one)), None))
