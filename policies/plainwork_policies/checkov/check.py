"""The check: a policy in the form that Checkov asks, which fails unless there is a clean verdict."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from checkov.common.bridgecrew.severities import Severities
from checkov.common.checks.base_check import BaseCheck
from checkov.common.models.enums import CheckCategories, CheckResult

from plainwork_policies.checkov.adapter import CheckovAdapter
from plainwork_policies.checkov.outcome import CheckOutcome, error_outcome
from plainwork_policies.checkov.registries import register
from plainwork_policies.engine.policy import Policy
from plainwork_policies.report import pages


class PolicyCheck(BaseCheck):  # type: ignore[misc]  # Checkov's classes are not known to mypy here
    """One policy, asked about every block of every kind.

    The name holds what SARIF, JUnit, GitLab and Markdown show, which leave the details out.
    """

    def __init__(self, policy: Policy, judging: CheckovAdapter) -> None:
        name = f"{policy.title} ({policy.slug}). Remedy: {_first_sentence(policy.sections['Remedy'])}"
        super().__init__(name, policy.id, [CheckCategories.CONVENTION], ["*"], "any", guideline=pages.url(policy))
        self.severity = Severities[policy.severity.upper()]
        self._judging = judging

    def run(
        self,
        scanned_file: str,
        entity_configuration: dict[str, Any],
        entity_name: str,
        entity_type: str,
        skip_info: dict[str, str],
    ) -> dict[str, Any]:
        """Tell Checkov; whatever goes wrong on the way is FAILED, because Checkov drops a check that raises."""
        del scanned_file
        self.entity_type = entity_type  # by which Checkov masks secrets in the lines it prints
        try:
            given = self._judging.answer(self.id, entity_type, entity_name, entity_configuration)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # noqa: BLE001  a SystemExit too would end in exit code 0
            given = error_outcome(problem)
        self.details = list(given.details) if given else []
        return _check_result(given, skip_info)

    def scan_entity_conf(self, conf: dict[str, Any], entity_type: str) -> CheckResult:
        """Never called: `run` answers."""
        raise NotImplementedError


def register_policies(policies: Iterable[Policy]) -> None:
    """Register a check for each of *policies*; all share one judging."""
    judging = CheckovAdapter(tuple(policies))
    for policy in judging.policies:
        register(PolicyCheck(policy, judging))


def _check_result(given: CheckOutcome | None, skip_info: dict[str, str]) -> dict[str, Any]:
    if given is None:
        return {"result": CheckResult.UNKNOWN}  # leaves no record: the entity is not a subject of the policy
    is_skipped = bool(skip_info) and given.is_verdict
    return {
        "result": CheckResult.SKIPPED if is_skipped else CheckResult[given.result],
        "suppress_comment": skip_info["suppress_comment"] if is_skipped else given.comment,
        "evaluated_keys": list(given.paths),
    }


def _first_sentence(text: str) -> str:
    prose = text.partition("::")[0]
    return " ".join(prose.split()).partition(". ")[0].removesuffix(".")
