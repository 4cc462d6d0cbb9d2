"""The S3 backend block, whole or partial."""

from __future__ import annotations

from plainwork_core.model.stack import Backend, Stack
from plainwork_core.model.values import Unknown, Value, is_known


def s3_backends(stack: Stack) -> list[Backend]:
    """Return the stack's backend if it is `s3`; a plan has none."""
    return [stack.backend] if stack.backend and stack.backend.type == "s3" else []


def argument(backend: Backend, name: str) -> Value:
    """Return the argument *name*; where a partial block leaves it out, an `Unknown` that says so.

    A block without `bucket` or `key` is partial: Terraform needs both, so `-backend-config` gives them, and maybe more.
    https://developer.hashicorp.com/terraform/language/backend#partial-configuration
    """
    value = backend.get(name)
    absent = next(
        (each for each in ("bucket", "key") if is_known(backend.get(each)) and backend.get(each) is None), None
    )
    if value is None and absent:
        return Unknown(f"the block is partial (it has no `{absent}`): `-backend-config` gives that, and maybe more")
    return value


def is_on(value: Value) -> bool:
    """Tell whether a boolean argument is known to be true; Terraform takes `"true"` for `true`."""
    return value is True or (isinstance(value, str) and value == "true")
