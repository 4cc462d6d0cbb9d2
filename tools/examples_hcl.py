"""Writes `main.tf` beside every `examples/*/main.py`: the HCL that the example gives.

Run `python -m tools.examples_hcl`; with `--check` nothing is written, and the exit code is 1 where a file is not what
it would be.
"""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from tempfile import TemporaryDirectory

from plainwork import App, Stack, synthesize
from plainwork_core.hcl.write import render
from tools.generated import write

EXAMPLES = Path(__file__).parent.parent / "examples"


def examples() -> list[Path]:
    """Return the Python of every example."""
    return sorted(EXAMPLES.glob("*/main.py"))


def build(example: Path, app: App) -> Stack:
    """Return the stack that an example's `build(app)` gives."""
    spec = spec_from_file_location(example.parent.name, example)
    if spec is None or spec.loader is None:
        raise ImportError(f"{example} cannot be imported")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    stack: Stack = module.build(app)
    return stack


def hcl(example: Path) -> str:
    """Return an example as HCL."""
    with TemporaryDirectory() as outdir:
        return render(synthesize(build(example, App(outdir))))


if __name__ == "__main__":
    sys.exit(write({example.with_suffix(".tf"): hcl(example) for example in examples()}, sys.argv[1:]))
