from __future__ import annotations

import warnings
from typing import Any

import pytest

from plainwork import Block, Locals, Provider, Resource, Stack, Variable, synthesize
from plainwork.errors import AddressError, ArgumentsError, DeprecatedArgumentWarning, MissingSchemaWarning

LISTENER = {"load_balancer_arn": "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1"}
ACTION = {"type": "fixed-response", "fixed_response": {"content_type": "text/plain"}}


def problems(stack: Stack, type_: str, **arguments: Any) -> tuple[str, ...]:
    with pytest.raises(ArgumentsError) as caught:
        Resource(stack, type_, "it", **arguments)
    return caught.value.problems


def body(stack: Stack, type_: str, **arguments: Any) -> dict[str, Any]:
    Resource(stack, type_, "it", **arguments)
    found: dict[str, Any] = synthesize(stack)["resource"][type_]["it"]
    return {name: value for name, value in found.items() if name != "//"}


@pytest.mark.parametrize(
    ("type_", "arguments", "problem"),
    [
        ("aws_s3_bucket", {"bukcet": "a"}, "unsupported argument `bukcet` (value 'a'); did you mean `bucket`?"),
        (
            "aws_s3_bucket",
            {"bucket_name": "a"},
            "unsupported argument `bucket_name` (value 'a'); did you mean `bucket`?",
        ),
        ("aws_s3_bucket", {"anr": "a"}, "unsupported argument `anr` (value 'a')"),
        ("aws_sqs_queue", {"queue_name": "a"}, "unsupported argument `queue_name` (value 'a'); did you mean `name`?"),
        ("aws_s3_bucket", {"qqq": 1}, "unsupported argument `qqq` (value 1)"),
        ("aws_s3_bucket", {"arn": "a"}, "`arn` is computed by the provider and cannot be set (value 'a')"),
        ("aws_sqs_queue", {"id": "a"}, "`id` is computed by the provider and cannot be set (value 'a')"),
        ("aws_s3_bucket", {"tags": {"a": ["b"]}}, "`tags.a` must be of type string (value ['b'])"),
        (
            "aws_iam_policy",
            {"policy": {"Statement": []}},
            (
                "`policy` must be of type string "
                "(value {'Statement': []}; for JSON use `jsonencode` of `plainwork.functions`)"
            ),
        ),
        ("aws_s3_bucket", {"force_destroy": "maybe"}, "`force_destroy` must be of type bool (value 'maybe')"),
        ("aws_iam_policy", {}, "`policy` is required"),
        ("aws_iam_policy", {"policy": None}, "`policy` is required"),
        ("aws_s3_bucket_versioning", {"bucket": "a"}, "`versioning_configuration` is required"),
        (
            "aws_s3_bucket_versioning",
            {"bucket": "a", "versioning_configuration": [{"status": "Enabled"}] * 2},
            "`versioning_configuration` has 2 blocks; the maximum is 1",
        ),
        (
            "aws_s3_bucket_versioning",
            {"bucket": "a", "versioning_configuration": {"stauts": "Enabled", "status": "Enabled"}},
            "unsupported argument `versioning_configuration.stauts` (value 'Enabled'); did you mean `status`?",
        ),
        (
            "aws_s3_bucket_versioning",
            {"bucket": "a", "versioning_configuration": "Enabled"},
            (
                "`versioning_configuration` must be a nested block: a dict, or a list of dicts; "
                "for blocks from an expression use dynamic={...} (value 'Enabled')"
            ),
        ),
        (
            "aws_autoscaling_group",
            {"max_size": 1, "min_size": 1, "tag": [{"key": "a", "value": "b"}]},
            "`tag[0].propagate_at_launch` is required",
        ),
    ],
)
def test_invalid_arguments_are_rejected(stack: Stack, type_: str, arguments: Any, problem: str) -> None:
    assert problems(stack, type_, **arguments) == (problem,)


def test_one_error_has_all_problems(stack: Stack) -> None:
    assert [problem.split("`")[1] for problem in problems(stack, "aws_iam_policy", nmae="a", arn="b")] == [
        "nmae",
        "arn",
        "policy",
    ]


