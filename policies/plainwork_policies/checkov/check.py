"""A policy as a check of Checkov. The check fails unless the policy has a result."""

from __future__ import annotations

import re
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


class PolicyCheck(BaseCheck):  # type: ignore[misc]  # Checkov is not installed where mypy runs
    """One policy, evaluated on blocks of all types.

    The name contains the remedy, because SARIF, JUnit, GitLab and Markdown reports omit the details.
    """

    def __init__(self, policy: Policy, adapter: CheckovAdapter) -> None:
        remedy = policy.sections.get("Remedy", "")
        name = f"{policy.title} ({policy.slug}).{f' Remedy: {_first_sentence(remedy)}' if remedy else ''}"
        super().__init__(name, policy.id, [CheckCategories.CONVENTION], ["*"], "any", guideline=pages.url(policy))
        self.severity = Severities[policy.severity.upper()]
        self._adapter = adapter

    def run(
        self,
        scanned_file: str,
        entity_configuration: dict[str, Any],
        entity_name: str,
        entity_type: str,
        skip_info: dict[str, str],
    ) -> dict[str, Any]:
        """Return the result in Checkov's form. An exception is FAILED, because Checkov drops a check that raises."""
        del scanned_file
        self.entity_type = entity_type  # Checkov masks secrets in the printed lines by it
        try:
            outcome = self._adapter.outcome(self.id, entity_type, entity_name, entity_configuration)
        except KeyboardInterrupt:
            raise
        except BaseException as problem:  # noqa: BLE001  a SystemExit would end in exit code 0, too
            outcome = error_outcome(problem)
        self.details = list(outcome.details) if outcome else []
        return _check_result(outcome, skip_info)

    def scan_entity_conf(self, conf: dict[str, Any], entity_type: str) -> CheckResult:
        """Not called: `run` does not use it."""
        raise NotImplementedError


def register_policies(policies: Iterable[Policy]) -> None:
    """Register a check for each of *policies*; all share one adapter."""
    adapter = CheckovAdapter(tuple(policies))
    for policy in adapter.policies:
        register(PolicyCheck(policy, adapter))


def _check_result(outcome: CheckOutcome | None, skip_info: dict[str, str]) -> dict[str, Any]:
    if outcome is None:
        return {"result": CheckResult.UNKNOWN}  # no record: the entity is not a subject of the policy
    is_skipped = bool(skip_info) and not outcome.is_error and not _is_waiver(skip_info["suppress_comment"])
    return {
        "result": CheckResult.SKIPPED if is_skipped else CheckResult[outcome.result],
        "suppress_comment": skip_info["suppress_comment"] if is_skipped else outcome.comment,
        "evaluated_keys": list(outcome.paths),
    }


def _is_waiver(comment: str) -> bool:
    """Return whether a skip comment is a waiver of plainwork, which the outcome respects until its date."""
    return re.match(r"(at .+ )?until \S+: ", comment) is not None


def _first_sentence(text: str) -> str:
    prose = text.partition("::")[0]
    return " ".join(prose.split()).partition(". ")[0].removesuffix(".")
