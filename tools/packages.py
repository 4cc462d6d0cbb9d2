"""The packages that data files are made from, in the newest version: wheels, npm packages and Terraform providers."""

from __future__ import annotations

import atexit
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_PROVIDER = """
terraform {{
  required_providers {{
    {name} = {{
      source  = "{source}"
      version = "{version}"
    }}
  }}
}}

# for the schema of terraform_data and terraform_remote_state
resource "terraform_data" "builtin" {{}}
"""


@dataclass(frozen=True)
class Package:
    """A package on this machine.

    Args:
        name: in its registry.
        registry: `PyPI`, `npm` or `Terraform`.
        version: of the package.
        path: a wheel, an npm archive, or an initialized Terraform directory that requires the provider.
    """

    name: str
    registry: str
    version: str
    path: Path

    def members(self, start: str) -> dict[str, bytes]:
        """Return the content of each file of the archive whose path begins with *start*, by the rest of the path."""
        if self.path.suffix == ".whl":
            with zipfile.ZipFile(self.path) as wheel:
                found = {name: wheel.read(name) for name in wheel.namelist() if name.startswith(start)}
        else:
            with tarfile.open(self.path) as archive:
                files = (member for member in archive if member.isfile() and member.name.startswith(start))
                found = {member.name: _content(archive, member) for member in files}
        return {name.removeprefix(start): content for name, content in found.items()}

    def read(self, member: str) -> bytes:
        """Return the content of one file of the archive."""
        return self.members(member)[""]

    def source(self) -> dict[str, str]:
        """Return the entry of the package in the stamp of a data file, without the date."""
        entry = {"name": self.name, "registry": self.registry, "version": self.version}
        return entry | {"sha256": hashlib.sha256(self.path.read_bytes()).hexdigest()} if self.path.is_file() else entry


@cache
def pypi(requirement: str) -> Package:
    """Return the newest wheel that *requirement* allows, downloaded with pip."""
    folder = _folder()
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), requirement]
    subprocess.run(pip, check=True)
    return wheel(next(folder.glob("*.whl")))


def wheel(path: Path) -> Package:
    """Return the package of a wheel that exists."""
    name, version, *_ = path.name.split("-")
    return Package(name.replace("_", "-"), "PyPI", version, path)


@cache
def npm(name: str) -> Package:
    """Return the newest archive of a package, downloaded with npm."""
    folder = _folder()
    subprocess.run(["npm", "pack", "--silent", name], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    package = Package(name, "npm", "", next(folder.glob("*.tgz")))
    version: str = json.loads(package.read("package/package.json"))["version"]
    return Package(name, "npm", version, package.path)


@cache
def provider(source: str, constraint: str) -> Package:
    """Return the newest provider that *constraint* allows, as a Terraform directory that requires it."""
    folder = _folder()
    configuration = _PROVIDER.format(name=source.rpartition("/")[2], source=source, version=constraint)
    (folder / "main.tf").write_text(configuration, encoding="utf-8")
    init = ["terraform", f"-chdir={folder}", "init", "-input=false"]
    subprocess.run(init, check=True, stdout=subprocess.DEVNULL)
    selected: dict[str, Any] = terraform(folder, "version")["provider_selections"]
    return Package(source, "Terraform", selected[f"registry.terraform.io/{source}"], folder)


def terraform(folder: Path, *command: str) -> dict[str, Any]:
    """Return what `terraform <command> -json` prints in *folder*."""
    ran = subprocess.run(["terraform", f"-chdir={folder}", *command, "-json"], check=True, capture_output=True)
    answer: dict[str, Any] = json.loads(ran.stdout)
    return answer


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return file.read() if file else b""


def _folder() -> Path:
    """Create a folder that is removed at the end of the program."""
    folder = tempfile.TemporaryDirectory(prefix="plainwork-data-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
