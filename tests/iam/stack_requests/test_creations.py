"""Creating a resource: each authorization of the API call must be allowed."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from tests.iam.stack_requests.conftest import ROLE, inline

LAUNCH = ROLE + inline('Effect = "Allow", Action = "ec2:RunInstances", Resource = "*"')
TAG = inline(
    'Effect = "Allow", Action = "ec2:CreateTags", Resource = "*", '
    'Condition = { StringEquals = { "ec2:CreateAction" = "RunInstances" } }'
).replace('"ci" {', '"tag" {')
SUBNET = 'resource "aws_subnet" "a" {\n  vpc_id = "vpc-1"\n  cidr_block = "10.0.0.0/24"\n  tags = { Tier = "%s" }\n}\n'
QUEUE = 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n  tags = { Owner = "ann" }\n}\n'


def test_a_launch_with_tags_requires_the_tagging_action(ask):
    ask(LAUNCH).can_create("aws_instance")
    ask(LAUNCH).cannot_create("aws_instance", tags={"Owner": "ann"})
    ask(LAUNCH + TAG).can_create("aws_instance", tags={"Owner": "ann"})


def test_the_tags_of_a_launch_are_those_of_the_instance_and_not_of_the_subnet(ask):
    condition = 'Condition = { StringLike = { "aws:RequestTag/Owner" = "*" } }'
    everywhere = inline(f'Effect = "Allow", Action = "ec2:*", Resource = "*", {condition}')
    with pytest.raises(AssertionError) as failure:
        ask(ROLE + everywhere).can_create("aws_instance", tags={"Owner": "ann"})

    denied = [line for line in str(failure.value).splitlines() if line.startswith("denied")]
    assert any(":subnet/" in line for line in denied)
    assert not any(":instance/" in line for line in denied)


def test_a_resource_that_the_call_is_about_may_be_named(ask):
    role = ROLE + inline(
        'Effect = "Allow", Action = "ec2:RunInstances", Resource = "*"'
    ) + inline(
        'Effect = "Deny", Action = "ec2:RunInstances", Resource = "arn:aws:ec2:*:*:subnet/*", '
        'Condition = { StringEquals = { "aws:ResourceTag/Tier" = "public" } }'
    ).replace('"ci" {', '"deny" {')  # fmt: skip

    ask(role + SUBNET % "private").can_create("aws_instance", on={"subnet": "aws_subnet.a"})
    ask(role + SUBNET % "public").cannot_create("aws_instance", on={"subnet": "aws_subnet.a"})
    with pytest.raises(
        AssertionError, match=r"unknown: .*:subnet/\$\{SubnetId\}\n  the tags of the subnet are not given"
    ):
        ask(role).can_create("aws_instance")


def test_a_resource_of_the_stack_is_created_with_its_name_and_tags(ask):
    statement = 'Effect = "Allow", Action = ["sqs:CreateQueue", "sqs:TagQueue"], Resource = "arn:aws:sqs:*:*:%s"'
    tagged = f'{statement}, Condition = {{ StringEquals = {{ "aws:RequestTag/Owner" = "ann" }} }}'

    ask(QUEUE + ROLE + inline(tagged % "jobs")).can_create("aws_sqs_queue.jobs")
    ask(QUEUE + ROLE + inline(tagged % "other")).cannot_create("aws_sqs_queue.jobs")
    ask(QUEUE + ROLE + inline(tagged % "jobs")).cannot_create("aws_sqs_queue.jobs", tags={"Owner": "bob"})


def test_tags_that_are_set_after_the_creation_are_those_of_the_tagging_call(ask):
    create = 'Effect = "Allow", Action = "%s", Resource = "*"'
    bucket = ask(ROLE + inline(create % "s3:CreateBucket"))

    bucket.can_create("aws_s3_bucket")
    bucket.cannot_create("aws_s3_bucket", tags={"Owner": "ann"})


@pytest.mark.parametrize(("provider", "tagging"), [("~> 5.100", "s3:PutBucketTagging"), (">= 6.23", "s3:TagResource")])
def test_the_required_provider_decides_which_call_has_the_tags_of_a_bucket(provider, tagging, ask):
    required = (
        'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n'
        f'      version = "{provider}"\n    }}\n  }}\n}}\n'
    )
    create = f'Effect = "Allow", Action = ["s3:CreateBucket", "{tagging}"], Resource = "*"'

    ask(required + ROLE + inline(create)).can_create("aws_s3_bucket", tags={"Owner": "ann"})
    other = required.replace(provider, "~> 5.100" if "6" in provider else "~> 6.23")
    ask(other + ROLE + inline(create)).cannot_create("aws_s3_bucket", tags={"Owner": "ann"})


def test_a_listener_is_on_a_load_balancer_of_one_kind(ask):
    create = 'Effect = "Allow", Action = "elasticloadbalancing:CreateListener", Resource = "%s"'
    on = {"loadbalancer/net/": "arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/net/a/1"}
    network = "arn:aws:elasticloadbalancing:*:*:loadbalancer/net/*"

    ask(ROLE + inline(create % "*")).can_create("aws_lb_listener")
    ask(ROLE + inline(create % network)).can_create("aws_lb_listener", on=on)
    ask(ROLE + inline(create % network.replace("net", "app"))).cannot_create("aws_lb_listener", on=on)
    with pytest.raises(AssertionError, match="unknown: "):
        ask(ROLE + inline(create % network)).can_create("aws_lb_listener")


def test_a_zone_is_tagged_by_a_call_on_hosted_zones(ask):
    create = 'Effect = "Allow", Action = "route53:CreateHostedZone", Resource = "*"'
    tag = 'Effect = "Allow", Action = "route53:ChangeTagsForResource", Resource = "arn:aws:route53:::%s/*"'

    for resource, verb in (("hostedzone", "can_create"), ("healthcheck", "cannot_create")):
        role = ROLE + inline(create) + inline(tag % resource).replace('"ci" {', '"tag" {')
        getattr(ask(role), verb)("aws_route53_zone", tags={"Owner": "ann"})


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"named": "aws_instanc"}, r"`aws_instanc` is no resource type .* did you mean `aws_instance`\?"),
        ({"named": "aws_instance", "on": {"subnets": "aws_subnet.a"}}, "`ec2:RunInstances` is not about `subnets`"),
        ({"named": "aws_instance", "on": {"subnet": "aws_subnet.b"}}, "`aws_subnet.b` is not in this stack"),
    ],
)
def test_a_mistake_is_an_error(arguments, message, ask):
    with pytest.raises(InputError, match=message):
        ask(LAUNCH).can_create(**arguments)
