"""Simulators of the video providers: they speak the providers' own protocols and play what was uploaded.

Each twin is one aiohttp application (`local.twins.mux.app`, `local.twins.cloudflare.app`) that knows the
address
it is reached at, keeps its state in one folder, signs and sends webhooks, and can be told to fail
(`local.twins.faults`). Nothing of a twin is imported by the product.
"""
