import pytest

from plainwork_core.errors import InputError
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_value_not_allowed import tag_value_not_allowed
from tests.support.settings import TEAM, team_with

SETTINGS = team_with(
    TagSettings,
    allowed_values={"Environment": ("dev", "prod")},
    value_patterns={"CostCenter": "cc-[0-9]{4}", "Backup": "true"},
)
BUCKET = 'resource "aws_s3_bucket" "logs" {\n  tags = %s\n}\n'


@pytest.mark.parametrize(
    "tags",
    [
        '{ Environment = "prod", CostCenter = "cc-1001" }',
        '{ Name = "anything" }',
        "{ Backup = true }",
        "{ Environment = null }",
        "{ Owner = var.owner }",
        "{}",
    ],
)
def test_an_allowed_value_passes(tags, statuses):
    assert statuses(tag_value_not_allowed, BUCKET % tags, SETTINGS) == {"aws_s3_bucket.logs": "passed"}


@pytest.mark.parametrize(
    ("tags", "remedy"),
    [
        ('{ Environment = "production" }', "Set `Environment` to `dev` or `prod`."),
        ('{ Environment = "Prod" }', "Set `Environment` to `dev` or `prod`."),
        ('{ CostCenter = "cc-10010" }', "Set `CostCenter` to a value that matches `cc-[0-9]{4}`."),
        ('{ Owner = "" }', "Set a value for `Owner`."),
        ('{ Owner = "  " }', "Set a value for `Owner`."),
    ],
)
def test_another_value_fails(tags, remedy, results):
    (result,) = results(tag_value_not_allowed, BUCKET % tags, SETTINGS)
    assert [finding.remedy for finding in result.findings] == [remedy]


@pytest.mark.parametrize(("settings", "status"), [(SETTINGS, "not_evaluated"), (TEAM, "passed")])
@pytest.mark.parametrize("tags", ["{ Environment = var.environment }", "var.tags"])
def test_an_unknown_value_is_not_evaluated_if_the_settings_limit_its_key(tags, settings, status, statuses):
    hcl = 'variable "environment" {}\nvariable "tags" {}\n' + BUCKET % tags
    assert statuses(tag_value_not_allowed, hcl, settings) == {"aws_s3_bucket.logs": status}


def test_values_are_checked_where_they_are_set(statuses):
    hcl = 'provider "aws" {\n  default_tags {\n    tags = { Environment = "test" }\n  }\n}\n' + BUCKET % "{}"
    assert statuses(tag_value_not_allowed, hcl, SETTINGS) == {"provider.aws": "failed", "aws_s3_bucket.logs": "passed"}


def test_nested_tags_and_tag_blocks_are_checked(results):
    hcl = (
        'resource "aws_instance" "a" {\n  root_block_device {\n    tags = { Environment = "x" }\n  }\n}\n'
        'resource "aws_autoscaling_group" "b" {\n  tag {\n    key = "Environment"\n    value = "x"\n  }\n}\n'
    )
    paths = [finding.path for result in results(tag_value_not_allowed, hcl, SETTINGS) for finding in result.findings]
    assert paths == ["root_block_device.0.tags.Environment", "tag.0"]


def test_an_invalid_pattern_is_an_error():
    with pytest.raises(InputError, match=r"`value_patterns.Owner` is '\(', which is not"):
        TagSettings(value_patterns={"Owner": "("})
