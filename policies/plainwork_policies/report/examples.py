"""The examples of a policy: in the installed package, or in `examples/policies/` of a checkout."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

from plainwork_policies.engine.policy import Policy

_PACKAGE = Path(__file__).parents[1]
_ROOTS = (_PACKAGE / ".examples", _PACKAGE.parents[1] / "examples" / "policies")
_MARKED = re.compile(r"^ *# remedy\n(.*?)^ *# end remedy$", re.MULTILINE | re.DOTALL)


def directory(policy: Policy) -> Path:
    """Return the directory with the examples of *policy*; it does not exist if there are none."""
    name = Path(*policy.module.split(".")[-2:])
    found = [root / name for root in _ROOTS]
    return next((path for path in found if path.is_dir()), found[0])


def files(examples: Path, kind: str) -> dict[str, Path]:
    """Return the Terraform files of one example by their path in its root module.

    Args:
        examples: the directory of the policy's examples.
        kind: `bad`, `good` or `unknown`. The example is the file `<kind>.tf` or the directory `<kind>`.
    """
    single = examples / f"{kind}.tf"
    if single.is_file():
        return {"main.tf": single}
    root = examples / kind
    return {file.relative_to(root).as_posix(): file for file in sorted(root.rglob("*.tf"))}


def found(examples: Path) -> dict[str, str]:
    """Return the HCL of the example that fails, by file."""
    return _texts(examples, "bad")


def remedy(examples: Path) -> dict[str, str]:
    """Return the HCL of the example that passes, by file.

    In a long file, `# remedy` and `# end remedy` mark the parts that are the remedy; the other parts are omitted.
    """
    texts = _texts(examples, "good")
    marked = {name: "\n".join(map(dedent, _MARKED.findall(text))) for name, text in texts.items()}
    return {name: text for name, text in marked.items() if text} or texts


def _texts(examples: Path, kind: str) -> dict[str, str]:
    """Return the text of each file of an example by its path in the directory of the examples."""
    paths = files(examples, kind).values()
    return {path.relative_to(examples).as_posix(): path.read_text(encoding="utf-8") for path in paths}
