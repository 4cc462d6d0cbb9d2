"""The version of Terraform or OpenTofu that a root module is run with.

https://github.com/tfutils/tfenv#terraform-version-file, https://tofuutils.github.io/tenv/ and
https://asdf-vm.com/manage/configuration.html#tool-versions
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from plainwork_core.doctor.facts import Versions
from plainwork_core.errors import InputError
from plainwork_core.read.text import decode, read_bytes

_VERSION = re.compile(r"v?(\d+\.\d+(?:\.\d+)?(?:-[\w.]+)?)\s*")
_TOOL_VERSIONS = ".tool-versions"
_PIN_FILES = {False: (".terraform-version", "terraform"), True: (".opentofu-version", "opentofu")}
_SECONDS = 20


def versions(directory: Path, required: str, *, is_for_opentofu: bool, is_asked: bool) -> Versions:
    """Return the versions for the root module in *directory*.

    Args:
        directory: the root module; a version file of a parent directory counts, too.
        required: its `required_version`.
        is_for_opentofu: whether it is of OpenTofu.
        is_asked: whether to run `terraform version`, which takes longer than everything else.
    """
    pinned, file = next(_pins(directory, *_PIN_FILES[is_for_opentofu]), ("", ""))
    return Versions(required, pinned, file, _installed("tofu" if is_for_opentofu else "terraform") if is_asked else "")


def _pins(directory: Path, own_file: str, tool: str) -> Iterator[tuple[str, str]]:
    """Yield each pinned version and its file, the nearest first."""
    absolute = directory.resolve()
    for folder in (absolute, *absolute.parents):
        for name in (own_file, _TOOL_VERSIONS):
            text = _text(folder / name)
            if name == _TOOL_VERSIONS:
                text = next(
                    (line.split(maxsplit=1)[1] for line in text.splitlines() if line.startswith(f"{tool} ")), ""
                )
            if found := _VERSION.match(text.strip()):
                yield found[1], str(folder / name)


def _text(file: Path) -> str:
    try:
        return decode(read_bytes(file), str(file)) if file.is_file() else ""
    except (InputError, OSError):
        return ""


def _installed(program: str) -> str:
    import json  # noqa: PLC0415  few runs ask
    import shutil  # noqa: PLC0415  as above
    import subprocess  # noqa: PLC0415  as above

    if shutil.which(program) is None:
        return ""
    command = [program, "version", "-json"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603  the user's own binary
        return str(json.loads(done.stdout)["terraform_version"])
    except (OSError, ValueError, KeyError, TypeError, subprocess.TimeoutExpired):
        return ""
