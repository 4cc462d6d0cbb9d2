"""A secret is never in a diff, and a reference to one is."""

from __future__ import annotations

import pytest

from plainwork_core.code_diff import as_json, as_text
from tests.diff.conftest import Compare

SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    "block",
    [
        'resource "aws_db_instance" "x" {{\n password = {}\n}}\n',
        'resource "aws_secretsmanager_secret_version" "x" {{\n secret_string = {}\n}}\n',
        'resource "aws_lambda_function" "x" {{\n environment {{\n variables = {{ DB_PASSWORD = {} }}\n }}\n}}\n',
        'variable "db_password" {{\n default = {}\n}}\n',
        'variable "x" {{\n sensitive = true\n default = {}\n}}\n',
        "locals {{\n db_password = {}\n}}\n",
        'output "x" {{\n sensitive = true\n value = {}\n}}\n',
        'provider "aws" {{\n secret_key = {}\n}}\n',
        'module "db" {{\n master_password = {}\n}}\n',
        'terraform {{\n backend "s3" {{\n secret_key = {}\n }}\n}}\n',
        'resource "aws_db_instance" "x" {{\n password = coalesce(var.x, {})\n}}\n',
    ],
)
@pytest.mark.parametrize("is_added", [True, False])
def test_a_secret_is_masked(compare: Compare, block: str, *, is_added: bool) -> None:
    before = "" if is_added else block.format('"another-secret"')
    found = compare(before, block.format(f'"{SECRET}"'))
    assert found.changes
    assert found.changes[0].lines
    assert SECRET not in as_text.render(found) + as_json.render(found)


@pytest.mark.parametrize(
    "block",
    [
        'variable "db_password" {{\n default = {}\n}}\n',
        'variable "db_passwords" {{\n default = {{ production = {} }}\n}}\n',
        'variable "db_passwords" {{\n default = [{}]\n}}\n',
        "locals {{\n db_password = {}\n}}\n",
        'output "x" {{\n sensitive = true\n value = {{ pin = {} }}\n}}\n',
    ],
)
@pytest.mark.parametrize("value", ["{}", '"{}"'])
def test_a_number_and_the_parts_of_a_secret_are_masked(compare: Compare, block: str, value: str) -> None:
    found = compare(block.format(value.format("8462917")), block.format(value.format("3918264")))
    text = as_text.render(found) + as_json.render(found)
    assert ("(sensitive)" in text, "8462917" in text, "3918264" in text) == (True, False, False)


@pytest.mark.parametrize(
    "block",
    [
        'resource "aws_instance" "x" {{\n user_data = base64encode("export DB_PASSWORD={}")\n}}\n',
        'resource "null_resource" "x" {{\n provisioner "local-exec" {{\n command = "mysql --password={} db"\n }}\n}}\n',
    ],
)
def test_a_secret_that_a_command_assigns_is_masked(compare: Compare, block: str) -> None:
    found = compare(block.format("another-secret"), block.format(SECRET))
    assert "another-secret" not in as_text.render(found)
    assert SECRET not in as_text.render(found)


def test_a_value_that_one_version_marks_as_sensitive_is_masked_in_both(compare: Compare) -> None:
    marked, unmarked = (f'output "x" {{\n{line}\n value = "{SECRET}"\n}}\n' for line in (" sensitive = true", ""))
    assert SECRET not in as_text.render(compare(marked, unmarked.replace(SECRET, f"{SECRET}-2")))
    assert SECRET in as_text.render(compare(unmarked, unmarked.replace(SECRET, f"{SECRET}-2")))


def test_the_arn_of_a_secret_is_shown(compare: Compare) -> None:
    block = 'locals {{\n database = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:{}"\n}}\n'
    assert ":secret:new" in as_text.render(compare(block.format("old"), block.format("new")))


def test_a_reference_to_a_secret_is_shown(compare: Compare) -> None:
    block = 'resource "aws_db_instance" "x" {{\n password = var.{}\n}}\n'
    (change,) = compare(block.format("old"), block.format("new")).changes
    assert (change.lines[0].before, change.lines[0].after) == ("${var.old}", "${var.new}")


def test_a_changed_secret_differs(compare: Compare) -> None:
    block = 'resource "aws_db_instance" "x" {{\n password = "{}"\n}}\n'
    (change,) = compare(block.format("one-password"), block.format("other-password")).changes
    assert [(line.argument, line.before, line.after) for line in change.lines] == [
        ("password", "(sensitive)", "(sensitive)")
    ]
