"""What cannot be made again survives the stack, and nobody but us reads it."""

import pytest

from tests.template.reading import of_type

STATEFUL = of_type("AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::SecretsManager::Secret")
TABLES = of_type("AWS::DynamoDB::Table")


@pytest.mark.parametrize("name", STATEFUL)
def test_a_resource_with_state_survives_its_stack(name: str) -> None:
    assert STATEFUL[name]["DeletionPolicy"] == STATEFUL[name]["UpdateReplacePolicy"] == "Retain"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_can_be_restored_forgets_and_costs_what_is_used(name: str) -> None:
    properties = TABLES[name]["Properties"]
    assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert properties["SSESpecification"] == {"SSEEnabled": True}
    assert properties["BillingMode"] == "PAY_PER_REQUEST"
    assert properties["TimeToLiveSpecification"] == {"AttributeName": "ttlEpochSeconds", "Enabled": True}


def test_the_bucket_is_private_and_leaves_no_half_uploads() -> None:
    (bucket,) = (found["Properties"] for found in of_type("AWS::S3::Bucket").values())
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}
    rules = bucket["LifecycleConfiguration"]["Rules"]
    assert {"DaysAfterInitiation": 2} in [rule.get("AbortIncompleteMultipartUpload") for rule in rules]
    exposed = bucket["CorsConfiguration"]["CorsRules"][0]["ExposedHeaders"]
    assert {"ETag", "Content-Range", "Accept-Ranges"} <= set(exposed)
    assert bucket["CorsConfiguration"]["CorsRules"][0]["AllowedOrigins"] == {"Ref": "AllowedOrigins"}
