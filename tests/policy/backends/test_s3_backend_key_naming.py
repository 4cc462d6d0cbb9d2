from contextlib import nullcontext

import pytest

from plainwork.s3_state_backend.state_keys import StateKey, StateKeyError
from plainwork_core.errors import InputError
from plainwork_policies.backends.s3_backend_key_naming import s3_backend_key_naming
from plainwork_policies.backends.settings import BackendSettings
from plainwork_policies.engine.settings import Settings

BACKEND = 'terraform {\n  backend "s3" {\n    key = %s\n  }\n}\n'


@pytest.mark.parametrize(
    "key",
    [
        "prod/network.tfstate",
        "prod/eu-central-1/network.tfstate",
        "prod/network/terraform.tfstate",
        "prod/api-v2.tfstate",
        "prod/newrelic.tfstate",
        "prod/renewals.tfstate",
        "gold/backup.tfstate",
        "golden-copyright/finals.tfstate",
    ],
)
def test_a_key_that_names_environment_and_component_passes(key, statuses):
    assert statuses(s3_backend_key_naming, BACKEND % f'"{key}"') == {"terraform.backend.s3": "passed"}


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("/prod/web.tfstate", "begins with a slash: Terraform rejects it"),
        ("prod/web.tfstate/", "ends with a slash: Terraform rejects it"),
        ("prod//web.tfstate", "has an empty part (`//`): Terraform rejects it"),
        ("prod/../web.tfstate", "has a part of dots: to S3 it is a name like any other, and leads nowhere"),
        ("terraform.tfstate", "says neither environment nor component"),
        ("state", "says neither environment nor component"),
        ("final-final-v3", "has a part that ends with `final`: the name does not show which version is in use"),
        ("prod/web-copy.tfstate", "has a part that ends with `copy`: the name does not show which version is in use"),
        ("prod/web_old2.tfstate", "has a part that ends with `old`: the name does not show which version is in use"),
        ("tmp/web.tfstate", "has a part that ends with `tmp`: the name does not show which version is in use"),
        ("web.tfstate", "is not of the form environment/component.tfstate"),
        ("prod/web", "is not of the form environment/component.tfstate"),
        ("prod/my web.tfstate", "is not of the form environment/component.tfstate"),
    ],
)
def test_the_message_names_the_rule_that_a_key_breaks(key, rule, messages):
    assert messages(s3_backend_key_naming, BACKEND % f'"{key}"') == [f"has the key `{key}`, which {rule}"]


@pytest.mark.parametrize(
    ("key", "is_valid"),
    [
        ("prod/web.tfstate", True),
        ("prod/api-v2.tfstate", True),
        ("prod/new-york.tfstate", True),
        ("prod/web-new.tfstate", False),
        ("prod/temp.tfstate", False),
        ("prod/orig/web.tfstate", False),
        ("prod/latest.tfstate", False),
        ("prod/web-old2.tfstate", False),
        ("prod//web.tfstate", False),
    ],
)
def test_the_state_backend_accepts_the_keys_that_pass(key, is_valid, statuses):
    verdict = statuses(s3_backend_key_naming, BACKEND % f'"{key}"')
    assert verdict == {"terraform.backend.s3": "passed" if is_valid else "failed"}
    with nullcontext() if is_valid else pytest.raises(StateKeyError):
        StateKey(key)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("null", "the block is partial: `-backend-config` gives `key`"),
        ("var.key", "`var.key` is not allowed here"),
    ],
)
def test_a_key_that_is_not_written_is_not_evaluated(key, reason, messages):
    assert messages(s3_backend_key_naming, BACKEND % key) == [f"{reason}"]


def test_the_form_is_a_setting(results, statuses):
    settings = Settings(tables=(BackendSettings(key_pattern=r"[a-z]+\.json"),))
    assert statuses(s3_backend_key_naming, BACKEND % '"network.json"', settings) == {"terraform.backend.s3": "passed"}
    (finding,) = results(s3_backend_key_naming, BACKEND % '"prod/web.tfstate"', settings)[0].findings
    assert finding.message == r"has the key `prod/web.tfstate`, which is not of the form `[a-z]+\.json`"
    assert finding.remedy == r"name it by the form `[a-z]+\.json`"


def test_a_form_that_is_no_regular_expression_is_refused():
    with pytest.raises(
        InputError, match=r"^\[backends\] key_pattern is '\(', which is not a regular expression: missing \)"
    ):
        BackendSettings(key_pattern="(")
