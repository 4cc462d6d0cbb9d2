"""How the writer arranges Terraform's own blocks.

The order inside a block follows HashiCorp's style guide, https://developer.hashicorp.com/terraform/language/style
("Resource order", "Variables", "Outputs").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.write.kinds import ByValue, Kind
from plainwork_core.hcl.write.values import bare, literal, requirement, template

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plainwork_core.hcl.definitions import Block, Form
    from plainwork_core.hcl.write.values import Writer

_WRITERS: dict[Form, Writer] = {
    "template": template,
    "literal": literal,
    "reference": bare,
    "requirement": requirement,
}
_CONDITION = {"order": ("condition", "error_message")}
_RESOURCE = {
    "head": (("count", "for_each", "provider"),),
    "tail": ("timeouts", "connection", "provisioner", "lifecycle", "depends_on"),
}
_ARRANGEMENT: dict[str, dict[str, Any]] = {
    "terraform": {"order": ("required_version", "required_providers", "backend", "cloud", "encryption")},
    "required_providers": {"order": (), "tight": True},
    "provider": {"order": ("alias", "version", "region")},
    "variable": {
        "order": ("type", "description", "default", "sensitive", "ephemeral", "nullable", "const", "deprecated")
    },
    "locals": {"order": (), "closing": ()},
    "ephemeral": _RESOURCE,
    "data": _RESOURCE,
    "resource": _RESOURCE,
    "action": _RESOURCE,
    "module": {"head": (("source", "version"), ("count", "for_each"), ("providers",)), "tail": ("depends_on",)},
    "moved": {"order": ("from", "to")},
    "check": {"order": ("data", "assert")},
    "import": {"order": ("for_each", "provider", "to", "id", "identity")},
    "output": {
        "order": ("type", "description", "value", "sensitive", "deprecated"),
        "tail": ("precondition", "depends_on"),
    },
    "lifecycle": {
        "order": (
            "enabled",
            "create_before_destroy",
            "prevent_destroy",
            "destroy",
            "ignore_changes",
            "replace_triggered_by",
        )
    },
    "action_trigger": {"order": ("events", "condition", "actions", "on_failure")},
    "encryption": {"order": ("key_provider", "method", "state", "plan", "remote_state_data_sources")},
    **{target: {"order": ("method", "enforced")} for target in ("state", "plan")},
    "connection": {"order": ("type", "host", "user")},
    **dict.fromkeys(("precondition", "postcondition", "validation", "assert"), _CONDITION),
}
"""Fields of `Kind` by the block's name, which is enough: no name has two meanings."""

WITHOUT_BLOCKS = {"terraform_data", "terraform_remote_state"}
"""The types of Terraform's built-in provider."""

PLACED = ("ephemeral", "data", "resource", "action", "module")
"""The blocks that the writer keeps together, in creation order."""


def fields(name: str, block: Block) -> dict[str, Any]:
    """Return the fields of the `Kind` of a block."""
    return {
        "labels": block.labels,
        "writer": _WRITERS[block.form],
        "writers": {argument: _WRITERS[each.form] for argument, each in block.arguments.items()},
        "blocks": _kinds(block.blocks),
        "by_label": {label: Kind(writer=literal, blocks=_kinds(blocks)) for label, blocks in block.by_label.items()},
        **_ARRANGEMENT.get(name, {}),
    }


def _kinds(blocks: Mapping[str, Block]) -> dict[str, Kind]:
    """Return the kinds of nested blocks without `dynamic`, whose content depends on the block around it."""
    return {
        name: (ByValue if block.of_provider else Kind)(**fields(name, block))
        for name, block in blocks.items()
        if name != "dynamic"
    }


TOP_LEVEL: dict[str, Kind] = _kinds(LANGUAGE)
"""The kinds of the blocks of a configuration, in the order of a file."""
