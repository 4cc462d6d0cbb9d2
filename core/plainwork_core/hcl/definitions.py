"""What the table of the language consists of: blocks, their arguments, and the versions that have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Literal, TypeAlias

from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from plainwork_core.schema import TerraformType

Form: TypeAlias = Literal["template", "literal", "reference", "requirement"]
"""What a string of the JSON syntax is: a template, literal text, an expression without `${}`, or, in
`required_providers`, literal text but for `configuration_aliases`."""


@frozen(slots=True)
class Since:
    """The first versions of Terraform and OpenTofu that have something; `None` where no version has it."""

    terraform: str | None
    opentofu: str | None


NEVER = Since(None, None)


@frozen(slots=True)
class Argument:
    """An argument.

    Attributes:
        type: of its value, in Terraform's JSON spelling.
        form: how the strings in it are read.
        required: the block is invalid without it.
        deprecated: Terraform still accepts it.
        since: the first versions that have it; None for versions before Terraform 1.10.
        expression: the first versions in which its value can be an expression; None where it always can.
        values: the first versions that have some of its values.
    """

    type: TerraformType = "dynamic"
    form: Form = "template"
    required: bool = False
    deprecated: bool = False
    since: Since | None = None
    expression: Since | None = None
    values: Mapping[str, Since] = field(default_factory=dict)


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
        since: the first versions that have it; None for versions before Terraform 1.10.
    """

    labels: int = 0
    arguments: Mapping[str, Argument] = field(default_factory=dict)
    blocks: Mapping[str, Block] = field(default_factory=dict)
    form: Form = "template"
    of_provider: bool = False
    is_single: bool = False
    required: bool = False
    by_label: Mapping[str, Mapping[str, Block]] = field(default_factory=dict)
    since: Since | None = None
