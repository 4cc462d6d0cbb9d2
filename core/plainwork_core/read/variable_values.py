"""The values of variables: given to a root module, its defaults, or what the caller of a module passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, replace
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.instances import Instance
from plainwork_core.hcl.read.references import Step, follow
from plainwork_core.hcl.read.type_constraints import converted
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.syntax.parser import parse_value
from plainwork_core.model.values import Value

if TYPE_CHECKING:
    from plainwork_core.read.module_scope import ModuleScope

_FALSE = nodes.Literal(value=False)


@frozen()
class RootVariables:
    """The variables of a root module.

    Attributes:
        given: the values that the user passes, and those of files that Terraform always reads.
        elsewhere: by variable, a file that sets it if the user passes that file.
        encrypted: the file that may set any other variable, and that git-crypt encrypts; `""` if there is none.
        follows_defaults: whether another variable with a default has that value.
    """

    given: Mapping[str, Value] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    encrypted: str = ""
    follows_defaults: bool = True


def variable(scope: ModuleScope, name: str, steps: tuple[Step, ...]) -> Value:
    """Return the value of a reference to a variable: `var.subnets["a"]`."""
    key = str(steps[0].key) if steps else ""
    declared = scope.blocks.get(f"{name}.{key}")
    if declared is None:
        return scope.unknown("is not declared", name, steps)
    if reason := _why_unknown(scope, declared.block.body, key):
        unknown = scope.unknown(reason, name, steps)
        return replace(unknown, has_wildcards=has_wildcards(_default(scope, key)))
    return follow(scope.value(f"var.{key}", lambda: _value(scope, key)), steps[1:])


def is_hidden(block: nodes.Body) -> bool:
    """Return whether a variable or an output is sensitive or ephemeral."""
    expressions = map(block.attribute, ("sensitive", "ephemeral"))
    return any(expression not in (None, _FALSE) for expression in expressions)


def has_wildcards(value: Value) -> bool:
    """Return whether a string in *value* contains `*` or `?`."""
    if isinstance(value, str):
        return "*" in value or "?" in value
    members = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return any(map(has_wildcards, members))


def _why_unknown(scope: ModuleScope, body: nodes.Body, key: str) -> str:
    """Return why a variable is unknown, `""` if it is known."""
    default, variables = body.attribute("default"), scope.evaluation.variables
    if is_hidden(body):
        return "is sensitive or ephemeral; check a plan"
    if _is_given(scope, key):
        return ""
    if default is None:
        return "has no default; check a plan"
    if scope.call is None and (reason := _why_in_file(variables, key)):
        return reason
    if scope.call or variables.follows_defaults:
        return ""
    is_null = default == nodes.Literal(None)
    return f"{'is null by default' if is_null else 'can have another value than its default'}; check a plan"


def _why_in_file(variables: RootVariables, key: str) -> str:
    """Return why a file may set a variable of the root module to another value than its default; `""` if none does."""
    if variables.encrypted:
        return f"may be set in {variables.encrypted}, which is encrypted; run `git-crypt unlock`, or check a plan"
    if key in variables.elsewhere:
        return f"is also set in {variables.elsewhere[key]}; pass it with --var-file, or check a plan"
    return ""


def _value(scope: ModuleScope, key: str) -> Value:
    body = scope.blocks[f"var.{key}"].block.body
    value = _given(scope, key)
    if value is None and (not _is_given(scope, key) or body.attribute("nullable") == _FALSE):
        value = _default(scope, key)
        scope.evaluation.follows_default |= scope.call is None
    try:
        return converted(value, type_of(body))
    except (Rejected, Unsupported) as error:
        return scope.unknown(f"cannot be converted to its type: {error}", f"var.{key}")


def type_of(body: nodes.Body) -> Expression | None:
    """Return the type of a variable, which is a string in Terraform's JSON syntax and in old HCL."""
    match body.attribute("type"):
        case nodes.Literal(str(text)):
            return parse_value(text)
        case constraint:
            return constraint


def _is_given(scope: ModuleScope, key: str) -> bool:
    return key in (scope.call.given if scope.call else scope.evaluation.variables.given)


def _given(scope: ModuleScope, key: str) -> Value:
    if not _is_given(scope, key):
        return None
    if scope.call is None:
        return scope.evaluation.variables.given[key]
    value, _ = scope.call.caller.argument(scope.call.instance, key)
    return value


def _default(scope: ModuleScope, key: str) -> Value:
    block = f"var.{key}"
    if is_hidden(scope.blocks[block].block.body) or scope.blocks[block].block.body.attribute("default") is None:
        return None
    value, _ = scope.argument(Instance(block, scope), "default")
    return value
