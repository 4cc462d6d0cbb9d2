"""tools/environment.py installs a lock file, shows progress, and prints pip's output when pip fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import environment


def test_each_package_is_one_line_of_progress() -> None:
    output: list[str] = []
    pip = [
        "Collecting click==8.1 (from -r library.lock (line 1))\n",
        "  Downloading click-8.1-py3-none-any.whl (98 kB)\n",
        "Ignoring colorama: markers \"sys_platform == 'win32'\" don't match your environment\n",
        "Installing collected packages: click\n",
    ]
    assert list(environment.progress(pip, output, 2)) == [
        "downloading 1 of 2: click",
        "downloading 2 of 2: colorama",
        "writing packages",
    ]
    assert output == pip


def test_a_failure_of_pip_is_an_error_with_its_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    lock = tmp_path / "library.lock"
    lock.write_text(f"click==8.1 --hash=sha256:{'0' * 64}\n")
    assert environment.main(tmp_path / "venv", lock, is_project=False) == 1
    printed = capfd.readouterr().out
    assert "No matching distribution found for click==8.1" in printed
    assert not (tmp_path / "venv" / "ready").exists()


def test_an_old_python_is_an_error_that_states_the_oldest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment.sys, "version_info", (3, 10, 13))
    assert environment.main(tmp_path / "venv", tmp_path / "library.lock", is_project=False) == 1
    assert "use 3.11 or later" in capfd.readouterr().out
