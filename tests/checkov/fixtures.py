"""Checkov's runners in this process, and policies that are registered for one test."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from checkov.common.output.report import Report
from checkov.runner_filter import RunnerFilter
from checkov.terraform.checks.resource.registry import resource_registry
from checkov.terraform.plan_runner import Runner as PlanRunner
from checkov.terraform.runner import Runner as HclRunner
from checkov.terraform_json.runner import TerraformJsonRunner

from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR
from plainwork_policies.checkov.check import register_policies
from plainwork_policies.checkov.registries import REGISTRIES
from plainwork_policies.engine.policy import SECTIONS, Policy

RUNNERS = {"terraform": HclRunner, "terraform_json": TerraformJsonRunner, "terraform_plan": PlanRunner}
TRIAL = "PLW_TRIAL_001"
COMMAND = """
import sys
sys.modules.update(dict.fromkeys({broken!r}))
from checkov.main import Checkov
sys.exit(Checkov().run())
"""


@dataclass(frozen=True)
class CheckRecord:
    """One record in a report of Checkov."""

    id: str
    result: str
    resource: str
    file: str
    line: int
    details: tuple[str, ...]
    comment: str


@pytest.fixture(scope="module")
def loaded() -> None:
    """Have Checkov load the policies, as `--external-checks-dir` does."""
    resource_registry.load_external_checks(str(EXTERNAL_CHECKS_DIR))


@pytest.fixture
def report() -> Callable[..., Report]:
    """Scan *path*, a directory or a file, with the runner of *framework*; run only *checks* (with `*`)."""

    def run(framework: str, path: Path, *, checks: str = "PLW_*") -> Report:
        where = {"root_folder": str(path)} if path.is_dir() else {"root_folder": None, "files": [str(path)]}
        report = RUNNERS[framework]().run(**where, runner_filter=RunnerFilter(checks=[checks], show_progress_bar=False))
        assert isinstance(report, Report)
        return report

    return run


@pytest.fixture
def scan(report: Callable[..., Report]) -> Callable[..., list[CheckRecord]]:
    """The records of such a report."""

    def run(framework: str, path: Path, *, checks: str = "PLW_*") -> list[CheckRecord]:
        return [_record(record) for record in report(framework, path, checks=checks).get_all_records()]

    return run


@pytest.fixture
def trial() -> Iterator[Callable[..., None]]:
    """Register the policy `PLW_TRIAL_001` with *function* for one test."""

    def register(function: Any, subjects: Any = lambda stack: stack.resources) -> None:
        sections = dict.fromkeys(SECTIONS, "https://example.com/rule")
        register_policies([Policy(TRIAL, "trial-pattern", "high", "A trial pattern", sections, subjects, function)])

    yield register
    for registry in REGISTRIES:
        registry.wildcard_checks["*"] = [check for check in registry.wildcard_checks["*"] if check.id != TRIAL]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write *text* to the file *name* in a temporary directory and return the directory."""

    def put(name: str, text: str) -> Path:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return tmp_path

    return put


@pytest.fixture
def checkov(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the `checkov` command as in docs/checkov.md; *broken* names modules that cannot be imported."""
    settings = {"CKV_SKIP_PACKAGE_UPDATE_CHECK": "true", "CKV_PARSE_ERROR_FAIL": "true"}

    def run(*arguments: object, broken: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", COMMAND.format(broken=broken), "--skip-download", "--compact"]
        command += ["--external-checks-dir", str(EXTERNAL_CHECKS_DIR), *map(str, arguments)]
        environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path / "home"), **settings}
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run


def _record(record: Any) -> CheckRecord:
    result = record.check_result
    return CheckRecord(
        record.check_id,
        result["result"].value,
        record.resource,
        record.file_path,
        int(record.file_line_range[0]),
        tuple(record.details),
        result.get("suppress_comment", ""),
    )
