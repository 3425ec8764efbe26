"""Requests count as encrypted: the engine speaks plain HTTP on the loopback, and a bucket's policy that
refuses plain HTTP would refuse everything here."""

from typing import Any

from ministack import app

from local.engine.patches.expect import expect


def apply() -> None:
    """Pin ``aws:SecureTransport`` to true."""
    expect(app.app, "pin_request_origin((scope.get(\"client\") or (\"127.0.0.1\",))[0],")
    pin = app.pin_request_origin

    def pin_secure(address: Any, _secure: Any) -> Any:
        return pin(address, True)

    app.pin_request_origin = pin_secure
