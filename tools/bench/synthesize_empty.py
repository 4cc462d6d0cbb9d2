"""Synthesize an empty stack with CDKTF alone: `python -m tools.bench.synthesize_empty OUTDIR`."""

import sys

from cdktf import App, TerraformStack  # noqa: TID251  what plainwork is compared with

if __name__ == "__main__":
    app = App(outdir=sys.argv[1])
    TerraformStack(app, "bench")
    app.synth()
