"""The examples in the README are real: its stack renders as shown, and its HCL has the results shown."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
CHECK, WRITE = (README.split(f"## {chapter}\n")[1].split("\n## ")[0] for chapter in ("Check", "Write"))


def block(language: str, text: str) -> str:
    """The first code block of a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
    assert found, language
    return found[1]


def plainwork(folder: Path, *arguments: str, accepted: int = 0) -> str:
    """Run the command in a folder, and return its output."""
    environment = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1"}
    environment.pop("FORCE_COLOR", None)
    command = [sys.executable, "-c", "from plainwork_cli.main import main; main()", *arguments]
    done = subprocess.run(command, check=False, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == accepted, done.stdout + done.stderr
    return done.stdout


def test_the_hcl_of_the_readme_has_the_results_of_the_readme(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(block("hcl", CHECK))
    found = plainwork(tmp_path, "check", ".", "--select", "efs-unencrypted", accepted=1)
    assert [line.rstrip() for line in found.strip().splitlines()] == block("text", CHECK).strip().splitlines()


def test_the_stack_of_the_readme_renders_as_in_the_readme(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(block("python", WRITE))
    subprocess.run([sys.executable, "main.py"], check=True, cwd=tmp_path)
    assert block("hcl", WRITE) in plainwork(tmp_path, "render", "--stdout")


def test_the_settings_of_the_readme_make_its_stack_pass(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text(block("python", WRITE))
    (tmp_path / "plainwork.toml").write_text(block("toml", CHECK))
    subprocess.run([sys.executable, "main.py"], check=True, cwd=tmp_path)
    assert "failed" not in plainwork(tmp_path, "check", "cdktf.out")
