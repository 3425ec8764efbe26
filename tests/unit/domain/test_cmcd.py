"""CMCD as players write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sluice.domain.cmcd import Unreadable, kinds, measures, read_cmcd


def test_the_standard_s_own_example_is_read() -> None:
    said = read_cmcd(
        'bl=21300,br=3200,bs,cid="faec5fc2-ac30-11ea",d=4004,mtp=25400,nor="..%2F300kbps%2Ftrack.m4v",'
        'ot=v,pr=1.08,rtp=15000,sf=d,sid="6e2fb550-c457-11e9-bb97-0800200c9a66",st=v,tb=6000'
    )
    assert said["br"] == 3200
    assert said["bs"] is True
    assert said["pr"] == 1.08
    assert said["sid"] == "6e2fb550-c457-11e9-bb97-0800200c9a66"
    assert said["ot"] == "v"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (r'k="a \"quoted, word\" \\"', r'a "quoted, word" \ '.rstrip()),
        ("k", True),
        ("k=?0", False),
        ("k=?1", True),
        ("k=-5", -5),
        ("k=com.example-token", "com.example-token"),
        (' k="" ', ""),
    ],
)
def test_values_are_read(text: str, value: object) -> None:
    assert read_cmcd(text) == {"k": value}


@pytest.mark.parametrize("text", ["=5", "a=1;b=2,=", 'k="open', "ä=1", "x" * 9000])
def test_what_is_no_cmcd_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_cmcd(text)


@given(st.text(max_size=60))
def test_anything_is_read_or_refused(text: str) -> None:
    try:
        read_cmcd(text)
    except Unreadable:
        assert text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ot=m", ["cmcd"]),
        ("ot=v,su", ["cmcd"]),
        ("ot=v", ["play"]),
        ("ot=av,bs", ["play", "buffering_start"]),
        ("bs", ["buffering_start"]),
        ("sta=p", ["play"]),
        ("sta=a", ["pause"]),
        ("sta=e", ["ended"]),
        ("sta=r,bs", ["buffering_start"]),
        ("sta=f,ec=3016", ["error"]),
        ("sta=s", ["cmcd"]),
    ],
)
def test_a_report_is_the_events_that_it_proves(text: str, found: list[str]) -> None:
    assert kinds(read_cmcd(text)) == found


def test_measures_are_in_a_beacon_s_words() -> None:
    assert measures(read_cmcd('pt=12500,msd=840,ec="3016"')) == {
        "currentTime": 12.5, "startupTime": 840, "code": "3016",
    }  # fmt: skip
    assert measures(read_cmcd("pt,msd=x,ec")) == {}
