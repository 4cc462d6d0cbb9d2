"""The version of the AWS provider that a stack requires decides for which arguments its resources are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, DataSource, Provider, Resource, Stack, synthesize
from plainwork.errors import AddressError, ArgumentsError
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.hcl.write import render
from plainwork_core.schema import BlockSchema
from plainwork_core.schema.versions import SchemaChoice, choice_of
from tests.support.canaries import LIMITS, rule_canary
from tests.support.efs_file_systems import file_system
from tests.support.providers import VERSIONS
from tests.support.state_backends import state_backend
from tests.support.valkey import replication_group, serverless
from tests.support.vpc_endpoints import vpc_endpoints

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def required(stack: Stack) -> Any:
    return synthesize(stack)["terraform"]["required_providers"]


@pytest.mark.parametrize(
    ("constraint", "version"),
    [
        ("", "6.69.1"),
        (">= 5.0", "6.69.1"),
        (">= 5.100, < 7.0", "6.69.1"),
        ("~> 6.0", "6.69.1"),
        ("6.2.0", "6.69.1"),
        (">= 7.0", "6.69.1"),
        ("~> 5.0", "5.100.0"),
        ("5.31.0", "5.100.0"),
        ("~> 5.100.0", "5.100.0"),
        (">= 4.0, < 6.0", "5.100.0"),
        ("~> 4.67", "5.100.0"),
    ],
)
def test_the_newest_major_version_that_a_constraint_allows_is_chosen(constraint: str, version: str) -> None:
    assert SchemaChoice(constraint).version == version


def test_the_version_of_a_document_is_that_of_its_required_providers() -> None:
    aws = {"source": "hashicorp/aws", "version": "~> 5.0"}
    assert choice_of({"terraform": {"required_providers": {"aws": aws}}}).required == "~> 5.0"
    assert choice_of({"terraform": [{}, {"required_providers": [{"aws": aws}]}]}).required == "~> 5.0"
    assert choice_of({"terraform": {"required_providers": {"aws": "~> 2.0"}}}).required == "~> 2.0"
    assert choice_of({}).required == ""


def test_an_argument_of_provider_6_is_checked_by_default(stack: Stack) -> None:
    Provider(stack, "aws")
    Resource(stack, "aws_sqs_queue", "jobs", region="eu-central-1")
    assert required(stack) == {"aws": {"source": "hashicorp/aws", "version": "~> 6.0"}}


def test_an_argument_that_came_with_provider_6_names_the_version(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 5.100")
    with pytest.raises(ArgumentsError, match=r"`region` came with provider 6; this stack requires `~> 5.100`"):
        Resource(stack, "aws_sqs_queue", "jobs", region="eu-central-1")


def test_a_nested_argument_that_came_with_provider_6_names_the_version(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 5.100")
    options = {"private_dns_preference": "ALL_DOMAINS"}
    problem = "`dns_options.private_dns_preference` came with provider 6; this stack requires `~> 5.100`"
    with pytest.raises(ArgumentsError, match=problem):
        Resource(stack, "aws_vpc_endpoint", "s3", vpc_id="vpc-0", dns_options=options)


def test_an_argument_that_was_removed_names_the_version(stack: Stack) -> None:
    reason = r"this stack has no version constraint, and the newest provider is 6\.69\.1"
    with pytest.raises(ArgumentsError, match=f"`vpc` was removed in provider 6; {reason}"):
        Resource(stack, "aws_eip", "nat", vpc=True)


def test_an_argument_of_no_version_has_a_hint(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"unsupported argument `bukket` \(value 'a'\); did you mean `bucket`\?$"):
        Resource(stack, "aws_s3_bucket", "b", bukket="a")


@pytest.mark.parametrize(
    ("version", "type_", "change"),
    [("~> 6.0", "aws_simpledb_domain", "was removed in"), ("~> 5.100", "aws_s3_bucket_abac", "came with")],
)
def test_a_type_that_another_version_has_names_the_version(version: str, type_: str, change: str, stack: Stack) -> None:
    Provider(stack, "aws", version=version)
    with pytest.raises(AddressError, match=f"`{type_}` {change} provider 6; this stack requires `{version}`"):
        Resource(stack, type_, "example")


def test_a_resource_before_its_provider_is_checked_again(stack: Stack) -> None:
    Resource(stack, "aws_sqs_queue", "jobs", region="eu-central-1")
    with pytest.raises(ArgumentsError, match=r"(?s)aws_sqs_queue.jobs: .*`region` came with provider 6"):
        Provider(stack, "aws", version="~> 5.100")


def test_a_resource_before_its_provider_that_both_versions_accept_is_kept(stack: Stack) -> None:
    Resource(stack, "aws_sqs_queue", "jobs", name="jobs")
    Provider(stack, "aws", version="~> 5.100")
    assert required(stack)["aws"]["version"] == "~> 5.100"


def test_the_app_states_the_version_once(tmp_path: Path) -> None:
    app = App(tmp_path, required_providers={"aws": "~> 5.100"})
    first, second = Stack(app, "first"), Stack(app, "second", required_providers={"aws": "~> 6.14"})
    Provider(first, "aws", region="eu-west-1")
    assert required(first) == {"aws": {"source": "hashicorp/aws", "version": "~> 5.100"}}
    assert required(second) == {"aws": {"source": "hashicorp/aws", "version": "~> 6.14"}}
    with pytest.raises(ArgumentsError, match=r"this stack requires `~> 5.100`"):
        Resource(first, "aws_sqs_queue", "jobs", region="eu-central-1")
    assert Resource(second, "aws_sqs_queue", "jobs", region="eu-central-1")


def test_a_provider_in_another_version_than_its_stack_is_an_error(app: App) -> None:
    stack = Stack(app, "demo", required_providers={"aws": "~> 5.100"})
    with pytest.raises(AddressError, match=r"stack 'demo' has version '~> 5.100' already \(value '~> 6.0'\)"):
        Provider(stack, "aws", version="~> 6.0")


def test_a_requirement_is_spelled_as_in_terraform(tmp_path: Path) -> None:
    app = App(tmp_path, required_providers={"aws": {"source": "hashicorp/aws"}})
    github = {"source": "integrations/github", "version": "~> 6.0"}
    stack = Stack(app, "demo", required_providers={"github": github})
    Provider(stack, "aws", region="eu-west-1")
    assert required(stack) == {"aws": {"source": "hashicorp/aws"}, "github": github}


def test_another_part_of_a_requirement_is_an_error(app: App) -> None:
    with pytest.raises(ArgumentsError, match=r"`aws` is \{'sauce': 'x'\}; it must be a version constraint, or a dict"):
        Stack(app, "demo", required_providers={"aws": {"sauce": "x"}})


def test_another_provider_has_no_default_version(stack: Stack) -> None:
    Provider(stack, "random")
    Provider(stack, "aws", source="example/aws")
    assert required(stack) == {"random": {"source": "hashicorp/random"}, "aws": {"source": "example/aws"}}


def test_the_name_of_a_region_is_deprecated_in_provider_6(stack: Stack) -> None:
    region = DataSource(stack, "aws_region", "current")
    assert region["region"] == "${data.aws_region.current.region}"


BUILDERS: dict[str, Callable[[Stack], object]] = {
    "state backend": state_backend,
    "file system": file_system,
    "replication group": replication_group,
    "serverless cache": serverless,
    "endpoints": vpc_endpoints,
}


@pytest.mark.parametrize("name", BUILDERS)
def test_a_construct_has_the_same_hcl_with_both_versions(name: str, tmp_path: Path) -> None:
    texts = []
    for version in VERSIONS:
        stack = Stack(App(tmp_path / version), "demo", required_providers={"aws": version})
        Provider(stack, "aws", region="eu-west-1")
        BUILDERS[name](stack)
        texts.append(render(synthesize(stack)).replace(version, ""))
    assert texts[0] == texts[1]


@pytest.mark.parametrize("name", BUILDERS)
def test_a_construct_in_another_region_sets_it_on_its_resources(name: str, stack: Stack) -> None:
    Provider(stack, "aws", version="~> 6.0", region="eu-central-1")
    BUILDERS[name](stack)
    config = synthesize(stack)
    blocks = {
        (mode, type_): body
        for mode in ("resource", "data")
        for type_, bodies in config.get(mode, {}).items()
        for body in bodies.values()
    }
    schema = SchemaChoice("~> 6.0").schema()
    regional = {key for key in blocks if "region" in (schema.block(*key) or BlockSchema()).settable_names}
    assert regional
    assert {key for key, body in blocks.items() if body.get("region") == "eu-west-1"} == regional


def test_a_canary_is_in_the_region_of_its_listener(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 6.0", region="eu-central-1")
    canary = rule_canary(stack, "checkout")
    canary.gate(name="checkout", **LIMITS)
    config = synthesize(stack)["resource"]
    bodies = [body for bodies in config.values() for body in bodies.values()]
    assert {body["region"] for body in bodies} == {"eu-west-1"}


def test_a_construct_in_the_region_of_the_provider_sets_no_region(stack: Stack) -> None:
    Provider(stack, "aws", region="eu-west-1")
    state_backend(stack)
    assert "region" not in synthesize(stack)["resource"]["aws_s3_bucket"]["state"]


def test_a_resource_with_its_own_provider_or_region_keeps_it(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 6.0", region="eu-central-1")
    replica = Provider(stack, "aws", alias="replica", region="us-east-1")
    scope = UniqueConstruct(stack, "copies", region="eu-west-1")
    Resource(scope, "aws_sqs_queue", "a", provider=replica)
    Resource(scope, "aws_sqs_queue", "b", region="us-west-2")
    Resource(scope, "aws_sqs_queue", "c")
    queues = synthesize(stack)["resource"]["aws_sqs_queue"]
    assert [queues[f"copies_{name}"].get("region") for name in "abc"] == [None, "us-west-2", "eu-west-1"]


def test_a_construct_in_another_region_requires_provider_6(stack: Stack) -> None:
    Provider(stack, "aws", version="~> 5.100", region="eu-central-1")
    with pytest.raises(ArgumentsError, match=r"from provider 6 on, and this stack requires `~> 5\.100`"):
        state_backend(stack, region="eu-west-1")
