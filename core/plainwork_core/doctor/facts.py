"""What is known about the backend of one root module, and where each fact is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from plainwork_core.aws.s3_backend import DEFAULT_WORKSPACE_KEY_PREFIX
from plainwork_core.doctor.aws_files import AwsFiles, Profile
from plainwork_core.doctor.diagnosis import Problem
from plainwork_core.doctor.settings import Origin, Setting
from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Backend, Location
from plainwork_core.model.values import Value

DEFAULT_WORKSPACE = "default"


class CachedBackend(NamedTuple):
    """The backend that the last `terraform init` stored in `.terraform/terraform.tfstate`.

    Attributes:
        file: the file, for a reader.
        type: `s3`, `local`, `cloud`, ...
        values: its arguments without those that are not set; nested ones are maps.
        hash: Terraform's hash of the block, which excludes `-backend-config`.
        terraform_version: of the run that wrote it; "" before Terraform 1.9.
    """

    file: str
    type: str
    values: Mapping[str, Value]
    hash: int | None
    terraform_version: str


class Versions(NamedTuple):
    """The versions of Terraform or OpenTofu that the files name.

    Attributes:
        required: `required_version`, constraints joined by commas; "" if there is none.
        pinned: of `.terraform-version`, `.opentofu-version` or `.tool-versions`; "" if there is none.
        pinned_by: that file.
        installed: what `terraform version` prints; "" if it was not asked.
    """

    required: str = ""
    pinned: str = ""
    pinned_by: str = ""
    installed: str = ""

    @property
    def known(self) -> str:
        """The version that runs, as far as it is known; "" if only constraints are."""
        return self.installed or self.pinned


class ProviderFacts(NamedTuple):
    """A configuration of the AWS provider in the root module.

    Attributes:
        name: `aws` or `aws.alias`.
        region: its `region`; None if it is not set.
        profile: its `profile`; None if it is not set.
        location: the block.
    """

    name: str
    region: Value
    profile: Value
    location: Location


@frozen(kw_only=True)
class BackendFacts:
    """One root module and its backend.

    Args:
        source: the root module, as the user passed it.
        directory: the root module on disk.
        backend: the block with what `--backend-config` adds; None without one.
        type: of the block; without a block that of the cache; "" without both.
        configured: the arguments of the block and of `--backend-config`, by path. A credential may be among them.
        settings: the arguments as Terraform uses them: those, and what the cache or the environment adds.
        cached: what `.terraform` has; None if it was not initialized.
        broken_cache: why the file of the cached backend cannot be read; None if it can.
        workspace: the workspace of a run.
        workspace_origin: `TF_WORKSPACE`, `.terraform/environment`, or "" for the default.
        selected_workspace: what `terraform workspace select` stored; "" if it stored none.
        environment: the variables `AWS_*` and `TF_*` without values of credentials, which are `(sensitive)`.
        aws: profiles, SSO sessions and the SSO cache.
        has_temporary_key: whether `AWS_ACCESS_KEY_ID` is of temporary credentials.
        providers: the configurations of the AWS provider.
        versions: of Terraform.
        is_for_opentofu: whether the root module is of OpenTofu.
        omitted: `bucket` and `key`, as far as nothing that was read sets them.
        backend_files: the `*.tfbackend` files of the root module, for a message.
        others: the backends of other root modules of the same repository with the same bucket.
        now: the time.
        problems: what could not be read.
    """

    source: str
    directory: Path
    backend: Backend | None = None
    type: str = ""
    configured: Mapping[str, Setting] = field(default_factory=dict)
    settings: Mapping[str, Setting] = field(default_factory=dict)
    cached: CachedBackend | None = None
    broken_cache: Problem | None = None
    workspace: str = DEFAULT_WORKSPACE
    workspace_origin: str = ""
    selected_workspace: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    aws: AwsFiles = field(default_factory=AwsFiles)
    has_temporary_key: bool = False
    providers: tuple[ProviderFacts, ...] = ()
    versions: Versions = Versions()
    is_for_opentofu: bool = False
    omitted: tuple[str, ...] = ()
    backend_files: tuple[str, ...] = ()
    others: tuple[OtherBackend, ...] = ()
    now: datetime
    problems: tuple[Problem, ...] = ()

    def setting(self, path: str) -> Setting | None:
        """Return the argument at *path*; None if nothing sets it."""
        return self.settings.get(path)

    def value(self, path: str, default: Value = None) -> Value:
        """Return the value of the argument at *path*, which may be `Unknown`; *default* if nothing sets it."""
        found = self.settings.get(path)
        return default if found is None or found.value is None else found.value

    def text(self, path: str) -> str:
        """Return the value of an argument that is a known string; "" for any other."""
        found = self.value(path)
        return found if isinstance(found, str) else ""

    def is_true(self, path: str) -> bool:
        """Return whether an argument is known to be true."""
        return self.value(path) in (True, "true")

    def endpoint(self, service: str) -> Setting | None:
        """Return the custom endpoint of *service*: `s3`, `dynamodb`, `sts` or `iam`; None for that of AWS."""
        deprecated = "endpoint" if service == "s3" else f"{service}_endpoint"
        return self.settings.get(f"endpoints.{service}") or self.settings.get(deprecated)

    def within(self, block: str) -> dict[str, Value]:
        """Return the arguments in *block*, such as `assume_role`, by their names in it."""
        prefix = f"{block}."
        return {path.removeprefix(prefix): found.value for path, found in self._within(prefix)}

    def _within(self, prefix: str) -> Iterator[tuple[str, Setting]]:
        return ((path, found) for path, found in self.settings.items() if path.startswith(prefix))

    @property
    def profile_name(self) -> str | None:
        """The profile that the block or the environment names; None without one."""
        return self.text("profile") or None

    @property
    def profile(self) -> Profile | None:
        """The profile that is named, or `default`; None if it does not exist."""
        return self.aws.profiles.get(self.profile_name or "default")

    @property
    def used_profile(self) -> Profile | None:
        """The profile whose credentials Terraform uses; None if it uses others.

        An access key in the block comes first, then a profile in the block, an access key in the environment, and the
        profile of the environment.
        """
        profile = self.settings.get("profile")
        has_keys = all(self.environment.get(f"AWS_{name}") for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"))
        is_in_block = profile is not None and profile.origin is not Origin.ENVIRONMENT
        return None if "access_key" in self.settings or (has_keys and not is_in_block) else self.profile

    @property
    def is_of_interest(self) -> bool:
        """Whether it has an S3 backend, configured or cached, or cannot be read."""
        return self.type == "s3" or (self.cached is not None and self.cached.type == "s3") or bool(self.problems)

    @property
    def program(self) -> str:
        """The command that the root module is for."""
        return "tofu" if self.is_for_opentofu else "terraform"

    @property
    def place(self) -> str:
        """Where the backend block is, for a reader."""
        location = self.backend.location if self.backend else None
        return f"{location.file}:{location.line}" if location else self.source

    @property
    def state_key(self) -> str:
        """The key of the state object of the selected workspace; "" if it is not known."""
        key = self.text("key")
        if not key or self.workspace == DEFAULT_WORKSPACE:
            return key
        prefix = self.value("workspace_key_prefix", DEFAULT_WORKSPACE_KEY_PREFIX)
        if not isinstance(prefix, str):
            return ""
        return "/".join(part for part in (prefix, self.workspace, key) if part)

    @property
    def target(self) -> str:
        """`s3://bucket/key` of the state; "" if it is not known."""
        bucket, key = self.text("bucket"), self.state_key
        return f"s3://{bucket}/{key}" if self.type == "s3" and bucket and key else ""


class OtherBackend(NamedTuple):
    """The backend of another root module with the same bucket.

    Attributes:
        source: the root module.
        values: the arguments of its block.
        location: its block.
    """

    source: str
    values: Mapping[str, Value]
    location: Location

    def has_state_of(self, facts: BackendFacts) -> bool:
        """Return whether bucket, key and workspace prefix are those of *facts*.

        With another prefix only the states of the workspace `default` are the same, which such stacks do not use.
        """
        prefix = self.values.get("workspace_key_prefix", DEFAULT_WORKSPACE_KEY_PREFIX)
        own = facts.value("workspace_key_prefix", DEFAULT_WORKSPACE_KEY_PREFIX)
        return (self.values.get("key"), prefix) == (facts.value("key"), own)

    @property
    def place(self) -> str:
        """Where it is, for a reader."""
        return f"{self.location.file}:{self.location.line}"
