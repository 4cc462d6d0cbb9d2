import json
import zipfile
from pathlib import Path

import pytest

from plainwork_policies.regions.acm_certificate_region_mismatch import (
    CLOUDFRONT,
    REGIONAL,
    acm_certificate_region_mismatch,
)

SCHEMA = Path(__file__).parents[3] / "core/plainwork_core/data/aws-5.100.0.schema.zip"

PROVIDERS = (
    'provider "aws" {\n  region = "eu-west-1"\n}\nprovider "aws" {\n  alias  = "virginia"\n  region = "us-east-1"\n}\n'
    'resource "aws_acm_certificate" "here" {}\n'
    'resource "aws_acm_certificate" "virginia" {\n  provider = aws.virginia\n}\n'
)
SITE = 'resource "aws_cloudfront_distribution" "x" {\n  viewer_certificate {\n    %s\n  }\n}\n'
LISTENER = 'resource "aws_lb_listener" "x" {\n  certificate_arn = %s\n}\n'
CERTIFICATE = '"arn:aws:acm:%s:123456789012:certificate/x"'


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        (CERTIFICATE % "us-east-1", "passed"),
        (CERTIFICATE % "eu-west-1", "failed"),
        ("aws_acm_certificate.virginia.arn", "passed"),
        ("aws_acm_certificate.here.arn", "failed"),
        ("var.certificate", "not_evaluated"),
        (CERTIFICATE % "cn-north-1", "passed"),
    ],
)
def test_cloudfront_requires_certificates_in_us_east_1(certificate, status, statuses):
    hcl = PROVIDERS + SITE % f"acm_certificate_arn = {certificate}"
    assert statuses(acm_certificate_region_mismatch, hcl) == {"aws_cloudfront_distribution.x": status}


@pytest.mark.parametrize("argument", ["cloudfront_default_certificate = true", 'iam_certificate_id = "x"'])
def test_a_distribution_without_a_certificate_of_acm_is_not_checked(argument, statuses):
    assert statuses(acm_certificate_region_mismatch, PROVIDERS + SITE % argument) == {}


@pytest.mark.parametrize(
    ("certificate", "status"),
    [
        (CERTIFICATE % "eu-west-1", "passed"),
        (CERTIFICATE % "us-east-1", "failed"),
        ("aws_acm_certificate.here.arn", "passed"),
        ("aws_acm_certificate.virginia.arn", "failed"),
        ('"arn:aws:iam::123456789012:server-certificate/x"', "passed"),
    ],
)
def test_a_load_balancer_requires_certificates_in_its_own_region(certificate, status, statuses):
    assert statuses(acm_certificate_region_mismatch, PROVIDERS + LISTENER % certificate) == {
        "aws_lb_listener.x": status
    }


def test_edge_and_regional_api_gateway_domains_differ(results):
    hcl = 'resource "aws_api_gateway_domain_name" "%s" {\n  %s = aws_acm_certificate.here.arn\n}\n'
    hcl = hcl % ("edge", "certificate_arn") + hcl % ("regional", "regional_certificate_arn")
    assert [result.status for result in results(acm_certificate_region_mismatch, PROVIDERS + hcl)] == [
        "failed",
        "passed",
    ]


def test_a_validation_is_in_the_region_of_its_certificate(statuses):
    hcl = 'resource "aws_acm_certificate_validation" "x" {\n  certificate_arn = aws_acm_certificate.virginia.arn\n}\n'
    assert list(statuses(acm_certificate_region_mismatch, PROVIDERS + hcl).values()) == ["failed"]


def test_the_message_has_both_regions_and_the_reason(messages):
    hcl = SITE % "acm_certificate_arn = aws_acm_certificate.here.arn" + LISTENER % (CERTIFICATE % "us-east-1")
    assert messages(acm_certificate_region_mismatch, PROVIDERS + hcl) == [
        "`viewer_certificate.0.acm_certificate_arn` is a certificate in `eu-west-1`; CloudFront requires `us-east-1`",
        "`certificate_arn` is a certificate in `us-east-1`; the resource is in `eu-west-1`",
    ]


def test_an_unknown_viewer_certificate_is_not_evaluated(statuses):
    block = 'dynamic "viewer_certificate" {\n for_each = var.x\n content {\n acm_certificate_arn = "a"\n}\n}\n'
    hcl = PROVIDERS + f'resource "aws_cloudfront_distribution" "x" {{\n{block}}}\n'
    assert statuses(acm_certificate_region_mismatch, hcl) == {"aws_cloudfront_distribution.x": "not_evaluated"}


@pytest.mark.parametrize(("type_", "path"), [*CLOUDFRONT.items(), *REGIONAL.items()])
def test_every_argument_for_a_certificate_is_in_the_schema(type_, path):
    with zipfile.ZipFile(SCHEMA) as archive:
        blocks = json.loads(archive.read(f"resource/{type_}.json"))
    *steps, name = path.split(".")
    block = blocks[-1]
    for step in steps:
        block = blocks[block["blocks"][step][4]]
    assert name in block["attributes"]
