"""Own policies in Checkov: the settings name them, and Checkov runs them with the built-in ones."""

from __future__ import annotations

import json

import pytest

from plainwork_policies.checkov.check import register_policies
from plainwork_policies.checkov.registries import REGISTRIES
from plainwork_policies.engine.own_policies import source
from tests.support.own_rule import RULE

QUEUE = {"resource": {"aws_sqs_queue": {"jobs": {"name": "jobs"}}}}
HCL = 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n'


@pytest.fixture
def own(write):
    """Register the policies of a folder, as `register` does for those that the settings name."""
    register_policies(source("policies", write("policies/queues.py", RULE)).policies())
    yield
    for registry in REGISTRIES:
        registry.wildcard_checks["*"] = [check for check in registry.wildcard_checks["*"] if check.id != "ACME_001"]


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("framework", "file", "text"),
    [("terraform", "main.tf", HCL), ("terraform_json", "cdk.tf.json", json.dumps(QUEUE, indent=1))],
)
def test_a_finding_of_an_own_policy_is_a_failed_check(scan, write, framework, file, text):
    (record,) = scan(framework, write(f"stack/{file}", text) / "stack", checks="ACME_001")
    assert (record.result, record.details[0].partition(";")[0]) == ("FAILED", "aws_sqs_queue.jobs: `name` is `jobs`")


def test_the_settings_name_the_policies(checkov, write):
    write("plainwork.toml", 'own_policies = ["policies"]\n')
    write("policies/queues.py", RULE)
    directory = write("stack/main.tf", HCL) / "stack"
    done = checkov("--framework", "terraform", "-d", directory, "--check", "ACME_001")
    assert done.returncode == 1
    assert "aws_sqs_queue.jobs: `name` is `jobs`" in done.stdout


def test_a_rule_that_cannot_be_loaded_ends_the_run(checkov, write):
    write("plainwork.toml", 'own_policies = ["policies"]\n')
    write("policies/queues.py", "def f(:")
    directory = write("stack/main.tf", HCL) / "stack"
    done = checkov("--framework", "terraform", "-d", directory, "--check", "PLW_EFS_001")
    assert done.returncode == 2
    assert "policies/queues.py:1: the policy cannot be loaded: SyntaxError" in done.stderr
