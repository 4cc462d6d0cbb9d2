"""The directory for `--external-checks-dir` registers all built-in policies, in every registry."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from checkov.common.bridgecrew.severities import Severities
from checkov.terraform.checks.resource.registry import resource_registry

from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR
from plainwork_policies.checkov.registries import REGISTRIES
from plainwork_policies.engine.registry import policies

pytestmark = pytest.mark.usefixtures("loaded")
IDS = [policy.id for policy in policies()]


@pytest.mark.parametrize("registry", REGISTRIES, ids=["resource", "data", "provider", "module"])
def test_every_built_in_policy_is_a_check(registry):
    assert [check.id for check in registry.wildcard_checks["*"] if check.id.startswith("PLW_")] == IDS


def test_loading_the_directory_twice_registers_each_check_once():
    resource_registry.load_external_checks(str(EXTERNAL_CHECKS_DIR))
    assert [check.id for check in resource_registry.get_checks("any") if check.id.startswith("PLW_")] == IDS


def test_no_id_is_part_of_another():
    assert not [(one, other) for one in IDS for other in IDS if one != other and one in other]


@pytest.mark.parametrize("policy", policies(), ids=IDS)
def test_the_name_of_a_check_has_title_slug_and_remedy(policy):
    check = resource_registry.get_check_by_id(policy.id)
    assert check.name.startswith(f"{policy.title} ({policy.slug}). Remedy: ")
    assert check.severity is Severities[policy.severity.upper()]
    assert re.fullmatch(r"https://\S+", check.guideline)


def test_the_directory_has_one_file_that_checkov_runs():
    assert [file.name for file in EXTERNAL_CHECKS_DIR.glob("[!_]*.py")] == ["plainwork_register.py"]


def test_the_directory_is_found_without_checkov():
    code = "import sys; sys.modules['checkov'] = None; from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR as d"
    found = subprocess.run([sys.executable, "-c", f"{code}; print(d)"], capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()) == EXTERNAL_CHECKS_DIR
