"""No URL of a user's leads inside (S4), whatever it is spelt like."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.addresses import (
    AddressPolicy,
    Exemption,
    is_public,
    read_exemptions,
    read_url,
    require_public,
)
from sluice.domain.errors import RefusedAddress

from tests.hostile_urls import FINE, NAMES_THAT_LEAD_INSIDE, WRONG_IN_THEMSELVES

STRICT = AddressPolicy()


def test_the_corpus_is_as_large_as_it_should_be() -> None:
    assert len(set(WRONG_IN_THEMSELVES.values())) + len(NAMES_THAT_LEAD_INSIDE) >= 60


@pytest.mark.parametrize("url", WRONG_IN_THEMSELVES.values(), ids=WRONG_IN_THEMSELVES)
def test_what_is_wrong_in_itself_is_refused(url: str) -> None:
    with pytest.raises(RefusedAddress) as caught:
        read_url(url, STRICT, field="videoUrl")
    assert caught.value.code == "refused_address"
    (problem,) = caught.value.problems
    assert problem.field == "videoUrl"
    assert not url or url not in f"{caught.value.message} {problem.problem}", "a URL may hold a secret"


@pytest.mark.parametrize(("name", "addresses"), NAMES_THAT_LEAD_INSIDE.items())
def test_a_name_that_leads_inside_is_refused(name: str, addresses: list[str]) -> None:
    target = read_url(f"https://{name}/", STRICT)
    with pytest.raises(RefusedAddress):
        require_public(target, addresses)


@pytest.mark.parametrize("url", FINE.values(), ids=FINE)
def test_what_is_fine_is_let_through(url: str) -> None:
    assert read_url(url, STRICT).scheme == "https"


def test_a_url_is_asked_for_as_it_was_judged() -> None:
    said = read_url("HTTPS://Bücher.Example.:443/a b/vidéo.mp4?q=é#t".replace(" ", "%20"), STRICT)
    assert said.url == "https://xn--bcher-kva.example/a%20b/vid%C3%A9o.mp4?q=%C3%A9"
    v6 = read_url("https://[2606:4700:0:0::1111]:8443/x", STRICT)
    assert (v6.url, v6.host) == ("https://[2606:4700::1111]:8443/x", "2606:4700::1111")
    assert read_url("https://example.com?x", STRICT).path == "/?x"


def test_http_is_for_deployments_that_allow_it() -> None:
    allowing = AddressPolicy(allow_http=True)
    assert read_url("http://example.com/", allowing).port == 80
    with pytest.raises(RefusedAddress):
        read_url("http://10.0.0.1/", allowing)
    with pytest.raises(RefusedAddress):
        read_url("ftp://example.com/", allowing)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450::1"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_no_address_is_public_that_the_standard_library_calls_private(address: Any) -> None:
    if is_public(str(address)):
        assert address.is_global
        assert not address.is_private


@given(st.text(max_size=60))
def test_whatever_comes_is_read_or_refused(text: str) -> None:
    for url in (text, f"https://{text}", f"https://example.com/{text}", f"https://[{text}]/"):
        try:
            target = read_url(url, STRICT)
        except RefusedAddress:
            continue
        assert target.host.isascii()
        assert target.path.isascii()
        assert target.path.startswith("/")


# ---------------------------------------------------------------- exemptions


def policy(text: str, *, allow_http: bool = False) -> AddressPolicy:
    return AddressPolicy(allow_http=allow_http, exempt=read_exemptions(text))


def test_an_exempt_host_need_not_be_public_and_is_exempt_from_nothing_else() -> None:
    allowed = policy("localhost:8443, 127.0.0.1:9000")
    target = read_url("https://localhost:8443/a", allowed)
    require_public(target, ["127.0.0.1"])
    assert read_url("https://127.0.0.1:9000/", allowed).exempt
    for url in ("http://localhost:8443/", "https://localhost:8444/", "https://x@localhost:8443/"):
        with pytest.raises(RefusedAddress):
            read_url(url, allowed)
    public = read_url("https://example.com:8443/", allowed)
    with pytest.raises(RefusedAddress):
        require_public(public, ["127.0.0.1"])


def test_an_exempt_prefix_exempts_what_is_below_it_as_it_is() -> None:
    allowed = policy("http://localhost:3000/twins/generator/")
    assert read_url("http://localhost:3000/twins/generator/files/a.mp4?x=1", allowed).exempt
    for url in (
        "http://localhost:3000/",
        "http://localhost:3000/api/health",
        "https://localhost:3000/twins/generator/a.mp4",
        "http://localhost:3000/twins/generator/../../api/health",
        "http://localhost:3000/twins/generator/%2e%2e/%2E%2E/api/health",
        "http://localhost:3001/twins/generator/a.mp4",
    ):
        with pytest.raises(RefusedAddress):
            read_url(url, allowed)


@pytest.mark.parametrize("text", ["localhost", "localhost:", "localhost:x", "http://localhost:1/a", ":80"])
def test_exemptions_that_say_nothing_exact_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_exemptions(text)


def test_no_exemptions_are_none() -> None:
    assert read_exemptions(" , ") == ()
    assert read_exemptions("[::1]:8443") == (Exemption("::1", 8443),)
