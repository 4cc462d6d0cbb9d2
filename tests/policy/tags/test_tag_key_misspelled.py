import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.misspelling import meant
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_key_misspelled import tag_key_misspelled

ROOT = 'provider "aws" {\n  default_tags {\n    tags = %s\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "logs" {\n  tags = %s\n}\n'
REQUIRED = ("Owner", "Environment", "CostCenter", "Team")


@pytest.mark.parametrize(
    ("key", "wanted"),
    [
        ("owner", "Owner"),
        ("OWNER", "Owner"),
        ("Ownr", "Owner"),
        ("Onwer", "Owner"),
        ("Owners", "Owner"),
        ("enviroment", "Environment"),
        ("Enviromnent", "Environment"),
        ("cost-center", "CostCenter"),
        ("Cost Centre", "CostCenter"),
        ("team", "Team"),
    ],
)
def test_case_separators_and_typos_are_drift(key, wanted):
    assert meant(key, REQUIRED, [key]) == wanted


@pytest.mark.parametrize(
    "key",
    ["Owner", "Name", "Origin", "OwnerId", "Owner2", "Power", "Order", "Term", "Teams", "Env", "CostCode", "Tea", ""],
)
def test_another_word_is_another_key(key):
    assert meant(key, REQUIRED, [key]) is None


def test_a_key_beside_the_required_one_is_drift_by_case_alone():
    assert meant("owner", REQUIRED, ["Owner", "owner"]) == "Owner"
    assert meant("Owners", REQUIRED, ["Owner", "Owners"]) is None


@pytest.mark.parametrize(
    ("default", "own", "expected"),
    [
        ('{ owner = "a" }', '{ Owner = "a" }', {"provider.aws": "failed", "aws_s3_bucket.logs": "passed"}),
        ('{ Owner = "a" }', '{ OWNER = "a" }', {"provider.aws": "passed", "aws_s3_bucket.logs": "failed"}),
        ("var.tags", "var.tags", {"provider.aws": "not_evaluated", "aws_s3_bucket.logs": "not_evaluated"}),
    ],
)
def test_keys_are_judged_where_they_are_written(default, own, expected, statuses):
    assert statuses(tag_key_misspelled, ROOT % default + BUCKET % own) == expected


def test_the_finding_says_what_was_meant_and_stands_at_the_key(results):
    default, own = results(tag_key_misspelled, ROOT % '{\n      owner = "a"\n    }' + BUCKET % "{}")
    (finding,) = default.findings
    assert finding.message == "has a tag `owner`, which to AWS is another key than the required `Owner`"
    assert finding.remedy.startswith("did you mean `Owner`?")
    assert finding.location.line == 4
    assert own.findings == ()


def test_each_misspelt_key_is_a_finding_of_its_own(messages):
    assert len(messages(tag_key_misspelled, BUCKET % '{ owner = "a", environment = "b", Name = "c" }')) == 2


def test_only_required_keys_are_looked_for(statuses):
    settings = Settings(tables=(TagSettings(required=("Team",)),))
    assert statuses(tag_key_misspelled, BUCKET % '{ owner = "a" }', settings) == {"aws_s3_bucket.logs": "passed"}


def test_nested_tags_and_tag_blocks_have_keys_too(results):
    hcl = (
        'resource "aws_instance" "a" {\n  root_block_device {\n    tags = { owner = "x" }\n  }\n}\n'
        'resource "aws_autoscaling_group" "b" {\n  tag {\n    key = "owner"\n    value = "x"\n  }\n}\n'
        'resource "aws_s3_bucket" "c" {\n  lifecycle_rule {\n    tags = { owner = "x" }\n  }\n}\n'
    )
    paths = [finding.path for each in results(tag_key_misspelled, hcl) for finding in each.findings]
    assert paths == ["root_block_device.0.tags.owner", "tag.0"]


def test_the_required_key_in_another_tag_block_is_there(statuses):
    blocks = "".join(f'tag {{\n key = "{key}"\n value = "x"\n}}\n' for key in ("Owner", "Owners"))
    hcl = f'resource "aws_autoscaling_group" "b" {{\n{blocks}}}\n'
    assert statuses(tag_key_misspelled, hcl) == {"aws_autoscaling_group.b": "passed"}
