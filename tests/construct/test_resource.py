from __future__ import annotations

import warnings
from typing import Any

import pytest
from cdktf import App as CdktfApp  # noqa: TID251  as users do
from cdktf import TerraformDataSource, TerraformProvider, TerraformResource, TerraformStack  # noqa: TID251  as users do
from constructs import Construct

from plainwork import App, DataSource, Locals, Output, PlainworkError, Provider, Resource, Stack, Variable, synthesize
from plainwork.errors import AddressError, ArgumentsError


def body(stack: Stack, **arguments: Any) -> dict[str, Any]:
    Resource(stack, "aws_s3_bucket", "it", **arguments)
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_s3_bucket"]["it"]
    return {name: value for name, value in found.items() if name != "//"}


def addresses(stack: TerraformStack) -> list[str]:
    return [f"{type_}.{name}" for type_, named in synthesize(stack)["resource"].items() for name in named]


def test_directly_in_a_stack_a_resource_has_its_own_id(stack: Stack) -> None:
    assert Resource(stack, "aws_s3_bucket", "state").address == "aws_s3_bucket.state"


def test_inside_a_construct_a_resource_is_named_after_it(stack: Stack) -> None:
    state = Construct(stack, "state")
    assert Resource(state, "aws_s3_bucket").address == "aws_s3_bucket.state"
    assert Resource(state, "aws_iam_policy", "read", policy="{}").address == "aws_iam_policy.state_read"
    assert addresses(stack) == ["aws_iam_policy.state_read", "aws_s3_bucket.state"]


def test_nested_constructs_prefix_the_name(stack: Stack) -> None:
    inner = Construct(Construct(stack, "web"), "state")
    assert DataSource(inner, "aws_region").address == "data.aws_region.web_state"


def test_two_types_can_share_an_id(stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "state")
    assert Resource(stack, "aws_sqs_queue", "state").address == "aws_sqs_queue.state"


def test_a_duplicate_address_names_both_constructs(stack: Stack) -> None:
    Resource(Construct(stack, "web"), "aws_s3_bucket", "logs")
    with pytest.raises(
        AddressError,
        match=r"^duplicate resource aws_s3_bucket.web_logs in stack 'demo': 'demo/web/aws_s3_bucket.logs' and ",
    ):
        Resource(stack, "aws_s3_bucket", "web_logs")


def test_two_stacks_can_share_an_address(app: App, stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "state")
    assert Resource(Stack(app, "other"), "aws_s3_bucket", "state").address == "aws_s3_bucket.state"


@pytest.mark.parametrize("id_", ["9lives", "a b", "a.b", "a/b", "", "${var.name}"])
def test_a_name_must_be_a_terraform_identifier(stack: Stack, id_: str) -> None:
    with pytest.raises(AddressError, match=r"make the aws_s3_bucket name .* which is not a Terraform identifier"):
        Resource(stack, "aws_s3_bucket", id_)


@pytest.mark.parametrize("type_", ["AWS::S3::Bucket", "", 3])
def test_a_type_must_be_a_terraform_identifier(stack: Stack, type_: Any) -> None:
    with pytest.raises(AddressError, match=r"resource type .* is not a Terraform identifier"):
        Resource(stack, type_, "it")


def test_an_address_cannot_be_changed_later(stack: Stack) -> None:
    with pytest.raises(PlainworkError, match=r"the address aws_s3_bucket.it consists of construct ids; change the id"):
        Resource(stack, "aws_s3_bucket", "it").override_logical_id("state")


def test_directly_in_a_stack_a_resource_needs_an_id(stack: Stack) -> None:
    with pytest.raises(AddressError, match="aws_s3_bucket needs an id, because its scope is stack 'demo' itself"):
        Resource(stack, "aws_s3_bucket")


def test_an_id_is_a_string(stack: Stack) -> None:
    with pytest.raises(AddressError, match=r"the id of aws_s3_bucket must be a string \(got 1\)"):
        Resource(stack, "aws_s3_bucket", 1)  # type: ignore[arg-type]  # the mistake that is tested


def test_the_scope_of_a_resource_is_in_a_stack(app: App) -> None:
    with pytest.raises(AddressError, match="App '' is not in a stack"):
        Resource(app, "aws_s3_bucket", "b")
    with pytest.raises(AddressError, match=r"the scope must be a Stack or a construct in a stack \(got None\)"):
        Resource(None, "aws_s3_bucket", "b")  # type: ignore[arg-type]  # the mistake that is tested


