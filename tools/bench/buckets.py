"""The stack that both ways of synthesizing build: buckets, each with the four resources that belong to it."""

from __future__ import annotations

RESOURCES_PER_BUCKET = 5


def bucket_names(resources: int) -> list[str]:
    """Return the names of as many buckets as make *resources* resources."""
    return [f"logs-{number:04d}" for number in range(resources // RESOURCES_PER_BUCKET)]
