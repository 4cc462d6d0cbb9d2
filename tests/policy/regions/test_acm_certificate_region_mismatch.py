import pytest

from plainwork_policies.regions.acm_certificate_region_mismatch import acm_certificate_region_mismatch

PROVIDERS = (
    'provider "aws" {\n  region = "eu-west-1"\n}\nprovider "aws" {\n  alias  = "virginia"\n  region = "us-east-1"\n}\n'
    'resource "aws_acm_certificate" "here" {}\n'
    'resource "aws_acm_certificate" "virginia" {\n  provider = aws.virginia\n}\n'
)
SITE = 'resource "aws_cloudfront_distribution" "x" {\n  viewer_certificate {\n    %s\n  }\n}\n'
LISTENER = 'resource "aws_lb_listener" "x" {\n  certificate_arn = %s\n}\n'
CERTIFICATE = '"arn:aws:acm:%s:123456789012:certificate/x"'


@pytest.mark.parametrize(
    ("certificate", "verdict"),
    [
        (CERTIFICATE % "us-east-1", "passed"),
        (CERTIFICATE % "eu-west-1", "failed"),
        ("aws_acm_certificate.virginia.arn", "passed"),
        ("aws_acm_certificate.here.arn", "failed"),
        ("var.certificate", "not_evaluated"),
        (CERTIFICATE % "cn-north-1", "passed"),
    ],
)
def test_cloudfront_takes_certificates_from_us_east_1(certificate, verdict, statuses):
    hcl = PROVIDERS + SITE % f"acm_certificate_arn = {certificate}"
    assert statuses(acm_certificate_region_mismatch, hcl) == {"aws_cloudfront_distribution.x": verdict}


@pytest.mark.parametrize("argument", ["cloudfront_default_certificate = true", 'iam_certificate_id = "x"'])
def test_a_distribution_without_a_certificate_of_acm_is_no_subject(argument, statuses):
    assert statuses(acm_certificate_region_mismatch, PROVIDERS + SITE % argument) == {}


@pytest.mark.parametrize(
    ("certificate", "verdict"),
    [
        (CERTIFICATE % "eu-west-1", "passed"),
        (CERTIFICATE % "us-east-1", "failed"),
        ("aws_acm_certificate.here.arn", "passed"),
        ("aws_acm_certificate.virginia.arn", "failed"),
        ('"arn:aws:iam::123456789012:server-certificate/x"', "passed"),
    ],
)
def test_a_load_balancer_takes_them_from_its_own_region(certificate, verdict, statuses):
    assert statuses(acm_certificate_region_mismatch, PROVIDERS + LISTENER % certificate) == {
        "aws_lb_listener.x": verdict
    }


def test_an_edge_domain_and_a_regional_one_are_told_apart(results):
    hcl = 'resource "aws_api_gateway_domain_name" "%s" {\n  %s = aws_acm_certificate.here.arn\n}\n'
    hcl = hcl % ("edge", "certificate_arn") + hcl % ("regional", "regional_certificate_arn")
    assert [each.status for each in results(acm_certificate_region_mismatch, PROVIDERS + hcl)] == ["failed", "passed"]


def test_a_validation_is_where_its_certificate_is(statuses):
    hcl = 'resource "aws_acm_certificate_validation" "x" {\n  certificate_arn = aws_acm_certificate.virginia.arn\n}\n'
    assert list(statuses(acm_certificate_region_mismatch, PROVIDERS + hcl).values()) == ["failed"]


def test_the_findings_say_who_takes_it_from_where(messages):
    hcl = SITE % "acm_certificate_arn = aws_acm_certificate.here.arn" + LISTENER % (CERTIFICATE % "us-east-1")
    assert messages(acm_certificate_region_mismatch, PROVIDERS + hcl) == [
        "names a certificate in `eu-west-1`, but CloudFront takes it from `us-east-1`",
        "names a certificate in `us-east-1`, but the resource is in `eu-west-1`",
    ]
