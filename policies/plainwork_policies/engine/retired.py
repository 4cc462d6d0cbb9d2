"""Retired policies. Their ids and slugs stay reserved; selecting one is an error that states the replacement."""

from __future__ import annotations

from plainwork_core.frozen import frozen


@frozen()
class RetiredPolicy:
    """A policy that no longer exists.

    Args:
        id: its id; never reused.
        slug: its slug; never reused.
        replacement: a clause that states what reports the fault now.
    """

    id: str
    slug: str
    replacement: str

    @property
    def names(self) -> tuple[str, ...]:
        """Id and slug."""
        return (self.id, self.slug)


RETIRED = (
    RetiredPolicy(
        "PLW_MODULE_001",
        "module-not-evaluated",
        "the summary of every report lists the modules that are not evaluated",
    ),
)


def retired(name: str) -> RetiredPolicy | None:
    """Return the retired policy with this id or slug, in any case."""
    wanted = name.casefold()
    return next((policy for policy in RETIRED if wanted in map(str.casefold, policy.names)), None)
