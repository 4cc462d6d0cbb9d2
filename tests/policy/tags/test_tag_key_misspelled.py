import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.tags.misspelling import intended_key
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_key_misspelled import tag_key_misspelled

ROOT = 'provider "aws" {\n  default_tags {\n    tags = %s\n  }\n}\n'
BUCKET = 'resource "aws_s3_bucket" "logs" {\n  tags = %s\n}\n'
REQUIRED = ("Owner", "Environment", "CostCenter", "Team")


@pytest.mark.parametrize(
    ("key", "required"),
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
def test_another_case_other_separators_and_typos_are_misspellings(key, required):
    assert intended_key(key, REQUIRED, [key]) == required


@pytest.mark.parametrize(
    "key",
    ["Owner", "Name", "Origin", "OwnerId", "Owner2", "Power", "Order", "Term", "Teams", "Env", "CostCode", "Tea", ""],
)
def test_another_word_is_another_key(key):
    assert intended_key(key, REQUIRED, [key]) is None


def test_a_key_beside_the_required_one_is_a_misspelling_by_case_alone():
    assert intended_key("owner", REQUIRED, ["Owner", "owner"]) == "Owner"
    assert intended_key("Owners", REQUIRED, ["Owner", "Owners"]) is None


@pytest.mark.parametrize(
    ("default", "own", "expected"),
    [
        ('{ owner = "a" }', '{ Owner = "a" }', {"provider.aws": "failed", "aws_s3_bucket.logs": "passed"}),
        ('{ Owner = "a" }', '{ OWNER = "a" }', {"provider.aws": "passed", "aws_s3_bucket.logs": "failed"}),
        ("var.tags", "var.tags", {"provider.aws": "not_evaluated", "aws_s3_bucket.logs": "not_evaluated"}),
    ],
)
def test_keys_are_checked_where_they_are_set(default, own, expected, statuses):
    assert statuses(tag_key_misspelled, ROOT % default + BUCKET % own) == expected


def test_the_finding_has_the_required_key_and_the_line_of_the_key(results):
    default, own = results(tag_key_misspelled, ROOT % '{\n      owner = "a"\n    }' + BUCKET % "{}")
    (finding,) = default.findings
    assert finding.message.startswith("tag key `owner` is not the required key `Owner`")
    assert finding.remedy.startswith("Rename the tag key to `Owner`")
    assert finding.location.line == 4
    assert own.findings == ()


def test_each_misspelled_key_has_a_finding(messages):
    assert len(messages(tag_key_misspelled, BUCKET % '{ owner = "a", environment = "b", Name = "c" }')) == 2


def test_keys_are_compared_with_required_keys_only(statuses):
    settings = Settings(tables=(TagSettings(required=("Team",)),))
    assert statuses(tag_key_misspelled, BUCKET % '{ owner = "a" }', settings) == {"aws_s3_bucket.logs": "passed"}


def test_nested_tags_and_tag_blocks_are_checked(results):
    hcl = (
        'resource "aws_instance" "a" {\n  root_block_device {\n    tags = { owner = "x" }\n  }\n}\n'
        'resource "aws_autoscaling_group" "b" {\n  tag {\n    key = "owner"\n    value = "x"\n  }\n}\n'
        'resource "aws_s3_bucket" "c" {\n  lifecycle_rule {\n    tags = { owner = "x" }\n  }\n}\n'
    )
    paths = [finding.path for result in results(tag_key_misspelled, hcl) for finding in result.findings]
    assert paths == ["root_block_device.0.tags.owner", "tag.0"]


def test_a_required_key_in_another_tag_block_is_present(statuses):
    blocks = "".join(f'tag {{\n key = "{key}"\n value = "x"\n}}\n' for key in ("Owner", "Owners"))
    hcl = f'resource "aws_autoscaling_group" "b" {{\n{blocks}}}\n'
    assert statuses(tag_key_misspelled, hcl) == {"aws_autoscaling_group.b": "passed"}


@pytest.mark.parametrize(("key", "status"), [("Ownr", "not_evaluated"), ("OWNER", "failed"), ("Name", "not_evaluated")])
def test_an_unknown_tag_block_may_have_the_required_key(key, status, statuses):
    blocks = "".join(f'tag {{\n key = {key}\n value = "x"\n}}\n' for key in (f'"{key}"', "var.x"))
    hcl = f'variable "x" {{}}\nresource "aws_autoscaling_group" "b" {{\n{blocks}}}\n'
    assert statuses(tag_key_misspelled, hcl) == {"aws_autoscaling_group.b": status}
