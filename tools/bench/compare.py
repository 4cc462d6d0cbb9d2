"""The tools that the benchmark compares plainwork with: the prebuilt provider and Checkov."""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

PREBUILT = ("cdktf==0.21.0", "cdktf-cdktf-provider-aws==20.1.0")  # the release made for AWS provider 5.100.0


def prebuilt_environment(folder: Path) -> Path:
    """Install the prebuilt provider into *folder* if necessary, and return its Python."""
    python = folder.absolute() / "bin" / "python"
    done = folder / "ready"
    if not done.exists():
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "-qq", *PREBUILT], check=True)
        done.touch()
    return python


def plainwork_check_command(plan: Path) -> list[str]:
    """Return the command that checks *plan* with plainwork."""
    return [str(Path(sys.executable).with_name("plainwork")), "check", str(plan), "--format", "json"]


def checkov_command(plan: Path, *, only_plainwork: bool) -> list[str]:
    """Return the command that checks *plan* with Checkov: with its own policies, or with those of plainwork only."""
    scripts = Path(".venv-checkov/bin")
    command = [str(scripts / "checkov"), "-f", str(plan), "--framework", "terraform_plan", "--skip-download", "--quiet"]
    if not only_plainwork:
        return command
    found = subprocess.run([scripts / "plainwork", "checkov-dir"], capture_output=True, text=True, check=True).stdout
    return [*command, "--external-checks-dir", found.strip(), "--check", "PLW_*"]
