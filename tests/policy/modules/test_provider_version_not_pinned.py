import json

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.modules.provider_version_not_pinned import provider_version_not_pinned

PROVIDER = 'provider "aws" {\n  region = "eu-central-1"\n}\n'
AWS = "terraform.required_providers.aws"


def required(requirement, name="aws"):
    return f"terraform {{\n  required_providers {{\n    {name} = {requirement}\n  }}\n}}\n"


def version(constraint):
    return required(f'{{\n source = "hashicorp/aws"\n version = "{constraint}"\n}}')


@pytest.fixture
def statuses(tmp_path):
    """`statuses(hcl, {name: text}, path)`: the status of each subject in a directory of `main.tf` and other files."""

    def statuses(hcl, more=None, path=""):
        for name, text in {"main.tf": hcl, **(more or {})}.items():
            (tmp_path / name).write_text(text)
        (stack,) = read(tmp_path / path)
        results = evaluate(stack, [provider_version_not_pinned], Settings())
        return {result.address: result.status for result in results}

    return statuses


@pytest.mark.parametrize("constraint", ["~> 5.0", "5.100.0", "= 5.1", ">= 5.0, < 6.0", "~>5.31.0"])
def test_a_constraint_with_an_upper_bound_passes(constraint, statuses):
    assert statuses(PROVIDER + version(constraint)) == {AWS: "passed"}


@pytest.mark.parametrize("constraint", [">= 5.0", "> 4", ">= 5.0, != 5.3.0", ""])
def test_a_constraint_without_an_upper_bound_fails(constraint, statuses):
    assert statuses(PROVIDER + version(constraint)) == {AWS: "failed"}


@pytest.mark.parametrize(
    ("hcl", "expected"),
    [
        (PROVIDER, {"provider.aws": "failed"}),
        (PROVIDER + required('{\n source = "hashicorp/random"\n}', "random"), {"provider.aws": "failed"}),
        (PROVIDER + required('{\n source = "hashicorp/aws"\n}'), {AWS: "failed"}),
        (PROVIDER + required('"~> 3.0"'), {AWS: "passed"}),
        ('provider "aws" {\n  version = "~> 2.0"\n}\n', {"provider.aws": "passed"}),
        ('provider "google" {}\n', {}),
    ],
)
def test_a_missing_version_is_that_of_the_requirement_or_of_the_provider(hcl, expected, statuses):
    assert statuses(hcl) == expected


def test_a_requirement_has_any_local_name(statuses):
    requirement = '{\n source = "registry.terraform.io/hashicorp/aws"\n version = ">= 5.0"\n}'
    hcl = 'provider "amazon" {}\n' + required(requirement, "amazon")
    assert statuses(hcl) == {"terraform.required_providers.amazon": "failed"}


def test_another_provider_of_the_local_name_is_no_subject(statuses):
    assert statuses('provider "awscc" {}\n' + required('{\n source = "hashicorp/awscc"\n}', "awscc")) == {}


@pytest.mark.parametrize(("locked", "expected"), [("aws", "passed"), ("random", "failed")])
def test_a_lock_file_pins_the_providers_in_it(locked, expected, statuses):
    lock = f'provider "registry.terraform.io/hashicorp/{locked}" {{\n  version = "5.1.0"\n}}\n'
    assert statuses(PROVIDER + version(">= 5.0"), {".terraform.lock.hcl": lock}) == {AWS: expected}


def test_a_reusable_module_is_no_subject(statuses):
    assert statuses(version(">= 5.0")) == {}


def test_one_of_several_files_is_no_subject(statuses):
    others = {"versions.tf": version("~> 5.0")}
    assert statuses(PROVIDER, others, "main.tf") == {}
    assert statuses(PROVIDER, others) == {AWS: "passed"}


def test_an_override_file_replaces_the_requirement(statuses):
    assert statuses(PROVIDER + version(">= 5.0"), {"override.tf": version("~> 5.0")}) == {AWS: "passed"}


def test_json_has_requirements_too(statuses):
    aws = '{"terraform": [{"required_providers": {"aws": {"source": "hashicorp/aws", "version": ">= 5.0"}}}]}'
    assert statuses(PROVIDER, {"versions.tf.json": aws}) == {AWS: "failed"}


@pytest.mark.parametrize(("example", "expected"), [("web/examples/complete", []), ("live", ["live"])])
def test_an_example_of_a_module_is_no_subject(example, expected, findings_of_run):
    found = findings_of_run(provider_version_not_pinned, {"web": "", example: PROVIDER})
    assert [directory for directory, _ in found] == expected


def test_a_called_module_with_a_provider_is_no_subject(findings_of_run):
    call = 'module "web" {\n  source = "../web"\n}\n'
    stacks = {"web": PROVIDER, "live": PROVIDER + version("~> 5.0") + call}
    assert findings_of_run(provider_version_not_pinned, stacks) == []


def test_an_example_of_a_module_in_a_sibling_directory_is_no_subject(findings_of_run):
    call = 'module "queue" {\n  source = "../../modules/queue"\n}\n'
    assert findings_of_run(provider_version_not_pinned, {"examples/queue": PROVIDER + call}) == []


BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "logs" {}\n'


@pytest.mark.parametrize(
    ("hcl", "expected"),
    [
        (BACKEND + BUCKET, {"terraform.backend.s3": "failed"}),
        (BACKEND + BUCKET + version("~> 6.0"), {AWS: "passed"}),
        (BACKEND + 'resource "random_id" "suffix" {}\n', {}),
        (BUCKET, {}),
    ],
)
def test_a_root_module_without_a_provider_block_requires_a_version_too(hcl, expected, statuses):
    assert statuses(hcl) == expected


@pytest.mark.parametrize(
    ("requirement", "expected"),
    [
        ({"source": "hashicorp/aws", "version": "~> 6.0"}, {AWS: "passed"}),
        ({"source": "hashicorp/aws"}, {AWS: "failed"}),
        (None, {"terraform.backend.local": "failed"}),
    ],
)
def test_a_synthesized_stack_is_a_root_module(requirement, expected, statuses):
    required_providers = {"required_providers": {"aws": requirement}} if requirement else {}
    stack = {
        "terraform": {"backend": {"local": {"path": "terraform.tfstate"}}, **required_providers},
        "resource": {"aws_s3_bucket": {"logs": {}}},
    }
    assert statuses("", {"cdk.tf.json": json.dumps(stack)}, "cdk.tf.json") == expected


def test_a_lock_file_beside_a_synthesized_stack_pins_the_provider(statuses):
    stack = json.dumps({"provider": {"aws": [{}]}})
    lock = 'provider "registry.terraform.io/hashicorp/aws" {\n  version = "6.1.0"\n}\n'
    assert statuses("", {"cdk.tf.json": stack, ".terraform.lock.hcl": lock}, "cdk.tf.json") == {
        "provider.aws": "passed"
    }


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [("~> 6.0", "passed"), (">= 5.0", "not_evaluated"), (None, "not_evaluated")],
)
def test_a_plan_shows_the_constraint_and_no_lock_file(constraint, expected, statuses):
    aws = {"name": "aws", "full_name": "registry.terraform.io/hashicorp/aws"}
    given = {"version_constraint": constraint} if constraint else {}
    plan = {
        "format_version": "1.2",
        "planned_values": {},
        "configuration": {"provider_config": {"aws": aws | given, "module.web:aws": aws}, "root_module": {}},
    }
    assert statuses("", {"plan.json": json.dumps(plan)}, "plan.json") == {AWS: expected}
