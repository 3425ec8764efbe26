"""A deleted video leaves no figures: what it added to its owner's is taken back, then its own rows go."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import islice

from sluice.domain.errors import WriteConflict
from sluice.domain.figure_rows import (
    SHARDS,
    Known,
    RowKey,
    Scope,
    TallyKey,
    day_of,
    day_row,
    owner_scope,
    totals_row,
    video_row,
    video_scope,
    viewer_row,
)
from sluice.domain.qoe_counts import Counts, Tally, Totals, added, difference
from sluice.usecases.analytics_ports import Add, Delete, FigureStore, FoundRows, Put, Write
from sluice.usecases.contention import rounds
from sluice.usecases.deletion_ports import Step

# A viewer is two rows, a day's tally too, and the owner's counts are one more.
_AT_ONCE = 45
# The owner's counts are the sum of all shards, so it does not matter from which one takes.
_SHARD = 0

type _Found[T] = Sequence[tuple[RowKey[T], int, T]]


def remove_figures(store: FigureStore) -> Step:
    """The step of a deletion that removes sessions and figures."""
    return Step(
        name="figures",
        check="The table of figures was read again and has no row of it.",
        remove=lambda video: purge_figures(video.video_id, video.owner_id, store),
        is_gone=lambda video: store.is_empty(video_scope(video.video_id)),
    )


def purge_figures(video_id: str, owner_id: str, store: FigureStore) -> int:
    """Take the video's figures back and remove its rows; how many there were. Repeating it is harmless.

    A row goes in the transaction that takes back what it added, so nothing is taken back twice.

    Raises:
        WriteConflict: too many are counting for the same owner at the same time.
    """
    video, owner = video_scope(video_id), owner_scope(owner_id)
    if store.is_empty(video):
        return 0  # most videos that are deleted were never watched
    removed = 0
    for _ in rounds():
        try:
            while writes := _next(video, owner, store):
                store.commit(writes)
                removed += sum(isinstance(write, Delete) for write in writes)
        except WriteConflict:
            continue
        store.commit([Delete(video_row(owner, shard, video_id)) for shard in range(SHARDS)])
        return removed + store.remove_all(video)
    raise WriteConflict("Too many are counting views of this owner at once.")


def _next(video: Scope, owner: Scope, store: FigureStore) -> list[Write]:
    """What to write next; nothing once all is taken back."""
    viewers = list(islice(store.rows(video, "VIEWER#", Known), _AT_ONCE))
    if viewers:
        return _without_viewers(viewers, owner, store)
    totals = list(islice(store.rows(video, "FIGURES#TOTALS", Totals), 1))
    if totals:
        return _without_totals(totals, owner, store)
    return _without_days(list(islice(store.tallies(video), _AT_ONCE)), owner)


def _without_viewers(viewers: _Found[Known], owner: Scope, store: FigureStore) -> list[Write]:
    theirs = {key: viewer_row(owner, key.sort.removeprefix("VIEWER#")) for key, _, _ in viewers}
    counts = totals_row(owner, _SHARD)
    rows = store.read([*theirs.values(), counts])
    writes: list[Write] = []
    users = Known()
    for key, version, known in viewers:
        writes.append(Delete(key, version))
        old = rows.document(theirs[key])
        if old is None:
            continue
        new = old - known.at_all
        users += new.at_all - old.at_all
        read = rows.version(theirs[key])
        writes.append(Put(theirs[key], read, new) if new else Delete(theirs[key], read))
    return [*writes, *_changed(counts, rows, {"users": users.views}, {"users": users.verified})]


def _without_totals(totals: _Found[Totals], owner: Scope, store: FigureStore) -> list[Write]:
    """All but the users, who have gone with their rows."""
    ((key, version, gone),) = totals
    counts = totals_row(owner, _SHARD)
    every, verified = ({**some, "users": 0} for some in (gone.counts, gone.verified))
    changed = _changed(counts, store.read([counts]), difference(every, {}), difference(verified, {}))
    return [Delete(key, version), *changed]


def _without_days(days: Sequence[Add], owner: Scope) -> list[Write]:
    of_owner: dict[TallyKey, Tally] = defaultdict(Tally)
    for found in days:
        of_owner[day_row(owner, _SHARD, day_of(found.key.sort) or "")] += -found.tally
    deleted = [Delete(found.key, found.tally) for found in days]
    return [*deleted, *(Add(key, tally) for key, tally in of_owner.items() if tally)]


def _changed(key: RowKey[Totals], rows: FoundRows, every: Counts, verified: Counts) -> list[Write]:
    if not any((*every.values(), *verified.values())):
        return []
    old = rows.document(key) or Totals()
    new = Totals(added(old.counts, every), added(old.verified, verified), old.updated_at)
    return [Put(key, rows.version(key), new)]
