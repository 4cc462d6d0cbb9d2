import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.modules.module_version_not_pinned import module_version_not_pinned
from plainwork_policies.modules.settings import ModuleSettings

CALL = 'module "m" {\n  source = "%s"\n  %s\n}\n'
REGISTRY = "terraform-aws-modules/vpc/aws"
GIT = "git::https://example.com/network.git"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
STRICT = Settings(tables=(ModuleSettings(git_ref="commit", exact_version=True),))


@pytest.mark.parametrize(
    ("source", "version", "status"),
    [
        ("./network", "", "passed"),
        ("../network", "", "passed"),
        (REGISTRY, "", "failed"),
        (REGISTRY, 'version = "5.21.0"', "passed"),
        (REGISTRY, 'version = "~> 5.0"', "passed"),
        (REGISTRY, 'version = ">= 5.0, < 6.0"', "passed"),
        (REGISTRY, 'version = ">= 5.0"', "failed"),
        (REGISTRY, "version = var.version", "not_evaluated"),
        (f"{REGISTRY}//modules/endpoints", "", "failed"),
        (f"app.terraform.io/acme/{REGISTRY.partition('/')[2]}", "", "failed"),
        (GIT, "", "failed"),
        (f"{GIT}?ref=v1.4.2", "", "passed"),
        (f"{GIT}//vpc?ref={COMMIT}", "", "passed"),
        (f"{GIT}?ref=main", "", "failed"),
        (f"{GIT}?ref=master&depth=1", "", "failed"),
        (f"{GIT}?ref=refs/heads/release", "", "failed"),
        (f"{GIT}?ref=origin/release", "", "failed"),
        (f"{GIT}?ref=refs/tags/v1.0.0", "", "passed"),
        ("github.com/hashicorp/example", "", "failed"),
        ("github.com/hashicorp/example?ref=v1.0.0", "", "passed"),
        ("git@github.com:hashicorp/example.git", "", "failed"),
        ("git::ssh://git@example.com/network.git?ref=2024.1", "", "passed"),
        ("hg::http://example.com/vpc.hg", "", "failed"),
        ("hg::http://example.com/vpc.hg?rev=8d1f", "", "passed"),
        ("https://example.com/vpc-module.zip", "", "not_evaluated"),
        ("s3::https://s3-eu-west-1.amazonaws.com/example/vpc.zip", "", "not_evaluated"),
        ("https://example.com/vpc-module.zip?checksum=sha256:0123", "", "passed"),
        ("${var.source}", "", "not_evaluated"),
    ],
)
def test_a_remote_module_must_be_pinned(source, version, status, statuses):
    assert statuses(module_version_not_pinned, CALL % (source, version)) == {"module.m": status}


@pytest.mark.parametrize(
    ("source", "version", "status"),
    [
        (REGISTRY, 'version = "~> 5.0"', "failed"),
        (REGISTRY, 'version = "5.21.0"', "passed"),
        (REGISTRY, 'version = "= 5.21.0"', "passed"),
        (f"{GIT}?ref=v1.4.2", "", "failed"),
        (f"{GIT}?ref={COMMIT}", "", "passed"),
    ],
)
def test_the_settings_can_require_one_version_and_a_commit(source, version, status, statuses):
    assert statuses(module_version_not_pinned, CALL % (source, version), STRICT) == {"module.m": status}


@pytest.mark.parametrize(
    ("source", "version", "parts", "line"),
    [
        (REGISTRY, "", ["`version` is not set", f"`{REGISTRY}`"], 1),
        (REGISTRY, 'version = ">= 5.0"', [f"`version` of `{REGISTRY}` is `>= 5.0`", "no upper bound"], 3),
        (GIT, "", [f"`source` is `{GIT}` without `ref`"], 2),
        ("hg::http://example.com/vpc.hg", "", ["without `rev`"], 2),
        (f"{GIT}?ref=main", "", [f"`source` is `{GIT}?ref=main`", "is a branch"], 2),
    ],
)
def test_the_finding_is_at_the_argument_and_has_its_value(source, version, parts, line, results):
    (finding,) = results(module_version_not_pinned, CALL % (source, version))[0].findings
    assert all(part in finding.message for part in parts)
    assert finding.location.line == line


def test_a_stack_without_modules_has_no_result(statuses):
    assert statuses(module_version_not_pinned, 'resource "aws_sqs_queue" "orders" {}\n') == {}
