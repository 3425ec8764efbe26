"""How Mux signs its webhooks."""

from sluice.adapters.signatures import Scheme

SCHEME = Scheme(header="mux-signature", time="t", digest="v1")
