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
    ("arguments", "status"),
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
def test_a_statement_allows_the_layers(arguments, status, stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(**arguments))) == {"aws_vpc_endpoint.x": status}


def test_one_of_several_statements_is_enough(stack, statuses):
    hcl = stack(statement(resource=OWN), statement(effect="Deny", resource=OWN), statement())
    assert statuses(vpc_endpoint_ecr_layers_blocked, hcl) == {"aws_vpc_endpoint.x": "passed"}


def test_the_resources_besides_not_resource_are_not_evaluated(stack, statuses):
    hcl = stack(statement().replace("Resource =", "NotResource ="))
    assert statuses(vpc_endpoint_ecr_layers_blocked, hcl) == {"aws_vpc_endpoint.x": "not_evaluated"}


def test_a_policy_with_deny_statements_only_passes(stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(effect="Deny"))) == {
        "aws_vpc_endpoint.x": "passed"
    }


@pytest.mark.parametrize(
    "arguments", [{"ecr": "ssm"}, {"vpc_id": '"vpc-2"'}, {"vpc_endpoint_type": '"Interface"'}, {"policy": "null"}]
)
def test_an_endpoint_without_ecr_in_its_vpc_or_without_a_policy_is_no_subject(arguments, stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(resource=OWN), **arguments)) == {}


def test_an_unknown_document_is_not_evaluated(stack, statuses):
    assert statuses(vpc_endpoint_ecr_layers_blocked, stack(policy="var.policy")) == {
        "aws_vpc_endpoint.x": "not_evaluated"
    }


@pytest.mark.parametrize(
    "arguments",
    [
        {"ecr": "var.service"},
        {"service_name": "var.service"},
        {"vpc_endpoint_type": "var.type"},
        {"vpc_id": "var.vpc_id"},
    ],
)
@pytest.mark.parametrize(("resource", "status"), [(OWN, "not_evaluated"), (LAYERS, "passed")])
def test_an_endpoint_that_may_be_for_ecr_or_s3_in_the_same_vpc_counts(arguments, resource, status, stack, statuses):
    found = statuses(vpc_endpoint_ecr_layers_blocked, stack(statement(resource=resource), **arguments))
    assert found["aws_vpc_endpoint.x"] == status


def test_the_message_names_the_bucket(stack, messages):
    (message,) = messages(vpc_endpoint_ecr_layers_blocked, stack(statement(resource=OWN)))
    assert "`prod-REGION-starport-layer-bucket`" in message
