from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from cdktf import Fn  # noqa: TID251  as users do

from plainwork import App, DataSource, Locals, Output, PlainworkError, Provider, Resource, Stack, Variable, synthesize

if TYPE_CHECKING:
    from typing import Any


def test_a_reference_is_the_text_that_terraform_reads(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "state")
    assert bucket["arn"] == "${aws_s3_bucket.state.arn}"
    assert f"{bucket['arn']}/*" == "${aws_s3_bucket.state.arn}/*"
    assert json.dumps({"Resource": bucket["arn"]}) == '{"Resource": "${aws_s3_bucket.state.arn}"}'


def test_a_data_source_is_referred_to_as_data(stack: Stack) -> None:
    assert DataSource(stack, "aws_region", "here")["name"] == "${data.aws_region.here.name}"


@pytest.mark.parametrize(
    "path", ["domain_validation_options[*].domain_name", "tags.Owner", 'tags["a b"]', "options[0]"]
)
def test_a_path_can_lead_into_an_attribute(stack: Stack, path: str) -> None:
    certificate = Resource(stack, "aws_acm_certificate", "web", domain_name="example.com")
    assert certificate[path] == f"${{aws_acm_certificate.web.{path}}}"


def test_an_index_can_be_written_with_a_dot(stack: Stack) -> None:
    certificate = Resource(stack, "aws_acm_certificate", "web", domain_name="example.com")
    name = "certificate_transparency_logging_preference"
    assert certificate[f"options.0.{name}"] == f"${{aws_acm_certificate.web.options[0].{name}}}"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("anr", r"no attribute `anr`; did you mean `arn`\?"),
        ("options.it", r"\.it needs an index before it, such as \[0\]\.it"),
        ("options[0].it", "no attribute `it`"),
        ("domain_validation_options[0].domain_name", r"\[0\] is not valid, because a set has no order"),
        ("arn.name", "'name' is not valid, because a string has no parts"),
        ("lifecycle", "no attribute `lifecycle`"),
        ("arn name", "is not the path of an attribute"),
    ],
)
def test_an_undefined_attribute_is_an_error(stack: Stack, path: str, reason: str) -> None:
    certificate = Resource(stack, "aws_acm_certificate", "web", domain_name="example.com")
    with pytest.raises(PlainworkError, match=reason):
        certificate[path]


def test_a_python_attribute_with_the_name_of_a_terraform_attribute_is_an_error(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "state")
    with pytest.raises(AttributeError, match=r"has no Python attribute 'arn'; use resource\['arn'\]"):
        bucket.arn  # type: ignore[attr-defined]  # noqa: B018  the mistake that is tested
    with pytest.raises(AttributeError, match="'Resource' object has no attribute 'anr'"):
        bucket.anr  # type: ignore[attr-defined]  # noqa: B018  the mistake that is tested


def test_an_index_of_a_reference_names_the_path_of_the_resource(stack: Stack) -> None:
    network = DataSource(stack, "terraform_remote_state", "network", backend="s3")
    cluster = DataSource(stack, "aws_eks_cluster", "it", name="it")
    with pytest.raises(PlainworkError, match=r"use resource\['outputs.vpc_id'\]"):
        network["outputs"]["vpc_id"]
    with pytest.raises(PlainworkError, match=r"use resource\['certificate_authority\[0\]'\]"):
        cluster["certificate_authority"][0]


@pytest.mark.parametrize(
    ("method", "arguments", "function"),
    [("upper", (), "upper(aws_s3_bucket.state.id)"), ("replace", ("_", "-"), "replace(aws_s3_bucket.state.id, ...)")],
)
def test_a_method_that_would_change_a_reference_names_the_function_of_terraform(
    stack: Stack, method: str, arguments: tuple[str, ...], function: str
) -> None:
    name = Resource(stack, "aws_s3_bucket", "state")["id"]
    with pytest.raises(PlainworkError, match=re.escape(f'"${{{function}}}"')):
        getattr(name, method)(*arguments)