def test_the_error_names_the_resource(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"^aws_s3_bucket\.it: invalid arguments:\n  unsupported argument"):
        Resource(stack, "aws_s3_bucket", "it", bukcet="a")


def test_the_address_of_a_rejected_resource_is_free(stack: Stack) -> None:
    problems(stack, "aws_s3_bucket", bukcet="a")
    assert body(stack, "aws_s3_bucket", bucket="a") == {"bucket": "a"}


def test_none_is_absent(stack: Stack) -> None:
    assert body(stack, "aws_s3_bucket", bucket=None, tags={"a": None, "b": "c"}) == {"tags": {"b": "c"}}


def test_a_block_that_can_occur_once_is_an_object(stack: Stack) -> None:
    given = body(stack, "aws_s3_bucket_versioning", bucket="a", versioning_configuration=[{"status": "Enabled"}])
    assert given["versioning_configuration"] == {"status": "Enabled"}


def test_a_block_that_can_be_repeated_is_a_list(stack: Stack) -> None:
    given = body(stack, "aws_lb_listener", **LISTENER, default_action=ACTION)
    assert given["default_action"] == [ACTION]


def test_an_object_has_a_null_for_each_absent_attribute(stack: Stack) -> None:
    ingress = {"from_port": 443, "to_port": 443, "protocol": "tcp"}
    [given] = body(stack, "aws_security_group", ingress=[ingress])["ingress"]
    assert {name for name, value in given.items() if value == "${null}"} == {
        "cidr_blocks", "description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", "self"
    }  # fmt: skip
    assert ingress.items() <= given.items()


def test_blocks_can_be_generated(stack: Stack) -> None:
    Locals(stack, actions=[])
    dynamic = {"default_action": {"for_each": "${local.actions}", "content": ACTION}}
    given = body(stack, "aws_lb_listener", **LISTENER, dynamic=dynamic)
    assert given["dynamic"] == {"default_action": [dynamic["default_action"]]}


def test_an_argument_that_terraform_also_reads_as_blocks_can_be_generated(stack: Stack) -> None:
    Variable(stack, "ports")
    rules = {
        "for_each": "${var.ports}",
        "content": {"from_port": "${ingress.value}", "to_port": 443, "protocol": "tcp"},
    }
    assert body(stack, "aws_security_group", dynamic={"ingress": rules})["dynamic"] == {"ingress": [rules]}


def test_a_generated_argument_is_checked_inside(stack: Stack) -> None:
    rules = {"for_each": [1], "content": {"form_port": 443, "self": "maybe"}}
    assert problems(stack, "aws_security_group", dynamic={"ingress": rules}) == (
        "unsupported argument `dynamic.ingress.content.form_port` (value 443); did you mean `from_port`?",
        "`dynamic.ingress.content.self` must be of type bool (value 'maybe')",
    )


@pytest.mark.parametrize(
    ("dynamic", "problem"),
    [
        (
            {"defualt_action": {"for_each": [], "content": ACTION}},
            "unsupported block `dynamic.defualt_action`; did you mean `default_action`?",
        ),
        ({"default_action": {"for_each": {1}, "content": ACTION}}, "`dynamic.default_action.for_each` must be of type"),
        ({"default_action": {"for_each": []}}, "`dynamic.default_action` must be a dict with `for_each` and `content`"),
        ({"default_action": {"for_each": [], "content": {}}}, "`dynamic.default_action.content.type` is required"),
    ],
)
def test_generated_blocks_are_checked(stack: Stack, dynamic: Any, problem: str) -> None:
    assert problems(stack, "aws_lb_listener", **LISTENER, dynamic=dynamic)[0].startswith(problem)


def test_a_deprecated_argument_warns_once_at_the_users_line(stack: Stack) -> None:
    with pytest.warns(DeprecatedArgumentWarning, match="aws_s3_bucket: `acl` is deprecated by the provider") as caught:
        Resource(stack, "aws_s3_bucket", "a", acl="private")
    Resource(stack, "aws_s3_bucket", "b", acl="private")
    assert [warning.filename for warning in caught] == [__file__]


