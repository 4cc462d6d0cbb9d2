"""The examples of a policy: in the package once it is installed, in `examples/policies/` of a checkout."""

from __future__ import annotations

from pathlib import Path

from plainwork_policies.engine.policy import Policy

_PACKAGE = Path(__file__).parents[1]
_ROOTS = (_PACKAGE / "examples", _PACKAGE.parents[1] / "examples" / "policies")


def folder(policy: Policy) -> Path:
    """Return the folder with the examples of *policy*; it does not exist if there are none."""
    _, family, name = policy.function.__module__.split(".")
    found = [root / family / name for root in _ROOTS]
    return next((path for path in found if path.is_dir()), found[0])


def files(examples: Path, kind: str) -> dict[str, Path]:
    """Return the Terraform files of one example by their path in its root module.

    Args:
        examples: the folder of the policy's examples.
        kind: `bad`, `good` or `unknown`. The example is the file `<kind>.tf`, or the folder `<kind>` if it has several.
    """
    single = examples / f"{kind}.tf"
    if single.is_file():
        return {"main.tf": single}
    root = examples / kind
    return {file.relative_to(root).as_posix(): file for file in sorted(root.rglob("*.tf"))}
