"""Meta-arguments as Terraform's JSON syntax wants them: bare addresses for what points at something else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from plainwork._cdktf import TerraformDataSource, TerraformProvider, TerraformResource
from plainwork.references import key
from plainwork_core.hcl.expressions import code_of, is_token


def normalized(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments with resources, providers and lists of keys replaced by what Terraform calls them."""
    return {
        name: _FORMS[name](value) if name in _FORMS and value is not None else value
        for name, value in arguments.items()
    }


def address_of(value: Any) -> Any:
    """What Terraform calls a resource or a data source; anything else stays for the checks to judge."""
    if isinstance(value, str):
        return code_of(value) or value
    if isinstance(value, TerraformResource | TerraformDataSource) and not hasattr(value, "address"):
        prefix = "data." if isinstance(value, TerraformDataSource) else ""
        return f"{prefix}{value.terraform_resource_type}.{value.friendly_unique_id}"
    return getattr(value, "address", value)


def _addresses(value: Any) -> Any:
    return [address_of(each) for each in value] if isinstance(value, list | tuple) else value


def _lifecycle(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_lifecycle(each) for each in value]
    if not isinstance(value, Mapping) or "replace_triggered_by" not in value:
        return value
    return {**value, "replace_triggered_by": _addresses(value["replace_triggered_by"])}


def _for_each(value: Any) -> Any:
    """A list of keys becomes a set, because Terraform takes no list here."""
    if isinstance(value, list | tuple) and not is_token(value) and all(isinstance(each, str) for each in value):
        return f"${{toset([{', '.join(key(each) for each in value)}])}}"
    return value


def _provider(value: Any) -> Any:
    if not isinstance(value, TerraformProvider):
        return value
    if hasattr(value, "reference"):
        return value.reference
    return ".".join(filter(None, (value.terraform_resource_type, value.alias)))


_FORMS: dict[str, Callable[[Any], Any]] = {
    "depends_on": _addresses,
    "for_each": _for_each,
    "lifecycle": _lifecycle,
    "provider": _provider,
}
