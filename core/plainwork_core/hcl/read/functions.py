"""All functions of HCL that are evaluated; any other is unknown, with the reason.

Only those are here whose result is exact. See https://developer.hashicorp.com/terraform/language/functions and, for
`base64gunzip`, `cidrcontains` and `urldecode`, https://opentofu.org/docs/language/functions/.
"""

from __future__ import annotations

from importlib import import_module

from plainwork_core.hcl.read.conversions import to_boolean, to_number, to_text
from plainwork_core.hcl.read.encoding import json_decode, json_encode
from plainwork_core.hcl.read.functions_collections import FUNCTIONS as COLLECTIONS
from plainwork_core.hcl.read.functions_text import FUNCTIONS as TEXT
from plainwork_core.hcl.read.functions_uniform import FUNCTIONS as UNIFORM
from plainwork_core.hcl.read.references import Scope
from plainwork_core.hcl.read.signature import Function, any_value, or_null
from plainwork_core.model.values import JsonText, PartialString, Unknown, Value, merged


def call(name: str, arguments: list[Value], scope: Scope) -> Value:
    """Return the value of `name(arguments)`, an unknown where it cannot be known or is not evaluated.

    Raises:
        Rejected: arguments that Terraform would not take.
    """
    plain = name.removeprefix("core::")
    function = OFTEN.get(plain) or _seldom(plain)
    return Unknown(_reason(name)) if function is None else function(name, arguments, scope)


def _seldom(name: str) -> Function | None:
    module = next((module for module, names in SELDOM.items() if name in names), None)
    if module is None:
        return None
    functions: dict[str, Function] = import_module(f"plainwork_core.hcl.read.{module}").FUNCTIONS
    return functions[name]


def _reason(name: str) -> str:
    plain = name.removeprefix("core::")
    default = "the provider computes it; check a plan" if "::" in plain else "Terraform has no such function"
    return f"`{name}()` is not evaluated: {NOT_EVALUATED.get(plain, default)}"


def _jsondecode(text: Value) -> Value:
    if isinstance(text, JsonText):
        return text.document
    return merged([text]) if isinstance(text, Unknown) else json_decode(to_text(text))


def _tostring(value: Value) -> Value:
    if isinstance(value, Unknown):
        return value if isinstance(value, (PartialString, JsonText)) else merged([value])
    return None if value is None else to_text(value)


_SAME = Function(any_value, (any_value,), whole=True)

OFTEN = {
    **TEXT,
    **COLLECTIONS,
    **UNIFORM,
    "ephemeralasnull": _SAME,  # what is ephemeral is unknown
    "jsondecode": Function(_jsondecode, (any_value,), whole=True),
    "jsonencode": Function(json_encode, (any_value,), whole=True),
    "nonsensitive": _SAME,
    "sensitive": _SAME,
    "tobool": Function(any_value, (or_null(to_boolean),)),
    "tonumber": Function(any_value, (or_null(to_number),)),
    "tostring": Function(_tostring, (any_value,), whole=True),
}

SELDOM = {
    "functions_dates": ("formatdate", "timeadd", "timecmp"),
    "functions_documents": ("csvdecode", "yamldecode", "yamlencode"),
    "functions_encoding": (
        *("base64decode", "base64encode", "base64gunzip", "base64sha256", "base64sha512", "md5", "sha1", "sha256"),
        *("sha512", "textdecodebase64", "textencodebase64", "urldecode", "urlencode", "uuidv5"),
    ),
    "functions_files": (
        *("basename", "dirname", "file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5"),
        *("fileset", "filesha1", "filesha256", "filesha512", "pathexpand", "templatefile", "templatestring"),
    ),
    "functions_networks": ("cidrcontains", "cidrhost", "cidrnetmask", "cidrsubnet", "cidrsubnets"),
    "functions_numbers": (*("abs", "ceil", "floor", "log", "max", "min", "parseint", "pow", "range", "signum", "sum"),),
    "functions_regex": ("regex", "regexall"),
}
"""Functions that few configurations call, by module, which is imported when one does."""

NOT_EVALUATED = {
    "abspath": "it depends on the directory of the working copy",
    "base64gzip": "its result depends on the release of the compressor; check a plan",
    "bcrypt": "its result is random",
    "issensitive": "it depends on what is marked as sensitive; check a plan",
    "plantimestamp": "it is the time of the plan; check a plan",
    "rsadecrypt": "it decrypts a secret",
    "timestamp": "it is the time of the apply",
    "type": "it is a function of `terraform console` alone",
    "uuid": "its result is random",
}
"""Why a function is not evaluated."""
