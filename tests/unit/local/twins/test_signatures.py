"""Signatures of both providers, against vectors that were computed elsewhere."""

from local.twins.signatures import Scheme, corrupted, header, sign

MUX = Scheme(header="Mux-Signature", time="t", signature="v1")
EVENT = b'{"type":"video.asset.ready","id":"evt-0001","data":{"id":"ast-0001"}}'
VIDEO = b'{"uid":"00000000000000000000000000000001","readyToStream":true}'


def test_muxs_vector() -> None:
    expected = "ad8e94ee02bcf8d504ca59baacbde2f25a0bd8e4592cf71bef81f75ddd2ca381"
    assert sign("whsec_demo_0001", 1_700_000_000, EVENT) == expected
    assert header(MUX, "whsec_demo_0001", EVENT, 1_700_000_000.9, {}) == f"t=1700000000,v1={expected}"


def test_cloudflares_vectors_differ_by_a_newline() -> None:
    with_newline = "08a74c79cf11dfa8b002c2fe5d7ec256797e7f64b26b7c6722b5826631807594"
    without = "1f2175ad4873153a95b52a8dca70100740fccae55097b5bafcf2ff5e24d07e8d"
    assert sign("cfsec_demo_0001", 1_700_000_000, VIDEO + b"\n") == with_newline
    assert sign("cfsec_demo_0001", 1_700_000_000, VIDEO) == without


def test_an_altered_body_is_signed_before_it_is_altered() -> None:
    signed, sent = corrupted(EVENT, {"altered": {}})
    assert signed == EVENT
    assert len(sent) == len(EVENT)
    assert sum(one != other for one, other in zip(signed, sent, strict=True)) == 1
