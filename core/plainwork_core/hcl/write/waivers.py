"""The comments of waivers: above the block, or in it in the form that Checkov reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from plainwork_core.waivers import MARK, Waiver


def waiver_comments(body: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """Return the comments above and in a block, from the metadata that `waive=` writes in *body*."""
    metadata = body.get("//")
    own = metadata.get("plainwork") if isinstance(metadata, Mapping) else None
    rows = own.get("waivers", ()) if isinstance(own, Mapping) else ()
    comments = [Waiver(**{**row, "expires": date.fromisoformat(row["expires"])}).comment() for row in rows]
    above = [comment for comment in comments if comment.startswith(f"# {MARK}")]
    return above, [comment for comment in comments if comment not in above]
