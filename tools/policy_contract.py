"""The import rule that import-linter has no form for: the module of a policy is imported by no other module."""

from __future__ import annotations

import json
from pathlib import Path

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, output

INDEX = Path(__file__).parent.parent / "policies" / "plainwork_policies" / "data" / "policies.json"


class PolicyContract(Contract):
    """No module imports a policy: what several policies share is in the family's `subjects` or in core."""

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002, FBT001  the base class's form
        """Find the imports of the policies in the index."""
        policies = {policy["module"] for policy in json.loads(INDEX.read_text(encoding="utf-8"))["policies"]}
        broken = sorted(
            f"{importer} imports {policy}"
            for policy in policies & graph.modules
            for importer in graph.find_modules_that_directly_import(policy)
        )
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each import."""
        for line in check.metadata["broken"]:
            output.print_error(line)
