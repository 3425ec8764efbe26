"""What a request's headers tell of who sends beacons."""

import pytest
from sluice.edge.senders import Sender, sender_of

AGENTS = {
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36": "desktop",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1 Version/17.5 Safari/605.1": "desktop",
    "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0": "desktop",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148": "mobile",
    "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36": "mobile",
    "Mozilla/5.0 (Linux; Android 14; SM-X900) AppleWebKit/537.36 Chrome/126.0 Safari/537.36": "tablet",
    "Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148": "tablet",
    "Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) AppleWebKit/537.36 TV Safari/537.36": "tv",
    "Roku/DVP-12.5": "tv",
    "curl/8.5.0": "other",
    "x" * 5000: "other",
}


@pytest.mark.parametrize("agent", AGENTS)
def test_devices_are_told_by_their_browsers(agent: str) -> None:
    assert sender_of({"user-agent": agent}) == Sender(AGENTS[agent])


@pytest.mark.parametrize(
    ("headers", "country"),
    [
        ({"cloudfront-viewer-country": "DE"}, "DE"),
        ({"cf-ipcountry": "fr"}, "FR"),
        ({"cf-ipcountry": "XX"}, None),
        ({"cf-ipcountry": "T1"}, None),
        ({"cloudfront-viewer-country": "Germany", "cf-ipcountry": "DE"}, "DE"),
        ({}, None),
    ],
)
def test_the_country_is_what_a_cdn_says(headers: dict[str, str], country: str | None) -> None:
    assert sender_of(headers) == Sender(None, country)