def test_a_reference_to_one_of_several_instances_needs_its_key(stack: Stack) -> None:
    topics = Resource(stack, "aws_sns_topic", "t", count=2)
    queues = Resource(stack, "aws_sqs_queue", "q", for_each=["blue", "green"])
    assert topics.instance(0)["arn"] == "${aws_sns_topic.t[0].arn}"
    assert queues.instance("blue")["arn"] == '${aws_sqs_queue.q["blue"].arn}'
    assert queues.instance("${each.key}")["arn"] == "${aws_sqs_queue.q[each.key].arn}"
    with pytest.raises(PlainworkError, match=r"aws_sns_topic.t has `count`; use resource.instance\(...\)\['arn'\]"):
        topics["arn"]


def test_all_instances_give_a_list(stack: Stack) -> None:
    topics = Resource(stack, "aws_sns_topic", "t", count=2)
    queues = Resource(stack, "aws_sqs_queue", "q", for_each=["blue", "green"])
    assert topics.every("arn") == "${aws_sns_topic.t[*].arn}"
    assert queues.every("arn") == "${values(aws_sqs_queue.q)[*].arn}"


def test_a_single_resource_has_no_instances(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    with pytest.raises(PlainworkError, match="neither `count` nor `for_each`"):
        bucket.instance(0)
    with pytest.raises(PlainworkError, match="neither `count` nor `for_each`"):
        bucket.every("arn")


def test_a_reference_to_another_stack_names_it(app: App, stack: Stack) -> None:
    bucket = Resource(Stack(app, "storage"), "aws_s3_bucket", "b")
    Output(stack, "arn", value=f"{bucket['arn']}/*")
    with pytest.raises(
        PlainworkError,
        match=r"output.arn refers to aws_s3_bucket.b, which is declared in stack 'storage': export the value there",
    ):
        app.synth()


def test_stacks_of_one_app_can_share_names_of_locals_and_variables(app: App) -> None:
    for environment in ("staging", "prod"):
        each = Stack(app, environment)
        Output(each, "port", value=Locals(each, port=443)["port"])
        Output(each, "percent", value=Variable(each, "percent", type="number").reference)
    app.synth()


def test_a_local_value_of_another_stack_names_every_stack_that_has_it(app: App, stack: Stack) -> None:
    staging, prod = (Locals(Stack(app, environment), port=443) for environment in ("staging", "prod"))
    assert staging["port"] == prod["port"]
    Output(stack, "port", value=staging["port"])
    with pytest.raises(
        PlainworkError, match=r"output.port refers to local.port, which is declared in stack 'staging' and stack 'prod'"
    ):
        app.synth()


def test_a_token_of_another_stack_is_an_error_without_a_stack_trace(app: App, stack: Stack) -> None:
    bucket = Resource(Stack(app, "storage"), "aws_s3_bucket", "b")
    Output(stack, "arn", value=bucket.get_string_attribute("arn"))
    with pytest.raises(
        PlainworkError, match=r"demo uses a value of stack 'storage' .*: export the value there"
    ) as caught:
        app.synth()
    assert "\n" not in str(caught.value)


def test_a_dependency_on_another_stack_names_it(app: App, stack: Stack) -> None:
    bucket = Resource(Stack(app, "storage"), "aws_s3_bucket", "b")
    Resource(stack, "aws_sns_topic", "t", depends_on=[bucket])
    with pytest.raises(
        PlainworkError, match=r"aws_sns_topic.t refers to aws_s3_bucket.b, which is declared in stack 'storage'"
    ):
        synthesize(stack)


def test_a_reference_to_an_undeclared_resource_is_an_error(stack: Stack) -> None:
    Output(stack, "arn", value="${aws_s3_bucket.gone.arn}")
    with pytest.raises(
        PlainworkError, match=r"output.arn refers to aws_s3_bucket.gone, which no stack of the app declares"
    ):
        synthesize(stack)


@pytest.mark.parametrize(
    "value",
    [
        "$${aws_s3_bucket.gone.arn}",
        '${upper("aws_s3_bucket.gone.arn")}',
        '${[for aws_bucket in ["a"] : aws_bucket.arn]}',
        "${path.module} ${terraform.workspace} ${self.id}",
        "aws_s3_bucket.gone.arn",
    ],
)
def test_text_in_the_form_of_a_reference_is_not_a_reference(stack: Stack, value: Any) -> None:
    Output(stack, "it", value=value)
    assert synthesize(stack)["output"]["it"]["value"] == value


def test_a_reference_in_a_function_of_cdktf_is_an_error(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    Output(stack, "it", value=Fn.jsonencode({"arn": bucket["arn"]}))
    with pytest.raises(
        PlainworkError, match=r"output.it has aws_s3_bucket.b in a function of CDKTF, which CDKTF escapes"
    ):
        synthesize(stack)


def test_a_token_of_an_attribute_works_in_a_function_of_cdktf(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    Output(stack, "it", value=Fn.jsonencode({"arn": bucket.get_string_attribute("arn")}))
    assert synthesize(stack)["output"]["it"]["value"] == '${jsonencode({"arn" = aws_s3_bucket.b.arn})}'


def queue(stack: Stack, **arguments: Any) -> Resource:
    return Resource(stack, "aws_sqs_queue", "orders", **arguments)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"name": "${var.nmae}"}, "refers to var.nmae, which the stack does not declare; did you mean `var.name`"),
        ({"name": "${local.nmae}"}, "refers to local.nmae, which the stack does not declare; did you mean `local.n"),
        ({"name": "${module.web.arn}"}, "refers to module.web, which the stack does not declare"),
        ({"name": "${each.key}"}, "refers to each.key, but has no `for_each`"),
        ({"name": "q-${count.index}"}, "refers to count.index, but has no `count`"),
        (
            {"name": '${lowercase("X")}'},
            "calls `lowercase`, which is not a function of Terraform; did you mean `lower`",
        ),
        (
            {"name": "x", "provider": "aws.wset"},
            "has the provider `aws.wset`, which the stack does not configure; did you mean `aws.west`?",
        ),
        (
            {"name": "${aws_sns_topic.orders.nmae}"},
            "refers to aws_sns_topic.orders.nmae: no attribute `nmae`; did you mean `name`?",
        ),
        (
            {"name": "${data.aws_region.here.nmae}"},
            "refers to data.aws_region.here.nmae: no attribute `nmae`; did you mean `name`?",
        ),
        (
            {"name": "${aws_sns_topic.many.name}"},
            "refers to aws_sns_topic.many.name, but aws_sns_topic.many has `count`; write aws_sns_topic.many[0].name",
        ),
    ],
)
def test_what_terraform_validate_rejects_is_an_error(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    Variable(stack, "name")
    Locals(stack, name="orders")
    Provider(stack, "aws", alias="west", region="us-west-2")
    Resource(stack, "aws_sns_topic", "orders", name="orders")
    Resource(stack, "aws_sns_topic", "many", count=2, name="orders-${count.index}")
    DataSource(stack, "aws_region", "here")
    queue(stack, **arguments)
    with pytest.raises(PlainworkError, match=re.escape(f"aws_sqs_queue.orders {problem}")):
        synthesize(stack)


@pytest.mark.parametrize(
    "arguments",
    [
        {"for_each": ["a"], "name": "${each.key}"},
        {"count": 1, "name": "q-${count.index}"},
        {"name": "${aws_sns_topic.many[0].name}-${length(aws_sns_topic.many[*].name)}"},
        {"name": '${provider::aws::arn_build("aws", "sqs", "", "", "q")}'},
        {"name": "x", "provider": "aws"},
    ],
)
def test_what_terraform_validate_accepts_is_not_an_error(stack: Stack, arguments: dict[str, Any]) -> None:
    Resource(stack, "aws_sns_topic", "many", count=2, name="orders-${count.index}")
    queue(stack, **arguments)
    assert synthesize(stack)["resource"]["aws_sqs_queue"]["orders"]["name"] == arguments["name"]


def test_the_iterator_of_a_block_that_is_called_action_is_no_address(stack: Stack) -> None:
    action = {"for_each": ["${var.actions}"], "content": {"type": "${action.value.type}"}}
    Variable(stack, "actions", type="any")
    Resource(
        stack,
        "aws_lb_listener_rule",
        "web",
        listener_arn="arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/b/c",
        condition={"host_header": {"values": ["a.example.com"]}},
        dynamic={"action": action},
    )
    synthesize(stack)