def test_a_type_without_schema_is_not_checked_and_warned_about_once(stack: Stack) -> None:
    with pytest.warns(
        MissingSchemaWarning, match="no schema for aws_future_thing; .* add it with `plainwork schema`"
    ) as caught:
        Resource(stack, "aws_future_thing", "a", bucket="a")
    Resource(stack, "aws_future_thing", "b", anything={"at": ["all"]})
    assert [warning.filename for warning in caught] == [__file__]


def test_a_type_that_is_nearly_a_known_one_is_an_error(stack: Stack) -> None:
    with pytest.raises(
        AddressError, match="aws_s3_buckett is not a type of the loaded schemas; did you mean `aws_s3_bucket`"
    ):
        Resource(stack, "aws_s3_buckett", "a", bucket="a")


def test_blocks_of_a_type_without_schema_are_marked(stack: Stack) -> None:
    with warnings.catch_warnings(action="ignore"):
        Resource(stack, "acme_site", "www", rule=[Block(port=80, match=Block(path="/"))], labels={"a": "b"})
    site = synthesize(stack)["resource"]["acme_site"]["www"]
    assert site["rule"] == [{"port": 80, "match": {"path": "/"}}]
    assert site["//"]["plainwork"]["blocks"] == ["rule", "rule.match"]


def test_generated_blocks_of_a_type_without_schema_are_marked(stack: Stack) -> None:
    Variable(stack, "ports")
    dynamic = {"rule": {"for_each": "${var.ports}", "content": {"port": "${rule.value}", "match": Block(path="/")}}}
    with warnings.catch_warnings(action="ignore"):
        Resource(stack, "acme_site", "www", dynamic=dynamic)
    site = synthesize(stack)["resource"]["acme_site"]["www"]
    assert site["dynamic"] == {"rule": [dynamic["rule"]]}
    assert site["//"]["plainwork"]["blocks"] == ["rule", "rule.match"]


def test_a_type_without_schema_accepts_plain_data_only(stack: Stack) -> None:
    assert problems(stack, "acme_site", name=object())[0].startswith("`name` must be plain data: a string, a number")


def test_meta_arguments_of_a_type_without_schema_are_checked(stack: Stack) -> None:
    assert problems(stack, "acme_site", count="many") == ("`count` must be of type number (value 'many')",)


def test_a_resource_is_not_a_value(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    assert problems(stack, "aws_s3_bucket", bucket=bucket)[0].endswith(
        "; use one of its attributes, such as resource['arn'])"
    )


def test_a_block_of_few_arguments_is_described_where_no_name_is_similar(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"`default_tags\[0\].Owner` \(value 'web'\); supported: `tags`"):
        Provider(stack, "aws", default_tags={"Owner": "web"})


def test_a_variable_is_not_a_value_and_has_one(stack: Stack) -> None:
    size = Variable(stack, "size", type="string")
    assert problems(stack, "aws_s3_bucket", bucket=size) == (
        "`bucket` must be of type string (value var.size; use its value, such as variable.reference)",
    )


def test_provider_arguments_are_checked(stack: Stack) -> None:
    with pytest.raises(
        ArgumentsError,
        match=r"^provider aws: invalid arguments:\n  .* did you mean `region`",
    ):
        Provider(stack, "aws", reigon="eu-west-1")


def test_an_expression_that_may_be_null_is_valid_for_a_computed_argument(stack: Stack) -> None:
    cidr = Variable(stack, "cidr", type="string")
    network = {"ip_family": "ipv6", "service_ipv6_cidr": cidr.reference}
    arguments = {"name": "shop", "role_arn": "arn:aws:iam::123456789012:role/eks", "vpc_config": {"subnet_ids": ["a"]}}
    Resource(stack, "aws_eks_cluster", "shop", **arguments, kubernetes_network_config=network)


def test_a_type_of_another_provider_of_the_stack_may_resemble_one_of_aws(stack: Stack) -> None:
    Provider(stack, "awscc", region="eu-west-1")
    with pytest.warns(MissingSchemaWarning, match="no schema for awscc_s3_bucket"):
        Resource(stack, "awscc_s3_bucket", "logs", bucket_name="logs")
