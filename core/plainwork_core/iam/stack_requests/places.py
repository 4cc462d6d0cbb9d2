"""The partition, Region and account of a resource: those of its provider configuration, as far as it states them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from plainwork_core.aws.regions import partition
from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import Text
from plainwork_core.model.stack import Provider, Resource, Stack
from plainwork_core.model.values import Unknown, Value

ACCOUNT = "account"
"""What a message shows for the account of a provider that does not state it: `arn:aws:iam::${account}:role/ci`."""
_DEFAULT_PARTITION = "aws"
_CREDENTIALS = (
    "access_key",
    "assume_role",
    "assume_role_with_web_identity",
    "allowed_account_ids",
    "profile",
    "shared_config_files",
    "shared_credentials_files",
)
"""The arguments of a provider configuration that determine its account."""


@frozen(slots=True)
class Place:
    """Where a resource is. Two resources of a stack with the same credentials have the same account."""

    partition: Text
    region: Text
    account: Text

    def of(self, variable: str) -> Text:
        """Return the value of a variable of an ARN format: `Partition`, `Region` or `Account`."""
        value: Text = getattr(self, variable.lower())
        return value


class Places:
    """The places of the resources of a stack.

    Args:
        stack: the stack.
        account: ID of the account of the stack's default credentials, if the user gives it.
    """

    def __init__(self, stack: Stack, account: str = "") -> None:
        self.stack, self.account = stack, account
        self._known: dict[str, Place] = {}
        default = next((one for one in stack.providers if one.name == "aws" and not one.alias and not one.module), None)
        self._default = _credentials(default)

    def of(self, resource: Resource) -> Place:
        """Return the place of a resource or data source."""
        key = resource.provider_key
        region = resource.attribute("region")
        base = self._of_provider(key, self.stack.provider_of(resource))
        return Place(partition(region), region, base.account) if isinstance(region, str) and region else base

    @property
    def default(self) -> Place:
        """The place of a resource with the default provider configuration."""
        found = (one for one in self.stack.providers if one.name == "aws" and not one.module)
        provider = next((one for one in found if not one.alias), None)
        return self._of_provider("aws", provider)

    def _of_provider(self, key: str | Unknown, provider: Provider | Unknown | None) -> Place:
        if isinstance(key, Unknown) or isinstance(provider, Unknown):
            why = key if isinstance(key, Unknown) else provider
            assert isinstance(why, Unknown)  # noqa: S101  for mypy
            return Place(_DEFAULT_PARTITION, Unknown(why.reason), Unknown(why.reason))
        if key not in self._known:
            self._known[key] = self._read(provider)
        return self._known[key]

    def _read(self, provider: Provider | None) -> Place:
        region = _text(provider, "region")
        if isinstance(region, str) and region:
            return Place(partition(region), region, self._account(provider))
        name = provider.address if provider else "provider.aws"
        unknown = region if isinstance(region, Unknown) else Unknown(f"`{name}` has no `region`", ("region",))
        return Place(_DEFAULT_PARTITION, unknown, self._account(provider))

    def _account(self, provider: Provider | None) -> Text:
        allowed = provider.get("allowed_account_ids") if provider else None
        if isinstance(allowed, list) and len(allowed) == 1 and isinstance(allowed[0], str):
            return allowed[0]
        credentials = _credentials(provider)
        if credentials == self._default:
            return self.account or Unknown(_account_reason(provider), (ACCOUNT,))
        assert provider is not None  # noqa: S101  without a configuration, the credentials are the default ones
        return Unknown(_account_reason(provider), (f"{ACCOUNT} of {credentials}",))


def _account_reason(provider: Provider | None) -> str:
    name = provider.address if provider else "provider.aws"
    return f"the account of `{name}` is not known; set `allowed_account_ids` in it, or give the account"


def _credentials(provider: Provider | None) -> str:
    """Return what determines the account of a provider configuration, as text that is equal for equal accounts."""
    values = {name: provider.get(name) for name in _CREDENTIALS} if provider else {}
    stated = {name: _plain(value) for name, value in values.items() if value is not None}
    return json.dumps(stated, sort_keys=True) if stated else ""


def _plain(value: Value) -> Value:
    if isinstance(value, Unknown):
        return list(value.references) or value.reason
    if isinstance(value, Mapping):
        return {name: _plain(member) for name, member in value.items()}
    return [_plain(member) for member in value] if isinstance(value, list) else value


def _text(provider: Provider | None, name: str) -> Text:
    value = provider.get(name) if provider else None
    return value if isinstance(value, (str, Unknown)) else ""
