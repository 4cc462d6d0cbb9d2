"""OpenTofu state encryption has a fallback for unencrypted state.

What: A `fallback` from or to a method of the type `unencrypted`, in `state` or `plan` of an `encryption` block.
Why: Such a fallback is for one migration. While it is in place, OpenTofu also reads a state without encryption: an
    attacker who can write the state can replace it by a manipulated one, which OpenTofu rejects without the fallback.
    With `unencrypted` as the method itself, OpenTofu writes the state in plain text. With `enforced = true`, OpenTofu
    rejects the block.
Remedy: Apply once, then remove the `fallback`, and set `enforced = true`. After a rollback, remove the target.
Limitations: Whether the migration is complete cannot be determined. A fallback from one encryption method to another
    one, after a key was replaced, passes. `remote_state_data_sources` and `TF_ENCRYPTION`, which overrides the block,
    are not checked. A plan does not contain the block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Block, Finding, Findings, Subjects, check_each, policy

_TARGETS = ("state", "plan")
_METHOD = re.compile(r"method\.([\w-]+)\.[\w-]+")
_UNENCRYPTED = "unencrypted"


@policy(
    "PLW_BACKEND_018",
    "opentofu-encryption-unencrypted-fallback",
    severity="medium",
    on=Subjects(("encryption",), lambda stack: [stack.encryption] if stack.encryption else [], Block),
    links=("https://opentofu.org/docs/language/state/encryption/#pre-existing-project",),
)
def opentofu_encryption_unencrypted_fallback(encryption: Block) -> Findings:
    """Check the encryption of the state, and that of plans."""
    yield from check_each(_TARGETS, lambda name: _problems(encryption, name))


def _problems(encryption: Block, name: str) -> Findings:
    target = encryption.block(name)
    methods = [] if target is None else list(_methods(target))
    types = [_type(method) for method in methods]
    if len(methods) > 1 and _UNENCRYPTED in types:
        index = types.index(_UNENCRYPTED)
        yield _written(name, methods[index]) if index == 0 else _read(name, methods[index])
    elif len(methods) > 1 and None in types:
        method = methods[types.index(None)]
        raise method.not_evaluated(f"`{_address(method)}` is not the address of an encryption method")


def _read(name: str, method: Argument) -> Finding:
    return method.fail(
        f"`{name}` has `{_address(method)}` in a `fallback`; OpenTofu also reads it in plain text",
        remedy="Remove the `fallback` after one `tofu apply`, and set `enforced = true`.",
    )


def _written(name: str, method: Argument) -> Finding:
    return method.fail(
        f"`{name}` has the method `{_address(method)}` and a `fallback`; OpenTofu writes it in plain text",
        remedy=f"Remove `{name}` after one `tofu apply`, or make the `fallback` its method again.",
    )


def _methods(target: Block) -> Iterator[Argument]:
    """Yield the method of a target, and those of its fallback, which can have one, too."""
    block: Block | None = target
    while block is not None:
        if block["method"].is_configured:
            yield block["method"]
        block = block.block("fallback")


def _type(method: Argument) -> str | None:
    found = _METHOD.fullmatch(_address(method))
    return found[1] if found else None


def _address(method: Argument) -> str:
    """Return the address, which is a reference in HCL and a string in JSON."""
    raw = method.raw
    return next(iter(raw.references), "") if isinstance(raw, Unknown) else str(raw)
