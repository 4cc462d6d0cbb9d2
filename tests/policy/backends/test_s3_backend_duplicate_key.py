import pytest

from plainwork_policies.backends.s3_backend_duplicate_key import s3_backend_duplicate_key

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "%s"\n  }\n}\n'
WEB = BACKEND % "prod/web.tfstate"
REMOTE = (
    'data "terraform_remote_state" "network" {\n  backend = "s3"\n'
    '  config = {\n    bucket = "state"\n    key    = "%s"\n  }\n}\n'
)


def with_prefix(hcl, prefix):
    return hcl.replace("    key ", f'    workspace_key_prefix = "{prefix}"\n    key ')


def test_two_stacks_with_one_state_fail_and_name_each_other(findings_of_run):
    stacks = {"a": WEB, "b": WEB, "c": BACKEND % "prod/network.tfstate"}
    assert findings_of_run(s3_backend_duplicate_key, stacks) == [
        (one, f"`bucket` and `key` are `state` and `prod/web.tfstate`, which {other} also uses")
        for one, other in (("a", "b"), ("b", "a"))
    ]


def test_a_stack_has_one_finding_which_names_the_first_other_and_counts_the_rest(findings_of_run):
    found = findings_of_run(s3_backend_duplicate_key, dict.fromkeys("abcd", WEB))
    assert [stack for stack, _ in found] == ["a", "b", "c", "d"]
    assert found[0][1].endswith("which b and 2 more also use")


@pytest.mark.parametrize(
    ("other", "stacks"),
    [
        (with_prefix(WEB, "network"), ["a", "c"]),
        (with_prefix(WEB, "web"), ["a", "b", "c"]),
    ],
)
def test_states_with_different_workspace_key_prefixes_are_different(other, stacks, findings_of_run):
    web = with_prefix(WEB, "web")
    found = findings_of_run(s3_backend_duplicate_key, {"a": web, "b": other, "c": web})
    assert [stack for stack, _ in found] == stacks


def test_the_default_prefix_is_the_same_as_none(findings_of_run):
    found = findings_of_run(s3_backend_duplicate_key, {"a": WEB, "b": with_prefix(WEB, "env:")})
    assert [stack for stack, _ in found] == ["a", "b"]


@pytest.mark.parametrize("prefix", ["members/$application", "members/{{ app }}", "<name>", "__NAME__", "%APP%"])
def test_a_template_with_a_placeholder_is_not_evaluated(prefix, statuses):
    assert statuses(s3_backend_duplicate_key, with_prefix(WEB, prefix)) == {"terraform.backend.s3": "not_evaluated"}


@pytest.mark.parametrize("prefix", ["var.prefix", '["a"]', "merge(var.a, { b = 1 })"])
def test_a_prefix_that_is_unknown_or_not_a_string_is_not_evaluated(prefix, statuses):
    hcl = with_prefix(WEB, "x").replace('"x"', prefix)
    assert statuses(s3_backend_duplicate_key, hcl) == {"terraform.backend.s3": "not_evaluated"}


@pytest.mark.parametrize(
    "other", [WEB.replace('"state"', '"another"'), WEB.replace('"s3"', '"gcs"'), 'provider "aws" {}\n']
)
def test_another_bucket_or_backend_is_another_state(other, findings_of_run):
    assert findings_of_run(s3_backend_duplicate_key, {"a": WEB, "b": other}) == []


def test_a_snapshot_of_a_stack_is_not_another_stack(findings_of_run):
    ((stack, message),) = findings_of_run(s3_backend_duplicate_key, {"a": WEB, "__snapshots__/a": WEB})
    assert stack == "__snapshots__/a"
    assert message.endswith("which a also uses")


@pytest.mark.parametrize(("key", "status"), [("prod/network.tfstate", "passed"), ("prod/web.tfstate", "failed")])
def test_a_stack_that_reads_its_own_state_as_another_fails(key, status, statuses):
    assert statuses(s3_backend_duplicate_key, WEB + REMOTE % key)["terraform.backend.s3"] == status


def test_the_finding_names_the_data_source(messages):
    (message,) = messages(s3_backend_duplicate_key, WEB + REMOTE % "prod/web.tfstate")
    assert message.endswith("which data.terraform_remote_state.network also uses")


def test_a_partial_block_is_not_evaluated(messages):
    hcl = 'terraform {\n  backend "s3" {\n    bucket = "state"\n  }\n}\n'
    assert messages(s3_backend_duplicate_key, hcl) == ["the backend block has no `key`; pass `--backend-config`"]
