"""CDK Terrain gives what CDKTF gives: the same stacks, synthesized in both environments, are compared as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pytest

from plainwork import App
from tools.examples_hcl import examples

ROOT = Path(__file__).parents[2]
WITH_CDKTF = ROOT / ".venv" / "bin" / "python"
"""The Python of the library's own environment, which `make test` has made."""


def test_the_environment_has_only_the_fork() -> None:
    assert version("cdktn")
    with pytest.raises(PackageNotFoundError):
        version("cdktf")


def test_the_library_runs_on_the_fork(tmp_path: Path) -> None:
    assert "cdktn" in {class_.__module__.partition(".")[0] for class_ in type(App(tmp_path)).__mro__}


@pytest.mark.parametrize("script", [ROOT / "stacks" / "app.py", *examples()], ids=lambda script: script.parent.name)
def test_both_write_the_same_except_for_the_version(script: Path, tmp_path: Path) -> None:
    original = synthesized(WITH_CDKTF, script, "cdktf", tmp_path / "cdktf")
    forked = synthesized(Path(sys.executable), script, "cdktn", tmp_path / "cdktn")
    stamps = (original["manifest.json"].pop("version"), forked["manifest.json"].pop("version"))
    assert stamps == ("0.21.0", version("cdktn"))
    assert original == forked


def synthesized(python: Path, script: Path, runtime: str, out: Path) -> dict[str, Any]:
    """Every JSON file that a script writes with a runtime, by its path."""
    module = ".".join(script.relative_to(ROOT).with_suffix("").parts)
    code = f"import runpy, {runtime}; runpy.run_module({module!r}, run_name='__main__')"
    env = {**os.environ, "CDKTF_OUTDIR": str(out)}
    subprocess.run([python, "-c", code], cwd=ROOT, env=env, check=True, timeout=120)
    return {str(path.relative_to(out)): json.loads(path.read_text()) for path in sorted(out.rglob("*.json"))}
