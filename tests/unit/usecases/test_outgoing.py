"""Every event reaches every endpoint that wants it, at least once, or it is said why not."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sluice.domain.errors import Conflict, NotFound, Unavailable, WriteConflict
from sluice.domain.outgoing import WINDOW, Delivery, DeliveryStatus, Job
from sluice.domain.webhook_endpoints import Disabled, Endpoint, EndpointKey
from sluice.usecases.attempt_delivery import Made, Outbox, attempt_delivery
from sluice.usecases.manage_endpoints import (
    change_endpoint,
    find_endpoint,
    require_enabled,
    rotate_key,
    send_again,
)
from sluice.usecases.tell_endpoints import tell_endpoints

from tests.builders import NOW, at, make_delivery, make_endpoint
from tests.fakes.outgoing import FakeDeliveries, FakeEndpoints, FakeQueue, FakeSender

ID = make_endpoint().endpoint_id


class World:
    """An endpoint, or none, and everything around it."""

    def __init__(self, *script: int | str, retry_after: float | None = None, **endpoint: Any) -> None:
        self.endpoints = FakeEndpoints(make_endpoint(**endpoint))
        self.deliveries = FakeDeliveries()
        self.queue = FakeQueue()
        self.sender = FakeSender(*script, retry_after=retry_after)

    def tell(self, event_type: str = "video.ready", owner_id: str = "alice") -> int:
        return tell_endpoints(
            owner_id,
            event_type,
            '{"type":"video.ready"}',
            now=NOW,
            new_id=lambda endpoint_id: f"msg-{event_type}-{endpoint_id}",
            endpoints=self.endpoints,
            deliveries=self.deliveries,
            queue=self.queue,
        )

    def attempt(self, job: Job, now: datetime | None = None) -> Made:
        outbox = Outbox(
            endpoints=self.endpoints,
            deliveries=self.deliveries,
            queue=self.queue,
            sender=self.sender,
            window=WINDOW,
            chance=lambda: 0.5,
        )
        return attempt_delivery(job, outbox, now=now or job.not_before)

    def run(self) -> list[Made]:
        """Told once, and everything that follows, each when it is due."""
        self.tell()
        return list(self._rest())

    def _rest(self) -> Iterator[Made]:
        while self.queue.sent:
            yield self.attempt(self.queue.taken())

    @property
    def endpoint(self) -> Endpoint:
        return self.endpoints.rows["alice", ID]

    @property
    def delivery(self) -> Delivery:
        (found,) = self.deliveries.rows.values()
        return found


def test_an_event_is_sent_to_each_endpoint_that_wants_it() -> None:
    world = World()
    for changes in ({}, {"events": ("video.deleted",)}, {"disabled": Disabled(NOW, "owner")}):
        world.endpoints.add(make_endpoint(endpoint_id=f"whe_{len(world.endpoints.rows)}", **changes))
    assert world.tell() == 2
    assert [job.endpoint_id for job, _ in world.queue.sent] == [ID, "whe_1"]


def test_another_owners_endpoints_hear_nothing() -> None:
    assert World().tell(owner_id="bob") == 0


def test_what_arrives_is_done_with() -> None:
    world = World(204)
    assert world.run() == [Made.DELIVERED]
    (sent,) = world.sender.sent
    assert sent == (world.endpoint.url, world.delivery.delivery_id, world.endpoint.signing_keys(NOW))
    assert (world.delivery.status, world.endpoint.failing_since) == ("delivered", None)


def test_the_same_event_again_is_delivered_once() -> None:
    world = World()
    world.tell()
    world.tell()
    made = [world.attempt(job) for job, _ in world.queue.sent]
    assert made == [Made.DELIVERED, Made.OVERTAKEN]
    assert len(world.sender.sent) == 1


def test_trouble_that_passes_is_waited_for_under_one_id() -> None:
    world = World("unreachable", 500, 429, 200)
    assert world.run() == [Made.RETRIED] * 3 + [Made.DELIVERED]
    assert len({name for _, name, _ in world.sender.sent}) == 1
    assert [one.problem or one.status for one in world.delivery.attempts] == ["unreachable", 500, 429, 200]
    assert world.endpoint.failing_since is None


def test_a_day_of_trouble_ends_in_failure_and_disables_the_endpoint() -> None:
    world = World(503)
    made = world.run()
    assert made == [Made.RETRIED] * 10 + [Made.FAILED]
    assert world.delivery.status is DeliveryStatus.FAILED
    assert world.endpoint.disabled is not None
    assert world.endpoint.disabled.reason == "failing"
    assert world.endpoint.disabled.at - NOW >= timedelta(hours=24)


def test_an_endpoint_that_is_gone_is_disabled_at_once() -> None:
    world = World(410)
    assert world.run() == [Made.FAILED]
    assert world.endpoint.disabled == Disabled(NOW, "gone")


@pytest.mark.parametrize("status", [400, 401, 404, 422])
def test_what_an_endpoint_will_not_have_fails_and_counts(status: int) -> None:
    world = World(status)
    assert world.run() == [Made.FAILED]
    assert (world.endpoint.disabled, world.endpoint.failures) == (None, 1)


def test_an_attempt_that_is_not_due_yet_is_queued_on() -> None:
    world = World(500)
    world.tell()
    world.attempt(world.queue.taken())
    job, delay = world.queue.sent.pop()
    assert delay == timedelta(seconds=5.25)
    assert world.attempt(job, at(2)) is Made.EARLY
    assert world.queue.sent == [(job, timedelta(seconds=3.25))]


def test_what_is_on_its_way_to_a_disabled_endpoint_is_withdrawn() -> None:
    world = World(500)
    world.tell()
    world.endpoints.disable("alice", ID, Disabled(NOW, "owner"))
    assert world.attempt(world.queue.taken()) is Made.WITHDRAWN
    assert (world.delivery.status, world.sender.sent) == (DeliveryStatus.FAILED, [])


def test_what_is_on_its_way_to_an_endpoint_that_was_deleted_is_not_sent() -> None:
    world = World()
    world.tell()
    world.endpoints.remove("alice", ID)
    assert world.attempt(world.queue.taken()) is Made.OVERTAKEN
    assert world.sender.sent == []


def test_a_death_while_sending_leads_to_another_attempt() -> None:
    world = World()
    world.tell()
    job = world.queue.taken()
    world.sender.dies = True
    with pytest.raises(RuntimeError):
        world.attempt(job)
    world.sender.dies = False
    assert world.attempt(job) is Made.DELIVERED


def test_a_death_before_writing_leads_to_another_attempt_and_to_one_chain_of_them() -> None:
    world = World(500)
    world.tell()
    job = world.queue.taken()

    def killed() -> None:
        raise RuntimeError("killed")

    world.deliveries.before_write = killed
    with pytest.raises(RuntimeError):
        world.attempt(job)
    world.deliveries.before_write = lambda: None
    assert world.attempt(job) is Made.RETRIED
    (one, _), (other, _) = world.queue.sent
    world.queue.sent.clear()
    assert [world.attempt(one), world.attempt(other, other.not_before)] == [Made.RETRIED, Made.OVERTAKEN]


def test_an_attempt_that_comes_before_the_last_one_is_written_is_not_given_up() -> None:
    """The next attempt is queued first, so that a death loses none; a slow table must not lose it either."""
    world = World(500, 204)
    world.tell()
    job = world.queue.taken()
    early: list[Job] = []

    def slow() -> None:
        (following, _) = world.queue.sent[-1]
        early.append(following)
        with pytest.raises(Unavailable):
            world.attempt(following)

    world.deliveries.before_write = slow
    assert world.attempt(job) is Made.RETRIED
    world.deliveries.before_write = lambda: None
    assert [world.attempt(one) for one in early] == [Made.DELIVERED]


def test_of_two_who_make_one_attempt_the_first_tells_of_it() -> None:
    world = World(500)
    world.tell()
    job = world.queue.taken()

    def other() -> None:
        world.deliveries.before_write = lambda: None
        world.attempt(job)

    world.deliveries.before_write = other
    world.attempt(job)
    assert (world.delivery.version, len(world.delivery.attempts)) == (1, 1)


def test_while_a_key_is_replaced_both_sign() -> None:
    world = World()
    rotate_key(world.endpoints, "alice", ID, EndpointKey("key_2", "whsec_new"), now=NOW)
    world.run()
    assert world.sender.sent[0][2] == ["whsec_new", make_endpoint().keys[0].key]


def test_replacing_a_key_again_by_the_same_changes_nothing() -> None:
    world = World()
    for _ in range(2):
        rotate_key(world.endpoints, "alice", ID, EndpointKey("key_2", "whsec_new"), now=NOW)
    assert [one.key_id for one in world.endpoint.keys] == ["key_2", "key_1"]


def test_an_owner_changes_what_they_name_and_nothing_else() -> None:
    world = World()
    before = world.endpoint
    changed = change_endpoint(
        world.endpoints, "alice", ID, url="https://new.example/", events=None, enabled=None, now=NOW
    )
    assert (changed.url, changed.events, changed.keys) == ("https://new.example/", before.events, before.keys)
    same = change_endpoint(world.endpoints, "alice", ID, url=None, events=None, enabled=None, now=NOW)
    assert same == changed


def test_an_owner_disables_and_enables_and_what_had_failed_is_forgotten() -> None:
    world = World()
    world.endpoints.failed("alice", ID, at=NOW)
    off = change_endpoint(
        world.endpoints, "alice", ID, url=None, events=["video.deleted"], enabled=False, now=NOW
    )
    assert off.disabled == Disabled(NOW, "owner")
    on = change_endpoint(world.endpoints, "alice", ID, url=None, events=None, enabled=True, now=NOW)
    assert (on.disabled, on.failing_since, on.failures, on.events) == (None, None, 0, ("video.deleted",))


def test_another_writer_is_not_overwritten() -> None:
    world = World()
    stale = world.endpoint
    rotate_key(world.endpoints, "alice", ID, EndpointKey("key_2", "whsec_new"), now=NOW)
    with pytest.raises(WriteConflict):
        world.endpoints.change(stale, stale)


def test_anothers_endpoint_is_none() -> None:
    with pytest.raises(NotFound):
        find_endpoint(World().endpoints, "bob", ID)


def test_whatever_became_of_it_a_delivery_can_be_sent_again() -> None:
    world = World(400, 200)
    world.run()
    sent = send_again(
        world.endpoint, world.delivery.delivery_id, now=at(60), deliveries=world.deliveries, queue=world.queue
    )
    assert sent.status is DeliveryStatus.PENDING
    assert world.attempt(world.queue.taken()) is Made.DELIVERED
    assert len({name for _, name, _ in world.sender.sent}) == 1


def test_a_delivery_that_is_gone_or_being_attempted_is_not_sent_again() -> None:
    world = World()
    known: dict[str, Any] = {"now": NOW, "deliveries": world.deliveries, "queue": world.queue}
    with pytest.raises(NotFound):
        send_again(world.endpoint, "msg_none", **known)
    world.tell()
    job = world.queue.taken()

    def other() -> None:
        world.deliveries.before_write = lambda: None
        world.attempt(job)

    world.deliveries.before_write = other
    with pytest.raises(Conflict) as refused:
        send_again(world.endpoint, world.delivery.delivery_id, **known)
    assert refused.value.code == "delivery_changed"
    assert world.attempt(world.queue.taken()) is Made.OVERTAKEN


def test_nothing_is_sent_again_to_a_disabled_endpoint() -> None:
    world = World(disabled=Disabled(NOW, "gone"))
    world.deliveries.add(make_delivery())
    with pytest.raises(Conflict) as refused:
        require_enabled(world.endpoint)
    assert refused.value.code == "endpoint_disabled"
