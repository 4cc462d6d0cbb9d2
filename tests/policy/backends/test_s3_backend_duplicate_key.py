import pytest

from plainwork_policies.backends.s3_backend_duplicate_key import s3_backend_duplicate_key

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    key    = "%s"\n  }\n}\n'
WEB = BACKEND % "prod/web.tfstate"
REMOTE = (
    'data "terraform_remote_state" "network" {\n  backend = "s3"\n'
    '  config = {\n    bucket = "state"\n    key    = "%s"\n  }\n}\n'
)


def test_two_stacks_of_a_run_have_two_states(findings_of_run):
    stacks = {"a": WEB, "b": WEB, "c": BACKEND % "prod/network.tfstate"}
    assert findings_of_run(s3_backend_duplicate_key, stacks) == [
        (one, f"keeps its state in `s3://state/prod/web.tfstate`, which is the state of the stack {other} too")
        for one, other in (("a", "b"), ("b", "a"))
    ]


@pytest.mark.parametrize(
    "other", [WEB.replace('"state"', '"another"'), WEB.replace('"s3"', '"gcs"'), 'provider "aws" {}\n']
)
def test_another_bucket_or_backend_is_another_place(other, findings_of_run):
    assert findings_of_run(s3_backend_duplicate_key, {"a": WEB, "b": other}) == []


def test_snapshots_of_a_stack_are_no_other_stacks(findings_of_run):
    assert findings_of_run(s3_backend_duplicate_key, {"a": WEB, "__snapshots__/a": WEB}) == [
        ("__snapshots__/a", "keeps its state in `s3://state/prod/web.tfstate`, which is the state of the stack a too")
    ]


@pytest.mark.parametrize(("key", "verdict"), [("prod/network.tfstate", "passed"), ("prod/web.tfstate", "failed")])
def test_what_a_stack_reads_as_another_state_is_not_its_own(key, verdict, statuses):
    assert statuses(s3_backend_duplicate_key, WEB + REMOTE % key)["terraform.backend.s3"] == verdict


def test_the_finding_names_the_data_source(messages):
    assert messages(s3_backend_duplicate_key, WEB + REMOTE % "prod/web.tfstate") == [
        (
            "keeps its state in `s3://state/prod/web.tfstate`, "
            "which is the state of data.terraform_remote_state.network too"
        )
    ]


def test_a_partial_block_may_be_given_a_key_of_its_own(messages):
    hcl = 'terraform {\n  backend "s3" {\n    bucket = "state"\n  }\n}\n'
    assert messages(s3_backend_duplicate_key, hcl) == [
        "the block is partial (it has no `key`): `-backend-config` gives that, and maybe more"
    ]
