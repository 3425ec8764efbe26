"""Roles assumed, without botocore (docs/adr/0024). The service takes forms and answers in XML."""

from datetime import datetime
from urllib.parse import urlencode
from xml.etree import ElementTree

from sluice.adapters.aws_http import AwsHttp, NoAnswer, Refused
from sluice.domain.errors import Unavailable

_FORM = {"content-type": "application/x-www-form-urlencoded"}


class Sts:
    """The one action that we use."""

    def __init__(self, http: AwsHttp) -> None:
        self._http = http

    def assume_role(self, role_arn: str, *, session: str, seconds: int) -> tuple[str, str, str, datetime]:
        """Access key, secret key, session token, and their end.

        Raises:
            Unavailable: the role cannot be assumed at the moment.
        """
        asked = {
            "Action": "AssumeRole",
            "Version": "2011-06-15",
            "RoleArn": role_arn,
            "RoleSessionName": session,
            "DurationSeconds": str(seconds),
        }
        try:
            return self._http.post(urlencode(asked).encode(), _FORM, _read)
        except (Refused, NoAnswer) as error:
            raise Unavailable("URLs cannot be signed at the moment. Please try again.") from error

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()


def _read(status: int, content: bytes) -> tuple[str, str, str, datetime]:
    try:
        parts = list(ElementTree.fromstring(content).iter())  # noqa: S314 - as above
    except ElementTree.ParseError:
        parts, status = [], status if status >= 300 else 502
    said = {part.tag.rpartition("}")[2]: part.text or "" for part in parts}
    if status >= 300:
        code = said.get("Code", str(status))
        raise Refused(code, said, passes=status >= 500 or code == "Throttling")
    ends = datetime.fromisoformat(said["Expiration"])
    return said["AccessKeyId"], said["SecretAccessKey"], said["SessionToken"], ends
