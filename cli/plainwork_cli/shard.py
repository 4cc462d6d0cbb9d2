"""The option `--shard NUMBER/TOTAL` of `plainwork check`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_policies.engine.shard import Shard

_FORM = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")


def _shard(_ctx: click.Context, _param: click.Parameter, text: str | None) -> Shard | None:
    """Turn `3/16` into a `Shard`."""
    if text is None:
        return None
    from plainwork_policies.engine.shard import Shard  # noqa: PLC0415  few runs use it

    found = _FORM.fullmatch(text)
    if found is None:
        raise click.BadParameter(f"{text!r} is not NUMBER/TOTAL; the third of 16 shards is 3/16")
    shard = Shard(int(found[1]), int(found[2]))
    if not 1 <= shard.number <= shard.total:
        raise click.BadParameter(
            f"{text!r} has no such shard; the shards of {shard.total} are 1/{shard.total} to "
            f"{shard.total}/{shard.total}"
            if shard.total
            else f"{text!r} has no shards"
        )
    return shard


shard_option = click.option(
    "--shard",
    metavar="NUMBER/TOTAL",
    callback=_shard,
    help="Check a part of the stacks, such as 3/16; `plainwork merge` joins the JSON reports of all parts.",
)


def check_shard(*, base: str | None, changes_files: bool) -> None:
    """Check that the other options work on a part of the stacks.

    Raises:
        InputError: one requires all stacks.
    """
    if base is not None:
        raise InputError("--against requires the results of all shards; use `plainwork merge --against` on them")
    if changes_files:
        raise InputError("--fix and --diff require all stacks; use them without --shard")
