"""Root modules on disk with what the doctor reads beside them: a home directory, a cache, an environment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha1
from typing import TYPE_CHECKING, Any

from plainwork_core.doctor.examination import examine
from plainwork_core.doctor.reading import Request, read

if TYPE_CHECKING:
    from pathlib import Path

    from plainwork_core.doctor.diagnosis import Diagnosis, Examination
    from plainwork_core.doctor.facts import BackendFacts

NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
WEB = {
    "bucket": "acme-state",
    "key": "prod/web.tfstate",
    "region": "eu-west-1",
    "encrypt": True,
    "use_lockfile": True,
}
"""The arguments of a healthy backend."""


@dataclass
class RootModule:
    """A root module in a directory of its own, with a home directory and an environment."""

    directory: Path
    home: Path
    environ: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, text: str) -> RootModule:
        """Write a file in the directory."""
        file = self.directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return self

    def with_backend(self, more: str = "", *, without: tuple[str, ...] = (), **changed: Any) -> RootModule:
        """Write a healthy backend with *changed* arguments; *more* is HCL beside the `backend` block."""
        arguments = {name: value for name, value in {**WEB, **changed}.items() if name not in without}
        lines = "\n".join(f"    {name} = {json.dumps(value)}" for name, value in arguments.items())
        settings, _, rest = more.partition("---")
        return self.write("main.tf", f'terraform {{\n  {settings}\n  backend "s3" {{\n{lines}\n  }}\n}}\n{rest}')

    def with_cache(self, *, without: tuple[str, ...] = (), type_: str = "s3", **changed: Any) -> RootModule:
        """Write what `terraform init` stored for a healthy backend with *changed* arguments."""
        config = {name: value for name, value in {**WEB, "profile": None, **changed}.items() if name not in without}
        backend = {"type": type_, "config": config, "hash": 1}
        document = {"version": 3, "terraform_version": "1.11.4", "backend": backend}
        return self.write(".terraform/terraform.tfstate", json.dumps(document))

    def with_aws(self, name: str, text: str) -> RootModule:
        """Write `config` or `credentials` in `~/.aws`."""
        file = self.home / ".aws" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return self

    def with_token(self, session: str, **changed: Any) -> RootModule:
        """Write the cached token of an SSO session, or of a start URL."""
        token = {"startUrl": "https://acme.awsapps.com/start", "accessToken": "hunter2", **changed}
        file = self.home / ".aws" / "sso" / "cache" / f"{sha1(session.encode()).hexdigest()}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(token))
        return self

    def with_env(self, **variables: str) -> RootModule:
        """Set environment variables."""
        self.environ |= variables
        return self

    def facts(self, *backend_config: str) -> BackendFacts:
        """Read the facts."""
        environ = {"HOME": str(self.home), **self.environ}
        return read(self.directory, Request(backend_config=backend_config, environ=environ, now=NOW))

    def examination(self, error: str = "", *backend_config: str) -> Examination:
        """Examine it, with the text of an error or without one."""
        return examine(self.facts(*backend_config), error)

    def causes(self, error: str = "", *backend_config: str) -> list[str]:
        """Return the names of the causes that the doctor reports, in order."""
        return [diagnosis.name for diagnosis in self.examination(error, *backend_config).diagnoses]

    def diagnosis(self, name: str, error: str = "", *backend_config: str) -> Diagnosis:
        """Return the diagnosis of a cause."""
        found = self.examination(error, *backend_config).diagnoses
        return next(diagnosis for diagnosis in found if diagnosis.name == name)
