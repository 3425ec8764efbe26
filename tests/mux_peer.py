"""Mux's adapters against a peer on the loopback, and videos as they stand in the row."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce as fold
from typing import Any

from sluice.adapters.http import Http
from sluice.adapters.mux.client import MuxClient
from sluice.adapters.mux.uploads import MuxUploads
from sluice.adapters.sealing import Seal
from sluice.domain.facts import Fact, ProviderLinked, UploadOpened
from sluice.domain.video import Video, reduce

from tests.builders import VIDEO_ID, at, make_video
from tests.loopback import Peer
from tests.mux_payloads import ASSET_ID, UPLOAD_ID

SEAL = Seal("a secret of the deployment", "upload-url")


def client_of(peer: Peer, http: Http) -> MuxClient:
    return MuxClient(http, base_url=peer.url, token_id="token-id", token_secret="token-secret")


def uploads_of(peer: Peer, http: Http, *, ttl: timedelta = timedelta(hours=6)) -> MuxUploads:
    return MuxUploads(client_of(peer, http), http, SEAL, cors_origin="https://app.example.test", ttl=ttl)


def with_facts(video: Video, facts: Sequence[Fact]) -> Video:
    return fold(reduce, facts, video)


def make_mux_video(*facts: Fact, **changes: Any) -> Video:
    """A video that Mux is to have, with nothing known of it but ``facts``."""
    return with_facts(make_video(provider="mux", protocol="chunked-put", **changes), facts)


def opened(url: str = "https://uploads.example.test/u/1") -> tuple[Fact, ...]:
    """The facts of an upload that was opened."""
    sealed = SEAL.close(url, VIDEO_ID)
    return (
        ProviderLinked(at=at(0), kind="upload", provider_id=UPLOAD_ID),
        UploadOpened(at=at(0), sealed_url=sealed, expires_at=at(3600)),
    )


ASSET_LINKED = ProviderLinked(at=at(1), kind="asset", provider_id=ASSET_ID)
