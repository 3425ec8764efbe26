"""An identity provider on the loopback: keys to sign with, and a server for their public halves."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa


def rsa_key(name: str = "one") -> rsa.RSAPrivateKey:
    """A key of this name, the same in the whole session."""
    return _rsa_key(name)


def ec_key(name: str = "one") -> ec.EllipticCurvePrivateKey:
    return _ec_key(name)


@cache
def _rsa_key(_name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def _ec_key(_name: str) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def rsa_jwk(kid: str, name: str = "one", **changes: str) -> dict[str, Any]:
    known = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(name).public_key()))
    return {**known, "kid": kid, "use": "sig", "alg": "RS256", **changes}


def ec_jwk(kid: str, name: str = "one") -> dict[str, Any]:
    known = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(ec_key(name).public_key()))
    return {**known, "kid": kid, "use": "sig", "alg": "ES256"}


class KeyServer:
    """What the provider answers: ``status`` and ``body``; ``asked`` counts."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.status, self.asked, self.url = 200, 0, ""
        self.body = b""
        self.holds(*keys)

    def holds(self, *keys: dict[str, Any]) -> None:
        self.body = json.dumps({"keys": keys}).encode()


@contextmanager
def key_server(*keys: dict[str, Any]) -> Iterator[KeyServer]:
    server = KeyServer(*keys)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.asked += 1
            self.send_response(server.status)
            self.send_header("content-length", str(len(server.body)))
            self.end_headers()
            self.wfile.write(server.body)

        log_message: Callable[..., None] = lambda *_given: None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        server.url = f"http://127.0.0.1:{http.server_port}/jwks.json"
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
