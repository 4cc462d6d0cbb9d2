"""Providers, checked against their schema."""

from __future__ import annotations

from typing import Any

from plainwork import emission
from plainwork._cdktf import Construct, TerraformProvider
from plainwork.checks import arguments as checks
from plainwork.checks.meta import META, with_meta
from plainwork.errors import AddressError, ArgumentsError
from plainwork.terraform.addresses import AddressRegistry, check_identifier, naming_scope
from plainwork.terraform.overrides import override
from plainwork_core.schema import load


class Provider(TerraformProvider):
    """A provider's configuration: `Provider(scope, "aws", region="eu-west-1", default_tags={"tags": {...}})`.

    Args:
        scope: a stack, or a construct in one.
        name: the provider's local name.
        alias: tells a second configuration of the same provider from the first.
        version: the version constraint, as `~> 5.100`; None means any version.
        source: where Terraform gets the provider; `hashicorp/<name>` by default.
        arguments: the provider's own arguments and nested blocks, by Terraform's names.

    Raises:
        AddressError: the name or the alias is no Terraform identifier, or the stack has this configuration already, or
            wants the provider from elsewhere or in another version.
        ArgumentsError: the provider would reject the arguments; all reasons are in it.
    """

    def __init__(
        self,
        scope: Construct,
        name: str,
        /,
        *,
        alias: str | None = None,
        version: str | None = None,
        source: str | None = None,
        **arguments: Any,
    ) -> None:
        self._name = check_identifier(name, "provider name")
        self._alias = None if alias is None else check_identifier(alias, "provider alias")
        self._body = _body(self.reference, name, {"alias": alias, **arguments})
        self._required = {"source": source or f"hashicorp/{name}", **({"version": version} if version else {})}
        naming = naming_scope(scope)
        node_id = f"provider.{self.reference}"
        _claim(naming.registry, name, self._required)
        naming.registry.register(node_id, naming.path(node_id))
        super().__init__(scope, node_id, terraform_resource_type=name)

    @property
    def reference(self) -> str:
        """What `provider=` of a resource takes, as the object itself does: `aws`, or `aws.replica` with an alias."""
        return f"{self._name}.{self._alias}" if self._alias else self._name

    @property  # type: ignore[misc]  # CDKTF lets it be set later; here it is decided when the provider is made
    def alias(self) -> str | None:
        """The alias, if there is one."""
        return self._alias

    def to_terraform(self) -> dict[str, Any]:
        """What CDKTF writes."""
        return {
            "terraform": {"required_providers": {self._name: self._required}},
            "provider": {self._name: [self._body]},
        }

    def add_override(self, path: str, value: Any) -> None:
        """Write a value that no check has seen, at a dotted path; None removes what is there."""
        override(self._body, path, value)


def _body(reference: str, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    schema = with_meta(load(), "provider", name)
    found = checks.problems(arguments, schema) if schema else checks.unchecked(arguments)
    if problems := list(found):
        raise ArgumentsError(f"provider {reference}", problems)
    body = emission.block(arguments, schema or META["provider"])
    blocks = [] if schema else emission.marked(arguments)
    return {**body, "//": {"plainwork": {"blocks": blocks}}} if blocks else body


def _claim(registry: AddressRegistry, name: str, required: dict[str, str]) -> None:
    """Hold every configuration of one provider to one source and version."""
    known = registry.providers.setdefault(name, required)
    for rule in known.keys() & required.keys():
        if known[rule] != required[rule]:
            raise AddressError(
                f"provider {name}: stack {registry.stack!r} has {rule} {known[rule]!r} already (got {required[rule]!r})"
            )
