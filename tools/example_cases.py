"""The examples of the policies, and where the files that are generated from them are.

An example is the file `examples/policies/<family>/<policy>/<kind>.tf`, or the folder `<kind>` if it has several files.
`<kind>.tfvars` beside it has the values of variables without a default; only the plan uses them.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import by_name, loaded
from plainwork_policies.report import examples

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "policies"
GENERATED = ROOT / "tests" / "generated" / "policies"
MAIN, VALUES, BEFORE = "main.tf", "plan.tfvars", "before/"
KINDS = ("bad", "good", "unknown")


@dataclass(frozen=True, order=True)
class Case:
    """One example.

    Args:
        folder: the folder of the policy's examples.
        kind: `bad`, `good` or `unknown`.
    """

    folder: Path
    kind: str

    @cached_property
    def files(self) -> dict[str, Path]:
        """The hand-written files by the path that they have where Terraform plans the example."""
        values = self.folder / f"{self.kind}.tfvars"
        return examples.files(self.folder, self.kind) | ({VALUES: values} if values.exists() else {})

    @property
    def policy(self) -> Policy:
        """The policy that the example shows.

        Raises:
            LookupError: the index has no such policy.
        """
        try:
            return loaded(by_name(self.folder.name.replace("_", "-")))
        except InputError as error:
            raise LookupError(f"{error}; after adding a policy run python -m tools.policy_index") from error

    @property
    def main(self) -> Path:
        """The HCL of the root module."""
        return self.files[MAIN]

    @property
    def before(self) -> dict[str, Path]:
        """The files of the configuration that was applied before, if the example is a change of it."""
        return {name.removeprefix(BEFORE): file for name, file in self.files.items() if name.startswith(BEFORE)}

    @property
    def neighbors(self) -> list[Path]:
        """The other stacks and modules of the example, which a run checks with it."""
        folders = (file.parent for name, file in self.files.items() if name.count("/") == 1 and file.name == MAIN)
        return sorted(path for path in folders if path.name != BEFORE.rstrip("/"))

    @property
    def plan(self) -> Path:
        """The generated plan as JSON."""
        return GENERATED / self.name / "plan.json"

    @property
    def stamp(self) -> Path:
        """The generated file with the hash of the plan and of what it was made from."""
        return GENERATED / self.name / "plan.sha256"

    @property
    def name(self) -> str:
        """Family, policy and kind, joined by slashes."""
        return "/".join((*self.folder.parts[-2:], self.kind))


def copy(files: Mapping[str, Path], folder: Path) -> None:
    """Copy the *files* of an example to *folder*, which becomes its root module; what was applied before is omitted."""
    for name, file in files.items():
        if not name.startswith(BEFORE):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, folder / name)


def cases(which: list[str]) -> list[Case]:
    """Return all examples, or those that *which* names.

    Args:
        which: families (`tags`), policies (`tags/tag_required_missing` or a slug) or single examples
            (`tags/tag_required_missing/bad`).

    Raises:
        SystemExit: a name without an example.
    """
    folders = sorted(path for path in EXAMPLES.glob("*/*") if path.is_dir())
    every = [case for folder in folders for kind in KINDS if (case := Case(folder, kind)).files]
    named = {name: [case for case in every if _is_named(case, name)] for name in which}
    if lost := [name for name, found in named.items() if not found]:
        raise SystemExit(f"no example is named {lost[0]!r}: name a family, a policy or one example below {EXAMPLES}")
    return [case for case in every if not which or any(case in found for found in named.values())]


def _is_named(case: Case, name: str) -> bool:
    family, policy, _ = case.name.split("/")
    return name.strip("/").replace("-", "_") in (family, policy, f"{family}/{policy}", case.name)
