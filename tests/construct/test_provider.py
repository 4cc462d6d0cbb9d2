from __future__ import annotations

from typing import Any

import pytest

from plainwork import Block, Provider, S3StateBackend, Stack, Variable, synthesize
from plainwork.errors import AddressError, ArgumentsError
from plainwork_core.hcl.write import render


def test_a_provider_has_a_required_source(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1")
    config = synthesize(stack)
    assert config["provider"] == {"aws": [{"region": "eu-west-1"}]}
    assert config["terraform"]["required_providers"] == {"aws": {"source": "hashicorp/aws", "version": "~> 6.0"}}


def test_version_and_source_are_written_if_set(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 5.100", source="example/aws")
    assert synthesize(stack)["terraform"]["required_providers"] == {
        "aws": {"source": "example/aws", "version": "~> 5.100"}
    }


@pytest.mark.parametrize(
    ("region", "rest"),
    [
        ("eu-wets-1", "; did you mean `eu-west-1`?"),
        ("eu-west-1a", "; did you mean `eu-west-1`?"),
        ("EU-WEST-1", ""),
        ("europe", ""),
    ],
)
def test_a_region_that_aws_does_not_have_is_rejected(region: str, rest: str, stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as error:
        Provider(stack, "aws", region=region)
    assert str(error.value).endswith(f"`region` is `{region}`, which is not an AWS Region{rest}")


@pytest.mark.parametrize(
    "arguments",
    [
        {"region": "eu-west-9"},
        {"region": "us-iso-north-1"},
        {"region": "cn-south-1"},
        {"region": "${var.region}"},
        {"region": "local", "skip_region_validation": True},
        {"region": "local", "source": "example/aws"},
    ],
)
def test_a_region_that_may_be_new_is_accepted(arguments: dict[str, Any], stack: Stack) -> None:
    Variable(stack, "region", type="string")
    Provider(stack, "aws", **arguments)


def test_default_tags_are_a_block_as_in_terraform(stack: Stack) -> None:
    Provider(stack, "aws", default_tags={"tags": {"Owner": "web", "CostCentre": "42"}})
    assert synthesize(stack)["provider"]["aws"] == [{"default_tags": [{"tags": {"Owner": "web", "CostCentre": "42"}}]}]


def test_blocks_of_a_provider_without_schema_are_marked(stack: Stack) -> None:
    Provider(stack, "acme", access=Block(mode="all"), labels={"a": "b"})
    text = render(synthesize(stack))
    assert "  access {" in text
    assert "  labels = {" in text


def test_a_second_configuration_has_an_alias(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1", version="~> 5.100")
    replica = Provider(stack, "aws", region="eu-central-1", alias="replica")
    config = synthesize(stack)
    assert replica.reference == "aws.replica"
    assert config["provider"]["aws"][1] == {"alias": "replica", "region": "eu-central-1"}
    assert config["terraform"]["required_providers"]["aws"]["version"] == "~> 5.100"


@pytest.mark.parametrize("alias", [None, "replica"])
def test_a_duplicate_configuration_is_rejected(stack: Stack, alias: str | None) -> None:
    Provider(stack, "aws", alias=alias)
    with pytest.raises(AddressError, match=r"duplicate provider.aws.* in stack 'demo': .*; set another `alias`"):
        Provider(stack, "aws", alias=alias)


@pytest.mark.parametrize(("name", "alias"), [("aws", "my replica"), ("aws", ""), ("hashicorp/aws", None)])
def test_name_and_alias_are_terraform_identifiers(stack: Stack, name: str, alias: str | None) -> None:
    with pytest.raises(AddressError, match=r"provider (name|alias) .* is not a Terraform identifier"):
        Provider(stack, name, alias=alias)


def test_one_provider_has_one_version(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 5.100")
    with pytest.raises(AddressError, match=r"provider aws: stack 'demo' has version '~> 5.100' already"):
        Provider(stack, "aws", version="~> 6.0", alias="new")


def test_keys_of_maps_are_unchanged(stack: Stack) -> None:
    Provider(stack, "kubernetes", exec={"env": {"AWS_PROFILE": "web"}})
    assert synthesize(stack)["provider"]["kubernetes"] == [{"exec": {"env": {"AWS_PROFILE": "web"}}}]


def test_an_override_is_not_checked(stack: Stack) -> None:
    Provider(stack, "aws").add_override("new_argument", 1)
    assert synthesize(stack)["provider"] == {"aws": [{"new_argument": 1}]}


def test_a_construct_in_another_region_than_the_provider_is_an_error(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 5.100", region="eu-west-1")
    problem = "region must be 'eu-west-1', the Region of the provider of stack 'demo': got 'us-east-1'"
    with pytest.raises(ArgumentsError, match=problem):
        S3StateBackend(stack, "state", bucket="acme-state", region="us-east-1", account_id="123456789012")


def test_the_region_of_an_alias_is_not_that_of_the_constructs(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1", alias="replica")
    S3StateBackend(stack, "state", bucket="acme-state", region="us-east-1", account_id="123456789012")
    assert synthesize(stack)["resource"]["aws_s3_bucket"]
