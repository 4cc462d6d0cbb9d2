import pytest

from plainwork_policies.endpoints.vpc_endpoint_ecr_layers_blocked import vpc_endpoint_ecr_layers_blocked

LAYERS = '"arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*"'
OWN = '"arn:aws:s3:::own/*"'
IF = "Condition = { StringEquals = { %s = %s } }"


def statement(action='"s3:GetObject"', resource=LAYERS, more="", effect="Allow", principal='"*"'):
    parts = (f'Effect = "{effect}"', f"Principal = {principal}", f"Action = {action}", f"Resource = {resource}", more)
    return f"{{ {', '.join(filter(None, parts))} }}"


@pytest.fixture
def stack(endpoint):
    def stack(*statements, ecr="ecr.dkr", **arguments):
        policy = f"jsonencode({{ Statement = [{', '.join(statements)}] }})" if statements else None
        s3 = {"service_name": "s3", "vpc_endpoint_type": '"Gateway"', "policy": policy, **arguments}
        return endpoint("x", **s3) + endpoint("ecr", service_name=ecr)

    return stack


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({}, "passed"),
        ({"action": '"s3:*"', "resource": '"*"'}, "passed"),
        ({"action": '"s3:Get*"', "resource": '"arn:aws:s3:::prod-*"'}, "passed"),
        ({"resource": '"arn:aws:s3:::prod-${var.region}-starport-layer-bucket/*"'}, "passed"),
        ({"resource": OWN}, "failed"),
        ({"resource": "aws_s3_bucket.own.arn"}, "failed"),
        ({"resource": '"${aws_s3_bucket.own.arn}/*"'}, "failed"),
        ({"resource": "var.objects"}, "not_evaluated"),
        ({"action": '"s3:PutObject"'}, "failed"),
        ({"action": "var.action"}, "not_evaluated"),
        ({"more": IF % ('"aws:ResourceOrgID"', '"o-1"')}, "failed"),
        ({"more": IF % ('"aws:ResourceAccount"', "var.account")}, "failed"),
        ({"more": IF % ('"aws:PrincipalOrgID"', '"o-1"')}, "not_evaluated"),
        ({"more": IF % ('"aws:SourceVpc"', '"vpc-1"')}, "passed"),
        ({"principal": '{ AWS = "arn:aws:iam::123456789012:role/x" }'}, "not_evaluated"),
    ],
)
def test_a_statement_lets_the_layers_through(given, verdict, stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(**given))) == {"aws_vpc_endpoint.x": verdict}


def test_one_of_several_statements_is_enough(stack, statuses):
    hcl = stack(statement(resource=OWN), statement(effect="Deny", resource=OWN), statement())
    assert statuses(vpc_endpoint_ecr_layers_blocked, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_what_is_left_out_is_not_worked_out(stack, statuses):
    hcl = stack(statement().replace("Resource =", "NotResource ="))
    assert statuses(vpc_endpoint_ecr_layers_blocked, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_a_policy_that_only_denies_is_left_to_the_policy_about_that(stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(effect="Deny"))) == {
        "aws_vpc_endpoint.x": "passed"
    }


@pytest.mark.parametrize(
    "arguments", [{"ecr": "ssm"}, {"vpc_id": '"vpc-2"'}, {"vpc_endpoint_type": '"Interface"'}, {"policy": "null"}]
)
def test_without_ecr_in_the_vpc_or_without_a_policy_nothing_is_judged(arguments, stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(resource=OWN), **arguments)) == {}


def test_a_document_that_is_not_known_is_not_evaluated(stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(policy="var.policy")) == {
        "aws_vpc_endpoint.x": "not_evaluated"
    }


def test_the_finding_names_the_bucket(stack, messages):
    said = "lets nothing through from `prod-REGION-starport-layer-bucket`, where ECR keeps the layers of images"
    assert messages(vpc_endpoint_ecr_layers_blocked, stack(statement(resource=OWN))) == [said]
