"""What is registered when the policies cannot be: a check that fails under each of their ids."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from checkov.common.checks.base_check import BaseCheck
from checkov.common.models.enums import CheckCategories, CheckResult

from plainwork_policies.checkov.registries import register

BROKEN = "PLW_BROKEN_001"
_POLICY_ID = re.compile(r'^@policy\(\s*"(PLW_[A-Z]+_[0-9]{3})"', re.MULTILINE)


class LoadFailureCheck(BaseCheck):  # type: ignore[misc]  # Checkov's classes are not known to mypy here
    """Fails for every block, saying why the policies could not be registered."""

    def __init__(self, id_: str, problem: Exception) -> None:
        name = f"plainwork could not be loaded, so nothing was judged: {problem!r}"
        super().__init__(name, id_, [CheckCategories.CONVENTION], ["*"], "any")

    def run(self, *told: Any, **named: Any) -> dict[str, Any]:
        """Fail, whatever is asked, skip comments included."""
        del told, named
        return {"result": CheckResult.FAILED, "evaluated_keys": []}

    def scan_entity_conf(self, conf: dict[str, Any], entity_type: str) -> CheckResult:
        """Never called: `run` answers."""
        raise NotImplementedError


def register_load_failures(problem: Exception) -> None:
    """Register a failing check for *problem* under each policy's id, so that `--check` cannot leave it out.

    The ids are read from the text of the policies, because to import them is what may have failed.
    """
    package = Path(__file__).parents[1]
    texts = (file.read_text(encoding="utf-8") for file in sorted(package.glob("*/*.py")))
    for id_ in (BROKEN, *(id_ for text in texts for id_ in _POLICY_ID.findall(text))):
        register(LoadFailureCheck(id_, problem))
