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
def test_a_key_with_environment_and_component_passes(key, statuses):
    assert statuses(s3_backend_key_naming, BACKEND % f'"{key}"') == {"terraform.backend.s3": "passed"}


@pytest.mark.parametrize(
    ("key", "rule"),
    [
        ("prod/../web.tfstate", "S3 does not resolve the segment `..`"),
        ("./web.tfstate", "S3 does not resolve the segment `.`"),
        ("terraform.tfstate", "it contains neither environment nor component"),
        ("state", "it contains neither environment nor component"),
        ("final-final-v3", "`final` is not a stable name"),
        ("prod/web-copy.tfstate", "`copy` is not a stable name"),
        ("prod/web_old2.tfstate", "`old` is not a stable name"),
        ("tmp/web.tfstate", "`tmp` is not a stable name"),
        ("web.tfstate", "does not match `{environment}/{component}.tfstate`"),
        ("prod/web", "does not match `{environment}/{component}.tfstate`"),
        ("prod/my web.tfstate", "does not match `{environment}/{component}.tfstate`"),
    ],
)
def test_the_message_names_the_key_and_the_rule_that_it_violates(key, rule, messages):
    (message,) = messages(s3_backend_key_naming, BACKEND % f'"{key}"')
    assert message.startswith(f"`key` is `{key}`")
    assert rule in message


@pytest.mark.parametrize(
    ("key", "status"),
    [
        ("network.tfstate", "passed"),
        ("terraform.tfstate", "passed"),
        ("prod/network.tfstate", "passed"),
        ("network-old.tfstate", "failed"),
        ("network", "failed"),
    ],
)
def test_with_a_workspace_key_prefix_the_workspace_is_the_environment(key, status, statuses):
    hcl = BACKEND % f'"{key}"\n    workspace_key_prefix = "network"'
    assert statuses(s3_backend_key_naming, hcl) == {"terraform.backend.s3": status}


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
    ],
)
def test_the_state_backend_accepts_the_keys_that_pass(key, is_valid, statuses):
    status = statuses(s3_backend_key_naming, BACKEND % f'"{key}"')
    assert status == {"terraform.backend.s3": "passed" if is_valid else "failed"}
    with nullcontext() if is_valid else pytest.raises(StateKeyError):
        StateKey(key)


@pytest.mark.parametrize(
    ("key", "reason"),
    [
        ("null", "the backend block has no `key`; pass `--backend-config`"),
        ("var.key", "`var.key` is not allowed here"),
    ],
)
def test_a_key_that_is_omitted_or_unknown_is_not_evaluated(key, reason, messages):
    assert messages(s3_backend_key_naming, BACKEND.replace("key", 'bucket = "state"\n    key') % key) == [reason]


def test_the_pattern_is_a_setting(results, statuses):
    settings = Settings(tables=(BackendSettings(key_pattern=r"[a-z]+\.json"),))
    assert statuses(s3_backend_key_naming, BACKEND % '"network.json"', settings) == {"terraform.backend.s3": "passed"}
    (finding,) = results(s3_backend_key_naming, BACKEND % '"prod/web.tfstate"', settings)[0].findings
    assert r"`prod/web.tfstate`, which does not match `[a-z]+\.json` (`[backends] key_pattern`)" in finding.message
    assert finding.remedy.startswith(r"Use `[a-z]+\.json`;")


@pytest.mark.parametrize("key", ["terraform.tfstate", "final-final-v3", "prod/../web.tfstate", "state"])
def test_a_pattern_of_the_team_replaces_the_rules_of_the_default(key, statuses):
    settings = Settings(tables=(BackendSettings(key_pattern=".*"),))
    assert statuses(s3_backend_key_naming, BACKEND % f'"{key}"', settings) == {"terraform.backend.s3": "passed"}


@pytest.mark.parametrize("key", ["/prod/web", "prod/web/", "prod//web"])
def test_a_key_that_terraform_rejects_is_a_finding_of_another_policy(key, statuses):
    assert statuses(s3_backend_key_naming, BACKEND % f'"{key}"') == {"terraform.backend.s3": "passed"}


def test_a_pattern_that_is_not_a_regular_expression_is_rejected():
    with pytest.raises(InputError, match=r"^`key_pattern` is '\(', which is not a regular expression: missing \)"):
        BackendSettings(key_pattern="(")
