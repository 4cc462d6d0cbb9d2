import pytest

from plainwork_policies.regions.region_us_east_1_required import region_us_east_1_required

PROVIDERS = (
    'variable "x" {}\nprovider "aws" {\n  region = "eu-west-1"\n}\n'
    'provider "aws" {\n  alias  = "global"\n  region = "us-east-1"\n}\n'
)
GLOBAL = "  provider = aws.global\n"


def resource(type_, body, provider=""):
    return PROVIDERS + f'resource "{type_}" "x" {{\n{provider}{body}\n}}\n'


ALARM = '  namespace = "%s"'
QUERY = '  metric_query {\n    id = "m"\n    metric {\n      namespace = "%s"\n    }\n  }'


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_wafv2_web_acl", '  scope = "CLOUDFRONT"'),
        ("aws_wafv2_ip_set", '  scope = "CLOUDFRONT"'),
        ("aws_wafv2_rule_group", '  scope = "CLOUDFRONT"'),
        ("aws_cloudwatch_metric_alarm", ALARM % "AWS/CloudFront"),
        ("aws_cloudwatch_metric_alarm", ALARM % "AWS/Billing"),
        ("aws_cloudwatch_metric_alarm", QUERY % "AWS/Route53"),
    ],
)
def test_a_resource_of_a_global_service_is_in_us_east_1(type_, body, statuses):
    address = f"{type_}.x"
    assert statuses(region_us_east_1_required, resource(type_, body)) == {address: "failed"}
    assert statuses(region_us_east_1_required, resource(type_, body, GLOBAL)) == {address: "passed"}
    own_region = '  region = "us-east-1"\n'
    assert statuses(region_us_east_1_required, resource(type_, body, own_region)) == {address: "passed"}


@pytest.mark.parametrize(
    ("type_", "body"),
    [
        ("aws_wafv2_web_acl", '  scope = "REGIONAL"'),
        ("aws_cloudwatch_metric_alarm", ALARM % "AWS/EC2"),
        ("aws_cloudwatch_metric_alarm", ALARM % "AWS/Route53Resolver"),
    ],
)
def test_a_regional_resource_is_not_a_subject(type_, body, statuses):
    assert statuses(region_us_east_1_required, resource(type_, body)) == {}


def test_an_unknown_scope_is_not_evaluated_outside_us_east_1(statuses):
    body = "  scope = var.x"
    assert statuses(region_us_east_1_required, resource("aws_wafv2_web_acl", body)) == {
        "aws_wafv2_web_acl.x": "not_evaluated"
    }
    assert statuses(region_us_east_1_required, resource("aws_wafv2_web_acl", body, GLOBAL)) == {
        "aws_wafv2_web_acl.x": "passed"
    }


def test_an_unknown_region_is_not_evaluated(statuses):
    hcl = resource("aws_wafv2_web_acl", '  scope = "CLOUDFRONT"').replace('"eu-west-1"', "var.x")
    assert statuses(region_us_east_1_required, hcl) == {"aws_wafv2_web_acl.x": "not_evaluated"}


def test_china_has_other_rules(statuses):
    hcl = resource("aws_cloudwatch_metric_alarm", ALARM % "AWS/Route53").replace("eu-west-1", "cn-north-1")
    assert statuses(region_us_east_1_required, hcl) == {"aws_cloudwatch_metric_alarm.x": "passed"}


EDGE = """resource "aws_lambda_function" "f" {
%s}
resource "aws_cloudfront_distribution" "site" {
  default_cache_behavior {
    lambda_function_association {
      event_type = "viewer-request"
      lambda_arn = %s
    }
  }
}
"""
LAMBDA_ARN = '"arn:aws:lambda:%s:123456789012:function:f:1"'


@pytest.mark.parametrize(
    ("provider", "arn", "status"),
    [
        ("", "aws_lambda_function.f.qualified_arn", "failed"),
        (GLOBAL, "aws_lambda_function.f.qualified_arn", "passed"),
        ("", LAMBDA_ARN % "eu-west-1", "failed"),
        ("", LAMBDA_ARN % "us-east-1", "passed"),
        ("", "var.x", "not_evaluated"),
    ],
)
def test_cloudfront_runs_functions_of_us_east_1(provider, arn, status, statuses):
    found = statuses(region_us_east_1_required, PROVIDERS + EDGE % (provider, arn))
    assert found == {"aws_cloudfront_distribution.site": status}


@pytest.mark.parametrize(
    ("type_", "argument", "target"),
    [
        ("aws_route53_key_signing_key", "key_management_service_arn", "aws_kms_key"),
        ("aws_route53_query_log", "cloudwatch_log_group_arn", "aws_cloudwatch_log_group"),
    ],
)
def test_route_53_uses_keys_and_log_groups_of_us_east_1(type_, argument, target, messages):
    body = f"  {argument} = {target}.t.arn"
    for provider, found in (("", 1), (GLOBAL, 0)):
        hcl = resource(type_, body) + f'resource "{target}" "t" {{\n{provider}}}\n'
        assert len(messages(region_us_east_1_required, hcl)) == found


def test_the_finding_has_value_and_region(results):
    (result,) = results(region_us_east_1_required, resource("aws_wafv2_web_acl", '  scope = "CLOUDFRONT"'))
    (finding,) = result.findings
    assert finding.message == "`scope` is `CLOUDFRONT`, but the resource is in `eu-west-1`; `us-east-1` is required"
    assert (finding.path, finding.location.line) == ("scope", 10)
