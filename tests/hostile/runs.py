"""Runs of plainwork that are killed at a chosen moment, or that record what they do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

_RUN = "import sys; sys.argv[0] = 'plainwork'; from plainwork_cli.main import run; run()"
_KILLED = """
import os, signal
at, seen = {at}, 0
changes = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod")
def hook(event, arguments):
    global seen
    written = event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if event in changes or written:
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)
"""
_RECORDED = """
import json, os
record = os.open({file!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def hook(event, arguments):
    if event in {events!r}:
        os.write(record, (json.dumps([event, str(arguments[0])]) + "\\n").encode())
"""
EXECUTING = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.startfile", "pty.spawn")
CONNECTING = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.bind", "urllib.Request")


def killed_at_each_change(arguments: Sequence[str], directory: Path, *, program: str = _RUN) -> Iterator[int]:
    """Run plainwork again and again, killed before its first change of a file, its second, ... until it is not killed.

    Yields:
        The number of the change, after each run that was killed. The caller looks at the files, and restores them.
    """
    for number in range(1, 1000):
        done = _python(_KILLED.format(at=number) + _with_hook(program), arguments, directory)
        if done.returncode != -signal.SIGKILL:
            assert done.returncode in (0, 1), done.stderr
            return
        yield number
    raise AssertionError("the run does not end")


def recorded(arguments: Sequence[str], directory: Path, events: Sequence[str], record: Path) -> list[tuple[str, str]]:
    """Return the audit events of Python among *events* that a run causes, with their first argument."""
    code = _RECORDED.format(file=str(record), events=tuple(events)) + _with_hook(_RUN)
    done = _python(code, arguments, directory)
    assert "Traceback" not in done.stderr, done.stderr
    return [tuple(json.loads(line)) for line in record.read_text(encoding="utf-8").splitlines()]


def plainwork(arguments: Sequence[str], directory: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run plainwork."""
    return _python(_RUN, arguments, directory, **environment)


def interpreter(code: str = _RUN) -> list[str]:
    """Return the command of a Python that runs *code*, by default plainwork, as its installed command is run.

    `-P` keeps the working directory out of the import path.
    """
    return [sys.executable, "-P", "-c", code]


def _with_hook(program: str) -> str:
    return f"import sys; sys.addaudithook(hook)\n{program}\n"


def _python(
    code: str, arguments: Sequence[str], directory: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(
        [*interpreter(code), *arguments],
        cwd=directory,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
