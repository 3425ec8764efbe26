"""One contract for profiles, held by the fake and by DynamoDB alike."""

from dataclasses import replace

import pytest
from sluice.adapters.dynamodb.profiles import DynamoProfiles
from sluice.domain.identity import Caller
from sluice.usecases.profile_ports import Profiles

from tests.engine import Aws, unique
from tests.fakes.profiles import FakeProfiles
from tests.resources import Resources


@pytest.fixture(scope="module")
def table(engine: Aws) -> str:
    return Resources(engine).table("VideosTable")


@pytest.fixture(params=["fake", "dynamodb"])
def profiles(request: pytest.FixtureRequest) -> Profiles:
    if request.param == "fake":
        return FakeProfiles()
    aws: Aws = request.getfixturevalue("engine")
    return DynamoProfiles(aws.dynamo, request.getfixturevalue("table"))


@pytest.fixture
def alice() -> Caller:
    user = unique("alice")
    return Caller(user_id=user, email=f"{user}@Example.com", name="Alice", username=user, picture="https://p")


def test_a_user_is_known_as_their_token_named_them(profiles: Profiles, alice: Caller) -> None:
    profiles.remember(alice)
    assert profiles.find(alice.user_id) == alice
    assert profiles.find(unique("bob")) is None


def test_a_user_is_found_by_their_address_in_any_case(profiles: Profiles, alice: Caller) -> None:
    profiles.remember(alice)
    assert alice.email
    assert profiles.user_by_email(f" {alice.email.upper()} ") == alice.user_id
    assert profiles.user_by_email(f"x{alice.email}") is None


def test_what_a_token_leaves_out_stays_as_it_was(profiles: Profiles, alice: Caller) -> None:
    profiles.remember(alice)
    profiles.remember(Caller(user_id=alice.user_id))
    profiles.remember(Caller(user_id=alice.user_id, name="Alice B."))
    assert profiles.find(alice.user_id) == replace(alice, name="Alice B.")


def test_a_user_who_says_nothing_has_no_profile(profiles: Profiles, alice: Caller) -> None:
    profiles.remember(Caller(user_id=alice.user_id))
    assert profiles.find(alice.user_id) is None


def test_an_address_leads_to_whom_it_was_last_seen_with_and_an_old_one_still_does(
    profiles: Profiles, alice: Caller
) -> None:
    profiles.remember(alice)
    bob = unique("bob")
    profiles.remember(Caller(user_id=bob, email=f"{bob}@example.com"))
    profiles.remember(Caller(user_id=bob, email=alice.email))
    assert profiles.user_by_email(alice.email or "") == bob
    assert profiles.user_by_email(f"{bob}@example.com") == bob


def test_a_very_long_address_is_an_address(profiles: Profiles, alice: Caller) -> None:
    address = "x" * 3000 + alice.user_id
    profiles.remember(replace(alice, email=address))
    assert profiles.user_by_email(address) == alice.user_id
