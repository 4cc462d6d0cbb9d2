"""Terraform's own blocks and arguments, as one table for the reader, the writer and the constructs.

Sources: https://developer.hashicorp.com/terraform/language (the reference page of each block) and, for how strings are
read, https://developer.hashicorp.com/terraform/language/syntax/json ("Block-type-specific Exceptions").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from plainwork_core.schema import TerraformType

Form: TypeAlias = Literal["template", "literal", "reference", "requirement"]
"""What a string of the JSON syntax is: a template, literal text, an expression without `${}`, or, in
`required_providers`, literal text but for `configuration_aliases`."""


@frozen(slots=True)
class Argument:
    """An argument.

    Attributes:
        type: of its value, in Terraform's JSON spelling.
        form: how the strings in it are read.
        required: the block is invalid without it.
        deprecated: Terraform still accepts it.
    """

    type: TerraformType = "dynamic"
    form: Form = "template"
    required: bool = False
    deprecated: bool = False


@frozen(slots=True, kw_only=True)
class Block:
    """A type of block.

    Attributes:
        labels: how many labels follow its name.
        arguments: those that Terraform defines.
        blocks: the nested blocks that Terraform defines.
        form: how the strings of all other arguments are read.
        of_provider: a provider defines further arguments and nested blocks.
        is_single: there can be no second one in the same block.
        required: the enclosing block is invalid without it.
        by_label: the nested blocks that depend on the first label.
    """

    labels: int = 0
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    form: Form = "template"
    of_provider: bool = False
    is_single: bool = False
    required: bool = False
    by_label: Mapping[str, Mapping[str, Block]] = field(default_factory=dict)


_STRING, _BOOL, _ANY, _TEXT = Argument("string"), Argument("bool"), Argument(), Argument("string", "literal")
_REFERENCE, _TARGET = Argument("string", "reference"), Argument("string", "reference", required=True)
_REFERENCES = Argument(["list", "string"], "reference")
_REPEATED = {"count": Argument("number"), "for_each": _ANY}
_COMMON = {**_REPEATED, "provider": _REFERENCE, "depends_on": _REFERENCES}

_CONDITION = Block(
    arguments={"condition": Argument("bool", required=True), "error_message": Argument("string", required=True)}
)
_CONDITIONS = {"precondition": _CONDITION, "postcondition": _CONDITION}
_ACTION_TRIGGER = Block(
    arguments={
        "events": Argument(["list", "string"], "reference", required=True),
        "condition": _BOOL,
        "actions": Argument(["list", "string"], "reference", required=True),
    }
)
_LIFECYCLE = Block(
    arguments={
        "create_before_destroy": _BOOL,
        "prevent_destroy": _BOOL,
        "ignore_changes": Argument("dynamic", "reference"),
        "replace_triggered_by": _REFERENCES,
    },
    blocks={**_CONDITIONS, "action_trigger": _ACTION_TRIGGER},
    is_single=True,
)
_ONLY_CONDITIONS = Block(blocks=_CONDITIONS, is_single=True)
_CONNECTION = Block(is_single=True)
_PROVISIONER = Block(
    labels=1, arguments={"when": _REFERENCE, "on_failure": _REFERENCE}, blocks={"connection": _CONNECTION}
)

_GENERATORS: dict[str, Block] = {}
_GENERATORS["dynamic"] = Block(
    labels=1,
    arguments={"for_each": Argument(required=True), "iterator": _REFERENCE, "labels": _ANY},
    blocks={"content": Block(blocks=_GENERATORS, of_provider=True)},
)

_OPEN_LITERAL = Block(form="literal")
_BACKEND = Block(
    labels=1,
    form="literal",
    by_label={
        "remote": {"workspaces": _OPEN_LITERAL},
        "kubernetes": {"exec": _OPEN_LITERAL},
        "oss": {"assume_role": _OPEN_LITERAL},
        "cos": {"assume_role": _OPEN_LITERAL},
    },
)
"""In Terraform 1.11; `endpoints` and `assume_role` of the S3 backend are arguments."""

_TARGET_OF_ENCRYPTION = Block(
    arguments={"method": _REFERENCE, "enforced": _BOOL},
    blocks={"fallback": Block(arguments={"method": _REFERENCE})},
    is_single=True,
)
_ENCRYPTION = Block(
    blocks={
        "key_provider": Block(labels=2),
        "method": Block(labels=2, arguments={"keys": _REFERENCE}),
        "state": _TARGET_OF_ENCRYPTION,
        "plan": _TARGET_OF_ENCRYPTION,
        "remote_state_data_sources": Block(
            blocks={
                "default": _TARGET_OF_ENCRYPTION,
                "remote_state_data_source": Block(labels=1, arguments={"method": _REFERENCE}),
            },
            is_single=True,
        ),
    },
    is_single=True,
)
"""Of OpenTofu: https://opentofu.org/docs/language/state/encryption/."""

