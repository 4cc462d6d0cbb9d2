"""Values of meta-arguments that point at a resource, a provider configuration or an attribute.

In JSON syntax these are bare addresses: https://developer.hashicorp.com/terraform/language/syntax/json.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.arguments.messages import wrong_value
from plainwork.errors import UndefinedReferenceError
from plainwork.references import checked_path
from plainwork.tree import TerraformDataSource, TerraformProvider, TerraformResource, is_a, is_of_cdktf
from plainwork_core.hcl.expressions import code_of

if TYPE_CHECKING:
    from plainwork_core.schema import TerraformType

INSTANCE = "address of a resource or module, or of one of its instances"
PATH = "address of a resource or of one of its attributes"
WHOLE = "address of a resource or module with all its instances"
PROVIDER = "provider configuration"
IGNORED = "attribute paths"
FOR_EACH = "map or set of strings"
ACTION = "address of an action or of one of its instances"
METHOD = "encryption method"
KEYWORD = "keyword"
LITERAL = "literal text"
"""Types that Terraform's own arguments have, and no provider's argument has.

`IGNORED` carries the type's schema, `KEYWORD` the words that are accepted, `LITERAL` the type of the value.
"""

_NAME = r"[A-Za-z_][\w-]*"
_KEY = r"""(\[("[^"]*"|[^]"]+)\])?"""
_MODULES = rf"(module\.{_NAME}{_KEY}\.)*"
_OR_CDKTF_MARKER = r"\$\{TfToken\[.*|"
_FORMS = {
    INSTANCE: re.compile(rf"{_OR_CDKTF_MARKER}{_MODULES}((data|ephemeral)\.)?{_NAME}\.{_NAME}{_KEY}"),
    ACTION: re.compile(rf"action\.{_NAME}\.{_NAME}{_KEY}"),
    PATH: re.compile(rf"{_OR_CDKTF_MARKER}{_NAME}(\.{_NAME}|\[[^]]+\])+"),
    METHOD: re.compile(rf"method\.{_NAME}\.{_NAME}"),
    WHOLE: re.compile(rf"(module\.{_NAME}\.)*(?!data\.){_NAME}\.{_NAME}"),
}
_RESOURCE = "a resource or its address, such as 'aws_s3_bucket.state'"
_EXPECTED = {
    ACTION: "an Action or its address, such as 'action.aws_lambda_invoke.notify'",
    METHOD: "the address of an encryption method, such as 'method.aes_gcm.main'",
}


def address_of(value: Any) -> Any:
    """Return the address of a resource or data source, the code of a whole `${...}`, or any other value unchanged."""
    if isinstance(value, str):
        return code_of(value) or str.__str__(value)
    is_data = is_a(value, TerraformDataSource)
    if is_of_cdktf(value) and (is_data or is_a(value, TerraformResource)) and not hasattr(value, "address"):
        return f"{'data.' if is_data else ''}{value.terraform_resource_type}.{value.friendly_unique_id}"
    return getattr(value, "address", value)


def convert_address(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    """Convert a resource or an address; see `plainwork.arguments.values.convert`."""
    address = address_of(value)
    if not isinstance(address, str) or not _FORMS[type_].fullmatch(address):
        problems.append(wrong_value(path, value, _EXPECTED.get(type_, _RESOURCE)))
    return address


def convert_keyword(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    """Convert one of the words of a `KEYWORD`."""
    _, words = type_
    if value not in words:
        problems.append(wrong_value(path, value, f"one of {', '.join(words)}"))
    return value


def convert_provider(value: Any, _type: TerraformType, path: str, problems: list[str]) -> Any:
    """Convert a provider or its name with alias."""
    if is_a(value, TerraformProvider):
        return getattr(value, "reference", None) or _provider_reference(value)
    if not isinstance(value, str):
        problems.append(wrong_value(path, value, "a Provider or its name and alias, such as 'aws.replica'"))
    return value


def _provider_reference(provider: TerraformProvider) -> str:
    return ".".join(filter(None, (provider.terraform_resource_type, provider.alias)))


def convert_ignored(value: Any, type_: TerraformType, path: str, problems: list[str]) -> Any:
    """Convert `"all"` or the attribute paths of `ignore_changes`."""
    if value == "all":
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        problems.append(wrong_value(path, value, "'all' or a list of attribute names"))
        return value
    _, schema = type_
    for attribute in value:
        try:
            canonical = checked_path(path, attribute, schema)
        except UndefinedReferenceError as error:
            problems.append(str(error))
        else:
            if canonical != attribute or "[*]" in canonical:
                problems.append(f"{path}[{attribute!r}] must have constant indexes in brackets, such as 'rule[0].id'")
    return [str.__str__(attribute) for attribute in value]
