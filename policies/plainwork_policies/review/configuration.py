"""What a plan does not have: the backend, and the versions of providers and modules, compared with another revision."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.diff.line import SIGNS, Line
from plainwork_core.diff.masking import Writer
from plainwork_core.diff.values import differences
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Value, is_known
from plainwork_core.text import enumeration
from plainwork_policies.review.levels import Level
from plainwork_policies.review.model import Risk

_PLACE = ("type", "bucket", "key", "region", "workspace_key_prefix", "path", "container", "prefix")
"""The arguments of a backend that name the place of the state."""
_PAGE = "https://developer.hashicorp.com/terraform/cli/commands/init#backend-initialization"
_BACKEND = "backend"


def configuration_lines(before: Stack, after: Stack, write: Writer) -> tuple[Line, ...]:
    """Return what differs between the settings of *before* and *after*."""
    return tuple(_lines(_settings(before), _settings(after), write))


def state_moves(lines: tuple[Line, ...]) -> tuple[Risk, ...]:
    """Return the move of the state to another place that *lines* are, if they are one."""
    moves = [line for line in lines if line.argument.removeprefix(f"{_BACKEND}.") in _PLACE]
    if not moves:
        return ()
    named = enumeration(
        (f"`{line.argument}`: `{line.before or 'unset'}` -> `{line.after or 'unset'}`" for line in moves), mark=""
    )
    return (
        Risk(
            Level.STATE,
            "terraform.backend",
            "update",
            "moves the state",
            f"The configuration changes {named}.",
            "Without a migration Terraform does not know what exists, and creates all of it again.",
            "Run `terraform init -migrate-state` before the plan; the old state stays where it is.",
            _PAGE,
        ),
    )


def _settings(stack: Stack) -> Mapping[str, Value]:
    backend = stack.backend
    providers = {provider.name: provider.values.get("version") for provider in stack.required_providers or ()}
    modules = {
        call.address: {name: call.values.get(name) for name in ("source", "version")} for call in stack.module_calls
    }
    return {
        _BACKEND: {"type": backend.type, **backend.values} if backend else None,
        "required_version": stack.required_version,
        "required_providers": providers,
        "locked_providers": dict(stack.locked_providers or {}),
        "modules": modules,
    }


def _lines(before: Mapping[str, Value], after: Mapping[str, Value], write: Writer) -> Iterator[Line]:
    for name, value in after.items():
        for found in differences(before[name], value, (name,)):
            if is_known(found.before) and is_known(found.after) and (name == _BACKEND or found.kind == "changed"):
                old, new = (write.named(found.path[-1], side) for side in (found.before, found.after))
                yield Line(SIGNS[found.kind], write.text(found.argument), old, new)