_DATA = Block(labels=2, arguments=_COMMON, blocks={**_GENERATORS, "lifecycle": _ONLY_CONDITIONS}, of_provider=True)

LANGUAGE: dict[str, Block] = {
    "terraform": Block(
        arguments={
            "required_version": _TEXT,
            "experiments": Argument("dynamic", "reference"),
            "language": _REFERENCE,
        },
        blocks={
            "required_providers": Block(form="requirement"),
            "backend": _BACKEND,
            "cloud": Block(form="literal", blocks={"workspaces": _OPEN_LITERAL}),
            "provider_meta": Block(labels=1, form="literal"),
            "encryption": _ENCRYPTION,
        },
        form="literal",
    ),
    "provider": Block(
        labels=1,
        arguments={"alias": _TEXT, "version": Argument("string", "literal", deprecated=True)},
        blocks=_GENERATORS,
        of_provider=True,
    ),
    "variable": Block(
        labels=1,
        arguments={
            "type": _REFERENCE,
            "description": _TEXT,
            "default": Argument("dynamic", "literal"),
            "sensitive": _BOOL,
            "ephemeral": _BOOL,
            "nullable": _BOOL,
        },
        blocks={"validation": _CONDITION},
    ),
    "locals": Block(),
    "ephemeral": _DATA,
    "data": _DATA,
    "resource": Block(
        labels=2,
        arguments=_COMMON,
        blocks={**_GENERATORS, "lifecycle": _LIFECYCLE, "connection": _CONNECTION, "provisioner": _PROVISIONER},
        of_provider=True,
    ),
    "action": Block(
        labels=2,
        arguments={**_REPEATED, "provider": _REFERENCE},
        blocks={"config": Block(blocks=_GENERATORS, of_provider=True, is_single=True)},
    ),
    "module": Block(
        labels=1,
        arguments={
            "source": _TEXT,
            "version": _TEXT,
            **_REPEATED,
            "providers": Argument(["map", "string"], "reference"),
            "depends_on": _REFERENCES,
        },
    ),
    "moved": Block(arguments={"from": _TARGET, "to": _TARGET}),
    "import": Block(
        arguments={
            "to": _TARGET,
            "id": Argument("string", required=True),
            "provider": _REFERENCE,
            "for_each": _ANY,
        }
    ),
    "removed": Block(
        arguments={"from": _TARGET},
        blocks={
            "lifecycle": Block(arguments={"destroy": Argument("bool", required=True)}, is_single=True, required=True),
            "connection": _CONNECTION,
            "provisioner": _PROVISIONER,
        },
    ),
    "check": Block(labels=1, blocks={"data": _DATA, "assert": _CONDITION}),
    "output": Block(
        labels=1,
        arguments={
            "value": Argument(required=True),
            "description": _TEXT,
            "sensitive": _BOOL,
            "ephemeral": _BOOL,
            "depends_on": _REFERENCES,
        },
        blocks={"precondition": _CONDITION},
    ),
}
"""The blocks of a configuration, in the order in which a file has them."""


def meta_arguments(type_: str) -> frozenset[str]:
    """Return the meta-arguments of a block of *type_*: names of arguments and of nested blocks."""
    block: Any = LANGUAGE[type_]
    return frozenset({*block.arguments, *block.blocks} - {"dynamic"})
