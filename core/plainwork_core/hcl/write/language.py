"""Terraform's own blocks, as data.

The order inside a block follows HashiCorp's style guide, https://developer.hashicorp.com/terraform/language/style
("Resource order", "Variables", "Outputs"). Which strings are literal, expressions or templates follows
https://developer.hashicorp.com/terraform/language/syntax/json ("Block-type-specific Exceptions").
"""

from __future__ import annotations

from typing import Any

from plainwork_core.hcl.write.kinds import ByValue, Kind
from plainwork_core.hcl.write.values import bare, literal, requirement

_CONDITION = Kind(order=("condition", "error_message"))
_CONDITIONS = {"precondition": _CONDITION, "postcondition": _CONDITION}
_LIFECYCLE = Kind(
    order=("create_before_destroy", "prevent_destroy", "destroy", "ignore_changes", "replace_triggered_by"),
    writers={"ignore_changes": bare, "replace_triggered_by": bare},
    blocks=_CONDITIONS,
)
_CONNECTION = Kind(order=("type", "host", "user"))
_PROVISIONER = Kind(labels=1, writers={"when": bare, "on_failure": bare}, blocks={"connection": _CONNECTION})

RESOURCE: dict[str, Any] = {
    "labels": 2,
    "head": (("count", "for_each", "provider"),),
    "tail": ("timeouts", "connection", "provisioner", "lifecycle", "depends_on"),
    "writers": {"provider": bare, "depends_on": bare},
    "blocks": {"connection": _CONNECTION, "provisioner": _PROVISIONER, "lifecycle": _LIFECYCLE},
}
"""What every resource, data source and ephemeral resource has in common."""

WITHOUT_BLOCKS = {"terraform_data", "terraform_remote_state"}
"""The types of Terraform's built-in provider."""

PROVIDER: dict[str, Any] = {
    "labels": 1,
    "order": ("alias", "version", "region"),
    "writers": {"alias": literal, "version": literal},
}

_LITERAL = Kind(writer=literal)
_BACKENDS_WITH_BLOCKS = {"remote": "workspaces", "kubernetes": "exec", "oss": "assume_role", "cos": "assume_role"}
"""In Terraform 1.11; `endpoints` and `assume_role` of the S3 backend are arguments."""

_BACKEND = Kind(
    labels=1,
    writer=literal,
    by_label={name: Kind(writer=literal, blocks={block: _LITERAL}) for name, block in _BACKENDS_WITH_BLOCKS.items()},
)
_TERRAFORM = Kind(
    order=("required_version", "required_providers", "backend", "cloud"),
    writers={"experiments": bare, "language": bare},
    writer=literal,
    blocks={
        "required_providers": Kind(order=(), writer=requirement, tight=True),
        "backend": _BACKEND,
        "cloud": Kind(writer=literal, blocks={"workspaces": _LITERAL}),
        "provider_meta": Kind(labels=1, writer=literal),
    },
)
_VARIABLE = Kind(
    labels=1,
    order=("type", "description", "default", "sensitive"),
    writers={"type": bare, "description": literal, "default": literal},
    blocks={"validation": _CONDITION},
)
_MODULE = Kind(
    labels=1,
    head=(("source", "version"), ("count", "for_each"), ("providers",)),
    tail=("depends_on",),
    writers={"source": literal, "version": literal, "providers": bare, "depends_on": bare},
)
_OUTPUT = Kind(
    labels=1,
    order=("description", "value", "sensitive"),
    tail=("precondition", "depends_on"),
    writers={"description": literal, "depends_on": bare},
    blocks={"precondition": _CONDITION},
)
_CHECK = Kind(labels=1, blocks={"assert": _CONDITION})

TOP_LEVEL = {
    "terraform": _TERRAFORM,
    "provider": ByValue(**PROVIDER),
    "variable": _VARIABLE,
    "locals": Kind(order=(), closing=()),
    "ephemeral": ByValue(**RESOURCE),
    "data": ByValue(**RESOURCE),
    "resource": ByValue(**RESOURCE),
    "module": _MODULE,
    "moved": Kind(order=("from", "to"), writer=bare),
    "import": Kind(order=("for_each", "provider", "to", "id"), writers={"provider": bare, "to": bare}),
    "removed": Kind(
        writers={"from": bare}, blocks={"lifecycle": _LIFECYCLE, "provisioner": _PROVISIONER, "connection": _CONNECTION}
    ),
    "check": _CHECK,
    "output": _OUTPUT,
}
"""The blocks of a configuration in the order of a file; those of `PLACED` stand together, in creation order."""

PLACED = ("ephemeral", "data", "resource", "module")
