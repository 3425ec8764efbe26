"""Video providers outside this account, put together from their adapters and their secrets."""

from functools import cached_property
from typing import Protocol
from urllib.parse import urlsplit

from sluice.adapters.http import Http
from sluice.adapters.sealing import Seal
from sluice.adapters.signing_keys import SigningKey
from sluice.edge.held import Held
from sluice.edge.settings import Settings
from sluice.usecases.audit_ports import Inventory
from sluice.usecases.provider_ports import (
    DownloadMaker,
    PlaybackProvider,
    PollBudget,
    PrivacyKeeper,
    ProviderHoldings,
    ProviderWatch,
    Strays,
    UploadProvider,
    UrlImporter,
)


class Uploads(UploadProvider, UrlImporter, Strays, Protocol):
    """What opens uploads, or fetches a source by itself, also finds those that nobody heard of."""


class Holdings(ProviderHoldings, PrivacyKeeper, DownloadMaker, Protocol):
    """All that can be done about what the provider holds."""


class Outside(Protocol):
    """One provider's adapters; each is made when it is first needed."""

    @property
    def uploads(self) -> Uploads: ...
    @property
    def playback(self) -> PlaybackProvider: ...
    @property
    def watch(self) -> ProviderWatch: ...
    @property
    def holdings(self) -> Holdings: ...
    @property
    def inventory(self) -> Inventory: ...


class Mux:
    """Mux Video."""

    def __init__(self, ours: Settings, held: Held, signing_secret: str, budget: PollBudget) -> None:
        from sluice.adapters.mux.client import MuxClient

        self._ours, self._held, self._secret, self._budget = ours, held, signing_secret, budget
        self._http = Http("Mux")
        self._client = MuxClient(
            self._http,
            base_url=ours.mux_base_url,
            token_id=held["MUX_TOKEN_ID"],
            token_secret=held["MUX_TOKEN_SECRET"],
        )

    @cached_property
    def uploads(self) -> Uploads:
        from sluice.adapters.mux.uploads import MuxUploads

        seal = Seal(self._secret, "mux-upload")
        origin = self._ours.allowed_origins[0]
        return MuxUploads(self._client, self._http, seal, cors_origin=origin, ttl=self._ours.upload_ttl)

    @cached_property
    def playback(self) -> PlaybackProvider:
        from sluice.adapters.mux.playback import MuxPlayback
        from sluice.adapters.mux.tokens import MuxTokens

        key = SigningKey(self._held["MUX_SIGNING_KEY"], self._held["MUX_PRIVATE_KEY"])
        tokens = MuxTokens(key, restriction_id=self._held.maybe("MUX_PLAYBACK_RESTRICTION_ID"))
        return MuxPlayback(tokens, stream_url=self._ours.mux_stream_url, image_url=self._ours.mux_image_url)

    @cached_property
    def watch(self) -> ProviderWatch:
        from sluice.adapters.mux.watch import MuxWatch

        return MuxWatch(self._client, self._budget)

    @cached_property
    def holdings(self) -> Holdings:
        from sluice.adapters.mux.holdings import MuxHoldings

        return MuxHoldings(self._client)

    @cached_property
    def inventory(self) -> Inventory:
        from sluice.adapters.mux.inventory import MuxInventory

        return MuxInventory(self._client)


class Cloudflare:
    """Cloudflare Stream."""

    def __init__(self, ours: Settings, held: Held, signing_secret: str, budget: PollBudget) -> None:
        from sluice.adapters.cloudflare.client import CloudflareClient

        self._ours, self._held, self._secret, self._budget = ours, held, signing_secret, budget
        self._http = Http("Cloudflare Stream")
        self._client = CloudflareClient(
            self._http,
            base_url=ours.cloudflare_base_url,
            account_id=held["CLOUDFLARE_ACCOUNT_ID"],
            api_token=held["CLOUDFLARE_API_TOKEN"],
        )

    @cached_property
    def uploads(self) -> Uploads:
        from sluice.adapters.cloudflare.settings import Terms
        from sluice.adapters.cloudflare.uploads import CloudflareUploads

        hosts = tuple(urlsplit(origin).netloc for origin in self._ours.allowed_origins)
        terms = Terms(longest=self._ours.max_video_duration, allowed_hosts=hosts)
        seal = Seal(self._secret, "cloudflare-upload")
        return CloudflareUploads(self._client, self._http, seal, terms=terms, ttl=self._ours.upload_ttl)

    @cached_property
    def playback(self) -> PlaybackProvider:
        from sluice.adapters.cloudflare.playback import CloudflarePlayback
        from sluice.adapters.cloudflare.tokens import CloudflareTokens

        key = SigningKey(self._held["CLOUDFLARE_SIGNING_KEY_ID"], self._held["CLOUDFLARE_SIGNING_KEY_PEM"])
        return CloudflarePlayback(CloudflareTokens(key), delivery_url=self._ours.cloudflare_delivery_url)

    @cached_property
    def watch(self) -> ProviderWatch:
        from sluice.adapters.cloudflare.watch import CloudflareWatch

        return CloudflareWatch(self._client, self._budget)

    @cached_property
    def holdings(self) -> Holdings:
        from sluice.adapters.cloudflare.holdings import CloudflareHoldings

        return CloudflareHoldings(self._client)

    @cached_property
    def inventory(self) -> Inventory:
        from sluice.adapters.cloudflare.inventory import CloudflareInventory

        return CloudflareInventory(self._client)
