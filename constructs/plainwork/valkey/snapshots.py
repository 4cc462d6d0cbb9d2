"""How long automatic snapshots are kept, and when they are taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.valkey.eviction import Eviction
from plainwork.valkey.windows import clock_problems
from plainwork_core.aws import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_DAYS = 35


def retention_problems(days: Any, eviction: Any) -> Iterator[str]:
    """One sentence where snapshots cannot be kept for so long, and one for a store without any."""
    yield from identifiers.whole_number("snapshot_retention_limit", days, 0, _MOST_DAYS)
    if days == 0 and eviction is Eviction.STORE:
        yield (
            "snapshot_retention_limit must be at least 1 with Eviction.STORE, because nothing else can bring its keys "
            "back: got 0"
        )


def time_problems(time: Any, days: Any) -> Iterator[str]:
    """One sentence where snapshots are kept but never taken, or the other way round, or at no time of the day."""
    if days == 0:
        if time is not None:
            yield f"daily_snapshot_time is for snapshots, and snapshot_retention_limit is 0: got {time!r}"
    else:
        yield from clock_problems("daily_snapshot_time", time)
