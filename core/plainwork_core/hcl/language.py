"""Terraform's own blocks and arguments, as one table for the reader, the writer and the constructs.

Sources: https://developer.hashicorp.com/terraform/language (the reference page of each block) and, for how strings are
read, https://developer.hashicorp.com/terraform/language/syntax/json ("Block-type-specific Exceptions").
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plainwork_core.hcl.definitions import NEVER, Argument, Block, Since

_BOOL, _ANY, _TEXT = Argument("bool"), Argument(), Argument("string", "literal")
_CONSTANT = Argument("bool", expression=NEVER)
_REFERENCE, _TARGET = Argument("string", "reference"), Argument("string", "reference", required=True)
_REFERENCES = Argument(["list", "string"], "reference")
_REPEATED = {"count": Argument("number"), "for_each": _ANY}
_COMMON = {**_REPEATED, "provider": _REFERENCE, "depends_on": _REFERENCES}

_CONDITION = Block(
    arguments={"condition": Argument("bool", required=True), "error_message": Argument("string", required=True)}
)
_CONDITIONS = {"precondition": _CONDITION, "postcondition": _CONDITION}
_ACTIONS = Since("1.14", None)
_DESTROY_EVENTS = dict.fromkeys(("before_destroy", "after_destroy"), Since("1.16", None))
_ACTION_TRIGGER = Block(
    arguments={
        "events": Argument(["list", "string"], "reference", required=True, values=_DESTROY_EVENTS),
        "condition": _BOOL,
        "actions": Argument(["list", "string"], "reference", required=True),
        "on_failure": Argument("string", "reference", since=Since("1.16", None)),
    },
    since=_ACTIONS,
)
_ENABLED = Argument("bool", since=Since(None, "1.11"))
_LIFECYCLE = Block(
    arguments={
        "enabled": _ENABLED,
        "create_before_destroy": _CONSTANT,
        "prevent_destroy": Argument("bool", expression=Since(None, "1.12")),
        "destroy": Argument("bool", since=Since(None, "1.12")),
        "ignore_changes": Argument("dynamic", "reference"),
        "replace_triggered_by": _REFERENCES,
    },
    blocks={**_CONDITIONS, "action_trigger": _ACTION_TRIGGER},
    is_single=True,
)
_ONLY_CONDITIONS = Block(arguments={"enabled": _ENABLED}, blocks=_CONDITIONS, is_single=True)
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

_LAST_FALLBACK = Block(arguments={"method": _REFERENCE}, is_single=True)
_FALLBACK = {"fallback": replace(_LAST_FALLBACK, blocks={"fallback": _LAST_FALLBACK})}
_TARGET_OF_ENCRYPTION = Block(arguments={"method": _REFERENCE, "enforced": _CONSTANT}, blocks=_FALLBACK, is_single=True)
_OTHER_STATE = Block(arguments={"method": _REFERENCE}, blocks=_FALLBACK, is_single=True)
_ENCRYPTION = Block(
    blocks={
        "key_provider": Block(labels=2),
        "method": Block(labels=2, arguments={"keys": _REFERENCE}),
        "state": _TARGET_OF_ENCRYPTION,
        "plan": _TARGET_OF_ENCRYPTION,
        "remote_state_data_sources": Block(
            blocks={
                "default": _OTHER_STATE,
                "remote_state_data_source": Block(labels=1, arguments={"method": _REFERENCE}, blocks=_FALLBACK),
            },
            is_single=True,
        ),
    },
    is_single=True,
    since=Since(None, "1.7"),
)
"""Of OpenTofu: https://opentofu.org/docs/language/state/encryption/."""

_EPHEMERAL = Since("1.10", "1.11")
_EPHEMERAL_VALUE = replace(_CONSTANT, since=_EPHEMERAL)
_DEPRECATED = Argument("string", "literal", since=Since("1.15", "1.10"))
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
            "state_store": Block(labels=1, blocks={"provider": Block(labels=1)}),
        },
        form="literal",
    ),
    "language": Block(
        arguments={"edition": _REFERENCE, "experiments": Argument("dynamic", "reference")},
        blocks={"compatible_with": Block()},
        since=Since(None, "1.12"),
    ),
    "provider": Block(
        labels=1,
        arguments={
            "alias": _TEXT,
            "for_each": Argument(since=Since(None, "1.9")),
            "version": Argument("string", "literal", deprecated=True),
        },
        blocks=_GENERATORS,
        of_provider=True,
    ),
    "variable": Block(
        labels=1,
        arguments={
            "type": _REFERENCE,
            "description": _TEXT,
            "default": Argument("dynamic", "literal"),
            "sensitive": _CONSTANT,
            "ephemeral": _EPHEMERAL_VALUE,
            "nullable": _CONSTANT,
            "const": Argument("bool", since=Since("1.15", "1.12"), expression=NEVER),
            "deprecated": _DEPRECATED,
        },
        blocks={"validation": _CONDITION},
    ),
    "locals": Block(),
    "ephemeral": replace(_DATA, since=_EPHEMERAL),
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
        since=_ACTIONS,
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
        blocks={"lifecycle": Block(arguments={"enabled": _ENABLED}, is_single=True)},
    ),
    "moved": Block(arguments={"from": _TARGET, "to": _TARGET}),
    "import": Block(
        arguments={
            "to": _TARGET,
            "id": Argument("string"),
            "identity": Argument(["map", "dynamic"], since=Since("1.12", "1.12")),
            "provider": _REFERENCE,
            "for_each": _ANY,
        }
    ),
    "removed": Block(
        arguments={"from": _TARGET},
        blocks={
            "lifecycle": Block(arguments={"destroy": replace(_CONSTANT, required=True)}, is_single=True, required=True),
            "connection": _CONNECTION,
            "provisioner": _PROVISIONER,
        },
    ),
    "check": Block(labels=1, blocks={"data": _DATA, "assert": replace(_CONDITION, required=True)}),
    "output": Block(
        labels=1,
        arguments={
            "type": Argument("string", "reference", since=Since("1.15", None)),
            "value": Argument(required=True),
            "description": _TEXT,
            "sensitive": _CONSTANT,
            "ephemeral": _EPHEMERAL_VALUE,
            "deprecated": _DEPRECATED,
            "depends_on": _REFERENCES,
        },
        blocks={"precondition": _CONDITION},
    ),
}
"""The blocks of a configuration, in the order in which a file has them."""
TOP_LEVEL = frozenset({"//", *LANGUAGE})
"""The keys of a document in Terraform's JSON syntax."""


def meta_arguments(type_: str) -> frozenset[str]:
    """Return the meta-arguments of a block of *type_*: names of arguments and of nested blocks."""
    block: Any = LANGUAGE[type_]
    return frozenset({*block.arguments, *block.blocks} - {"dynamic"})
