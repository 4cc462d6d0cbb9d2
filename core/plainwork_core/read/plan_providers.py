"""The provider configurations of a plan, and which of them a resource uses.

Since version 1.2, Terraform resolves `provider_config_key` through modules, except through one that only calls modules.
An older plan has `<call>:aws`, with the name of the innermost call only. In both, `provider_config` also lists what a
module requires without configuring it.
https://github.com/hashicorp/terraform/pull/30138 and https://github.com/hashicorp/terraform/issues/30513
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Location, Provider, ProviderRequirement
from plainwork_core.model.values import Unknown
from plainwork_core.read.plan_configuration import Scope

_STEP = "module."


@frozen()
class Providers:
    """The provider configurations of one plan.

    Args:
        root: the root module.
        blocks: `provider_config`.
        location: of the plan.
    """

    root: Scope
    blocks: Mapping[str, Mapping[str, Any]]
    location: Location

    @classmethod
    def of(cls, document: Mapping[str, Any], root: Scope, location: Location) -> Providers:
        """Take them from the plan *document*, at *location*, whose root module is *root*."""
        blocks = document.get("configuration", {}).get("provider_config") or {}
        return cls(root, blocks, location)

    @cached_property
    def by_key(self) -> dict[str, Provider]:
        """Every provider configuration by its `Provider.key`, those inside modules included."""
        found = (self._provider(key, block) for key, block in self.blocks.items() if _is_configured(key, block))
        return {provider.key: provider for provider in found}

    @property
    def requirements(self) -> tuple[ProviderRequirement, ...]:
        """What the root module requires of each provider; the constraint is that of all blocks together."""
        found: dict[str, ProviderRequirement] = {}
        for key, block in self.blocks.items():
            values = {"source": block.get("full_name"), "version": block.get("version_constraint")}
            given = {argument: value for argument, value in values.items() if value}
            if ":" not in key:
                found.setdefault(block["name"], ProviderRequirement(block["name"], given, self.location))
        return tuple(found.values())

    def key(self, block: Mapping[str, Any], scope: Scope, address: str) -> str | Unknown:
        """Return the `Provider.key` that the resource *address*, an instance of *block* in *scope*, uses."""
        module, _, name = str(block.get("provider_config_key", "")).rpartition(":")
        if name and not module:
            return name
        key = self._inherited(name, scope, is_resolved=module.startswith(_STEP)) if name else None
        return key or Unknown(f"the plan does not tell which provider configuration `{address}` uses")

    def _inherited(self, name: str, scope: Scope, *, is_resolved: bool) -> str | None:
        """Return the key of the configuration *name* in *scope*: its own, or the default one of its nearest caller.

        A call may pass any configuration of its caller (`providers = { aws = aws.west }`), and a plan shows that only
        if its keys are resolved, and for the two innermost calls. So the result is `None` if another caller has a
        configuration with an alias.
        https://developer.hashicorp.com/terraform/language/modules/develop/providers
        """
        if (own := _key(scope.path, name)) in self.by_key:
            return own
        callers = [caller.path for caller in scope.callers]
        aliases = [_key(caller, f"{name}.") for caller in callers[2 * is_resolved :]]
        has_alias = any(key.startswith(alias) for alias in aliases for key in self.by_key)
        if "." in name or has_alias or (not is_resolved and own.replace(_STEP, "") in self.blocks):
            return None
        return next((key for caller in callers if (key := _key(caller, name)) in self.by_key), name)

    def _provider(self, key: str, block: Mapping[str, Any]) -> Provider:
        module = key.rpartition(":")[0]
        names = re.findall(r"module\.([\w-]+)", module) if module.startswith(_STEP) else filter(None, module.split("."))
        scope = self.root
        for call in names:
            scope = scope.called(call)
        provider = Provider(block["name"], block.get("alias"), {}, self.location, scope.address)
        expressions = block.get("expressions", {}).items()
        values = {name: scope.value(part, f"{provider.address}.{name}", name) for name, part in expressions}
        return replace(provider, values=values)


def _is_configured(key: str, block: Mapping[str, Any]) -> bool:
    return ":" not in key or bool(block.get("expressions"))


def _key(module: str, name: str) -> str:
    return f"{module}:{name}" if module else name
