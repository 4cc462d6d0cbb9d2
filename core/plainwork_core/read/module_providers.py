"""Which provider configuration a block uses: of its own module, or of the modules around it.

https://developer.hashicorp.com/terraform/language/modules/develop/providers
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import Unknown

if TYPE_CHECKING:
    from plainwork_core.read.evaluation import Call
    from plainwork_core.read.module_scope import ModuleScope


def provider(scope: ModuleScope, key: str | Unknown) -> tuple[ModuleScope, str] | Unknown:
    """Return the scope that configures the provider *key* (`aws`, `aws.west`) of a module, and its key there."""
    while not isinstance(key, Unknown):
        call = scope.call
        if call is None or f"provider.{key}" in scope.blocks:
            return scope, key
        scope, key = call.caller, _passed(call, key)
    return key


def provider_key(scope: ModuleScope, block: nodes.Block) -> str | Unknown:
    """Return the `Provider.key` that a resource or a data source uses."""
    found = provider(scope, local_key(block))
    if isinstance(found, Unknown):
        return found
    configuring, key = found
    return f"{module_path(configuring)}:{key}" if configuring.call else key


def module_path(scope: ModuleScope) -> str:
    """Return the address of a module without the keys of its instances: `module.net`; `""` for the root module."""
    return ".".join(f"module.{name}" for name in scope.path)


def local_key(block: nodes.Block) -> str | Unknown:
    """Return the key of the provider that *block* names, in its module."""
    expression = block.body.attribute("provider")
    return block.labels[0].partition("_")[0] if expression is None else _key(expression)


def _key(expression: Expression) -> str | Unknown:
    match expression:
        case nodes.Literal(str(key)) | nodes.Variable(key) if "[" not in key:
            return key
        case nodes.GetAttribute(nodes.Variable(name) | nodes.Literal(str(name)), alias):
            return f"{name}.{alias}"
    return Unknown(f"`provider` on line {expression.line} may differ between instances; check a plan")


def _passed(call: Call, key: str) -> str | Unknown:
    """Return the key in the caller of the configuration that *call* passes as *key*."""
    passed = call.body.attribute("providers")
    for member in passed.members if isinstance(passed, nodes.Object) else ():
        if _key(member.key) == key:
            return _key(member.value)
    if "." not in key:
        return key
    return Unknown(f"`{call.caller.absolute(call.instance.address)}` passes no provider `{key}`; check a plan")
