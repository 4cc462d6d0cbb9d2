"""A user who follows a page of the guide: writes its files, runs its snippets and its commands, compares the output."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.guide.pages import Block, blocks

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
SECONDS = 300
_PROMPT, _CONTINUED, _ANYTHING = "$ ", "> ", "..."
_PRINT_STACK = "\nfrom plainwork import render, synthesize\nprint(render(synthesize(stack)))\n"


class GuideFailed(AssertionError):  # noqa: N818  it reads as the end of a sentence
    """A block of the guide does not do what the page says."""


@dataclass
class Session:
    """The folder and the environment of the user, and what the snippets of the page have done so far."""

    folder: Path
    env: Mapping[str, str]
    _snippets: list[str] = field(default_factory=list)
    _cwd: str = "."

    def follow(self, page: str) -> None:
        """Do what each block of a page says.

        Raises:
            GuideFailed: a block fails; the message has its line.
        """
        for block in blocks(page):
            if block.reason is None:
                try:
                    self.do(block)
                except GuideFailed as error:
                    raise GuideFailed(f"docs/guide/{page}.md:{block.line}: {error}") from None

    def do(self, block: Block) -> None:
        """Do what a block says.

        Raises:
            GuideFailed: a command fails, or prints something else.
        """
        match block.language:
            case "python" | "json" if block.file:
                path = self.folder / self._cwd / block.file
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(block.text + "\n", encoding="utf-8")
            case "python":
                self._snippets.append(block.text)
                self._run_snippets()
            case "text":
                self._fails_with(block.text)
            case "hcl":
                self._renders(block.text)
            case "console":
                for command, expected in _commands(block.text):
                    self._command(command, expected)
            case _:
                raise GuideFailed(f"a block of the language {block.language!r} is not run")

    def _run_snippets(self, extra: str = "") -> subprocess.CompletedProcess[str]:
        return self._shell([sys.executable, "-c", "\n".join(self._snippets) + extra], must_pass=False)

    def _fails_with(self, message: str) -> None:
        done = self._run_snippets()
        self._snippets.clear()
        if not done.returncode or message not in done.stderr:
            raise GuideFailed(f"expected: {message}\ngot: {done.stderr}")

    def _renders(self, hcl: str) -> None:
        done = self._run_snippets(_PRINT_STACK)
        if done.returncode or hcl not in done.stdout:
            raise GuideFailed(f"expected: {hcl}\ngot: {done.stdout}{done.stderr}")

    def end(self) -> None:
        """Run the snippets of the page, none of which may fail.

        Raises:
            GuideFailed: one fails.
        """
        done = self._run_snippets()
        if done.returncode:
            raise GuideFailed(done.stdout + done.stderr)

    def _command(self, command: str, expected: list[str]) -> None:
        script = f"set -e; cd {self._cwd}\n{command}\npwd -P > {self.folder}/.cwd"
        done = self._shell(["bash", "-c", script])
        self._cwd = Path((self.folder / ".cwd").read_text().strip()).relative_to(self.folder.resolve()).as_posix()
        if problem := difference(expected, (done.stdout + done.stderr).splitlines()):
            raise GuideFailed(f"$ {command}\n{problem}\ngot:\n{done.stdout}{done.stderr}")

    def _shell(self, command: list[str], *, must_pass: bool = True) -> subprocess.CompletedProcess[Any]:
        options: Any = {"capture_output": True, "text": True, "timeout": SECONDS}
        done = subprocess.run(command, check=False, cwd=self.folder, env=self.env, **options)
        if must_pass and done.returncode:
            raise GuideFailed(f"{command[-1]}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
        return done


def new_user(directory: Path, terraform: Mapping[str, str]) -> Session:
    """A user with an empty folder.

    Args:
        directory: an empty directory.
        terraform: the environment with which Terraform finds the provider.
    """
    folder, binaries = directory / "user", directory / "bin"
    folder.mkdir()
    binaries.mkdir()
    return Session(folder, _environment(terraform, binaries))


def _environment(terraform: Mapping[str, str], binaries: Path) -> dict[str, str]:
    """The environment of a user: the commands that the installed distribution has, in the directory *binaries*."""
    scripts = {
        "plainwork": f"#!{sys.executable}\nfrom plainwork_cli.main import main\nmain()\n",
        "python": f'#!/bin/sh\nexec {sys.executable} "$@"\n',
    }
    for name, text in scripts.items():
        (binaries / name).write_text(text)
        (binaries / name).chmod(0o755)
    path = ":".join(filter(None, (str(binaries), str(Path(shutil.which("terraform") or "/").parent), "/usr/bin:/bin")))
    sources = ":".join(str(ROOT / source) for source in ("core", "constructs", "policies", "cli"))
    kept = {name: value for name, value in terraform.items() if not name.startswith("PYTEST_")}
    return {**kept, "PATH": path, "PYTHONPATH": sources, "NO_COLOR": "1", "TF_CLI_ARGS": "-no-color"}


def difference(expected: list[str], got: list[str]) -> str:
    """Return the first expected line that is not in the output, in their order; `...` is any text or any lines."""
    position = 0
    for line in expected:
        if line == _ANYTHING:
            continue
        found = next((at for at in range(position, len(got)) if _is_like(line, got[at])), None)
        if found is None:
            return f"no line: {line}"
        position = found + 1
    return ""


def _is_like(expected: str, line: str) -> bool:
    """Return whether a line consists of the expected parts, with any text for each `...`."""
    first, *rest = expected.split(_ANYTHING)
    if not line.startswith(first):
        return False
    position = len(first)
    for part in rest:
        found = line.find(part, position)
        if found < 0:
            return False
        position = found + len(part)
    return bool(rest) or position == len(line.rstrip())


def _commands(text: str) -> list[tuple[str, list[str]]]:
    """Return each command of a console block with the lines that follow it."""
    commands: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        if line.startswith(_PROMPT):
            commands.append((line.removeprefix(_PROMPT), []))
        elif line.startswith(_CONTINUED) and not commands[-1][1]:
            command, _ = commands.pop()
            commands.append((f"{command}\n{line.removeprefix(_CONTINUED)}", []))
        else:
            commands[-1][1].append(line)
    return commands
