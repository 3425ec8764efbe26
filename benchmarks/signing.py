"""P6 and P7: signing URLs and playback tokens against the libraries that do it for everybody."""

from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import jwt
from botocore.config import Config
from sluice.adapters.s3.presign import Presigner
from sluice.adapters.s3.signing_role import SigningCredentials
from sluice.adapters.s3.tokens import PlaybackTokens

from benchmarks.table import Row
from benchmarks.timing import interleaved

REGION = "eu-central-1"
TTL = timedelta(hours=1)
# As long as what STS gives.
CREDENTIALS = SigningCredentials("ASIAIOSFODNN7EXAMPLE", "k" * 40, "IQoJb3JpZ2luX2VjE" * 50)


def presigning() -> list[Row]:
    """P6: URLs of a page's posters, one object after the other."""
    now = datetime.now(UTC)
    presigner = Presigner(lambda _now: CREDENTIALS, bucket="media", region=REGION)
    client = _client()
    keys = [f"videos/vid_{number:032x}/poster.jpg" for number in range(100)]

    def ours() -> None:
        for key in keys:
            presigner.get(key, now=now, ttl=TTL)

    def theirs() -> None:
        for key in keys:
            client.generate_presigned_url(
                "get_object", Params={"Bucket": "media", "Key": key}, ExpiresIn=3600
            )

    _must_agree(presigner, client, keys[0], now)
    seconds = interleaved({"ours": ours, "theirs": theirs}, rounds=40)
    return [_row("P6", "presigned URL: generate_presigned_url ÷ ours", seconds, 1e4, 30, faster=True)]


def minting() -> list[Row]:
    """P7: one playback token; PyJWT has its key ready. Ours parses no key at all."""
    now, secret = datetime.now(UTC), "s" * 64
    tokens, ready = PlaybackTokens(secret), secret.encode()
    claims = {"sub": "vid_1", "aud": "playback", "viewer": "alice", "exp": int((now + TTL).timestamp())}
    contenders = {
        "ours": lambda: tokens.mint("vid_1", "playback", "alice", now=now, ttl=TTL),
        "theirs": lambda: jwt.encode(claims, ready, "HS256"),
    }
    seconds = interleaved(contenders, rounds=40, calls=500)
    return [_row("P7", "playback token: ours ÷ PyJWT with a ready key", seconds, 1e6, 1.1)]


def _must_agree(presigner: Presigner, client: Any, key: str, now: datetime) -> None:
    """Both make the same URL, but for the moment's signature; tests compare that too, with the clock held."""
    theirs = client.generate_presigned_url(
        "get_object", Params={"Bucket": "media", "Key": key}, ExpiresIn=3600
    )
    ours = presigner.get(key, now=now, ttl=TTL).url
    assert _without_moment(ours) == _without_moment(theirs), (ours, theirs)


def _without_moment(url: str) -> list[str]:
    address, _, query = url.partition("?")
    moment = ("X-Amz-Signature=", "X-Amz-Date=")
    return [address, *sorted(pair for pair in query.split("&") if not pair.startswith(moment))]


def _client() -> Any:
    return boto3.client(
        "s3",
        region_name=REGION,
        # Ours signs for AWS itself, wherever the rest of the run has its engine.
        endpoint_url=f"https://s3.{REGION}.amazonaws.com",
        aws_access_key_id=CREDENTIALS.access_key,
        aws_secret_access_key=CREDENTIALS.secret_key,
        aws_session_token=CREDENTIALS.session_token,
        config=Config(signature_version="s3v4", s3={"addressing_style": "virtual"}),
    )


def _row(
    key: str, what: str, seconds: dict[str, float], scale: float, limit: float, *, faster: bool = False
) -> Row:
    return Row(
        key=key,
        what=what,
        ours=seconds["ours"] * scale,
        baseline=seconds["theirs"] * scale,
        unit="µs",
        limit=limit,
        faster=faster,
    )
