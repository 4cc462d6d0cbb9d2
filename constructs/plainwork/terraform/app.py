"""Apps: stacks that are synthesised together."""

from __future__ import annotations

from pathlib import Path
from typing import Any
import os

from plainwork._cdktf import CdktfApp, TerraformStack


class App(CdktfApp):
    """The root of all stacks; `app.synth()` writes a directory for each.

    The same stacks give the same bytes, on every machine: there is no absolute path, time or version in what is written, but for the
    version of CDKTF in `manifest.json`, which its command line reads.

    Args:
        outdir: where to write; by default what `CDKTF_OUTDIR` says, which the `cdktf` command sets, or `cdktf.out`. It is made at once.
    """

    def __init__(self, outdir: str | Path | None = None) -> None:
        directory = Path(outdir or os.environ.get("CDKTF_OUTDIR") or "cdktf.out")
        directory.mkdir(parents=True, exist_ok=True)
        super().__init__(outdir=str(directory), stack_traces=False)
        self.node.set_context("cdktfVersion", None)


def synthesise(stack: TerraformStack) -> dict[str, Any]:
    """The configuration of one stack in Terraform's JSON syntax, without writing anything."""
    stack.prepare_stack()
    config: dict[str, Any] = stack.to_terraform()
    return config
