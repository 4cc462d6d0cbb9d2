"""Provider configurations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from plainwork.arguments.json_body import json_body
from plainwork.arguments.language import with_meta_arguments
from plainwork.errors import AddressError, ArgumentsError
from plainwork.terraform import location
from plainwork.terraform.addresses import check_identifier, naming_scope
from plainwork.terraform.declaration import check_again
from plainwork.terraform.overrides import override
from plainwork.terraform.registry import AddressRegistry
from plainwork.terraform.target import features
from plainwork.tree import Construct, TerraformProvider
from plainwork_core.aws.regions import may_exist, region_names
from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.expressions import scan
from plainwork_core.hcl.language import LANGUAGE

DEFAULT_VERSIONS = {"hashicorp/aws": "~> 6.0"}
"""The version constraint of a provider, by its source, where the app and the stack have none."""

Requirement: TypeAlias = "str | Mapping[str, str]"
"""A version constraint, or `source` and `version` of an entry of `required_providers`."""


class Provider(TerraformProvider):
    """A provider configuration: `Provider(scope, "aws", region="eu-west-1", default_tags={"tags": {...}})`.

    Args:
        scope: a stack, or a construct in a stack.
        name: the provider's local name.
        alias: distinguishes a second configuration of the same provider.
        version: the version constraint, such as `~> 5.100`. The default is that of the stack or the app, and for
            `hashicorp/aws` `~> 6.0`; the arguments of resources are checked for this version.
        source: the provider's source address; `hashicorp/<name>` by default.
        arguments: the provider's arguments and nested blocks, by Terraform's names. `region` and a single account
            in `allowed_account_ids` are the Region and the account of the stack's constructs. In OpenTofu, `for_each`
            makes one configuration for each element; a resource has one by `provider="aws.by_region[each.key]"`.

    Raises:
        AddressError: the name or the alias is not a Terraform identifier, or the stack has this configuration already,
            or another source or version of the provider.
        ArgumentsError: the provider would reject the arguments; the error has all reasons.
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
        naming = naming_scope(scope)
        self._required = require_provider(naming.registry, name, source, version)
        self._body = _body(naming.registry, self.reference, name, {"alias": alias, **arguments})
        node_id = f"provider.{self.reference}"
        naming.registry.register(node_id, naming.path(node_id), remedy="set another `alias`")
        if self._required["source"] == "hashicorp/aws":
            self._check_region(arguments)
        location.record(naming.registry, self.reference, arguments)
        super().__init__(scope, node_id, terraform_resource_type=name)

    @property
    def reference(self) -> str:
        """Name and alias: `aws` or `aws.replica`. `provider=` of a resource accepts it, or the object itself."""
        return f"{self._name}.{self._alias}" if self._alias else self._name

    @property  # type: ignore[misc]  # CDKTF's can be set later; here it is fixed when the provider is created
    def alias(self) -> str | None:
        """The alias, or None."""
        return self._alias

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        return {
            "terraform": {"required_providers": {self._name: self._required}},
            "provider": {self._name: [self._body]},
        }

    def add_override(self, path: str, value: Any) -> None:
        """Set a value without checks at a dotted path; None removes the value."""
        override(self._body, path, value)

    def _check_region(self, arguments: Mapping[str, Any]) -> None:
        region = arguments.get("region")
        if not isinstance(region, str) or scan(region).interpolates or arguments.get("skip_region_validation"):
            return
        if not may_exist(region):
            problem = f"`region` is `{region}`, which is not an AWS Region{did_you_mean(region, region_names())}"
            raise ArgumentsError(f"provider {self.reference}", [problem])


def required_version(scope: Construct) -> str:
    """Return the version constraint on the AWS provider of the stack; empty if it has none."""
    return naming_scope(scope).registry.schema_choice.required


def _body(registry: AddressRegistry, reference: str, name: str, arguments: dict[str, Any]) -> dict[str, Any]:
    choice = registry.schema_choice
    schema = with_meta_arguments(choice.schema(), "provider", name)
    checked = json_body(arguments, schema, lambda path: choice.difference("provider", name, path))
    checked.problems += registry.require(features(LANGUAGE["provider"], checked.body, "provider"))
    if "for_each" in checked.body and "alias" not in checked.body:
        checked.problems.append("`for_each` requires `alias`")
    if checked.problems:
        raise ArgumentsError(f"provider {reference}", checked.problems)
    if not checked.blocks:
        return checked.body
    return {**checked.body, "//": {"plainwork": {"blocks": sorted(checked.blocks)}}}


def parts_of(name: str, requirement: Any) -> dict[str, str]:
    """Return source and version in an entry of `required_providers`.

    Raises:
        ArgumentsError: the entry is neither a version constraint nor a dict of these two.
    """
    if isinstance(requirement, str):
        return {"version": requirement}
    if isinstance(requirement, Mapping) and requirement.keys() <= {"source", "version"}:
        return {"version": "", **requirement}
    problem = f"`{name}` is {requirement!r}; it must be a version constraint, or a dict of `source` and `version`"
    raise ArgumentsError("required_providers", [problem])


def require_provider(
    registry: AddressRegistry, name: str, source: str | None = None, version: str | None = None
) -> Mapping[str, str]:
    """Return source and version of a provider of the stack; what is not given is that of the stack, or the default.

    An empty version is no constraint.

    Raises:
        AddressError: the stack has another source or version.
        ArgumentsError: this version would reject the arguments of a resource that the stack has already.
    """
    known = registry.providers.get(name, {})
    given = {"source": source, "version": version}
    for argument, value in given.items():
        if value and known.get(argument, value) != value:
            raise AddressError(
                f"provider {name}: stack {registry.stack!r} has {argument} {known[argument]!r} already "
                f"(value {value!r})"
            )
    required = {"source": f"hashicorp/{name}", **known, **{key: value for key, value in given.items() if value}}
    if not known and version is None and required["source"] in DEFAULT_VERSIONS:
        required.setdefault("version", DEFAULT_VERSIONS[required["source"]])
    before = registry.schema_choice.version
    registry.providers[name] = required
    if registry.schema_choice.version != before:
        check_again(registry)
    return required
