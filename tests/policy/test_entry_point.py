"""What the command `plainwork` starts."""

import subprocess
import sys
import tomllib
from pathlib import Path

SCRIPT = """
import atexit, gc, sys
from plainwork_cli.main import run
atexit.register(lambda: print(f"{gc.get_freeze_count() and 'nothing'} is searched at the exit"))
sys.argv = ["plainwork", "--version"]
try: run()
finally: print("cycles are collected" if gc.isenabled() else "cycles are not collected")
"""


def test_the_command_starts_without_the_collector_of_cycles():
    done = subprocess.run([sys.executable, "-c", SCRIPT], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-2:] == ["cycles are not collected", "nothing is searched at the exit"]


def test_the_distribution_names_it():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"plainwork": "plainwork_cli.main:run"}