def test_an_argument_can_have_any_name(stack: Stack) -> None:
    acl = Resource(stack, "aws_wafv2_ip_set", "it", name="a", scope="REGIONAL", ip_address_version="IPV4")
    assert acl.address == "aws_wafv2_ip_set.it"


def test_meta_arguments_are_written_as_terraform_names_them(stack: Stack) -> None:
    lifecycle = {"prevent_destroy": True, "ignore_changes": ["tags"]}
    given = body(stack, count=2, lifecycle=lifecycle, provisioner=[{"local-exec": {"command": "true"}}])
    assert given == {"count": 2, "lifecycle": lifecycle, "provisioner": [{"local-exec": {"command": "true"}}]}


def test_meta_arguments_accept_an_object_or_its_address(stack: Stack) -> None:
    queue = Resource(stack, "aws_sqs_queue", "q")
    Resource(stack, "aws_sqs_queue", "r")
    replica = Provider(stack, "aws", alias="replica", region="eu-central-1")
    given = body(
        stack, depends_on=[queue, "aws_sqs_queue.r"], provider=replica, lifecycle={"replace_triggered_by": [queue]}
    )
    assert given["depends_on"] == ["aws_sqs_queue.q", "aws_sqs_queue.r"]
    assert given["provider"] == "aws.replica"
    assert given["lifecycle"] == {"replace_triggered_by": ["aws_sqs_queue.q"]}


@pytest.mark.parametrize("address", ["aws_sqs_queue.q[0]", 'data.aws_region.r["a"]', "module.vpc", "var.name"])
def test_a_dependency_is_an_address(stack: Stack, address: str) -> None:
    assert Resource(stack, "aws_s3_bucket", "it", depends_on=[address]).address == "aws_s3_bucket.it"


def test_meta_arguments_accept_resources_of_cdktf(stack: Stack) -> None:
    queue = TerraformResource(stack, "q", terraform_resource_type="aws_sqs_queue")
    region = TerraformDataSource(stack, "r", terraform_resource_type="aws_region")
    queue.override_logical_id("q")
    region.override_logical_id("r")
    assert body(stack, depends_on=[queue, region])["depends_on"] == ["aws_sqs_queue.q", "data.aws_region.r"]


def test_meta_arguments_accept_providers_of_cdktf(stack: Stack) -> None:
    class AwsProvider(TerraformProvider):
        alias = "replica"  # type: ignore[assignment]  # as in bindings: the class above keeps none

    replica = AwsProvider(stack, "p", terraform_resource_type="aws")
    replica.add_override("alias", "replica")
    assert body(stack, provider=replica)["provider"] == "aws.replica"


@pytest.mark.parametrize(
    ("for_each", "written"),
    [
        (["a", "b c"], '${toset(["a", "b c"])}'),
        (["a", "${var.b}"], '${toset(["a", var.b])}'),
        (["ü"], '${toset(["ü"])}'),
        ({"a": 1}, {"a": 1}),
        ("${local.buckets}", "${local.buckets}"),
    ],
)
def test_for_each_accepts_keys_a_map_or_an_expression(stack: Stack, for_each: Any, written: Any) -> None:
    Variable(stack, "b")
    Locals(stack, buckets=["a"])
    assert body(stack, for_each=for_each)["for_each"] == written


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"count": 1, "for_each": ["a"]}, "`count` and `for_each` are mutually exclusive"),
        ({"for_each": 3}, "`for_each` must be a dict, a list of strings or an expression (value 3)"),
        (
            {"depends_on": [3]},
            "`depends_on[0]` must be a resource or its address",
        ),
        ({"depends_on": ["the bucket"]}, "`depends_on[0]` must be a resource or its address"),
        ({"depends_on": ["${aws_sqs_queue.q.arn}"]}, "`depends_on[0]` must be a resource or its address"),
        (
            {"lifecycle": {"replace_triggered_by": [3]}},
            "`lifecycle.replace_triggered_by[0]` must be a resource or its address",
        ),
        (
            {"lifecycle": [{"replace_triggered_by": [3]}]},
            "`lifecycle.replace_triggered_by[0]` must be a resource or its address",
        ),
        ({"provider": object()}, "`provider` must be a Provider or its name and alias"),
        ({"dynamic": 3}, "`dynamic` must be a dict from the names of blocks to their generators (value 3)"),
        ({"for_each": object()}, "`for_each` must be a dict, a list of strings or an expression"),
        ({"for_each": "a"}, "`for_each` must be a dict, a list of strings or an expression"),
        (
            {"for_each": "a-${local.b}"},
            "`for_each` must be of type set(string); text with",
        ),
        ({"lifecycle": {"prevent": True}}, "unsupported argument `lifecycle.prevent` (value True)"),
        (
            {"lifecycle": {"ignore_changes": ["tgas"]}},
            "lifecycle.ignore_changes['tgas']: no attribute `tgas`; did you mean `tags`?",
        ),
        ({"lifecycle": {"ignore_changes": ["count"]}}, "lifecycle.ignore_changes['count']: no attribute"),
        (
            {"lifecycle": {"ignore_changes": ["versioning[0].enbaled"]}},
            "lifecycle.ignore_changes['versioning[0].enbaled']: no attribute `enbaled`",
        ),
        (
            {"lifecycle": {"ignore_changes": ["versioning.0.enabled"]}},
            "lifecycle.ignore_changes['versioning.0.enabled'] must have constant indexes in brackets",
        ),
    ],
)
def test_meta_arguments_are_checked(stack: Stack, arguments: Any, problem: str) -> None:
    with pytest.raises(ArgumentsError) as caught:
        Resource(stack, "aws_s3_bucket", "it", **arguments)
    assert caught.value.problems[0].startswith(problem)


