"""When files move to cheaper storage, and back.

https://docs.aws.amazon.com/efs/latest/ug/API_PutLifecycleConfiguration.html
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from plainwork.checks import scalars
from plainwork.efs.throughput import Elastic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.efs.throughput import Throughput

_AGES = ("AFTER_1_DAY", *(f"AFTER_{days}_DAYS" for days in (7, 14, 30, 60, 90, 180, 270, 365)))
_CHOICES = {
    "transition_to_ia": _AGES,
    "transition_to_archive": _AGES,
    "transition_to_primary_storage_class": ("AFTER_1_ACCESS",),
}


@dataclass(frozen=True)
class StorageLifecycle:
    """When files that nobody reads move, by the names that `lifecycle_policy` has.

    Attributes:
        transition_to_ia: to Infrequent Access: `AFTER_1_DAY`, or `AFTER_n_DAYS` with 7, 14, 30, 60, 90, 180, 270 or
            365. None never. Reading from there costs.
        transition_to_archive: to Archive, later than to Infrequent Access; only with `Elastic()` throughput.
        transition_to_primary_storage_class: `AFTER_1_ACCESS` moves a file back when it is read. None leaves it.
    """

    transition_to_ia: str | None = None
    transition_to_archive: str | None = None
    transition_to_primary_storage_class: str | None = None

    def blocks(self) -> list[dict[str, str]]:
        """The `lifecycle_policy` blocks: one transition each, as EFS wants them."""
        return [{name: value} for name, value in asdict(self).items() if value is not None]

    def problems(self, throughput: Throughput) -> Iterator[str]:
        """One sentence for each thing that EFS would reject."""
        for name, choices in _CHOICES.items():
            value = getattr(self, name)
            if value is not None:
                yield from scalars.choice_problems(f"lifecycle_policy {name}", value, choices)
        if self.transition_to_archive is None:
            return
        if not isinstance(throughput, Elastic):
            yield f"lifecycle_policy transition_to_archive is only for throughput Elastic(): got {throughput!r}"
        known = self.transition_to_archive in _AGES and self.transition_to_ia in _AGES
        if known and _AGES.index(self.transition_to_archive) <= _AGES.index(self.transition_to_ia):
            yield (
                f"lifecycle_policy transition_to_archive must be later than transition_to_ia {self.transition_to_ia}: "
                f"got {self.transition_to_archive!r}"
            )
