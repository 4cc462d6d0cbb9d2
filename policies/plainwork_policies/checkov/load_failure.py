"""Checks that fail under the ids of the policies, for the case that the policies cannot be registered."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from checkov.common.checks.base_check import BaseCheck
from checkov.common.models.enums import CheckCategories, CheckResult

from plainwork_core.errors import PlainworkError
from plainwork_policies.checkov.registries import register

BROKEN = "PLW_BROKEN_001"
_POLICY_ID = re.compile(r'^@policy\(\s*"(PLW_[A-Z]+_[0-9]{3})"', re.MULTILINE)


class LoadFailureCheck(BaseCheck):  # type: ignore[misc]  # Checkov is not installed where mypy runs
    """Fails for every block. The name states why the policies could not be registered."""

    def __init__(self, id_: str, problem: Exception) -> None:
        name = f"plainwork could not be loaded, and no policy was evaluated: {problem!r}"
        super().__init__(name, id_, [CheckCategories.CONVENTION], ["*"], "any")

    def run(self, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Fail for every entity, also with a skip comment."""
        del arguments, options
        return {"result": CheckResult.FAILED, "evaluated_keys": []}

    def scan_entity_conf(self, conf: dict[str, Any], entity_type: str) -> CheckResult:
        """Not called: `run` does not use it."""
        raise NotImplementedError


def register_load_failures(problem: Exception) -> None:
    """Register a failing check for *problem* under the id of each policy, so that `--check` cannot omit it.

    The ids are read from the text of the policies, because their import may have failed.

    Raises:
        PlainworkError: *problem* itself, if it is an invalid setting or an own policy, whose id is not known: it ends
            the run.
    """
    if isinstance(problem, PlainworkError):
        raise problem
    package = Path(__file__).parents[1]
    texts = (file.read_text(encoding="utf-8") for file in sorted(package.glob("*/*.py")))
    for id_ in (BROKEN, *(id_ for text in texts for id_ in _POLICY_ID.findall(text))):
        register(LoadFailureCheck(id_, problem))
