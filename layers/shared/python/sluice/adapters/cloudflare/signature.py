"""How Cloudflare Stream signs its webhooks."""

from sluice.adapters.signatures import Scheme

# The secret looks like hexadecimal and is used as the text that it is.
SCHEME = Scheme(header="webhook-signature", time="time", digest="sig1")
