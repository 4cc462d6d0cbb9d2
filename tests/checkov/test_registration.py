"""The folder that `--external-checks-dir` points at registers the whole catalog, in every registry."""

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
def test_every_policy_of_the_catalog_is_a_check(registry):
    assert [check.id for check in registry.wildcard_checks["*"] if check.id.startswith("PLW_")] == IDS


def test_loading_the_folder_twice_registers_nothing_twice():
    resource_registry.load_external_checks(str(EXTERNAL_CHECKS_DIR))
    assert [check.id for check in resource_registry.get_checks("any") if check.id.startswith("PLW_")] == IDS


def test_no_id_is_part_of_another():
    assert not [(one, other) for one in IDS for other in IDS if one != other and one in other]


@pytest.mark.parametrize("policy", policies(), ids=IDS)
def test_a_check_says_in_its_name_what_is_wrong_and_how_to_mend_it(policy):
    check = resource_registry.get_check_by_id(policy.id)
    assert check.name.startswith(f"{policy.title} ({policy.slug}). Remedy: ")
    assert check.severity is Severities[policy.severity.upper()]
    assert re.fullmatch(r"https://\S+", check.guideline)


def test_the_folder_holds_one_file_that_checkov_executes():
    assert [file.name for file in EXTERNAL_CHECKS_DIR.glob("[!_]*.py")] == ["plainwork_register.py"]


def test_without_checkov_the_folder_can_still_be_found():
    code = "import sys; sys.modules['checkov'] = None; from plainwork_policies.checkov import EXTERNAL_CHECKS_DIR as d"
    found = subprocess.run([sys.executable, "-c", f"{code}; print(d)"], capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()) == EXTERNAL_CHECKS_DIR
