"""Beacons are kept as gzipped lines, one object a batch."""

import gzip

import pytest
from botocore.exceptions import EndpointConnectionError
from sluice.adapters.s3.raw_beacons import S3RawBeacons
from sluice.domain.errors import Unavailable

from tests.builders import NOW
from tests.engine import Aws
from tests.fakes.clients import Failing, client_error
from tests.resources import Resources


def test_lines_are_one_object_below_their_day(engine: Aws) -> None:
    bucket, s3 = Resources(engine).bucket(), engine("s3")
    for lines in ([b"{}"], [b'{"a": 1}', b'{"b": 2}']):
        S3RawBeacons(s3, bucket).keep(lines, name="batch", now=NOW)
    (found,) = s3.list_objects_v2(Bucket=bucket)["Contents"]
    assert found["Key"] == "analytics/raw/dt=2026-03-01/batch.json.gz"
    body = s3.get_object(Bucket=bucket, Key=found["Key"])["Body"].read()
    assert gzip.decompress(body) == b'{"a": 1}\n{"b": 2}\n'


@pytest.mark.parametrize(
    "error", [client_error("SlowDown"), EndpointConnectionError(endpoint_url="http://nowhere")]
)
def test_a_bucket_that_cannot_be_had_is_said_to_be(error: Exception) -> None:
    with pytest.raises(Unavailable):
        S3RawBeacons(Failing(error), "bucket").keep([b"{}"], name="batch", now=NOW)  # type: ignore[arg-type]
