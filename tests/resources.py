"""Tables, buckets and the like on the engine, as the template itself defines them."""

from dataclasses import dataclass
from typing import Any

from tests.engine import Aws, unique
from tests.template_file import template

_TABLE_PROPERTIES = (
    "KeySchema",
    "AttributeDefinitions",
    "GlobalSecondaryIndexes",
    "BillingMode",
    "StreamSpecification",
)


def properties(logical_id: str) -> dict[str, Any]:
    return dict(template()["Resources"][logical_id]["Properties"])


@dataclass(frozen=True, slots=True)
class Resources:
    """Makes resources under names of their own."""

    aws: Aws

    def table(self, logical_id: str) -> str:
        """A table with the keys and indexes of the template's; its name."""
        defined, name = properties(logical_id), unique("table")
        known = {key: defined[key] for key in _TABLE_PROPERTIES if key in defined}
        if "StreamSpecification" in known:
            known["StreamSpecification"] = {"StreamEnabled": True, **known["StreamSpecification"]}
        self.aws("dynamodb").create_table(TableName=name, **known)
        return name

    def bucket(self, *, versioned: bool = False) -> str:
        """A bucket; its name."""
        s3, name = self.aws("s3"), unique("bucket")
        s3.create_bucket(Bucket=name)
        if versioned:
            s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        return name

    def queue(self) -> str:
        """A queue; its URL."""
        return str(self.aws("sqs").create_queue(QueueName=unique("queue"))["QueueUrl"])

    def messages(self, queue_url: str) -> list[str]:
        """The bodies of all messages that can be seen, which are then gone."""
        sqs, bodies = self.aws("sqs"), []
        while found := sqs.receive_message(QueueUrl=queue_url, MaxNumberOfMessages=10).get("Messages"):
            for message in found:
                bodies.append(str(message["Body"]))
                sqs.delete_message(QueueUrl=queue_url, ReceiptHandle=message["ReceiptHandle"])
        return bodies
