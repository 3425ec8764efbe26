"""The local stack's one front door: the page, the API, the WebSocket API and local sign-in on one port."""
