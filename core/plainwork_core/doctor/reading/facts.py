"""Collects the facts about one root module."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from plainwork_core.doctor.aws_files import AwsFiles
from plainwork_core.doctor.diagnosis import Problem
from plainwork_core.doctor.facts import DEFAULT_WORKSPACE, BackendFacts, ProviderFacts
from plainwork_core.doctor.reading import environment
from plainwork_core.doctor.reading.aws_files import read_aws_files
from plainwork_core.doctor.reading.cache import cached_backend, selected_workspace
from plainwork_core.doctor.reading.configuration import read_configuration
from plainwork_core.doctor.reading.others import others_in_bucket
from plainwork_core.doctor.reading.settings import configured_of, settings_of
from plainwork_core.doctor.reading.versions import versions
from plainwork_core.doctor.settings import Setting
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Backend
from plainwork_core.model.stack import Stack
from plainwork_core.read.backend_config import completed

REQUIRED = ("bucket", "key")
"""The arguments that the S3 backend requires in the block or in `-backend-config`."""

_DATA_DIRECTORY = ".terraform"
_TEMPORARY = "ASIA"
"""The beginning of the access keys of temporary credentials."""
_T = TypeVar("_T")


@frozen(kw_only=True)
class Request:
    """What a user passes beside the path.

    Args:
        backend_config: `--backend-config`, files and `key=value`.
        environ: the environment.
        now: the time; None for that of the clock.
        asks_version: whether to run `terraform version`.
    """

    backend_config: tuple[str, ...] = ()
    environ: Mapping[str, str] = field(default_factory=dict)
    now: datetime | None = None
    asks_version: bool = False


def read(path: Path, request: Request) -> BackendFacts:
    """Collect the facts about the root module at *path*, a directory or one file.

    What cannot be read is a problem of the facts.

    Raises:
        InputError: `--backend-config` is invalid.
    """
    problems: list[Problem] = []
    directory = path if path.is_dir() else path.parent
    data_directory = directory / (request.environ.get("TF_DATA_DIR") or _DATA_DIRECTORY)
    stack = _attempt(lambda: read_configuration(path), problems) or Stack(str(path), "hcl")
    backend = _with_given(stack.backend, directory, request)
    of_cache: list[Problem] = []
    cached = _attempt(lambda: cached_backend(data_directory), of_cache)
    found = backend or cached
    configured = configured_of(backend) if backend else {}
    settings = settings_of(configured, cached, request.environ)
    selected = _attempt(lambda: selected_workspace(data_directory), problems) or ""
    named = request.environ.get("TF_WORKSPACE", "")
    selected_origin = str(data_directory / "environment") if selected else ""
    return BackendFacts(
        source=str(path),
        directory=directory,
        backend=backend,
        type=found.type if found else "",
        configured=configured,
        settings=settings,
        cached=cached,
        broken_cache=of_cache[0] if of_cache else None,
        workspace=named or selected or DEFAULT_WORKSPACE,
        workspace_origin="TF_WORKSPACE" if named else selected_origin,
        selected_workspace=selected,
        environment=environment.shown(request.environ),
        aws=_aws_files(settings, request.environ, problems),
        has_temporary_key=request.environ.get("AWS_ACCESS_KEY_ID", "").startswith(_TEMPORARY),
        providers=tuple(_providers(stack)),
        versions=versions(
            directory, stack.required_version, is_for_opentofu=stack.is_for_opentofu, is_asked=request.asks_version
        ),
        is_for_opentofu=stack.is_for_opentofu,
        omitted=tuple(name for name in REQUIRED if found and found.type == "s3" and name not in settings),
        backend_files=tuple(_backend_files(directory)),
        others=tuple(others_in_bucket(directory, settings)),
        now=request.now or datetime.now(UTC),
        problems=tuple(problems),
    )


def _attempt(reader: Callable[[], _T], problems: list[Problem]) -> _T | None:
    """Return what *reader* reads; what it cannot read is one of *problems*."""
    try:
        return reader()
    except InputError as error:
        subject, _, reason = str(error).partition(": ")
        problems.append(Problem(subject, reason))
    except OSError as error:
        problems.append(Problem(str(error.filename), f"cannot be read: {error.strerror}"))
    return None


def _with_given(backend: Backend | None, directory: Path, request: Request) -> Backend | None:
    """Return *backend* with the arguments of `TF_CLI_ARGS_init` and, before them, of the option.

    Terraform finds the files of the variable from its working directory.
    """
    if backend is None:
        return None
    of_environment = environment.backend_config(request.environ)
    found = (given if "=" in given else str(directory / given) for given in of_environment)
    return completed(backend, (*found, *request.backend_config))


def _backend_files(directory: Path) -> list[str]:
    """Return the files for `-backend-config` in *directory* and in a folder of it, in order."""
    try:
        return sorted(str(file) for pattern in ("*", "*/*") for file in directory.glob(f"{pattern}.tfbackend"))
    except OSError:
        return []


def _providers(stack: Stack) -> Iterator[ProviderFacts]:
    for provider in stack.providers:
        if provider.name == "aws" and not provider.module:
            values = provider.values
            yield ProviderFacts(provider.key, values.get("region"), values.get("profile"), provider.location)


def _aws_files(settings: Mapping[str, Setting], environ: Mapping[str, str], problems: list[Problem]) -> AwsFiles:
    """Read the files that the settings name, or those in the home directory."""
    home = Path(environ.get("HOME") or environ.get("USERPROFILE") or "/")
    folder = home / ".aws"

    def named(paths: tuple[str, ...], default: Path) -> list[Path]:
        values = [settings[path].value for path in paths if path in settings]
        names = [name for value in values for name in (value if isinstance(value, list) else [value])]
        found = [_expanded(name, home) for name in names if isinstance(name, str)]
        return found or [default]

    config = named(("shared_config_files",), folder / "config")
    credentials = named(("shared_credentials_files", "shared_credentials_file"), folder / "credentials")
    aws, unread = read_aws_files(config, credentials, folder / "sso" / "cache")
    problems += unread
    return aws


def _expanded(name: str, home: Path) -> Path:
    return home / name[2:] if name.startswith("~/") else Path(name)