@pytest.mark.parametrize("path", ["tags", 'tags["a b"]', "tags.a", "versioning[0].enabled", "arn"])
def test_ignore_changes_accepts_attribute_paths(stack: Stack, path: str) -> None:
    assert body(stack, lifecycle={"ignore_changes": [path]})["lifecycle"] == {"ignore_changes": [path]}


def test_a_meta_argument_cannot_be_changed(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "it")
    with pytest.raises(PlainworkError, match=r"aws_s3_bucket.it.lifecycle cannot be changed; pass it when"):
        bucket.lifecycle = {"prevent_destroy": True}  # type: ignore[assignment]  # the mistake that is tested


def test_a_method_of_cdktf_names_the_block_that_replaces_it(stack: Stack) -> None:
    with pytest.raises(PlainworkError, match=r"not supported; use plainwork.Import"):
        Resource(stack, "aws_s3_bucket", "it").import_from("my-bucket")


def test_an_override_is_not_checked(stack: Stack) -> None:
    rules = [{"id": "a", "status": "Enabled", "filter": {"prefix": "x"}}]
    resource = Resource(stack, "aws_s3_bucket_lifecycle_configuration", "it", bucket="a", rule=rules)
    resource.add_override("rule.0.filter.0.prefix", "y")
    resource.add_override("new.argument", 1)
    resource.add_override("bucket", None)
    given = synthesize(stack)["resource"]["aws_s3_bucket_lifecycle_configuration"]["it"]
    assert given.pop("//")
    assert given == {"rule": [{"id": "a", "status": "Enabled", "filter": [{"prefix": "y"}]}], "new": {"argument": 1}}
    with pytest.raises(PlainworkError, match=r"override rule.prefix: 'prefix' must be an index of a list, from 0 to 0"):
        resource.add_override("rule.prefix", "z")


def test_position_and_construct_are_stored_for_the_hcl_writer(stack: Stack) -> None:
    class State(Construct):
        """A construct of a user's."""

    Resource(stack, "aws_sqs_queue", "q")
    Resource(State(Construct(stack, "web"), "state"), "aws_s3_bucket")
    resources = synthesize(stack)["resource"]
    assert resources["aws_sqs_queue"]["q"] == {"//": {"plainwork": {"position": 1}}}
    assert resources["aws_s3_bucket"]["web_state"]["//"] == {
        "plainwork": {"position": 2, "construct": "State web/state"}
    }


def test_resources_work_in_a_stack_of_cdktf(tmp_path: Any) -> None:
    stack = TerraformStack(CdktfApp(outdir=str(tmp_path)), "plain")
    bucket = Resource(Construct(stack, "web"), "aws_s3_bucket", "logs")
    Output(stack, "arn", value=bucket["arn"])
    assert addresses(stack) == ["aws_s3_bucket.web_logs"]
    assert synthesize(stack)["output"] == {"arn": {"value": "${aws_s3_bucket.web_logs.arn}"}}


def test_a_provider_without_schema_is_not_checked(stack: Stack) -> None:
    Provider(stack, "acme", source="acme/acme", url="https://acme.example")
    with warnings.catch_warnings(action="ignore"):
        Resource(stack, "acme_site", "www", name="a")
    assert synthesize(stack)["provider"] == {"acme": [{"url": "https://acme.example"}]}
