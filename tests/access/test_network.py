"""Network openings that a change adds and removes."""

from __future__ import annotations

GROUP = 'resource "aws_security_group" "web" {\n  name = "web"\n%s}\n'


def inline(port, source='"10.0.0.0/8"', argument="cidr_blocks"):
    return f"""  ingress {{
    protocol    = "tcp"
    from_port   = {port}
    to_port     = {port}
    {argument} = [{source}]
  }}
"""


def rule(port, source='"10.0.0.0/8"', name="https", argument="cidr_ipv4"):
    return f"""
resource "aws_vpc_security_group_ingress_rule" "{name}" {{
  security_group_id = aws_security_group.web.id
  ip_protocol       = "tcp"
  from_port         = {port}
  to_port           = {port}
  {argument}        = {source}
}}
"""


def test_a_security_group_that_is_opened_is_one_line(changes):
    before = GROUP % inline(443)
    assert changes(before, GROUP % inline(443, '"10.0.0.0/8", "0.0.0.0/0"')) == [
        "+ 0.0.0.0/0: tcp 443 to aws_security_group.web"
    ]


def test_a_rule_in_another_form_is_no_change(changes):
    assert changes(GROUP % inline(443), GROUP % "" + rule(443)) == []


def test_a_narrower_rule_is_lost_only(changes):
    assert changes(GROUP % inline(443), GROUP % inline(443, '"10.1.0.0/16"')) == [
        "- 10.0.0.0/8: tcp 443 to aws_security_group.web"
    ]


def test_another_group_is_a_source(changes):
    other = 'resource "aws_security_group" "app" {\n  name = "app"\n}\n'
    before = GROUP % "" + other
    after = before + rule(443, "aws_security_group.app.id", argument="referenced_security_group_id")
    assert changes(before, after) == ["+ aws_security_group.app: tcp 443 to aws_security_group.web"]


def test_a_balancer_that_becomes_public_is_one_line(changes):
    balancer = 'resource "aws_lb" "front" {\n  internal = %s\n}\n'
    assert changes(balancer % "true", balancer % "false") == ["+ *: internet-facing load balancer to aws_lb.front"]


def test_a_value_that_is_unknown_is_neither_gained_nor_lost(changes):
    database = 'variable "public" {}\nresource "aws_db_instance" "main" {\n  publicly_accessible = %s\n}\n'
    (line,) = changes(database % "false", database % "var.public")
    assert line.startswith("? *: ")
    (line,) = changes(database % "var.public", database % "true")
    assert line.startswith("? *: ")


def test_a_block_of_public_access_that_is_removed_is_gained(changes):
    block = """
resource "aws_s3_bucket_public_access_block" "data" {
  bucket                  = "data"
  block_public_policy     = %s
  restrict_public_buckets = true
}
"""
    assert changes(block % "true", block % "false") == ["+ *: new public bucket policies to data"]
    assert changes(block % "true", (block % "true").replace('"data" {', '"other" {')) == [], "for the same bucket"
    assert changes(block % "true", "") == ["+ *: new public bucket policies, access by public bucket policies to data"]
    bucket = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n'
    assert changes(bucket + block % "true", "") == changes("", bucket + block % "true") == [], "with the bucket"
    assert changes(bucket + block % "true", bucket) == [
        "+ *: new public bucket policies, access by public bucket policies to aws_s3_bucket.data"
    ]
