import pytest

from plainwork_policies.backends.s3_state_bucket_shared import s3_state_bucket_shared
from plainwork_policies.backends.settings import BackendSettings
from plainwork_policies.engine.settings import Settings

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "%s"\n    key    = "%s"\n  }\n}\n'


@pytest.mark.parametrize(
    ("bucket", "key", "status"),
    [
        ("acme-prod-state", "prod/web.tfstate", "passed"),
        ("acme-production-state", "prod/web.tfstate", "passed"),
        ("acme-state", "prod/web.tfstate", "passed"),
        ("acme-prod-state", "network/terraform.tfstate", "passed"),
        ("acme-products-state", "dev/web.tfstate", "passed"),
        ("acme-dev-state", "prod/web.tfstate", "failed"),
        ("acme-prod-state", "staging/web.tfstate", "failed"),
    ],
)
def test_bucket_and_key_of_two_environments_fail(bucket, key, status, statuses):
    assert statuses(s3_state_bucket_shared, BACKEND % (bucket, key)) == {"terraform.backend.s3": status}


def test_the_states_of_a_run_are_compared_by_environment(findings_of_run):
    keys = {"dev": "dev/web.tfstate", "net": "prod/network.tfstate", "prod": "prod/web.tfstate"}
    found = findings_of_run(s3_state_bucket_shared, {name: BACKEND % ("acme-state", key) for name, key in keys.items()})
    assert found[0][1].startswith("`bucket` is `acme-state` and `key` is `dev/web.tfstate`;")
    assert found[0][1].endswith("states of environment `prod`: `prod/network.tfstate` of net and 1 more")
    assert [where for where, _ in found] == ["dev", "net", "prod"]


def test_a_state_that_the_stack_reads_from_the_same_bucket_is_compared(statuses):
    remote = (
        'data "terraform_remote_state" "network" {\n  backend = "s3"\n'
        '  config = {\n    bucket = "acme-state"\n    key = "dev/network.tfstate"\n  }\n}\n'
    )
    hcl = BACKEND % ("acme-state", "prod/web.tfstate") + remote
    assert statuses(s3_state_bucket_shared, hcl)["terraform.backend.s3"] == "failed"


def test_the_environments_are_a_setting(statuses):
    hcl = BACKEND % ("acme-live-state", "canary/web.tfstate")
    assert set(statuses(s3_state_bucket_shared, hcl).values()) == {"passed"}
    settings = Settings(tables=(BackendSettings(environments=("live", "canary")),))
    assert set(statuses(s3_state_bucket_shared, hcl, settings).values()) == {"failed"}


def test_without_environments_there_is_no_result(statuses):
    hcl = BACKEND % ("acme-dev-state", "prod/web.tfstate")
    assert statuses(s3_state_bucket_shared, hcl, Settings()) == {}


def test_a_partial_block_is_not_evaluated(messages):
    hcl = 'terraform {\n  backend "s3" {\n    key = "prod/web.tfstate"\n  }\n}\n'
    assert messages(s3_state_bucket_shared, hcl) == ["the backend block has no `bucket`; pass `--backend-config`"]
