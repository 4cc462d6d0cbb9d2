"""The provider configurations of a plan, and which of them a resource uses.

Since version 1.2, Terraform resolves `provider_config_key` through modules. An older plan has `<call>:aws`, with the
name of the innermost call only, and its `provider_config` also lists what a module requires without configuring it.
https://github.com/hashicorp/terraform/pull/30138
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
_UNRESOLVED = re.compile(r"(0|1\.[01])\..*")
"""The versions of Terraform that do not resolve the keys."""


@frozen()
class Providers:
    """The provider configurations of one plan.

    Args:
        root: the root module.
        blocks: `provider_config`.
        version: of Terraform.
        location: of the plan.
    """

    root: Scope
    blocks: Mapping[str, Mapping[str, Any]]
    version: str
    location: Location

    @classmethod
    def of(cls, document: Mapping[str, Any], root: Scope, location: Location) -> Providers:
        """Take them from the plan *document*, at *location*, whose root module is *root*."""
        blocks = document.get("configuration", {}).get("provider_config") or {}
        return cls(root, blocks, str(document.get("terraform_version", "")), location)

    @cached_property
    def by_key(self) -> dict[str, Provider]:
        """Every provider configuration by its `Provider.key`, those inside modules included."""
        found = (self._provider(key, block) for key, block in self.blocks.items() if self._is_configured(key, block))
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
        key = f"{module}:{name}" if module.startswith(_STEP) else self._inherited(name, scope)
        if key is None or (":" in key and key not in self.by_key):
            return Unknown(f"the plan does not tell which provider configuration `{address}` uses")
        return key

    def _inherited(self, name: str, scope: Scope) -> str | None:
        """Return the key of the configuration *name* in *scope*: its own, or the default one of its nearest caller.

        A call may pass any configuration of its caller (`providers = { aws = aws.west }`), and an old plan does not
        show that. So the result is `None` if a caller has a configuration with an alias.
        https://developer.hashicorp.com/terraform/language/modules/develop/providers
        """
        if (own := _key(scope.path, name)) in self.by_key:
            return own
        callers = [caller.path for caller in scope.callers]
        has_alias = any(key.startswith(_key(caller, f"{name}.")) for caller in callers for key in self.by_key)
        if not name or "." in name or has_alias or own.replace(_STEP, "") in self.blocks:
            return None
        return next((key for caller in callers if (key := _key(caller, name)) in self.by_key), name)

    def _is_configured(self, key: str, block: Mapping[str, Any]) -> bool:
        is_resolved = key.startswith(_STEP) and not _UNRESOLVED.fullmatch(self.version)
        return ":" not in key or bool(block.get("expressions")) or is_resolved

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


def _key(module: str, name: str) -> str:
    return f"{module}:{name}" if module else name
